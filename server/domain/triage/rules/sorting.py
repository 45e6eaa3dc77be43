"""Checks of points and tags. Each lists every issue, not only the first."""

from collections.abc import Sequence
from typing import Any

from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue

MOST_POINTS = 30
"""Points that one comment is split into at most."""
MOST_TAGS = 12
"""Tags that one comment has at most."""
TAG_LIMIT = 60
"""Longest tag, in characters."""
TEXT_LIMIT = 20_000
"""Longest text of a point, a note, a question or an advice, in characters."""


def check_points(points: Sequence[Any], asks_for_wording: bool) -> list[Issue]:
    """Return every fault of the points of a comment: too many, empty, or not one that asks for its wording.

    No points are no fault: they join the comment again.
    """
    if len(points) > MOST_POINTS:
        return [Issue("points", IssueCode.TOO_MANY, limit=MOST_POINTS)]
    issues = []
    for place, point in enumerate(points):
        issues += check_words(f"points.{place}.text", point.text)
    carrying = [place for place, point in enumerate(points) if point.has_wording]
    if points and asks_for_wording and len(carrying) != 1:
        why = "exactly one point asks for the wording of the comment"
        issues.append(Issue("points", IssueCode.UNFIT, why=why))
    if not asks_for_wording:
        issues += [Issue(f"points.{place}.hasWording", IssueCode.WORDING_WITHOUT_PROPOSAL) for place in carrying]
    return issues


def fold_tag(name: str) -> str:
    """Return the form by which two spellings of a tag are one: single spaces, small letters."""
    return " ".join(name.split()).casefold()


def check_tags(tags: Sequence[str]) -> list[Issue]:
    """Return every fault of the tags of a comment."""
    if len(tags) > MOST_TAGS:
        return [Issue("tags", IssueCode.TOO_MANY, limit=MOST_TAGS)]
    return [
        Issue(f"tags.{place}", IssueCode.LENGTH, limit=TAG_LIMIT)
        for place, name in enumerate(tags)
        if not 0 < len(fold_tag(name)) <= TAG_LIMIT
    ]


def check_words(path: str, words: str) -> list[Issue]:
    """Return the fault of words that are needed: empty or too long."""
    if not words.strip():
        return [Issue(path, IssueCode.EMPTY)]
    return [Issue(path, IssueCode.TOO_LONG, limit=TEXT_LIMIT)] if len(words) > TEXT_LIMIT else []
