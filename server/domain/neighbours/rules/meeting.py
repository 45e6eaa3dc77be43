"""What pending amendments are to each other before anybody decides, by the rules of the merge. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.changes import Accepted, Applied, BaseText
from server.domain.consolidation.rules.merging import merge_provision, words_in
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import PLACING, find_contests, join_equal_additions, spread_deletions
from server.vocabulary.neighbours import NeighbourClass
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk


class MeetingPoint(NamedTuple):
    """Where two amendments meet: a provision, its words there, and those that each of them asks for instead.

    All words are empty where the two meet at a place between provisions.
    """

    key: str
    words: str
    own_words: str
    other_words: str

    @property
    def mirrored(self) -> "MeetingPoint":
        """Return the place as the other amendment sees it."""
        return MeetingPoint(self.key, self.words, self.other_words, self.own_words)

    def shorten(self, limit: int) -> "MeetingPoint":
        """Return the place with at most `limit` characters of each of its words; an ellipsis ends what is cut."""
        words = (each if len(each) <= limit else f"{each[: limit - 1]}…" for each in self[1:])
        return MeetingPoint(self.key, *words)


class Encounter(NamedTuple):
    """What the amendment `own` is to the amendment `other`, and where they meet."""

    own: str
    other: str
    relation: NeighbourClass
    places: tuple[MeetingPoint, ...]

    @property
    def mirrored(self) -> "Encounter":
        """Return what `other` is to `own`."""
        return Encounter(self.other, self.own, self.relation.mirrored, tuple(place.mirrored for place in self.places))


class Neighbourhood:
    """Pending amendments on one text, by what they are about.

    Two of them meet if they are about one provision or place. All others are independent and nothing is said of them;
    neither is it of amendments of one proposal, which were filed together.
    """

    def __init__(self, base: Sequence[BaseText], changes: Iterable[Accepted] = ()) -> None:
        self.outline = TextTree(base)
        self.changes: dict[str, Accepted] = {}
        self._places: dict[str, int] = {}
        self._sources_at: dict[str | None, list[str]] = defaultdict(list)
        for change in changes:
            self.add(change)

    def add(self, change: Accepted) -> None:
        """Add a pending amendment. Raise ValueError if it is there already."""
        if change.source in self.changes:
            raise ValueError(f"source {change.source!r} is there already")
        self._places[change.source] = len(self.changes)
        self.changes[change.source] = change
        for point in points_of(self.outline, change):
            self._sources_at[point].append(change.source)

    def find_others(self, change: Accepted) -> list[Accepted]:
        """Return the amendments of other proposals that meet this one, in the order in which they were added."""
        met = {source for point in points_of(self.outline, change) for source in self._sources_at.get(point, ())}
        others = (self.changes[source] for source in sorted(met, key=self._places.__getitem__))
        return [other for other in others if other.origin != change.origin]

    def meet(self, change: Accepted) -> list[Encounter]:
        """Return what an amendment, added or not, is to each of those that it meets."""
        return [relate(self.outline, change, other) for other in self.find_others(change)]

    def list_meetings(self) -> Iterator[Encounter]:
        """Yield every pair of amendments that meet, once, by the one that was added first."""
        for change in self.changes.values():
            for other in self.find_others(change):
                if self._places[other.source] > self._places[change.source]:
                    yield relate(self.outline, change, other)


def points_of(outline: TextTree, change: Accepted) -> set[str | None]:
    """Return what an amendment is about: keys of provisions, None for the beginning of the text.

    A section counts with all that is in it where it goes or moves, and the provision that something is to stand after.
    """
    points: set[str | None] = {change.key}
    if change.kind in (AmendmentKind.DELETE, AmendmentKind.MOVE):
        points.update(outline.section_of(change.key))
    if change.kind in PLACING:
        points |= {change.after, outline.place_of(change).anchor}
    return points


def relate(outline: TextTree, own: Accepted, other: Accepted) -> Encounter:
    """Return what one amendment is to another, as a merge of only the two on `outline` would have it."""
    first, second = join_equal_additions(outline, (own, other))
    competing = _find_competing(outline, first, second)
    if competing:
        return Encounter(own.source, other.source, NeighbourClass.CONFLICTS, competing)
    ours, theirs = _effects_of(outline, first), _effects_of(outline, second)
    relation = _compare_effects(ours, theirs)
    if relation is NeighbourClass.INDEPENDENT:
        if _needs(outline, first, second):
            relation = NeighbourClass.DEPENDS_ON
        elif _needs(outline, second, first):
            relation = NeighbourClass.NEEDED_BY
    places = _find_shared(outline, ours & theirs) or (MeetingPoint(_name_point(outline, own, other), "", "", ""),)
    return Encounter(own.source, other.source, relation, places)


def _find_competing(outline: TextTree, own: Accepted, other: Accepted) -> tuple[MeetingPoint, ...]:
    """Return the places where a merge of the two would leave a conflict."""
    if find_contests(outline, (own, other)):
        return (MeetingPoint(_name_point(outline, own, other), "", own.wording, other.wording),)
    changes: dict[str, list[Applied]] = defaultdict(list)
    for change in spread_deletions(outline, (own, other)):
        if change.kind not in PLACING:
            changes[change.key] += [Applied(change, hunk, change.key) for hunk in change.hunks]
    places = []
    for key, rivals in changes.items():
        provision = outline.provisions.get(key)
        if provision is None or len({change.accepted.source for change in rivals}) == 1:
            continue
        for collision in merge_provision(provision, rivals)[1]:
            words = {side.source: words for side, words in collision.sides}
            places.append(MeetingPoint(key, collision.base_words, words[own.source], words[other.source]))
    return tuple(places)


class _Effect(NamedTuple):
    """One change that an amendment asks for: a hunk in a provision, or a provision at a place."""

    key: str
    what: object


def _effects_of(outline: TextTree, change: Accepted) -> set[_Effect]:
    """Return the single changes that an amendment asks for."""
    if change.kind in PLACING:
        return {_Effect(change.key, outline.place_of(change))}
    return {_Effect(part.key, hunk) for part in spread_deletions(outline, (change,)) for hunk in part.hunks}


def _compare_effects(ours: set[_Effect], theirs: set[_Effect]) -> NeighbourClass:
    """Return how two sets of changes that can stand together contain each other."""
    if not ours or not theirs:
        return NeighbourClass.INDEPENDENT
    if ours == theirs:
        return NeighbourClass.IDENTICAL
    if ours > theirs:
        return NeighbourClass.CONTAINS
    return NeighbourClass.CONTAINED if ours < theirs else NeighbourClass.INDEPENDENT


def _needs(outline: TextTree, change: Accepted, other: Accepted) -> bool:
    """Return whether an amendment is about what the other one adds, deletes or moves."""
    if other.kind == AmendmentKind.ADD and change.key == other.key:
        return True
    if change.kind not in PLACING or other.kind == AmendmentKind.MODIFY:
        return False
    if other.kind == AmendmentKind.ADD:
        return change.after == other.key
    # What is put behind a list by the name of its last item stays there when the item moves, but not the name.
    anchor = change.after if other.kind == AmendmentKind.DELETE else outline.place_of(change).anchor
    return anchor in outline.section_of(other.key)


def _find_shared(outline: TextTree, shared: set[_Effect]) -> tuple[MeetingPoint, ...]:
    """Return where two amendments ask for the same change of words, one place for each provision in reading order."""
    hunks: dict[str, list[Hunk]] = defaultdict(list)
    for key, hunk in shared:
        if isinstance(hunk, Hunk) and key in outline.provisions:
            hunks[key].append(hunk)
    places = []
    for key in hunks if len(hunks) == 1 else (key for key in outline.provisions if key in hunks):
        start, end = min(hunk.start for hunk in hunks[key]), max(hunk.end for hunk in hunks[key])
        text = outline.provisions[key].text
        words = words_in(text, start, end, hunks[key])
        places.append(MeetingPoint(key, text[start:end], words, words))
    return tuple(places)


def _name_point(outline: TextTree, own: Accepted, other: Accepted) -> str:
    """Return the first provision in reading order at which two amendments meet, "" for the beginning of the text."""
    shared = points_of(outline, own) & points_of(outline, other) - {None}
    if len(shared) > 1:
        return next((key for key in outline.provisions if key in shared), "") or min(filter(None, shared))
    return next(iter(shared), None) or ""
