"""The library: every text that the visitor may read, with its newest version and what is open on it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.visits import Visit
from server.web.look.languages import name_of

PAGE = 30
"""Texts on one page; each is read with its versions."""


class LibraryText(NamedTuple):
    """One text: its newest version, earlier and unfinished ones, its editions, and the rounds that are open on it."""

    instrument: Mapping[str, Any]
    newest: Mapping[str, Any] | None
    others: Sequence[Mapping[str, Any]]
    rounds: Sequence[Mapping[str, Any]]


async def show_library(visit: Visit) -> Response:
    """Return the page of all texts, or of those whose title holds the words that are looked for."""
    words = visit.query.get("q", "").strip()[:200]
    variables = {"first": PAGE, "after": visit.query.get("after"), "filter": {"text": words} if words else None}
    texts, rounds = await visit.read_all(
        ("InstrumentList", variables), ("RoundList", {"filter": {"phase": ["OPEN", "PLANNED"]}, "first": 100})
    )
    listed = texts["instruments"]
    shelves = [_shelf_of(each, rounds["rounds"]["nodes"]) for each in listed["nodes"]]
    tags = {version["language"] for shelf in shelves for version in shelf.others}
    tongues = {tag: name_of(tag, visit.language) for tag in tags}
    return visit.render("reading/library.html", shelves=shelves, tongues=tongues, info=listed["pageInfo"], words=words)


def _shelf_of(instrument: Mapping[str, Any], rounds: Sequence[Mapping[str, Any]]) -> LibraryText:
    """Return the shelf of an instrument, its versions the newest first."""
    versions = sorted(instrument["versions"]["nodes"], key=lambda version: version["number"], reverse=True)
    issued = [version for version in versions if version["status"] == "ISSUED"]
    language = issued[-1]["language"] if issued else ""
    newest = next((version for version in issued if version["language"] == language), None)
    ids = {version["id"] for version in versions}
    others = [version for version in versions if version is not newest and version["status"] != "ABANDONED"]
    return LibraryText(instrument, newest, others, [each for each in rounds if each["textVersion"]["id"] in ids])
