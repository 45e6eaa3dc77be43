"""What a consolidation is made of: provisions, accepted changes, and the places where they collide. Pure."""

from typing import NamedTuple

from server.vocabulary.consolidation import ConflictKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk


class BaseText(NamedTuple):
    """A provision as it stands in the base, or as it is made for the target.

    `parent` is the key of what it is in. `text_id` is the id of its words in a version; empty where nobody asks for it.
    """

    key: str
    kind: str
    level: int
    printed_number: str
    text: str
    parent: str | None = None
    text_id: str = ""


class Form(NamedTuple):
    """The kind, level and printed number of a provision that is added; None: as its place suggests."""

    kind: str | None = None
    level: int | None = None
    printed_number: str | None = None


class Accepted(NamedTuple):
    """One accepted change. `hunks` are on the base text of `key`; ADD and MOVE place `key` after `after` (None: first).

    `source` is a comment or an amendment, `decision` the disposition or the view that accepted it. `proposal` is empty
    for a comment. `is_whole` says that the amendments of the proposal stand or wait together. `form` is that of ADD.
    """

    source: str
    decision: str
    party: str
    kind: AmendmentKind
    key: str
    hunks: tuple[Hunk, ...] = ()
    wording: str = ""
    after: str | None = None
    proposal: str = ""
    is_whole: bool = False
    form: Form = Form()

    @property
    def origin(self) -> str:
        """Return what the change was filed with: its proposal, or the comment itself."""
        return self.proposal or self.source


class Applied(NamedTuple):
    """One change of the words of `key`, with who asked for it and the decision behind it.

    A section that goes has one for every provision in it.
    """

    accepted: Accepted
    hunk: Hunk
    key: str


class Collision(NamedTuple):
    """Accepted changes that cannot all stand. `sides` are (accepted, words that would stand).

    For WORDS and CELLS, [start, end) is the place in the base text of `key`, and `base_words` stand there meanwhile.
    The other kinds are about the whole provision: both are 0.
    """

    kind: ConflictKind
    key: str
    start: int
    end: int
    base_words: str
    sides: tuple[tuple[Accepted, str], ...]


class Made(NamedTuple):
    """The result of a consolidation.

    `provisions` of the target in order, `applied` changes that stand in it, `waiting` ones that do not because they
    collide or because their proposal waits as a whole, and the collisions.
    """

    provisions: tuple[BaseText, ...]
    applied: tuple[Applied, ...]
    waiting: tuple[Applied, ...]
    collisions: tuple[Collision, ...]
