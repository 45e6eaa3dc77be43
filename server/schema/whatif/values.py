"""What a text would be if pending amendments were accepted: plain values, computed when they are asked."""

from typing import Annotated

import strawberry

from server.domain.whatif.queries import trying
from server.domain.whatif.rules import choosing
from server.schema.acts import RefusalType
from server.schema.neighbours.values import MeetingPlace
from server.schema.proposals.types import Amendment
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.roots import list_of, node_of
from server.schema.reads.values import show_page
from server.schema.scalars import Digest, Locale
from server.schema.texts.types import Provision, TextVersion
from server.schema.texts.values import PreviewRun
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import ConflictKind
from server.vocabulary.neighbours import NeighbourClass
from server.vocabulary.texts import UnitKind

vocabulary(ConflictKind)
vocabulary(NeighbourClass)
vocabulary(UnitKind)

KEY = "Permanent key of the provision; a new one has that of the amendment that adds it."
IN_VERSION = "The provision as it stands in the version; null if it is new."


@strawberry.type(description="A provision that amendments would change: new, gone, moved or in other words.")
class WhatIfProvision:
    """The GraphQL form of `server.domain.whatif.rules.outcomes.TouchedProvision`."""

    key: strawberry.ID = strawberry.field(description=KEY)
    provision: Provision | None = edge(IN_VERSION, "text_id")
    kind: UnitKind = strawberry.field(description="Sort of provision.")
    printed_number: str | None = words_or_null("Its number as it would be printed; null if it has none.")
    before: str | None = strawberry.field(description="Words as they stand in the version; null if it is new.")
    after: str | None = strawberry.field(description="Words as they would stand; null if the provision goes.")
    after_key: strawberry.ID | None = strawberry.field(
        description="Permanent key of the provision that it would stand after; null for the beginning or if it goes."
    )
    is_moved: bool = strawberry.field(description="Whether it would stand elsewhere, with all that is in it.")
    runs: list[PreviewRun] = strawberry.field(description="Both in reading order, in runs.")
    amendments: list[Amendment] = edge("The amendments of which something would stand in it.", "sources")


@strawberry.type(description="An amendment of a collision, and what it asks for there.")
class WhatIfSide:
    """The GraphQL form of `server.domain.whatif.rules.outcomes.CollidingSide`."""

    amendment: Amendment | None = edge("The amendment.", "amendment_id")
    words: str | None = words_or_null("The words that it asks for at this place; null if it asks for none.")


@strawberry.type(
    description="Amendments that cannot all stand. What is left open: one of the sides, or other words, would have to "
    "be chosen; until then the words of the version stand."
)
class WhatIfCollision:
    """The GraphQL form of `server.domain.whatif.rules.outcomes.OpenCollision`."""

    kind: ConflictKind = strawberry.field(description="What they collide about.")
    key: strawberry.ID = strawberry.field(description=KEY)
    provision: Provision | None = edge(IN_VERSION, "text_id")
    base_words: str | None = words_or_null(
        "The words of the version that would stand at this place until then; null if there are none."
    )
    sides: list[WhatIfSide] = strawberry.field(description="The amendments that collide.")


@strawberry.type(description="Two of the amendments, of different proposals, that meet.")
class WhatIfMeeting:
    """The GraphQL form of `server.domain.neighbours.rules.meeting.Encounter`."""

    amendment: Amendment | None = edge("The amendment that is named first.", "own")
    other: Amendment | None = edge("The other one.", "other")
    relation: NeighbourClass = strawberry.field(description="What the first is to the other.")
    places: list[MeetingPlace] = strawberry.field(description="Where they meet.")


@strawberry.type(description="A sentence that several parties' changes would make together: a person would read it.")
class WhatIfSentence:
    """The GraphQL form of `server.domain.consolidation.rules.checking.Woven`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    words: str = strawberry.field(description="The sentence as it would stand.")
    digest: Digest = strawberry.field(description="SHA-256 of its provision and words, as in the check.")


@strawberry.type(description="A reference that would lead nowhere.")
class WhatIfReference:
    """The GraphQL form of `server.domain.whatif.rules.outcomes.BrokenReference`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision in which it stands.")
    words: str = strawberry.field(description="Its words.")
    is_new: bool = strawberry.field(description="Whether it leads somewhere in the version as it is.")


