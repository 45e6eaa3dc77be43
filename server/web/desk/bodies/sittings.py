"""One sitting of a body: its papers, what was decided, and recording a decision."""

from typing import Any

from starlette.responses import Response

from server.web.desk.named import NamedObject, newest_texts
from server.web.desk.pages import Page
from server.web.desk.places import place_of
from server.web.desk.visits import Visit, found


async def show(visit: Visit) -> Response:
    """Return the page of a sitting."""
    variables = {"id": visit.parameter("id"), "after": visit.query.get("after")}
    sitting = found((await visit.read("SittingAgenda", **variables))["sitting"])
    offer = next(offer for offer in sitting["availableActs"] if offer["act"] == "RECORD_DECISION")
    known = await visit.read("TextChoices", first=50) if offer["isAllowed"] else {"instruments": {"nodes": []}}
    decisions = [{**decision, "place": place_of(decision["subject"])} for decision in sitting["decisions"]["nodes"]]
    return visit.render(
        "bodies/sitting.html",
        sitting=sitting,
        decisions=decisions,
        subjects=subjects_of(sitting, newest_texts(known["instruments"])),
        offer=offer,
    )


def subjects_of(sitting: dict[str, Any], newest: list[NamedObject]) -> list[NamedObject]:
    """Return what a sitting is likely to decide on.

    These are its papers with their texts, the `newest` texts, and the plan, the rounds and the groups of its body.
    """
    body, papers = sitting["body"], sitting["papers"]["nodes"]
    texts = {text["id"]: text for paper in papers if (text := paper["textVersion"])}
    carried = [
        NamedObject(id_, "TextVersion", f"{text['instrument']['shortTitle']}, {text['label']}")
        for id_, text in texts.items()
    ]
    return [
        *carried,
        *(text for text in newest if text.id not in texts),
        *(NamedObject(paper["id"], "Paper", f"{paper['reference']}, {paper['title']}") for paper in papers),
        *(NamedObject(plan["id"], "WorkPlan", plan["title"]) for plan in [body["workPlan"]] if plan),
        *(NamedObject(round_["id"], "Round", round_["title"]) for round_ in body["rounds"]["nodes"]),
        *(NamedObject(group["id"], "WorkingBody", group["name"]) for group in body["children"]["nodes"]),
    ]


SITTING_PAGES = (Page("/sittings/{id}", show, frozenset({"recordDecision"})),)
