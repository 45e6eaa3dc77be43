"""What may be corrected as an error, and the words with and without their corrections. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, NamedTuple

from server.domain.texts.rules import VersionFacts
from server.kernel.acts import Obstacle
from server.kernel.refusals import Issue, RefusalCode
from server.vocabulary.consolidation import CorrectionStatus
from server.vocabulary.texts import VersionStatus
from server.wording.hunks import Hunk
from server.wording.tokens import is_figure, pieces

LARGEST_CORRECTION = 200
"""Longest words that one correction replaces, or puts in their place, in characters."""

_ENGLISH = {"shall", "should", "must", "may", "might", "can", "could", "will", "would", "not", "no", "nor", "never"}
_ENGLISH |= {"cannot", "only", "unless", "except", "without", "all", "any"}
_FRENCH = {"doit", "doivent", "devrait", "devraient", "peut", "peuvent", "ne", "pas", "non", "jamais", "seul", "sauf"}
_FRENCH |= {"seulement", "sans", "tout", "tous", "toute", "toutes"}
_SPANISH = {"debe", "deben", "debería", "deberían", "puede", "pueden", "nunca", "sólo", "solo", "salvo", "excepto"}
_SPANISH |= {"sin", "todo", "todos"}
_OBLIGATIONS = _ENGLISH | _FRENCH | _SPANISH
"""Words that say whether and how far something is required, in the languages of the texts."""


class CorrectionFacts(NamedTuple):
    """The facts of a correction that its rules and policy look at."""

    status: CorrectionStatus
    version_status: Annotated[VersionStatus, "text_version.status"]


def is_working(facts: VersionFacts, now: datetime) -> Obstacle | None:
    """Refuse to correct a version that is no longer being made."""
    if facts.status == VersionStatus.WORKING:
        return None
    rule = "A version is corrected before it is issued; afterwards its words never change."
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {facts.status}.", rule)


class Correction(NamedTuple):
    """A correction of a provision: its hunk on the words before any correction of it, and the words it replaced."""

    hunk: Hunk
    before: str


def check_editorial(before: str, after: str) -> list[Issue]:
    """Return every fault of a correction: it is short, changes something, and is an error of typing only.

    A figure and a word of obligation ("shall", "not", "only") carry what was agreed. A correction leaves them alone.
    """
    issues = [
        Issue(name, f"at most {LARGEST_CORRECTION} characters")
        for name, words in (("words", before), ("replacement", after))
        if len(words) > LARGEST_CORRECTION
    ]
    if before == after:
        issues.append(Issue("replacement", "these are the words that stand there already"))
    changed = sorted(_list_substance(before) ^ _list_substance(after))
    if changed:
        words = ", ".join(f"“{word}”" for word, _ in changed[:5])
        issues.append(Issue("replacement", f"{words} carries what was agreed: this is no error of typing"))
    return issues


def _list_substance(text: str) -> set[tuple[str, int]]:
    """Return the figures and words of obligation in a text, each with its place among equal ones."""
    counts: dict[str, int] = {}
    substance = set()
    for printed in pieces(text):
        piece = printed.casefold()
        if piece in _OBLIGATIONS or is_figure(printed) or piece.endswith(("n't", "n\u2019t")):
            counts[piece] = counts.get(piece, 0) + 1
            substance.add((piece, counts[piece]))
    return substance


def take_back(text: str, corrections: Iterable[Correction]) -> str:
    """Return the words of a provision before these corrections, which all stand in `text`."""
    # Not by hunks: where one correction takes out what stands right before another, both would insert at one point.
    parts: list[str] = []
    position = shift = 0
    for (start, end, replacement), before in sorted(corrections):
        parts += text[position : start + shift], before
        position = start + shift + len(replacement)
        shift += len(replacement) - (end - start)
    return "".join((*parts, text[position:]))


def place_before(start: int, end: int, corrections: Iterable[Correction]) -> tuple[int, int] | None:
    """Return where a range of the corrected words stands in the words before the corrections.

    None if it reaches into one of them.
    """
    shift = 0
    for hunk, _ in sorted(corrections):
        corrected = hunk.start + shift
        if end <= corrected:
            break
        if start < corrected + len(hunk.replacement):
            return None
        shift += len(hunk.replacement) - (hunk.end - hunk.start)
    return start - shift, end - shift