@strawberry.type(description="A provision of which a translation would not render the words any more.")
class WhatIfDebt:
    """The GraphQL form of `server.domain.whatif.rules.outcomes.OpenedDebt`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    language: Locale = strawberry.field(description="Language of the translation, such as fr.")
    text_version: TextVersion | None = edge("The newest issued version in that language.", "version_id")


@strawberry.type(
    description="What a version would be if pending amendments were accepted, by the rules by which versions are made "
    "and checked. Nothing was written. Drafts of other parties are left out."
)
class WhatIf:
    """The GraphQL form of `server.domain.whatif.queries.trying.WhatIf`; its pages are rendered when asked."""

    what_if: strawberry.Private[trying.WhatIf]

    @strawberry.field(description="The version.")
    async def text_version(self, info: strawberry.Info) -> TextVersion | None:
        """Return the version, rendered."""
        return await node_of(info, self.what_if.outcome.version_id)  # type: ignore[no-any-return]

    @strawberry.field(description="Number of amendments that were tried.")
    def amendment_count(self) -> int:
        """Return the number of amendments."""
        return len(self.what_if.outcome.sources)

    @strawberry.field(
        description="SHA-256 of the whole outcome, the same in whatever order the amendments were named: of canonical "
        "JSON with the version, `textDigest`, the collisions with their sides, the amendments that wait, the sentences "
        "to read and the references that lead nowhere, each list sorted. What translations owe is left out."
    )
    def digest(self) -> Digest:
        """Return the digest of the outcome."""
        return Digest(self.what_if.outcome.digest)

    @strawberry.field(
        description="SHA-256 of the text that comes out: of canonical JSON with key (null for a new provision), kind, "
        "level, number and text of each provision in reading order. Equal texts have equal digests."
    )
    def text_digest(self) -> Digest:
        """Return the digest of the text."""
        return Digest(self.what_if.outcome.text_digest)

    @strawberry.field(
        description="Amendments of which something would not stand yet: they collide, or wait with one that does."
    )
    async def waiting(self, info: strawberry.Info) -> list[Amendment]:
        """Return the amendments that wait, in one statement."""
        return await list_of(info, "Amendment", list(self.what_if.outcome.waiting))  # type: ignore[no-any-return]

    @strawberry.field(description="Provisions that would change, in reading order.")
    async def provisions(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfProvision]:
        """Return a page of the provisions. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        provisions = self.what_if.outcome.provisions
        return await show_page(info, provisions, lambda each: each.key, self._name("provisions"))  # type: ignore[no-any-return]

    @strawberry.field(description="Places at which amendments collide, those of places and sections first.")
    async def collisions(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfCollision]:
        """Return a page of the collisions. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        collisions = self.what_if.outcome.collisions
        return await show_page(  # type: ignore[no-any-return]
            info,
            collisions,
            lambda each: f"{each.kind} {each.key} {each.start} {each.sides[0].amendment_id}",
            self._name("collisions"),
        )

    @strawberry.field(
        description="Pairs of the amendments, of different proposals, that meet and are not independent of each other; "
        f"at most {trying.MOST_PAIRS:,}."
    )
    async def meetings(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfMeeting]:
        """Return a page of the pairs. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        key = ("meetings", self.what_if.outcome.version_id, self.what_if.outcome.sources)
        meetings = await info.context.study(key, lambda _: self.what_if.meet())
        return await show_page(info, meetings, lambda each: f"{each.own}.{each.other}", self._name("meetings"))  # type: ignore[no-any-return]

    @strawberry.field(description="Sentences that a person would have to read, in reading order.")
    async def woven_sentences(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfSentence]:
        """Return a page of the sentences. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        woven = list({each.digest: each for each in self.what_if.outcome.woven}.values())
        return await show_page(info, woven, lambda each: each.digest, self._name("woven"))  # type: ignore[no-any-return]

    @strawberry.field(description="References that would lead nowhere, in reading order.")
    async def broken_references(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfReference]:
        """Return a page of the references. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        broken = list({(each.key, each.words): each for each in self.what_if.outcome.broken}.values())
        return await show_page(info, broken, lambda each: f"{each.key} {each.words}", self._name("broken"))  # type: ignore[no-any-return]

    @strawberry.field(description="Provisions that translations would not render any more, by language.")
    async def translation_debt(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfDebt]:
        """Return a page of the debts. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        debts = self.what_if.outcome.debts
        return await show_page(info, debts, lambda each: f"{each.version_id} {each.key}", self._name("debts"))  # type: ignore[no-any-return]

    def _name(self, of: str) -> str:
        """Return the name of a list with what it depends on."""
        return f"WhatIf.{of} {self.what_if.outcome.digest}"


WhatIfResult = Annotated[
    WhatIf | RefusalType,
    strawberry.union("WhatIfResult", description="What the version would be. Or the refusal."),
]
PENDING_IDS = Annotated[
    list[strawberry.ID],
    strawberry.argument(
        description="Ids of pending proposals and single amendments on the version, in their order, each once and at "
        f"most {choosing.MOST_ITEMS}; together at most {choosing.MOST_AMENDMENTS} amendments."
    ),
]
