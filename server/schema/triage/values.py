"""Values that follow from the facts of triage."""

from datetime import datetime
from typing import Annotated, NamedTuple

from server.domain.rounds.rules.facts import CitedFacts, cite
from server.kernel.actor import Actor


class PartOfFacts(NamedTuple):
    """The facts that the reference of a comment is made of."""

    reference: Annotated[str | None, "comment.reference"]
    number: Annotated[int | None, "comment.number"]
    filing: Annotated[int | None, "comment.filing"]
    party: Annotated[str, "comment.party.short_name"]


def reference_of(_: Actor, facts: PartOfFacts, __: datetime) -> str:
    """Return the reference by which papers cite a comment."""
    return cite(CitedFacts(*facts)) or ""
