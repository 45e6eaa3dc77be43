"""What a new installation still lacks, in the order in which it is done: from nothing to a registered proposal."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class SetupStep(NamedTuple):
    """A step of setting up: its name, the page where it is done, and whether it is done."""

    name: str
    address: str
    is_done: bool


_NEEDS: tuple[tuple[str, str, Callable[[Mapping[str, int]], bool]], ...] = (
    ("parties", "/parties#known", lambda counts: counts["parties"] > 0),
    ("people", "/import/participants", lambda counts: counts["people"] > 1 or counts["invitations"] > 0),
    ("bodies", "/bodies#establish", lambda counts: counts["workingBodies"] > 0),
    ("leaders", "/bodies", lambda counts: counts["bodyFunctions"] > 0),
    ("text", "/import/text", lambda counts: counts["instruments"] > 0),
    ("version", "/texts", lambda counts: counts["issued"] > 0),
    ("round", "/rounds/new", lambda counts: counts["rounds"] > 0),
    ("mechanism", "/mechanisms#record", lambda counts: counts["mechanisms"] > 0),
    ("cycle", "/cycles#open", lambda counts: counts["reviewCycles"] > 0),
    ("proposal", "/proposals", lambda counts: counts["registered"] > 0),
)
"""Every step in its order: its name, its page, and when it is done."""


def open_steps(answer: Mapping[str, Any]) -> list[SetupStep]:
    """Return every step with whether it is done; none at all once all of them are."""
    counts = {name: int(listed["totalCount"]) for name, listed in answer.items()}
    counts["issued"] = sum(int(each["versions"]["totalCount"]) for each in answer["instruments"]["nodes"])
    steps = [SetupStep(name, address, is_done(counts)) for name, address, is_done in _NEEDS]
    return [] if all(step.is_done for step in steps) else steps
