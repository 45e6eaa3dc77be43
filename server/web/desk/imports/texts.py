"""Importing a text: what was read stands beside what looks misread, to be mended before anything is stored."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from server.schema.root import schema
from server.vocabulary.parties import LANGUAGE_TAGS
from server.vocabulary.texts import UnitKind
from server.web.desk.imports.mends import Button, Mend, mend_for, number_in, page_of, pressed_in
from server.web.desk.inputs import input_of, input_type_of
from server.web.desk.sent import Sent
from server.web.desk.visits import NothingHere, Visit
from server.web.look.languages import TAGS

PAGE = 50
"""Units on one page of a reading."""


async def show_import(visit: Visit) -> Response:
    """Return the page that takes a text, or the reading of it."""
    begin, choices = await visit.read_all(("ActsToBegin", {}), ("TextChoices", {"first": 50}))
    offer = next((act for act in begin["viewer"]["availableActs"] if act["act"] == "IMPORT_TEXT"), None)
    if offer is None or offer["code"] == "FORBIDDEN":
        raise NothingHere
    values: dict[str, Any] = {"instruments": choices["instruments"]["nodes"], "languages": _languages(), "offer": offer}
    if visit.sent is None or not visit.sent.get("markdown").strip():
        return visit.render("imports/text.html", reading=None, **values)
    return visit.render("imports/text.html", **values, **await _read(visit, visit.sent))


def _languages() -> list[str]:
    return sorted({*TAGS, *LANGUAGE_TAGS.values()})


async def _read(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Return the values of the template for a document with its mends, the one that was asked for among them."""
    fields = input_of(input_type_of(schema._schema, "importText"), sent.pairs, visit.times.zone)
    markdown, mends = fields.get("markdown", ""), fields.get("mends", [])
    button = Button("read") if sent.act else pressed_in(sent)
    if button.what == "undo":
        mends = mends[:-1]
    mend, fault = mend_for(button, sent)
    answer = await _ask(visit, markdown, [*mends, mend] if mend else mends)
    if mend and answer["__typename"] != "Refusal":
        mends = [*mends, mend]
    elif answer["__typename"] == "Refusal":
        visit.sent = replace(sent, refusal=sent.refusal or answer)
        answer = await _ask(visit, markdown, mends) if mend else answer
    return _arrange(sent, answer, button, mends) | {"fault": fault}


async def _ask(visit: Visit, markdown: str, mends: list[Mend]) -> dict[str, Any]:
    answer = (await visit.read("ReadDocument", input={"markdown": markdown, "mends": mends}))["readDocument"]
    if answer is None:
        raise NothingHere
    return dict(answer)


def _arrange(sent: Sent, answer: dict[str, Any], button: Button, mends: list[Mend]) -> dict[str, Any]:
    """Return one page of a reading: its units, each with its doubts, and the one that is open to be mended."""
    if answer["__typename"] == "Refusal":
        return {"reading": None, "mends": mends}
    units, doubts = answer["units"], answer["doubts"]
    only_doubts = sent.get("_view") == "doubts" and bool(doubts)
    positions = page_of(units, doubts, only_doubts)
    pages = max(1, -(-len(positions) // PAGE))
    page = button.number if button.what == "page" else number_in(sent.get("_page"))
    page = min(max(page, 1), pages)
    on_page = positions[(page - 1) * PAGE : page * PAGE]
    by_unit: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for number, doubt in enumerate(doubts, start=1):
        by_unit.setdefault(doubt["position"], []).append((number, doubt))
    return {
        "reading": answer,
        "mends": mends,
        "rows": [(units[position - 1], by_unit.get(position, [])) for position in on_page],
        "page": page,
        "pages": pages,
        "only_doubts": only_doubts,
        "opened": button.number if button.what in ("open", "split") else 0,
        "kinds": [kind.name for kind in UnitKind if kind not in (UnitKind.TABLE, UnitKind.TABLE_ROW)],
    }
