"""What a text would be if pending amendments were accepted: chosen and ordered by a form, and two choices compared."""

from collections.abc import Iterable, Sequence
from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found
from server.web.look.refusals import say_faults

PAGE = 50
"""Provisions that are shown at once."""
LISTED = 100
"""Provisions of which pending amendments are offered."""
FIRST, SECOND, PLACE = "item", "other", "at-"
"""Names in the query: what is in the first choice, in the second, and before an id the place at which it is taken."""


async def show_what_if(visit: Visit) -> Response:
    """Return the page of what a version would be, with the form that chooses and orders what is tried."""
    version_id = visit.parameter("version")
    taking = found((await visit.read("TakingOrder", textVersionId=version_id, first=LISTED))["takingOrder"])
    first, second = read_items(visit, FIRST), read_items(visit, SECOND)
    answer, comparison, faults = None, None, []
    if first:
        sent = {"textVersionId": version_id, "pendingIds": first, "first": PAGE, "after": visit.query.get("after")}
        if second:
            read = await visit.read("WhatIfComparison", **sent, otherPendingIds=second)
            comparison = found(read["whatIfComparison"])
        else:
            answer = found((await visit.read("WhatIf", **sent))["whatIf"])
        faults = list_faults(visit, answer or comparison)
    return visit.render(
        "whatif/whatif.html",
        status=422 if faults else 200,
        version=taking["textVersion"],
        proposals=list_proposals(taking["provisions"]["nodes"]),
        is_whole=not taking["provisions"]["pageInfo"]["hasNextPage"],
        is_unticked=not first and any(name == SECOND or name.startswith(PLACE) for name in visit.query),
        first=first,
        second=second,
        places={item: visit.query.get(f"{PLACE}{item}", "") for item in (*first, *second)},
        what_if=None if faults else answer,
        comparison=None if faults else comparison,
        refused=faults,
    )


def read_items(visit: Visit, name: str) -> list[str]:
    """Return what is in a choice, by the places that were written beside it; what has none comes last."""
    items = list(dict.fromkeys(value for key, value in visit.request.query_params.multi_items() if key == name))
    return sorted(items, key=lambda item: _read_place(visit.query.get(f"{PLACE}{item}", "")))


def _read_place(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 10_000


def list_faults(visit: Visit, answer: Any) -> list[str]:
    """Return why nothing could be tried, in the reader's words; empty if something was."""
    return list(dict.fromkeys(say_faults(answer, visit.times))) if "kind" in answer else []


def list_proposals(provisions: Iterable[Any]) -> Sequence[dict[str, Any]]:
    """Return the proposals with pending amendments by number, drafts last, each with its amendments by position."""
    proposals: dict[str, dict[str, Any]] = {}
    for provision in provisions:
        for turn in provision["amendments"]:
            if amendment := turn["amendment"]:
                proposal = amendment["proposal"]
                entry = proposals.setdefault(proposal["id"], {"proposal": proposal, "amendments": []})
                entry["amendments"].append({**amendment, "provision": provision["provision"]})
    for entry in proposals.values():
        entry["amendments"].sort(key=lambda each: each["position"])
    return sorted(proposals.values(), key=lambda each: (each["proposal"]["number"] is None, each["proposal"]["number"]))


WHAT_IF_PAGES = (Page("/texts/{version}/what-if", show_what_if),)
