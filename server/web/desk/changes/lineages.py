"""Where the provisions of an imported version come from, what became of those that are gone, and who confirmed it."""

from typing import Any

from starlette.responses import Response

from server.web.desk.visits import Visit, found

ACTS = frozenset({"confirmLineage"})
PAGE, ORIGINS = 50, 100
GONE = ("DELETED", "MERGED_INTO")
"""Kinds of lines about provisions that do not stand any more: another provision may turn out to come from them."""


async def show(visit: Visit) -> Response:
    """Return the page of the lineage of a version: what waits for a person, or all of it."""
    version_id = visit.parameter("version")
    version, waiting, lineage, gone = await visit.read_all(
        ("VersionsOfText", {"id": version_id}),
        ("VersionLineage", _lines(visit, version_id, {"needsConfirmation": True})),
        ("VersionLineage", _lines(visit, version_id, None)),
        ("VersionLineage", {"textVersionId": version_id, "filter": {"kind": GONE}, "first": ORIGINS}),
    )
    found(version["textVersion"])
    counts = [each["textVersion"]["lineage"]["totalCount"] for each in (waiting, lineage)]
    is_all = visit.query.get("show") == "all" or not counts[0]
    return visit.render(
        "changes/lineage.html",
        version=version["textVersion"],
        lineage=(lineage if is_all else waiting)["textVersion"]["lineage"],
        origins=gone["textVersion"]["lineage"]["nodes"],
        counts=counts,
        is_all=is_all,
    )


def _lines(visit: Visit, version_id: str, condition: dict[str, Any] | None) -> dict[str, Any]:
    """Return the variables for a page of the lines; a cursor counts only for the list that it was given for."""
    is_shown = (condition is None) == (visit.query.get("show") == "all")
    after = visit.query.get("after") if is_shown else None
    return {"textVersionId": version_id, "filter": condition, "first": PAGE, "after": after}
