"""A preview of a wording that is not filed yet."""

from typing import Annotated

import strawberry

from server.domain.rounds.actions import previewing
from server.kernel.ids import prefix_of
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.reads.roots import IDENTIFIER, list_of
from server.schema.rounds.comment_acts import QuotationInput
from server.schema.rounds.types import Comment
from server.schema.texts.values import PreviewRun, show_runs


@strawberry.type(description="Words of a provision, as `quotation` of a comment takes them.")
class QuotedWords:
    """The GraphQL form of `server.wording.anchors.Quotation`."""

    exact: str = strawberry.field(description="The words, exactly as they stand in the provision.")
    prefix: str | None = strawberry.field(description="Characters directly before them; null if they stand there once.")
    suffix: str | None = strawberry.field(description="Characters directly after them; null if they stand there once.")


@strawberry.type(description="What a wording would make of a provision. Nothing was written.")
class WordingPreview:
    """The GraphQL form of `server.domain.rounds.actions.previewing.WordingPreview`."""

    before: str = strawberry.field(description="Words of the provision as they stand.")
    after: str = strawberry.field(description="Words of the provision as they would stand.")
    runs: list[PreviewRun] = strawberry.field(description="Both in reading order, in runs.")
    sentences: list[str] = strawberry.field(description="Each sentence that would read otherwise, as it would read.")
    quotation: QuotedWords | None = strawberry.field(
        description="The fewest words to quote for this change; null if nothing changes or the provision has no words."
    )
    proposed_wording: str | None = strawberry.field(
        description="Words to propose in the place of `quotation`; null if that is null."
    )
    alike_ids: strawberry.Private[list[str]]

    @strawberry.field(
        description="Comments on the provision, as far as the caller sees them, that would make the same words of it: "
        f"the first {previewing.MOST_ALIKE} that were filed."
    )
    async def alike(self, info: strawberry.Info) -> list[Comment]:
        """Return the comments that ask for the same."""
        return await list_of(info, "Comment", self.alike_ids)  # type: ignore[no-any-return]


PreviewWordingResult = Annotated[
    WordingPreview | RefusalType,
    strawberry.union("PreviewWordingResult", description="What a wording would change. Or the refusal."),
]
WORDING = Annotated[
    str,
    strawberry.argument(
        description="Words to put in the place of the quoted words, or of the whole provision; at most 20,000 "
        "characters, empty to delete."
    ),
]
QUOTATION = Annotated[
    QuotationInput | None,
    strawberry.argument(description="Words of the provision that it replaces; without it the whole provision."),
]


@strawberry.type
class WordingQueries:
    """The root field that previews a wording."""

    @strawberry.field(
        description="What a wording would change, before it is filed: runs, sentences, the fewest words to quote, and "
        "who asks for the same. Nothing is written. Null if the provision does not exist or the caller does not see it."
    )
    async def preview_wording(
        self, info: strawberry.Info, provision_id: IDENTIFIER, wording: WORDING, quotation: QUOTATION = None
    ) -> PreviewWordingResult | None:
        """Return the preview, or the refusal of words that filing would refuse."""
        context: Context = info.context
        if prefix_of(provision_id) is None:
            return None
        quoted = quotation.quotation() if quotation else None
        async with context.database.studying() as session:
            preview = await previewing.preview_wording(
                session, context.actor, context.now, provision_id, wording, quoted
            )
        if preview is None:
            return None
        words = preview.rewriting.quotation
        return WordingPreview(
            before=preview.before,
            after=preview.after,
            runs=show_runs(preview.rewriting.runs),
            sentences=list(preview.rewriting.sentences),
            quotation=QuotedWords(exact=words.exact, prefix=words.prefix or None, suffix=words.suffix or None)
            if words
            else None,
            proposed_wording=preview.rewriting.replacement,
            alike_ids=preview.alike,
        )
