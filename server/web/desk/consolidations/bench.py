"""The workbench: the queue of one consolidation, the provision at hand, the check of the whole text."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.consolidations import shaping
from server.web.desk.consolidations.shaping import BASE, OWN
from server.web.desk.visits import Visit, found

Values = dict[str, Any]
SETTLING = frozenset({"settleConflict", "settleStructure"})


async def show_bench(visit: Visit) -> Response:
    """Return the workbench, or one of its other views: the whole check, the numbers."""
    answer = await visit.read("ConsolidationQueue", consolidationId=visit.parameter("id"))
    consolidation, queue = found(answer["consolidation"]), answer["consolidationQueue"]
    provisions, check = queue["provisions"], queue["reconciliation"]
    values: Values = {
        "consolidation": consolidation,
        "target": consolidation["target"],
        "offers": _offers_of(consolidation),
        "provisions": provisions,
        "by_key": {each["key"]: each for each in provisions},
        "check": check,
        "left": shaping.count_left(provisions),
        "questions": shaping.list_questions(check),
    }
    view = visit.query.get("view", "")
    if view == "numbers":
        values |= await visit.read("RenumberingOfVersion", textVersionId=consolidation["target"]["id"])
        return visit.render("consolidations/numbers.html", **values)
    if view == "check":
        return visit.render("consolidations/check.html", **values, **_list_findings(visit, values["questions"]))
    if view == "find":
        return visit.render("consolidations/find.html", **values, **await _find_others(visit, values))
    values |= await _show_provision(visit, values)
    if consolidation["target"]["status"] == "ISSUED":
        values |= await _read_what_follows(visit, values)
    return visit.render("consolidations/bench.html", **values)


def _offers_of(consolidation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what the consolidation and its version offer, by act."""
    offers = (*consolidation["availableActs"], *consolidation["target"]["availableActs"])
    return {offer["act"]: offer for offer in offers}


def _list_findings(visit: Visit, questions: list[shaping.Question]) -> Values:
    """Return the part of the whole check that one page shows, as pairs of list and finding."""
    wanted = visit.query.get("list", "")
    lines = [(each.name, finding) for each in questions if wanted in ("", each.name) for finding in each.findings]
    numbered = list(enumerate(lines))
    start = visit.query.get("start", "0")
    place = min(int(start), max(len(lines) - 1, 0)) if start.isascii() and start.isdigit() else 0
    return {"lines": shaping.window_of(numbered, place), "wanted": wanted}


async def _show_provision(visit: Visit, values: Values) -> Values:
    """Return what the page shows of the provision at hand, and the part of the queue that it is in."""
    provisions = values["provisions"]
    at = await _find_at_hand(visit, values)
    window = shaping.window_of(provisions, provisions.index(at) if at in provisions else 0)
    here: Values = {"at": at, "window": window, "provision": None, "changes": [], "conflicts": []}
    if at is None:
        return here
    consolidation, key = values["consolidation"], at["key"]
    answer = await visit.read(
        "ProvisionInMaking",
        consolidationId=consolidation["id"],
        textVersionId=consolidation["target"]["id"],
        provisionKey=key,
    )
    provision = next(iter(answer["redline"]["provisions"]["nodes"]), None)
    before = (provision["before"] or "") if provision else ""
    changes = answer["consolidation"]["changes"]["nodes"]
    conflicts = answer["consolidation"]["conflicts"]["nodes"]
    findings = shaping.findings_in(values["check"], key)
    is_revising = _is_revising(visit) or shaping.needs_revision(findings)
    open_words = [each for each in conflicts if each["status"] == "OPEN"]
    return here | {
        "provision": provision,
        "next": shaping.find_next(provisions, key, is_past=True),
        "parts": shaping.part_text(before, open_words),
        "changes": [(change, shaping.runs_of(change, before)) for change in changes],
        "change_count": answer["consolidation"]["changes"]["totalCount"],
        "conflicts": [await _show_conflict(visit, each) for each in conflicts],
        "findings": findings,
        "is_revising": is_revising,
        "decisions": await _read_decisions(visit) if is_revising else [],
    }


