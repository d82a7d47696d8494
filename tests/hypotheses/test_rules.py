"""A change of how a hypothesis stands changes something, and says why."""

import pytest

from vbg.hypotheses import rules
from vbg.reasons import ReasonError


@pytest.mark.parametrize(
    ("status", "stands", "reason", "code"),
    [("testing", "testing", "Nog eens.", "same_status"), ("holds", "testing", " \n", "reason_needed")],
)
def test_it_is_refused(status, stands, reason, code):
    with pytest.raises(ReasonError) as caught:
        rules.check_turn(status, stands, reason)
    assert caught.value.code == code


@pytest.mark.parametrize("status", rules.STATUSES)
def test_any_other_status_may_follow(status):
    for stands in rules.STATUSES:
        if stands != status:
            rules.check_turn(status, stands, "Omdat.")
