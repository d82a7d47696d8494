"""Advice on a review, and the bank of prompts. It advises, never blocks."""

from dataclasses import dataclass

FEW, MANY = 2, 4
LONG_MS = 120_000

PROMPTS = (
    "child_does", "self_does", "just_before", "child_enjoys", "child_wants", "child_would_say", "helps",
    "makes_it_work", "when_else", "feels", "beautiful", "more_of",
)  # fmt: skip
FIRST, LAST = "child_does", "when_else"


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark with a reason code and whether all is well."""

    code: str
    fine: bool
    number: int = 0


def default_prompt(position: int, count: int) -> str:
    """The first moment asks what is seen, the last one when it works elsewhere (craft appendix II)."""
    if position == 0:
        return FIRST
    return LAST if position == count - 1 else PROMPTS[position % len(PROMPTS)]


def advice(lengths_ms: list[int]) -> list[Advice]:
    """How many moments and how long together (2-4, short: domain 1.1)."""
    total = sum(lengths_ms)
    return [
        Advice("moments", FEW <= len(lengths_ms) <= MANY, len(lengths_ms)),
        Advice("seconds", total <= LONG_MS, round(total / 1000)),
    ]
