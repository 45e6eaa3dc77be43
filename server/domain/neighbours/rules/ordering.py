"""In which order amendments are taken: that furthest from the present text first. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from server.domain.consolidation.rules.changes import Accepted
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import spread_deletions
from server.vocabulary.proposals import AmendmentKind
from server.wording.tokens import pieces


class TakenTurn(NamedTuple):
    """An amendment in the order in which it is taken, and how far it is from the present text, in tokens.

    The distance is None where it was not counted.
    """

    source: str
    distance: int | None


def distance_of(outline: TextTree, change: Accepted) -> int:
    """Return how many tokens an amendment changes: those that it strikes and those that it adds, each once.

    A token is a word, a figure or a mark. What moves counts once, with all that is in it; so does what goes.
    """
    if change.kind == AmendmentKind.ADD:
        return _count_tokens(change.wording)
    if change.kind == AmendmentKind.MOVE:
        moved = (outline.provisions.get(key) for key in outline.section_of(change.key))
        return sum(_count_tokens(provision.text) for provision in moved if provision)
    return sum(
        _count_tokens(outline.provisions[part.key].text[start:end]) + _count_tokens(replacement)
        for part in spread_deletions(outline, (change,))
        if part.key in outline.provisions
        for start, end, replacement in part.hunks
    )


def _count_tokens(text: str) -> int:
    """Return the number of words, figures and marks of a text."""
    return sum(not piece.isspace() for piece in pieces(text))


def group_by_provision(outline: TextTree, changes: Iterable[Accepted]) -> dict[str | None, list[Accepted]]:
    """Return the amendments by the provision that they are about, in reading order, each list in the order given.

    What is added is with the provision that it is to stand after, None for the beginning.
    """
    by_key: dict[str | None, list[Accepted]] = defaultdict(list)
    for change in changes:
        by_key[change.after if change.kind == AmendmentKind.ADD else change.key].append(change)
    known = [key for key in (None, *outline.provisions) if key in by_key]
    return {key: by_key[key] for key in (*known, *(key for key in by_key if key not in known))}


def count_characters(outline: TextTree, change: Accepted) -> int:
    """Return how many characters are compared to know the distance of an amendment: its own, and those it is about."""
    if change.kind == AmendmentKind.ADD:
        return len(change.wording)
    takes_section = change.kind in (AmendmentKind.DELETE, AmendmentKind.MOVE)
    keys = outline.section_of(change.key) if takes_section else (change.key,)
    about = (outline.provisions.get(key) for key in keys)
    return len(change.wording) + sum(len(provision.text) for provision in about if provision)


def order_taking(turns: Iterable[TakenTurn]) -> list[TakenTurn]:
    """Return amendments of one provision as they are taken: the one that is furthest from the present text first.

    Those at the same distance stay in the order of `turns`; those without a distance come last.
    """
    return sorted(turns, key=lambda each: 1 if each.distance is None else -each.distance)
