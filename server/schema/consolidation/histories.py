"""The history of one provision and the origin of its words: plain values, computed from what is in the database now."""

import strawberry

from server.domain.consolidation.queries import histories
from server.schema.consolidation.types import ChangeDecision, ChangeSource
from server.schema.context import Context
from server.schema.parties.types import Party
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.values import render_value
from server.schema.texts.types import Edition, Instrument, TextVersion
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ProvisionChange
from server.wording.redline import RunKind


@strawberry.type(
    description="A change recorded for a provision: who asked for it, and the decision behind it. Of a comment or "
    "amendment that the caller does not see, only kind and decision are told."
)
class ChangeBehind:
    """The GraphQL form of `server.domain.consolidation.queries.histories.ChangeBehind`."""

    kind: AmendmentKind = strawberry.field(description="What it does to the provision.")
    source: ChangeSource | None = edge(
        "The comment, amendment or correction that asked for the change; null if there is none or the caller does not "
        "see it.",
        "source_id",
    )
    party: Party | None = edge(
        "The party that asked for the change; null if there is none or the caller does not see the source.", "party_id"
    )
    decision: ChangeDecision | None = edge(
        "The decision behind the change; null if there is none or the caller does not see it.", "decision_id"
    )
    reason: str | None = words_or_null(
        "Reason recorded with that decision, or with the revision; null if none was given or the caller does not see "
        "the source."
    )


@strawberry.type(
    description="A run of words in the history of a provision. KEEP and DELETE runs joined are the words before, "
    "KEEP and INSERT runs the words after."
)
class HistoryRun:
    """The GraphQL form of `server.domain.consolidation.queries.histories.HistoryRun`."""

    kind: RunKind = strawberry.field(description="Whether the words were kept, inserted or deleted.")
    text: str = strawberry.field(description="The words; never empty.")
    changes: list[ChangeBehind] = strawberry.field(
        description="Changes behind the run; empty for kept words, and for words that no recorded change explains."
    )


@strawberry.type(description="A provision in one issued version, with what became of it since the version before.")
class HistoryEntry:
    """The GraphQL form of `server.domain.consolidation.queries.histories.HistoryEntry`."""

    text_version: TextVersion | None = edge("The version.", "version_id")
    edition: Edition | None = edge("The edition that the version became; null if it became none.", "edition_id")
    printed_number: str | None = words_or_null(
        "Number as printed in the version; null if the provision has none or was deleted."
    )
    text: str | None = strawberry.field(description="Words in the version; null if the provision was deleted.")
    change: ProvisionChange = strawberry.field(
        description="What became of the provision since the version that this one was made from; INSERTED in the "
        "first version, MOVED if a change put it elsewhere, whether or not it was reworded too."
    )
    runs: list[HistoryRun] = strawberry.field(
        description="Words in reading order, in runs that were kept, inserted or deleted since the version before."
    )
    changes: list[ChangeBehind] = strawberry.field(
        description="Changes recorded for the provision in this version, by their place in the words before."
    )


@strawberry.type(description="The drafting history of one provision, over all issued versions of its instrument.")
class ProvisionHistory:
    """The GraphQL form of `server.domain.consolidation.queries.histories.ProvisionHistory`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    instrument: Instrument | None = edge("The instrument that it belongs to.", "instrument_id")
    entries: list[HistoryEntry] = strawberry.field(
        description="Issued versions by number, from the first in which the provision stands to the last, or to the "
        "one in which it was deleted."
    )
    runs: list[HistoryRun] = strawberry.field(
        description="Words of the first version in which it stands, with all changes since then: KEEP and DELETE runs "
        "joined are these words, KEEP and INSERT runs the words of the last version. Words that came and went between "
        "are left out."
    )
    markdown: str = strawberry.field(
        description="The history to be printed, as Markdown: struck words between '~~', added words between '**'."
    )


@strawberry.type(description="Words of a version that came in together.")
class BlamedRun:
    """The GraphQL form of `server.domain.consolidation.queries.histories.BlamedRun`."""

    text: str = strawberry.field(description="The words; never empty.")
    start: int = strawberry.field(
        description="Where they begin in the text of the provision, in Unicode code points from 0."
    )
    end: int = strawberry.field(description="Where they end, exclusive, in Unicode code points.")
    text_version: TextVersion | None = edge("The version in which these words came in.", "version_id")
    changes: list[ChangeBehind] = strawberry.field(
        description="Changes that wrote them; empty for words of the first version, and for words that no recorded "
        "change explains."
    )


@strawberry.type(description="The words of a provision in one version, by the change that wrote them.")
class ProvisionBlame:
    """The GraphQL form of `server.domain.consolidation.queries.histories.ProvisionBlame`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    text_version: TextVersion | None = edge("The version.", "version_id")
    runs: list[BlamedRun] = strawberry.field(
        description="Runs in reading order; joined, they are the text of the provision in the version."
    )


async def show_history(info: strawberry.Info, key: str) -> ProvisionHistory | None:
    """Return the history of a provision; None unless the caller sees an issued version in which it stands."""
    context: Context = info.context
    async with context.database.studying() as session:
        history = await histories.find_history(session, context.actor, context.now, key)
    return await render_value(info, history)  # type: ignore[no-any-return]


async def show_blame(info: strawberry.Info, key: str, version_id: str) -> ProvisionBlame | None:
    """Return the origin of the words of a provision; None unless the caller sees it in the version."""
    context: Context = info.context
    async with context.database.studying() as session:
        blame = await histories.find_blame(session, context.actor, context.now, key, version_id)
    return await render_value(info, blame)  # type: ignore[no-any-return]
