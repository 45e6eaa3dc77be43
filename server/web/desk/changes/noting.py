"""Notes inside a delegation on a provision, in the round of its version that concerns the visitor first."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from server.web.desk.visits import Visit

NOTES = 50
"""Notes that are shown, the newest."""


class ProvisionNotes(NamedTuple):
    """The notes of the visitor's delegation on a provision, and the round in which one more would be written."""

    round: Mapping[str, Any]
    nodes: list[Mapping[str, Any]]


def ask_rounds(version_id: str) -> tuple[str, Mapping[str, Any]]:
    """Return the query of the rounds on a version, one of which `read_notes` takes."""
    return "RoundList", {"filter": {"textVersionId": [version_id]}, "orderBy": "CLOSES_AT_DESC", "first": 20}


async def read_notes(visit: Visit, provision_id: str, rounds: Sequence[Mapping[str, Any]]) -> ProvisionNotes | None:
    """Return the notes on a provision; None for officers, and where no round on its version asks for comments."""
    if visit.speaks is None or visit.is_secretariat or not rounds:
        return None
    open_rounds = [each for each in rounds if each["phase"] == "OPEN"]
    round_ = (open_rounds or rounds)[0]
    noted = await visit.read("NotesOfRound", roundId=round_["id"], filter={"provisionId": [provision_id]}, last=NOTES)
    return ProvisionNotes(round_, noted["round"]["notes"]["nodes"])
