"""The redline: plain values, computed from what is in the database now."""

from typing import Annotated

import strawberry

from server.domain.consolidation.queries import redlines
from server.schema.consolidation.reconciliations import WovenSentence
from server.schema.consolidation.types import ChangeDecision, ChangeSource
from server.schema.context import Context
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.roots import node_of
from server.schema.reads.values import page_values, render_value
from server.schema.texts.types import Provision, TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import ProvisionChange
from server.wording.redline import RunKind

for vocabulary_of_redlines in (RunKind, ProvisionChange):
    vocabulary(vocabulary_of_redlines)

IS_CHANGED = Annotated[
    bool | None,
    strawberry.argument(
        description="With true only provisions that are not UNCHANGED, with false only those that are; null for all."
    ),
]

PROVISION_KEYS = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Only provisions with one of these permanent keys; null for all."),
]


@strawberry.type(description="Who asked for a changed run of words, and the decision behind it.")
class RunSource:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RunSource`."""

    source: ChangeSource | None = edge(
        "The comment, amendment or correction that asked for the change; null if there is none or the caller does not "
        "see it.",
        "source_id",
    )
    decision: ChangeDecision | None = edge(
        "The decision behind the change; null if there is none or the caller does not see it.", "decision_id"
    )
    party: Party | None = edge(
        "The party that asked for the change; null if there is none or the caller does not see the source.", "party_id"
    )
    settled_by: Delegate | None = edge(
        "The officer who settled a conflict with these words; null if no conflict was settled.", "settled_by_id"
    )
    reason: str | None = words_or_null(
        "Reason given for the change: of the settlement, of the revision or of the party; null if there is none or the "
        "caller does not see the source."
    )


@strawberry.type(
    description="A run of words in a redline. KEEP and DELETE runs joined are the words before, KEEP and INSERT runs "
    "the words after."
)
class RedlineRun:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.SourcedRun`."""

    kind: RunKind = strawberry.field(description="Whether the words were kept, inserted or deleted.")
    text: str = strawberry.field(description="The words; never empty.")
    sources: list[RunSource] = strawberry.field(description="Who asked for the change; empty for kept words.")


@strawberry.type(description="The move of a provision from one place to another, and who asked for it.")
class RedlineMove:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RedlineMove`."""

    after_key_before: strawberry.ID | None = strawberry.field(
        name="oldAfterKey",
        description="Permanent key of the provision it stood after; null if it stood at the beginning.",
    )
    after_key_now: strawberry.ID | None = strawberry.field(
        name="newAfterKey",
        description="Permanent key of the provision it stands after; null if it stands at the beginning.",
    )
    place_before: str = strawberry.field(
        name="oldPlace", description="Where it stood, in English words, such as 'after 4.'."
    )
    place_now: str = strawberry.field(
        name="newPlace", description="Where it stands, in English words, such as 'the beginning'."
    )
    sources: list[RunSource] = strawberry.field(
        description="Who asked for the move; empty if that is not recorded for these two versions."
    )


@strawberry.type(description="A changed provision as a row of a table with four columns of plain text.")
class RedlineRow:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RedlineRow`."""

    provision: str = strawberry.field(
        description="First column: the printed number, and what became of the provision as a whole, such as "
        "'4. (delete paragraph 4.)'."
    )
    current: str | None = words_or_null("Second column: words in the version before; null if it is new.")
    proposed: str | None = words_or_null("Third column: words in the later version; null if it was deleted.")
    who_and_why: str | None = words_or_null(
        "Fourth column: on each line who asked for a change and why, as far as the caller sees it; null if it sees "
        "neither."
    )


@strawberry.type(description="A provision in a redline, with its words before and after.")
class RedlineProvision:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.RedlinedProvision`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    change: ProvisionChange = strawberry.field(description="What became of the provision.")
    provision: Provision | None = edge("The provision in the later version; null if it was deleted.", "text_id")
    provision_before: Provision | None = edge("The provision in the version before; null if it is new.", "base_text_id")
    printed_number: str | None = words_or_null(
        "Number as printed in the later version, or for a deleted provision in the version before; null if it has none."
    )
    number_before: str | None = words_or_null(
        "Number as printed in the version before; null if it has none, and if the provision is new."
    )
    number_after: str | None = words_or_null(
        "Number as printed in the later version; null if it has none, and if the provision was deleted."
    )
    before: str | None = strawberry.field(description="Words in the version before; null if the provision is new.")
    after: str | None = strawberry.field(description="Words in the later version; null if the provision was deleted.")
    move: RedlineMove | None = strawberry.field(
        description="Where it stood and where it stands, if it was moved; null if it was not."
    )
    sentences: list[str] = strawberry.field(
        description="Each change as an English sentence for screen readers, such as 'replace “should” by “shall”' or "
        "'new paragraph after 4.'."
    )
    runs: list[RedlineRun] = strawberry.field(
        description="Words in reading order, in runs that were kept, inserted or deleted."
    )
    woven: list[WovenSentence] = strawberry.field(
        description="Sentences in it that stand by the changes of two or more parties, read by a person or not."
    )
    row: RedlineRow | None = strawberry.field(
        description="The same as a row of a table; null if the provision is UNCHANGED."
    )


