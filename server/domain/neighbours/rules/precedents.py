"""What was asked for before of a provision, and how much it is like what is asked for now. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from server.domain.neighbours.rules.budgets import CharacterBudget
from server.vocabulary.neighbours import PrecedentOutcome
from server.vocabulary.proposals import AmendmentKind, CarriedState, GroupView, ProposalStatus
from server.wording.hunks import Hunk, hunks_between
from server.wording.tokens import pieces


class WordFate(StrEnum):
    """What an amendment does to a word."""

    STRUCK = "STRUCK"
    ADDED = "ADDED"
    MOVED = "MOVED"


class AskedChange(NamedTuple):
    """An amendment as a change of words. `text` are those of the provision `key` in the version that it is on.

    `key` is empty for what is added at the beginning of a text.
    """

    source: str
    key: str
    kind: AmendmentKind
    text: str
    wording: str

    @property
    def length(self) -> int:
        """Return how many characters are compared to know what it changes."""
        return len(self.text) + len(self.wording)


class Likeness(NamedTuple):
    """How much an earlier amendment is like the one among those of now, `like`, that it is most like: 0 to 100.

    Both are None where it was compared with nothing.
    """

    source: str
    similarity: int | None = None
    like: str | None = None


def outcome_of(
    status: ProposalStatus, view: GroupView | None, carried_state: CarriedState | None
) -> PrecedentOutcome | None:
    """Return what became of an amendment of a proposal, None while somebody has still to decide on it."""
    settled = _OUTCOMES.get(status)
    if settled is None:
        return None
    if carried_state == CarriedState.DROPPED:
        return PrecedentOutcome.WITHDRAWN
    if settled in (PrecedentOutcome.APPROVED, PrecedentOutcome.IN_EDITION):
        return _APART.get(view, settled) if view else settled
    return settled


_OUTCOMES = {
    ProposalStatus.NOT_AGREED: PrecedentOutcome.NOT_AGREED,
    ProposalStatus.APPROVED: PrecedentOutcome.APPROVED,
    ProposalStatus.IN_EDITION: PrecedentOutcome.IN_EDITION,
    ProposalStatus.WITHDRAWN: PrecedentOutcome.WITHDRAWN,
}
SETTLED = tuple(_OUTCOMES)
"""Where nobody has to decide on the amendments of a proposal any more."""
_APART = {GroupView.NOT_AGREED: PrecedentOutcome.NOT_AGREED, GroupView.DEFERRED: PrecedentOutcome.DEFERRED}
"""Each amendment is decided separately: these did not go on with their proposal."""


def count_changed(change: AskedChange) -> Counter[tuple[WordFate, str]]:
    """Return the words, figures and marks that an amendment strikes, adds or moves, without their case, counted."""
    if change.kind == AmendmentKind.MOVE:
        return Counter((WordFate.MOVED, word) for word in _words_in(change.text))
    if change.kind == AmendmentKind.ADD:
        return Counter((WordFate.ADDED, word) for word in _words_in(change.wording))
    hunks: Sequence[Hunk] = (Hunk(0, len(change.text), ""),)
    if change.kind == AmendmentKind.MODIFY:
        hunks = hunks_between(change.text, change.wording)
    counted: Counter[tuple[WordFate, str]] = Counter()
    for start, end, replacement in hunks:
        counted.update((WordFate.STRUCK, word) for word in _words_in(change.text[start:end]))
        counted.update((WordFate.ADDED, word) for word in _words_in(replacement))
    return counted


def _words_in(text: str) -> list[str]:
    """Return the words, figures and marks of a text, without their case."""
    return [piece.casefold() for piece in pieces(text) if not piece.isspace()]


def rate_similarity(one: Counter[tuple[WordFate, str]], other: Counter[tuple[WordFate, str]]) -> int:
    """Return how alike two changes are, 0 to 100: twice what both do to the same words, by all that each does."""
    everything = one.total() + other.total()
    return 200 * (one & other).total() // everything if everything else 0


def rank_precedents(
    asked: Sequence[AskedChange],
    earlier: Sequence[AskedChange],
    origins: Mapping[str, Collection[str]],
    budget: CharacterBudget,
) -> list[Likeness]:
    """Return the earlier amendments on the provisions that amendments of now are about, those most alike first.

    `origins` gives the provisions that each one comes from, itself included. Those equally alike stay in the order of
    `earlier`; last come those that are compared with nothing, because the budget is spent or nothing is asked for.
    """
    asked_at: dict[str, list[AskedChange]] = defaultdict(list)
    for change in asked:
        for key in origins.get(change.key, ()):
            asked_at[key].append(change)
    counted: dict[str, Counter[tuple[WordFate, str]]] = {}
    ranked = [_find_most_alike(each, asked_at[each.key], counted, budget) for each in earlier]
    return sorted(ranked, key=lambda each: -1 if each.similarity is None else each.similarity, reverse=True)


def _find_most_alike(
    earlier: AskedChange,
    asked: Sequence[AskedChange],
    counted: dict[str, Counter[tuple[WordFate, str]]],
    budget: CharacterBudget,
) -> Likeness:
    """Return how like an earlier amendment is to the first of those of now that it is most like."""
    best = Likeness(earlier.source)
    for change in asked:
        if not budget.spend(earlier.length + change.length):
            return Likeness(earlier.source)
        for side in (earlier, change):
            if side.source not in counted:
                counted[side.source] = count_changed(side)
        similarity = rate_similarity(counted[earlier.source], counted[change.source])
        if best.similarity is None or similarity > best.similarity:
            best = Likeness(earlier.source, similarity, change.source)
    return best
