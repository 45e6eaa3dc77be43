"""What changed between two versions of a text: in the text, in sentences, or as a table of four columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse, Response

from server.web.desk.changes.letters import Lettered, letter
from server.web.desk.visits import Visit, found

VIEWS = ("text", "sentences", "table")
PAGE = 50
HEADINGS = frozenset({"TITLE", "HEADING", "ANNEX", "SECTION", "STANDARD", "PRINCIPLE"})
"""Kinds of units that are shown as headings. An article is one too, or a paragraph: it is shown as a paragraph."""


class Heading(NamedTuple):
    """A heading that a changed provision stands under, with its level on the page."""

    depth: int
    given: Mapping[str, Any]


class Changed(NamedTuple):
    """A provision of a redline: the headings that begin before it, its words with letters, and its level if it is one.

    `unit` is the provision in the version where it stands.
    """

    given: Mapping[str, Any]
    unit: Mapping[str, Any]
    headings: list[Heading]
    depth: int
    words: Lettered


async def show(visit: Visit) -> Response:
    """Return the page of what changed in a version since another one."""
    version_id = visit.parameter("version")
    later = visit.query.get("to", version_id)
    if later != version_id:
        query = {name: value for name, value in visit.query.items() if name in {"base", "view", "show"}}
        return RedirectResponse(f"/texts/{quote(later, safe='')}/changes?{urlencode(query)}", status_code=303)
    version = found((await visit.read("VersionsOfText", id=version_id))["textVersion"])
    others = comparable(version)
    base_id = visit.query.get("base") or (version["base"] or {}).get("id") or _before(version, others)
    view = visit.query.get("view", "")
    values = {
        "version": version,
        "others": others,
        "view": view if view in VIEWS else VIEWS[0],
        "is_all": visit.query.get("show") == "all",
    }
    if not base_id:
        return visit.render("changes/changes.html", redline=None, changed=[], base_id="", **values)
    variables = {
        "baseId": base_id,
        "textVersionId": version_id,
        "isChanged": None if values["is_all"] else True,
        "first": PAGE,
        "after": visit.query.get("after"),
    }
    redline = found((await visit.read("ComparisonOfVersions", **variables))["comparison"])
    changed = arrange(redline["provisions"]["nodes"])
    return visit.render("changes/changes.html", redline=redline, changed=changed, base_id=base_id, **values)


def comparable(version: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the versions of the same text in the same language that can be compared, given up ones left out."""
    return [
        each
        for each in version["instrument"]["versions"]["nodes"]
        if each["language"] == version["language"] and each["status"] != "ABANDONED"
    ]


def _before(version: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> str:
    """Return the id of the version with the number before; "" for the first one."""
    earlier = [each for each in others if each["number"] < version["number"]]
    return earlier[-1]["id"] if earlier else ""


def arrange(provisions: Iterable[Mapping[str, Any]]) -> list[Changed]:
    """Return the provisions of a redline under their headings, each heading once, with letters at changed words."""
    arranged: list[Changed] = []
    standing: list[str] = []
    for provision in provisions:
        unit = provision["provision"] or provision["provisionBefore"] or {"id": "", "kind": "PARAGRAPH"}
        path = [each for each in unit.get("path", ()) if each["kind"] != "TITLE"]
        keys = [each["key"] for each in path]
        headings = []
        if provision["provision"]:
            begun = [at for at, key in enumerate(keys) if standing[at : at + 1] != [key]]
            headings = [Heading(_depth(at), path[at]) for at in begun]
            standing = keys
        is_heading = unit["kind"] in HEADINGS
        if is_heading and provision["provision"]:
            standing = [*keys, provision["key"]]
        moved = provision["move"]["sources"] if provision["move"] else ()
        words = letter(provision["runs"], f"w{len(arranged) + 1}", more=moved)
        arranged.append(Changed(provision, unit, headings, _depth(len(path)) if is_heading else 0, words))
    return arranged


def _depth(place: int) -> int:
    """Return the level on the page of a heading under so many others: the page's own heading is the first."""
    return min(place + 2, 6)