@strawberry.type(description="What changed between two versions of an instrument, and who asked for it.")
class Redline:
    """The GraphQL form of `server.domain.consolidation.queries.redlines.Redline`; its pages are computed when asked."""

    redline: strawberry.Private[redlines.Redline]

    @strawberry.field(description="The later version.")
    async def text_version(self, info: strawberry.Info) -> TextVersion | None:
        """Return the later version, rendered."""
        return await node_of(info, self.redline.version_id)  # type: ignore[no-any-return]

    @strawberry.field(description="The earlier version: for `redline`, the one it was made from.")
    async def base(self, info: strawberry.Info) -> TextVersion | None:
        """Return the earlier version, rendered."""
        return await node_of(info, self.redline.base_id)  # type: ignore[no-any-return]

    @strawberry.field(description="Number of provisions in the whole version that are not UNCHANGED.")
    def changed_count(self) -> int:
        """Return the number of provisions that changed."""
        return len(self.redline.changed)

    @strawberry.field(description="Number of provisions that are new in the later version.")
    def inserted_count(self) -> int:
        """Return the number of provisions that are new."""
        return sum(pair.before is None for pair in self.redline.changed)

    @strawberry.field(description="Number of provisions that do not stand in the later version any more.")
    def deleted_count(self) -> int:
        """Return the number of provisions that are gone."""
        return sum(pair.after is None for pair in self.redline.changed)

    @strawberry.field(description="Number of provisions in the later version.")
    def provision_count(self) -> int:
        """Return the number of provisions in the later version."""
        return sum(pair.after is not None for pair in self.redline.pairs)

    @strawberry.field(
        description="Provisions in the order of the later version; a deleted one follows the one it stood after."
    )
    async def provisions(
        self,
        info: strawberry.Info,
        is_changed: IS_CHANGED = True,
        provision_keys: PROVISION_KEYS = None,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[RedlineProvision]:
        """Return a page of the provisions. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        redline = self.redline
        pairs = redline.select(is_changed, provision_keys)
        name = f"Redline.provisions {redline.base_id} {redline.version_id} {is_changed} {provision_keys}"
        page = page_values(info, [pair.key for pair in pairs], name)
        provisions = await redline.attribute(pairs[page.start : page.stop])
        return await render_value(info, page.connect(provisions))  # type: ignore[no-any-return]


async def find_redline(info: strawberry.Info, version_id: str) -> Redline | None:
    """Return the redline of a version; None unless the caller sees the version and it was made from another."""
    context: Context = info.context
    async with context.database.studying() as session:
        redline = await redlines.find_redline(session, context.actor, context.now, version_id)
    return Redline(redline=redline) if redline else None


async def find_comparison(info: strawberry.Info, base_id: str, version_id: str) -> Redline | None:
    """Return the redline between two versions of an instrument; None unless the caller sees both."""
    context: Context = info.context
    async with context.database.studying() as session:
        redline = await redlines.find_comparison(session, context.actor, context.now, base_id, version_id)
    return Redline(redline=redline) if redline else None
