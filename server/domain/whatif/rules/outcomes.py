"""What a what-if is made from, and what comes out of it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.checking import Woven
from server.domain.texts.rules.provisions import LocatedReference
from server.vocabulary.consolidation import ConflictKind
from server.wording.redline import Run


class RenderedText(NamedTuple):
    """A translation: `rendered` gives, by permanent key, the digest of the words of the original that it renders.

    It is None for a provision that is in no debt whatever the original says.
    """

    version_id: str
    language: str
    rendered: Mapping[str, str | None]


class WhatIfMaterial(NamedTuple):
    """What a what-if is made from. `changes` come in the order in which they were named.

    `known` are the references of the version, empty where none are kept; `names` are what the text calls itself.
    """

    version_id: str
    base: Sequence[BaseText]
    changes: Sequence[Accepted]
    known: Mapping[str, Sequence[LocatedReference]] = {}
    names: Collection[str] = ()
    translations: Sequence[RenderedText] = ()


class TouchedProvision(NamedTuple):
    """A provision that the amendments change. `before` is None where it is new, `after` where it goes.

    `after_key` is the provision that it would stand after, None for the beginning or if it goes. `sources` are the
    amendments of which something stands in it. `text_id` is "" for a new provision.
    """

    key: str
    text_id: str
    kind: str
    printed_number: str
    before: str | None
    after: str | None
    after_key: str | None
    is_moved: bool
    runs: tuple[Run, ...]
    sources: tuple[str, ...]


class CollidingSide(NamedTuple):
    """An amendment of a collision, and the words that it asks for there; "" where it asks for none."""

    amendment_id: str
    words: str


class OpenCollision(NamedTuple):
    """Amendments that cannot all stand. `base_words` stand in [start, end) of the provision until somebody settles it.

    Contests of places and sections are about the whole provision: there both are 0. `text_id` is "" for a new one.
    """

    kind: ConflictKind
    key: str
    text_id: str
    start: int
    end: int
    base_words: str
    sides: tuple[CollidingSide, ...]


class BrokenReference(NamedTuple):
    """A reference that would lead nowhere; `is_new` says that it leads somewhere in the version as it is."""

    key: str
    words: str
    is_new: bool


class OpenedDebt(NamedTuple):
    """A provision of which a translation would not render the words any more."""

    version_id: str
    language: str
    key: str


class WhatIfOutcome(NamedTuple):
    """What a text would be if amendments were accepted, and what would be left to do. Provisions in reading order.

    `waiting` are the amendments of which something would not stand yet.
    """

    version_id: str
    sources: tuple[str, ...]
    text_digest: str
    digest: str
    provisions: tuple[TouchedProvision, ...]
    collisions: tuple[OpenCollision, ...]
    waiting: tuple[str, ...]
    woven: tuple[Woven, ...]
    broken: tuple[BrokenReference, ...]
    debts: tuple[OpenedDebt, ...]
