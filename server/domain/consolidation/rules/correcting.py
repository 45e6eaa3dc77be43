"""What may be corrected as an error, and the words with and without their corrections. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, NamedTuple

from server.domain.texts.rules.provisions import VersionFacts
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.consolidation import CorrectionStatus
from server.vocabulary.texts import VersionStatus
from server.wording.hunks import Hunk, apply_hunks
from server.wording.references import find_references
from server.wording.tokens import is_figure, pieces

LARGEST_CORRECTION = 200
"""Longest words that one correction replaces, or puts in their place, in characters."""
LARGEST_LINGUISTIC = 2_000
"""Longest words that one correction of a translation replaces, or puts in their place, in characters."""

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
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {say_state(facts.status)}.", rule)


def is_issued(facts: VersionFacts, now: datetime) -> Obstacle | None:
    """Refuse to make the next version of a language from one that is not issued."""
    if facts.status == VersionStatus.ISSUED:
        return None
    rule = "The next version of a language is made from its latest issued one."
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {say_state(facts.status)}.", rule)


class Correction(NamedTuple):
    """A correction of a provision: its hunk on the words before any correction of it, and the words it replaced."""

    hunk: Hunk
    before: str


_LINKS = {
    "of",
    "the",
    "in",
    "to",
    "under",
    "from",
    ",",
    "'",
    "\u2019",
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "l",
    "d",
    "del",
}
_LINKS |= {"von", "der", "das", "dem", "в"}
"""Words between references that belong to them, as in `paragraph 2 of the Annex`."""


def check_reference(text: str, start: int, end: int, replacement: str) -> list[Issue]:
    """Return every fault of other words for a reference: both are references, and nothing else changes.

    The same words say that the reference is right as it stands.
    """
    issues = []
    if not _is_reference(text, start, end):
        issues.append(Issue("words", IssueCode.NO_REFERENCE))
    corrected = text[:start] + replacement + text[end:]
    if not _is_reference(corrected, start, start + len(replacement)):
        issues.append(Issue("replacement", IssueCode.NO_REFERENCE))
    return issues


def _is_reference(text: str, start: int, end: int) -> bool:
    """Return whether a range of a text holds references and only what joins them or names their instrument."""
    inside = [each for each in find_references(text) if start <= each.start and each.end <= end]
    if not inside or end - start > LARGEST_CORRECTION:
        return False
    covered = {position for each in inside for position in range(each.start, each.end)}
    rest = "".join(text[at] if at not in covered else " " for at in range(start, end))
    named = {word for each in inside for word in pieces(each.instrument)}
    return all(word.isspace() or word in named or word.lower() in _LINKS for word in pieces(rest))


def check_editorial(before: str, after: str) -> list[Issue]:
    """Return every fault of a correction: it is short, changes something, and is an error of typing only.

    A figure and a word of obligation ("shall", "not", "only") carry what was agreed. A correction leaves them alone.
    """
    issues = _check_change(before, after, LARGEST_CORRECTION)
    changed = sorted(_list_substance(before) ^ _list_substance(after))
    if changed:
        words = ", ".join(f"“{word}”" for word, _ in changed[:5])
        issues.append(Issue("replacement", IssueCode.SUBSTANCE, words=words))
    return issues


def check_linguistic(before: str, after: str) -> list[Issue]:
    """Return every fault of a correction of a translation: it may change any words, and is not too long."""
    return _check_change(before, after, LARGEST_LINGUISTIC)


def _check_change(before: str, after: str, limit: int) -> list[Issue]:
    """Return the faults of words that are longer than `limit` characters or change nothing."""
    issues = [
        Issue(name, IssueCode.TOO_LONG, limit=limit)
        for name, words in (("words", before), ("replacement", after))
        if len(words) > limit
    ]
    if before == after:
        issues.append(Issue("replacement", IssueCode.NOTHING_CHANGES))
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


class Layer(NamedTuple):
    """What hunks on corrected words come to: the correction, and those that it replaces."""

    correction: Correction
    replaced: tuple[Correction, ...]


def put_on_top(text: str, standing: Iterable[Correction], hunks: Iterable[Hunk]) -> list[Layer]:
    """Return the corrections that hunks on the corrected `text` make, in text order.

    A hunk that reaches into corrections becomes one with them. The words may be those from before any correction.
    """
    spans = find_spans(standing)
    agreed = take_back(text, spans)
    groups: list[tuple[list[Hunk], list[Correction]]] = []
    for hunk in sorted(hunks):
        reached = [each for each, (start, end) in spans.items() if start < hunk.end and hunk.start < end]
        if groups and set(reached) & set(groups[-1][1]):
            groups[-1][0].append(hunk)
            groups[-1][1].extend(each for each in reached if each not in groups[-1][1])
        else:
            groups.append(([hunk], reached))
    return [Layer(_join(text, agreed, changes, reached, spans), tuple(reached)) for changes, reached in groups]


def find_spans(corrections: Iterable[Correction]) -> dict[Correction, tuple[int, int]]:
    """Return where the words of each correction stand in the corrected text."""
    spans = {}
    shift = 0
    for each in sorted(corrections):
        start = each.hunk.start + shift
        spans[each] = (start, start + len(each.hunk.replacement))
        shift += _growth_of(each.hunk)
    return spans


def _growth_of(hunk: Hunk) -> int:
    return len(hunk.replacement) - (hunk.end - hunk.start)


def _join(
    text: str,
    agreed: str,
    changes: Sequence[Hunk],
    reached: Sequence[Correction],
    spans: Mapping[Correction, tuple[int, int]],
) -> Correction:
    """Return hunks on the corrected words and the corrections that they reach into as one correction."""
    start = min([hunk.start for hunk in changes] + [spans[each][0] for each in reached])
    end = max([hunk.end for hunk in changes] + [spans[each][1] for each in reached])
    inside = [Hunk(hunk.start - start, hunk.end - start, hunk.replacement) for hunk in changes]
    words = apply_hunks(text[start:end], inside)
    first = start - sum(_growth_of(each.hunk) for each in spans if each not in reached and spans[each][1] <= start)
    last = first + end - start - sum(_growth_of(each.hunk) for each in reached)
    return Correction(Hunk(first, last, words), agreed[first:last])
