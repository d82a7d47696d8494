"""The families of the working hypotheses, and a way for Merel's goal with one step."""

from types import SimpleNamespace

import pytest

from tests.hypotheses.conftest import ann, kievit, merel, thought

__all__ = ["ann", "kievit", "merel", "thought"]


@pytest.fixture
def plan(ann, merel):
    """A strategy with one step, by their addresses and ids."""
    strategy = ann.post(f"/api/v1/goals/{merel.goal}/strategies", json={"text": "Eerst wachten."}).get_json()
    steps = f"/api/v1/strategies/{strategy['id']}/steps"
    step = ann.post(steps, json={"text": "Tel tot drie.", "who": "Dilan", "when_words": "aan tafel"}).get_json()
    return SimpleNamespace(
        strategy=strategy["id"], url=f"/strategies/{strategy['id']}", step=step["id"], step_url=f"/steps/{step['id']}",
        page=f"{merel.url}/plan", api=f"{merel.api}/plan",
    )  # fmt: skip
