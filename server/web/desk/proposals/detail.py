"""One proposal: where it stands, what it asks for, who stands behind it, and the acts on it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from server.vocabulary.proposals import ASKING
from server.web.desk.proposals.finding import find_condition
from server.web.desk.proposals.steps import list_steps
from server.web.desk.proposals.words import list_changes
from server.web.desk.visits import Visit, found

HANDLING = ("ASSIGN_PROPOSAL", "DECIDE_PROPOSAL", "DEFER_PROPOSAL")
"""Acts for which a group, a sitting or another proposal has to be chosen."""


async def show_proposal(visit: Visit) -> Response:
    """Return the page of a proposal."""
    detail, sentences = await visit.read_all(
        ("ProposalDetail", {"id": visit.parameter("id")}),
        ("AmendmentInstructions", {"proposalId": visit.parameter("id"), "language": visit.language}),
    )
    proposal = found(detail["proposal"])
    offers = {offer["act"]: offer for offer in proposal["availableActs"]}
    handling = None
    if any(offers[act]["isAllowed"] for act in HANDLING):
        kinds = [proposal["nextBody"]] if proposal["nextBody"] else []
        handling = await visit.read("ProposalHandling", bodyKind=kinds, comingFrom=_day_after(visit))
    amendments = proposal["amendments"]["nodes"]
    return visit.render(
        "proposals/proposal.html",
        proposal=proposal,
        offers=offers,
        steps=list_steps(proposal),
        handling=handling,
        instructions={
            each["amendment"]["id"]: each["instruction"]
            for each in sentences["amendmentInstructions"] or ()
            if each["amendment"]
        },
        changes={each["id"]: list_changes(_runs_now(each)) for each in amendments},
        waiting=[each for each in proposal["coSponsors"]["nodes"] if not each["confirmedAt"]],
        heirs=[
            each
            for each in proposal["coSponsors"]["nodes"]
            if proposal["status"] != "DRAFT" and each["confirmedAt"] and each["party"]["id"] != proposal["party"]["id"]
        ],
        unviewed=[each for each in amendments if _asks(each) and not each["view"]],
        stale=[each for each in amendments if each["carried"] and each["carried"]["state"] == "STALE"],
    )


def _day_after(visit: Visit) -> str:
    """Return the day from which sittings have still to begin."""
    return (visit.times.now.date() + timedelta(days=1)).isoformat()


def _runs_now(amendment: Mapping[str, Any]) -> Any:
    """Return the runs of an amendment in the version that its proposal is on now."""
    return (amendment["carried"] or amendment)["runs"]


def _asks(amendment: Mapping[str, Any]) -> bool:
    """Return whether an amendment still asks for something in the version that its proposal is on now."""
    return amendment["carried"] is None or amendment["carried"]["state"] in ASKING


async def show_restatement(visit: Visit) -> Response:
    """Return the form that says what a stale amendment asks for in the version that its proposal is on now."""
    proposal = found((await visit.read("ProposalDetail", id=visit.parameter("id")))["proposal"])
    wanted = visit.parameter("amendment")
    amendment = found(next((each for each in proposal["amendments"]["nodes"] if each["id"] == wanted), None))
    carried = found(amendment["carried"])
    find = visit.query.get("find", "")
    sought = await visit.read(
        "TextToAmend",
        id=proposal["currentVersion"]["id"],
        named={"key": [key for key in (carried["provisionKey"], carried["afterKey"]) if key]},
        sought=find_condition(find),
    )
    version = found(sought["textVersion"])
    return visit.render(
        "proposals/restate.html",
        proposal=proposal,
        amendment=amendment,
        carried=carried,
        offer=next(each for each in amendment["availableActs"] if each["act"] == "RESTATE_AMENDMENT"),
        named={each["key"]: each for each in version["named"]["nodes"]},
        sought=version["sought"],
        find=find,
    )
