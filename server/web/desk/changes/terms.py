"""The terms that a version defines, and the corrections that were made in it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.visits import Visit, found

CORRECTION_ACTS = frozenset({"objectToCorrection"})
PAGE = 50
MOST_KEYS = 100
"""Provisions that one operation lists at most."""


class TermRow(NamedTuple):
    """A defined term with the provision that defines it and those that use it, as far as the page names them."""

    term: str
    times: int
    definition: Mapping[str, Any] | None
    uses: list[Mapping[str, Any]]


async def show_terms(visit: Visit) -> Response:
    """Return the page of the terms that a version defines."""
    version_id = visit.parameter("version")
    version, answer = await visit.read_all(
        ("VersionsOfText", {"id": version_id}), ("DefinedTerms", {"textVersionId": version_id})
    )
    terms = found(answer["definedTerms"])
    keys = [each["key"] for each in terms] + [use["key"] for each in terms for use in each["uses"]]
    provisions = await read_provisions(visit, version_id, keys)
    rows = [TermRow(each["term"], len(each["uses"]), provisions.get(each["key"]), []) for each in terms]
    for row, each in zip(rows, terms, strict=True):
        row.uses.extend(
            provisions[key] for key in dict.fromkeys(use["key"] for use in each["uses"]) if key in provisions
        )
    return visit.render("changes/terms.html", version=version["textVersion"], rows=rows)


async def show_corrections(visit: Visit) -> Response:
    """Return the page of the corrections of a version, the newest first."""
    version_id = visit.parameter("version")
    condition = {"textVersionId": [version_id]}
    version, answer = await visit.read_all(
        ("VersionsOfText", {"id": version_id}),
        ("CorrectionList", {"filter": condition, "first": PAGE, "after": visit.query.get("after")}),
    )
    found(version["textVersion"])
    corrections = answer["textCorrections"]
    provisions = await read_provisions(visit, version_id, [each["provisionKey"] for each in corrections["nodes"]])
    return visit.render(
        "changes/corrections.html", version=version["textVersion"], corrections=corrections, provisions=provisions
    )


async def read_provisions(visit: Visit, version_id: str, keys: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Return provisions of a version by permanent key, the first hundred that are asked for."""
    wanted = list(dict.fromkeys(keys))[:MOST_KEYS]
    if not wanted:
        return {}
    answer = await visit.read("ProvisionList", id=version_id, filter={"key": wanted}, first=MOST_KEYS)
    return {each["key"]: each for each in answer["textVersion"]["provisions"]["nodes"]}
