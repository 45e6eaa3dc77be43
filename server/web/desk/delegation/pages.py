"""The board of a delegation: what it writes in a round, before and after it is filed."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from server.web.desk.comments.excerpts import shorten
from server.web.desk.delegation.filing import show_check, submit_filing
from server.web.desk.delegation.merging import show_merging
from server.web.desk.delegation.points import show_points
from server.web.desk.delegation.practice import show_practice
from server.web.desk.delegation.receipts import show_receipt
from server.web.desk.delegation.silence import show_no_comment
from server.web.desk.delegation.speaking import filing_offer, own_party
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

SECTIONS = ("written", "ready", "cleared")
"""The drafts on the board, by how far they have come."""
ON_BOARD = frozenset(
    {"presentDraft", "clearDraft", "returnDraft", "arrangeDeadline", "takeBackNoComment", "writeNote", "discardNote"}
)
NOTES = 20
"""Notes of the delegation that the board shows, the newest ones."""
WRITTEN = ("drafts", "filed", "withdrawn")
"""What a party has in a round in which it wrote."""


async def show_board(visit: Visit) -> Response:
    """Return the drafts and filed comments of the visitor's party in one round."""
    party = own_party(visit)
    (listed,) = await visit.read_all(("RoundsOfParty", {"partyId": [party["id"]]}))
    rounds = _list_rounds(listed)
    chosen = visit.query.get("round") or _choose(rounds)
    if not chosen:
        return visit.render("delegation/no_round.html", party=party)
    places = {f"after{name.capitalize()}": visit.query.get(f"after{name.capitalize()}") for name in SECTIONS}
    filed = {"afterFiled": visit.query.get("afterFiled")}
    variables = {"roundId": chosen, "partyId": [party["id"]]} | places | filed
    board, noted, practice = await visit.read_all(
        ("DelegationBoard", variables),
        ("NotesOfRound", {"roundId": chosen, "last": NOTES}),
        ("ClearanceOfParty", {"id": party["id"]}),
    )
    round_ = found(board["round"])
    sections = {name: [_show_draft(draft) for draft in round_[name]["nodes"]] for name in SECTIONS}
    every = [draft for drafts in sections.values() for draft in drafts]
    return visit.render(
        "delegation/board.html",
        party=party,
        clearance=practice["party"]["clearance"],
        round=round_,
        rounds=rounds,
        sections=sections,
        count=sum(round_[name]["totalCount"] for name in SECTIONS),
        offer=filing_offer([draft["comment"] for draft in every]),
        own={offer["act"]: offer for offer in round_["participation"]["availableActs"]},
        filed=[_show(comment) for comment in round_["filed"]["nodes"]],
        notes=noted["round"]["notes"]["nodes"],
        writers=[each for each in board["delegates"]["nodes"] if not each["isAdministrator"]],
    )


def _list_rounds(listed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the open rounds that ask the party, and the earlier ones in which it wrote."""
    past = [each for each in listed["rounds"]["nodes"] if any(each[name]["totalCount"] for name in WRITTEN)]
    return [*listed["viewer"]["asked"]["nodes"], *past]


def _choose(rounds: Sequence[Mapping[str, Any]]) -> str:
    """Return the id of the open round that closes first and has drafts, otherwise of the first round; "" for none."""
    with_drafts = [each for each in rounds if each["drafts"]["totalCount"] and each["phase"] == "OPEN"]
    return next((str(each["id"]) for each in (*with_drafts, *rounds)), "")


def _show(comment: Mapping[str, Any]) -> dict[str, Any]:
    return {**comment, "runs": shorten(comment["runs"])}


def _show_draft(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft with its words shortened, and what is offered on it, by act."""
    comment = draft["comment"]
    offers = {offer["act"]: offer for offer in (*draft["availableActs"], *comment["availableActs"])}
    steps = draft.get("steps", {}).get("nodes", ())
    return {**draft, "comment": _show(comment), "offers": offers, "last": steps[0] if steps else None}


DELEGATION_PAGES = (
    Page("/delegation", show_board, acts=ON_BOARD),
    Page("/delegation/check", show_check, submit=submit_filing),
    Page(
        "/delegation/merge",
        show_merging,
        acts=frozenset({"mergeDrafts"}),
        onward=lambda _visit, _act, fact: f"/comments/{fact['comment']['id']}",
    ),
    Page("/delegation/practice", show_practice, acts=frozenset({"arrangeClearance"})),
    Page(
        "/delegation/no-comment",
        show_no_comment,
        acts=frozenset({"declareNoComment"}),
        onward=lambda _visit, _act, fact: f"/delegation?round={fact['noComment']['round']['id']}",
    ),
    Page("/receipts/{comment}", show_receipt),
    Page("/points", show_points),
)
