"""A second implementation of what two amendments are to each other: it merges them alone and both, and compares."""

from collections.abc import Sequence

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.merging import consolidated
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import PLACING
from server.vocabulary.neighbours import NeighbourClass
from server.vocabulary.proposals import AmendmentKind

Text = list[tuple[str, int, str]]


def judge(base: Sequence[BaseText], own: Accepted, other: Accepted) -> NeighbourClass:
    """Return what one amendment is to another, from whole texts."""
    if consolidated(base, [own, other]).collisions:
        return NeighbourClass.CONFLICTS
    alone, theirs, both = make(base, own), make(base, other), make(base, own, other)
    moving = [change.kind == AmendmentKind.MOVE for change in (own, other)]
    if both == alone == theirs and (not any(moving) or own.key == other.key):
        return NeighbourClass.IDENTICAL
    # A move past something that goes changes nothing that one sees, and is a change of its own all the same.
    if both in (alone, theirs) and not any(moving):
        return NeighbourClass.CONTAINS if both == alone else NeighbourClass.CONTAINED
    if leans(base, own, other):
        return NeighbourClass.DEPENDS_ON
    return NeighbourClass.NEEDED_BY if leans(base, other, own) else NeighbourClass.INDEPENDENT


def make(base: Sequence[BaseText], *changes: Accepted) -> Text:
    """Return the text with the changes, without white space that nobody sees and without keys."""
    made = consolidated(base, changes)
    assert not made.collisions
    return [(each.kind, each.level, " ".join(each.text.split())) for each in made.provisions]


def leans(base: Sequence[BaseText], own: Accepted, other: Accepted) -> bool:
    """Return whether what `own` puts somewhere is after what `other` takes away, or goes where that puts it."""
    if own.kind not in PLACING:
        return False
    order = [each.key for each in consolidated(base, [other]).provisions]
    if own.after is not None and own.after not in order:
        return True
    if other.kind != AmendmentKind.MOVE:
        return False
    moved = set(TextTree(base).section_of(other.key))
    alone, both = (
        [each.key for each in consolidated(base, changes).provisions if each.key not in moved]
        for changes in ([own], [own, other])
    )
    return alone != both