async def _find_at_hand(visit: Visit, values: Values) -> Mapping[str, Any] | None:
    """Return the provision that is asked for, in the queue or not, else the next with something to do."""
    provisions, key = values["provisions"], visit.query.get("at", "")
    if at := shaping.find_key(provisions, key):
        return at
    if key:
        wanted = {"id": values["target"]["id"], "filter": {"key": [key]}, "first": 1}
        answer = await visit.read("ProvisionList", **wanted)
        if nodes := answer["textVersion"]["provisions"]["nodes"]:
            return shaping.show_quiet(nodes[0])
    return shaping.find_next(provisions, visit.query.get("from", ""))


async def _find_others(visit: Visit, values: Values) -> Values:
    """Return the provisions of the version that hold the words that are looked for, the first of them."""
    words = visit.query.get("words", "").strip()[:200]
    if not words:
        return {"words": "", "matches": []}
    wanted = {"id": values["target"]["id"], "filter": {"text": words}, "first": 20}
    answer = await visit.read("ProvisionList", **wanted)
    return {"words": words, "matches": answer["textVersion"]["provisions"]["nodes"]}


async def _show_conflict(visit: Visit, conflict: Mapping[str, Any]) -> Values:
    """Return a conflict with what is filled in for it, and what would come out of that if the person asks."""
    sent = visit.sent if visit.sent and visit.sent.form == conflict["id"] else None
    texts = {side["id"]: side["words"] for side in conflict["sides"]["nodes"]} | {BASE: conflict["baseWords"]}
    case: Values = {"it": conflict, "sent": sent, "choice": "", "words": conflict["baseWords"], "preview": None}
    if sent is None or sent.act not in SETTLING:
        return case
    case |= {"choice": sent.get("_choice"), "words": sent.get("words", conflict["baseWords"])}
    pairs = list(sent.pairs)
    if (start := sent.get("_preview")) in texts:
        case |= {"choice": OWN, "words": texts[start]}
        pairs = [pair for pair in pairs if pair[0] not in ("_choice", "words")]
        pairs += [("_choice", OWN), ("words", texts[start])]
    if sent.refusal is None and (case["choice"] or sent.act == "settleStructure"):
        outcome, in_part = shaping.outcome_of(sent.act, pairs), bool(sent.get("restStands"))
        answer = await visit.read(
            "PreviewSettlement", conflictId=conflict["id"], outcome=outcome, canStandInPart=in_part
        )
        case["preview"] = answer["previewSettlement"]
    return case


def _is_revising(visit: Visit) -> bool:
    """Return whether the visitor asks for the form that writes the provision otherwise, or has sent it."""
    return visit.query.get("do") == "revise" or (visit.sent is not None and visit.sent.act == "reviseProvision")


async def _read_decisions(visit: Visit) -> list[Any]:
    """Return the newest decisions, for a revision to name the one behind it."""
    answer = await visit.read("DecisionList", orderBy="RECORDED_AT_DESC", first=50)
    nodes: list[Any] = answer["decisions"]["nodes"]
    return nodes


async def _read_what_follows(visit: Visit, values: Values) -> Values:
    """Return what is needed to publish an issued version as an edition, and to carry it to a meeting."""
    offer = values["offers"].get("PUBLISH_EDITION")
    if not offer or not offer["isAllowed"]:
        return {"adoptions": [], "sittings": []}
    adopting = {"filter": {"outcome": ["APPROVED", "ADOPTED"]}, "orderBy": "RECORDED_AT_DESC", "first": 50}
    decisions, sittings = await visit.read_all(
        ("DecisionList", adopting), ("SittingList", {"orderBy": "STARTS_ON_DESC", "first": 50})
    )
    return {"adoptions": decisions["decisions"]["nodes"], "sittings": sittings["sittings"]["nodes"]}
