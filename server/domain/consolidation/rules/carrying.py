"""What becomes of comments and amendments when a later version is issued. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.outline import TextTree
from server.vocabulary.proposals import ASKING, AmendmentKind, CarriedState, ProposalStatus
from server.vocabulary.rounds import PlaceState
from server.wording.anchors import Anchor, AnchorState, carry
from server.wording.carrying import carry_hunks
from server.wording.hunks import apply_hunks, hunks_between

AGREED_BEFORE = frozenset({ProposalStatus.AGREED, ProposalStatus.APPROVED})
"""Statuses of a proposal with amendments that go into the next text."""
PENDING = AGREED_BEFORE | {
    ProposalStatus.SUBMITTED,
    ProposalStatus.REGISTERED,
    ProposalStatus.UNDER_CONSIDERATION,
    ProposalStatus.DEFERRED,
}
"""Statuses of a proposal that is filed and not at its end."""


class FormerPlace(NamedTuple):
    """A place in an earlier version: a range of a provision, in code points.

    `start` and `end` are None for the whole provision, and `key` for the whole text.
    """

    key: str | None
    text: str
    start: int | None = None
    end: int | None = None


class CarriedPlace(NamedTuple):
    """A place in the new version. `key` is None where the provision is gone; `score` is the likeness, 0 to 100."""

    key: str | None
    start: int | None
    end: int | None
    state: PlaceState
    score: int


def carry_place(place: FormerPlace, standing: Mapping[str, str]) -> CarriedPlace:
    """Take a place over to a version, which is given as words by permanent key.

    A whole provision is where its key is, but other words have to be confirmed.
    """
    key, text, start, end = place
    if key is None:
        return CarriedPlace(None, None, None, PlaceState.EXACT, 100)
    if key not in standing:
        return CarriedPlace(None, None, None, PlaceState.ORPHAN, 0)
    is_whole = start is None or end is None
    if is_whole and (text == standing[key] or not text):
        is_same = text == standing[key]
        return CarriedPlace(key, None, None, PlaceState.EXACT if is_same else PlaceState.CARRIED, 100 * is_same)
    anchor = Anchor(0, len(text)) if start is None or end is None else Anchor(start, end)
    state, image, score, _ = carry(anchor, text, standing[key])
    if is_whole:
        return CarriedPlace(key, None, None, PlaceState.CARRIED, int(score))
    if state is AnchorState.ORPHAN or image is None:
        return CarriedPlace(key, None, None, PlaceState.ORPHAN, int(score))
    return CarriedPlace(key, image.start, image.end, PlaceState(state.value), int(score))


def reword(quoted: str, words: str, wording: str) -> str:
    """Return what a wording for the quoted words makes of the words that stand at their place now.

    Its changes move along where they are certain. Otherwise the wording takes the place of all the words there.
    """
    if words == quoted:
        return wording
    carried = carry_hunks(quoted, words, hunks_between(quoted, wording))
    return wording if carried.stale else apply_hunks(words, carried.carried)


def carry_section(key: str, old: TextTree, new: TextTree) -> CarriedPlace:
    """Take a provision with everything inside it over to a version: exact if all of it has the same words."""
    before, now = (_read_section(key, tree) for tree in (old, new))
    words, standing = ("\n".join(text for _, text in section) for section in (before, now))
    if key in new.provisions and before != now and words == standing:
        return CarriedPlace(key, None, None, PlaceState.CARRIED, 100)
    return carry_place(FormerPlace(key, words), {key: standing} if key in new.provisions else {})


def _read_section(key: str, tree: TextTree) -> list[tuple[str, str]]:
    """Return (key, words) of a provision and of everything inside it, in reading order."""
    return [(part, tree.provisions[part].text) for part in tree.section_of(key) if part in tree.provisions]


class Asked(NamedTuple):
    """What an amendment asks for on an earlier version. `key`, `after` and `wording` are as in the amendment."""

    kind: AmendmentKind
    key: str | None
    after: str | None
    wording: str | None


class Became(NamedTuple):
    """What became of an amendment in the new version, and what it asks for there."""

    state: CarriedState
    key: str | None
    after: str | None
    wording: str | None


def carry_amendment(asked: Asked, old: TextTree, new: TextTree) -> Became:
    """Take an amendment over from the version on which it asks for something to a later one.

    MODIFY is exact if none of its hunks is stale, DELETE if its section has the same words, ADD and MOVE if the
    provisions that they name stand. What the text already says is done.
    """
    kind, key, after, wording = asked
    if kind == AmendmentKind.MODIFY:
        state, wording = _carry_wording(key or "", wording or "", old, new)
    elif kind == AmendmentKind.DELETE:
        state = _carry_deletion(key or "", old, new)
    else:
        named = {each for each in (key, after) if each is not None}
        state = CarriedState.EXACT if named <= new.provisions.keys() else CarriedState.STALE
    return Became(state, key, after, wording)


def _carry_wording(key: str, wording: str, old: TextTree, new: TextTree) -> tuple[CarriedState, str]:
    """Return what became of new words for a provision, and the words with every hunk that is not stale."""
    if key not in old.provisions or key not in new.provisions:
        return CarriedState.STALE, wording
    before, now = old.provisions[key].text, new.provisions[key].text
    if before == now:
        return CarriedState.EXACT, wording
    hunks = carry_hunks(before, now, hunks_between(before, wording))
    state = CarriedState.STALE if hunks.stale else CarriedState.EXACT if hunks.carried else CarriedState.DONE
    return state, apply_hunks(now, hunks.carried)


def _carry_deletion(key: str, old: TextTree, new: TextTree) -> CarriedState:
    """Return what became of the deletion of a provision, with everything in it."""
    if key not in new.provisions:
        return CarriedState.DONE
    return CarriedState.EXACT if _read_section(key, old) == _read_section(key, new) else CarriedState.STALE


def returns_to_group(status: ProposalStatus, states: Sequence[CarriedState], *, was_merged: bool) -> bool:
    """Return whether an agreed proposal that does not stand in the new version goes back to its group.

    It does if it was merged and lost, since a settlement or a decision let other words stand, and if an amendment is
    stale. Nothing is left to do where none of its amendments asks for anything.
    """
    if status not in AGREED_BEFORE or not ASKING & set(states):
        return False
    return was_merged or CarriedState.STALE in states
