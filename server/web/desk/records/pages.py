"""The records: the journal and its signed heads, and who may do and see what, and why."""

from itertools import groupby
from typing import Any

from starlette.responses import Response

from server.web.desk.filters import chosen, day_begins, filled, one_of
from server.web.desk.pages import Page
from server.web.desk.places import place_of
from server.web.desk.visits import Visit, found
from server.web.look.languages import labels_of

A_PAGE = 40
"""Entries of the journal on one page: more of them take longer than three seconds on a slow line."""


async def show_journal(visit: Visit) -> Response:
    """Return the journal as far as the visitor sees it, the latest act first; or its signed heads."""
    if visit.query.get("view") == "heads":
        return await _show_heads(visit)
    filters = chosen(visit, ("act", "party", "person", "name", "subject", "from", "until", "after"))
    acts = labels_of(visit.language)["Act"]
    filters["act"] = one_of(filters["act"], acts)
    conditions = {
        "act": filters["act"],
        "partyId": filters["party"],
        "personId": filters["person"],
        "text": filters["name"],
        "subjectId": filters["subject"],
        "actedFrom": day_begins(visit, filters["from"]),
        "actedBefore": day_begins(visit, filters["until"], after=1),
    }
    listed, names = await visit.read_all(
        (
            "JournalList",
            {
                "filter": filled(conditions),
                "orderBy": "ACTED_AT_DESC",
                "first": A_PAGE,
                "after": filters["after"] or None,
            },
        ),
        ("PartyNames", {"first": 100}),
    )
    return visit.render(
        "records/journal.html",
        journal=listed["journalEntries"],
        filters=filters,
        acts=sorted(acts.items(), key=lambda pair: pair[1]),
        parties=names["parties"]["nodes"],
        is_filtered=any(value for name, value in filters.items() if name != "after"),
        place_of=place_of,
        facts_of=facts_of,
    )


def facts_of(details: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the further facts of an entry as pairs of name and value, without its reason, which is shown as words."""
    return [(name.replace("_", " "), _say(value)) for name, value in details.items() if name != "reason" and value]


def _say(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_say, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_say(part)}" for name, part in value.items())
    return str(value)


async def _show_heads(visit: Visit) -> Response:
    """Return the signed heads, the latest first, and the proof that one continues another."""
    filters = chosen(visit, ("first", "second", "after"))
    listed = await visit.read("JournalHeads", orderBy="NUMBER_DESC", after=filters["after"] or None)
    proof = None
    if filters["first"] and filters["second"]:
        both = {"firstId": filters["first"], "secondId": filters["second"]}
        proof = (await visit.read("JournalConsistency", **both))["journalConsistency"]
    return visit.render("records/heads.html", heads=listed["journalHeads"], filters=filters, proof=proof)


async def show_rights(visit: Visit) -> Response:
    """Return what a person may do by each of their standings, and why; and what they may do with one object."""
    filters = chosen(visit, ("object", "view"))
    thing = (await visit.read("ObjectInWords", objectId=filters["object"]))["node"] if filters["object"] else None
    answer = await visit.read(
        "RightsOfPerson", personId=visit.parameter("person"), objectId=thing["id"] if thing else None
    )
    rights = found(answer["rights"])
    return visit.render(
        "records/rights.html",
        rights=rights,
        standings=[
            (standing, _by_area(standing, thing is not None, filters["view"])) for standing in rights["standings"]
        ],
        thing=thing,
        filters=filters,
        place_of=place_of,
    )


def _by_area(standing: dict[str, Any], has_object: bool, view: str) -> list[tuple[str, list[Any]]]:
    """Return the acts of a standing by area: those on the object, those that may be done, or with "all" all."""
    acts = standing["acts"]
    if has_object:
        acts = [act for act in acts if act["onObject"]]
    elif view != "all":
        acts = [act for act in acts if act["reach"] != "NEVER"]
    return [(area, list(of_area)) for area, of_area in groupby(acts, key=lambda act: act["area"])]


async def show_audience(visit: Visit) -> Response:
    """Return everybody who sees an object today, and why."""
    answer = await visit.read("AudienceOfObject", objectId=visit.parameter("id"), after=visit.query.get("after"))
    return visit.render("records/audience.html", audience=found(answer["audience"]), place_of=place_of)


RECORD_PAGES = (
    Page("/journal", show_journal),
    Page("/rights/{person}", show_rights),
    Page("/audience/{id}", show_audience),
)
