"""The provisions that a consolidation concerns, in reading order, and what each of them waits for. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.redlining import Pair, change_of
from server.vocabulary.consolidation import QueueState
from server.vocabulary.texts import ProvisionChange, UnitKind

SHORT = 120
"""Characters of a provision that name it in the queue."""
QUIET = frozenset({ProvisionChange.UNCHANGED, ProvisionChange.RENUMBERED})
"""What became of provisions for which nobody has to do anything, unless something waits in them."""


class Backlog(NamedTuple):
    """What a provision waits for: numbers of conflicts, disagreements and sentences.

    `elsewhere` are the disagreements that the settlement of conflicts in other provisions explains.
    """

    conflicts: int = 0
    unexplained: int = 0
    unread: int = 0
    elsewhere: int = 0

    @property
    def state(self) -> QueueState:
        """What it waits for first."""
        if self.conflicts:
            return QueueState.CONFLICT
        if self.unexplained:
            return QueueState.UNEXPLAINED
        if self.unread:
            return QueueState.UNREAD
        return QueueState.WAITING if self.elsewhere else QueueState.READY


class Addition(NamedTuple):
    """A new provision that waits: what it is to stand after, None for the beginning, and its words."""

    key: str
    after: str | None
    words: str


class Queued(NamedTuple):
    """A provision in the queue. `party_ids` are the parties whose changes it takes up or waits for."""

    key: str
    state: QueueState
    change: ProvisionChange
    kind: UnitKind
    printed_number: str
    words: str
    open_conflict_count: int
    unexplained_count: int
    unread_count: int
    party_ids: list[str]


def build_queue(
    pairs: Sequence[Pair],
    additions: Iterable[Addition],
    waiting: Mapping[str, Backlog],
    parties: Mapping[str, Sequence[str]],
) -> list[Queued]:
    """Return the provisions that changed, that changes or conflicts are about, or that wait for something.

    A new provision that waits comes after the one that it is to stand after, at the end if that is not in the text.
    """
    by_key = {pair.key: pair for pair in pairs}
    order = list(by_key)
    new = {addition.key: addition for addition in additions if addition.key not in by_key}
    for addition in new.values():
        known = addition.after is None or addition.after in order
        place = (order.index(addition.after) + 1 if addition.after else 0) if known else len(order)
        order.insert(place, addition.key)
    touched = {pair.key for pair in pairs if change_of(pair) not in QUIET}.union(new, waiting, parties)
    return [
        _show(by_key.get(key), new.get(key), key, waiting.get(key, Backlog()), parties.get(key, ()))
        for key in order
        if key in touched
    ]


def _show(pair: Pair | None, addition: Addition | None, key: str, waiting: Backlog, parties: Sequence[str]) -> Queued:
    standing = (pair.after or pair.before) if pair else None
    words = standing.text if standing else addition.words if addition else ""
    return Queued(
        key=key,
        state=waiting.state,
        change=change_of(pair) if pair else ProvisionChange.UNCHANGED,
        kind=UnitKind(standing.kind) if standing else UnitKind.PARAGRAPH,
        printed_number=standing.printed_number if standing else "",
        words=words[:SHORT],
        open_conflict_count=waiting.conflicts,
        unexplained_count=waiting.unexplained,
        unread_count=waiting.unread,
        party_ids=list(dict.fromkeys(parties)),
    )
