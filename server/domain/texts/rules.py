"""Texts: what the policy of versions and the fields of provisions look at. Pure."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from server.documents.tables import count_breaks
from server.kernel.refusals import Issue
from server.vocabulary.texts import UnitKind, VersionStatus


def keys_inside(key: str, parents: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return the key of a provision and of everything inside it, in reading order.

    `parents` gives every provision of a text in reading order, with the key of the one that it is in.
    """
    inside = {key}
    ordered = []
    for each, parent in parents:
        if each == key or parent in inside:
            inside.add(each)
            ordered.append(each)
    return ordered


class VersionFacts(NamedTuple):
    """The facts of a version that the rules and the policy look at."""

    status: VersionStatus


class RowFacts(NamedTuple):
    """The facts of a provision that its cells follow from."""

    kind: UnitKind
    text: str


class MarkFacts(NamedTuple):
    """The facts of a provision that its marks follow from: lists of start, end and kind."""

    marks: list[Any]


LONGEST_LANGUAGE = 12
"""Longest language tag, in characters."""
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.IGNORECASE
)


def check_names(*, language: str, **names: str) -> list[Issue]:
    """Return the faults of the names of a version: empty ones, and a language that is none."""
    issues = [Issue(name, "must not be empty") for name, value in names.items() if not value.strip()]
    return [*issues, *check_language(language)]


def check_language(language: str) -> list[Issue]:
    """Return the fault of a language tag that has not the form of BCP 47: language, script, region, variants."""
    if len(language) > LONGEST_LANGUAGE:
        return [Issue("language", f"at most {LONGEST_LANGUAGE} characters")]
    if not _LANGUAGE.fullmatch(language):
        return [Issue("language", "must be a language tag such as en, fr, pt-BR or zh-Hant")]
    return []


def canonical_language(language: str) -> str:
    """Return a language tag as it is usually written: language small, script with a capital, region in capitals."""
    first, *others = language.split("-")
    written = [
        part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()
        for part in others
    ]
    return "-".join([first.lower(), *written])


def check_cells(path: str, kind: UnitKind, before: str, after: str) -> list[Issue]:
    """Return the fault of new words for a row of a table that would give it more cells or fewer.

    Words of other provisions have no such fault, and a row may go as a whole.
    """
    breaks = count_breaks(before)
    if kind is not UnitKind.TABLE_ROW or not after or count_breaks(after) == breaks:
        return []
    return [Issue(path, f"the row has {breaks + 1} {'cells' if breaks else 'cell'}")]
