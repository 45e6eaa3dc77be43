"""Search by titles, numbers and names, over the published lists: so everybody finds what they may see."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from server.web.desk.papers.pages import number_of
from server.web.desk.visits import Visit

MOST = 10
"""Things of one sort that a search shows."""
COMMENT = re.compile(r"(.{1,40}?)\s*-\s*([0-9]{1,6})")
"""A party with the number of a comment, such as "Japan-3". A paper cites it with its round, such as "Japan R1-3"."""
SITTING = re.compile(r"(?:(.{1,40}?)\s+)?([0-9]{1,4})(?:\s*/\s*[0-9]{1,4})?")
"""The number of a sitting, such as "235", "TC 235" or "TC 235/236"."""
SORTS = (
    "instruments",
    "versions",
    "editions",
    "rounds",
    "comments",
    "proposals",
    "papers",
    "activities",
    "decisions",
    "sittings",
    "workingBodies",
    "parties",
    "delegates",
)
"""The lists that are asked, in the order in which the page shows them."""


async def show_search(visit: Visit) -> Response:
    """Return the page of the search, with what was found."""
    words = visit.query.get("q", "").strip()[:200]
    answer = await visit.read("Search", **asked_for(words), first=MOST) if words else {}
    if answer:
        answer = {**answer, "versions": _list_versions(answer["textsWithVersions"]["nodes"])}
    groups = [(sort, answer[sort]) for sort in SORTS if answer and answer[sort]["nodes"]]
    return visit.render("everybody/search.html", words=words, groups=groups, most=MOST)


def _list_versions(instruments: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the versions that were found in texts, each with the short title of its text, as a list of its own."""
    versions = [
        {**version, "text": instrument["shortTitle"]}
        for instrument in instruments
        for version in reversed(instrument["versions"]["nodes"])
    ]
    return {"nodes": versions[:MOST], "pageInfo": {"hasNextPage": len(versions) > MOST}}


def asked_for(words: str) -> dict[str, Any]:
    """Return the variables of the search for words, a number, or the reference of a paper, comment or sitting."""
    comment = COMMENT.fullmatch(words)
    paper = number_of(words)
    sitting = SITTING.fullmatch(words)
    number = re.fullmatch(r"[0-9]{1,6}", words)
    return {
        "words": words,
        "numbers": [paper[1]] if paper else [int(words)] if number else [],
        "series": [paper[0]] if paper else [],
        "commentParty": comment[1] if comment else "",
        "citations": [words] if comment else [],
        "commentNumbers": [int(comment[2])] if comment else [],
        "sittingBody": sitting[1] or "" if sitting else "",
        "sittingNumbers": [int(sitting[2])] if sitting else [],
    }
