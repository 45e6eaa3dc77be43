"""Instructions in words: what amendments say in a sentence, and what sentences make of a text."""

from typing import Annotated, NamedTuple

import strawberry

from server.domain.proposals.actions import instructing
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.instructing import InstructedAmendment as Instructed
from server.domain.proposals.rules.instructing import language_of
from server.kernel.ids import prefix_of
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.proposals.types import Amendment
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.roots import IDENTIFIER
from server.schema.reads.values import render_value
from server.schema.scalars import Locale
from server.schema.texts.types import Provision
from server.schema.texts.values import PreviewRun
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import UnitKind
from server.wording.instructions.edits import OpenQuestion, QuestionCode
from server.wording.redline import Run

vocabulary(QuestionCode)


@strawberry.type(description="An amendment as an instruction in words.")
class AmendmentInstruction:
    """One pair of what `server.domain.proposals.actions.instructing.say_amendments` returns."""

    amendment: Amendment | None = edge("The amendment.", "amendment_id")
    instruction: str | None = strawberry.field(
        description="What it asks for, in a sentence such as 'In Standard 3, paragraph 2, replace “may” by “should”.'; "
        "null if it changes nothing in the version that it was filed on, and if no sentence says it exactly."
    )


@strawberry.type(description="An amendment that instructions ask for, as `draftProposal` takes it.")
class InstructedAmendment:
    """The GraphQL form of `server.domain.proposals.rules.instructing.InstructedAmendment`."""

    kind: AmendmentKind = strawberry.field(description="What it does to the provision.")
    provision_key: strawberry.ID | None = strawberry.field(
        description="Permanent key of the provision concerned; for ADD of the one before the new one, null for the "
        "beginning of the text."
    )
    provision: Provision | None = edge("The provision with that key in the version; null without a key.", "provision")
    after_key: strawberry.ID | None = strawberry.field(
        description="For MOVE, permanent key of the provision after which it is to stand; null for other kinds."
    )
    after: Provision | None = edge("The provision with that key in the version; null without a key.", "after")
    wording: str | None = strawberry.field(
        description="For ADD and MODIFY, the full new words of the provision; null for other kinds."
    )
    unit_kind: UnitKind | None = strawberry.field(
        description="For ADD, the sort of unit; null where its place says so, and for other kinds."
    )
    level: int | None = strawberry.field(
        description="For ADD, the level of a heading or depth of an item; null where its place says so, and for other "
        "kinds."
    )
    printed_number: str | None = strawberry.field(
        description="For ADD, the number; null where its place says so, and for other kinds."
    )
    runs: list[PreviewRun] = strawberry.field(description="The words before and after, as those of an amendment.")
    instruction: str | None = words_or_null(
        "What it asks for, as the server says it; null if no sentence says it exactly."
    )


@strawberry.type(description="Something that an instruction leaves open. What is not sure is asked, and never guessed.")
class InstructionQuestion:
    """The GraphQL form of `server.wording.instructions.edits.OpenQuestion`."""

    code: QuestionCode = strawberry.field(description="What is open.")
    instruction: str | None = words_or_null(
        "The words of the instruction, at most 300 characters; null where it is about several."
    )
    about: str | None = words_or_null("The words of it that it is about; null where that is all of them.")
    places: int = strawberry.field(description="Number of places that come into question; 0 where that says nothing.")


class _Shown(NamedTuple):
    """An amendment as `InstructedAmendment` shows it."""

    kind: AmendmentKind
    provision_key: str | None
    provision: str | None
    after_key: str | None
    after: str | None
    wording: str | None
    unit_kind: UnitKind | None
    level: int | None
    printed_number: str | None
    runs: tuple[Run, ...]
    instruction: str


def _show(instructed: Instructed, ids: dict[str, str]) -> _Shown:
    """Return an amendment with the ids of its provisions."""
    content: AmendmentContent = instructed.content
    key, after = content.provision_id, content.after_id
    return _Shown(
        *(content.kind, key, ids.get(key or ""), after, ids.get(after or ""), content.wording),
        *(content.unit_kind, content.level, content.printed_number, instructed.runs, instructed.instruction),
    )


@strawberry.type(description="What instructions in words would make of a text. Nothing was written.")
class InstructionPreview:
    """The GraphQL form of `server.domain.proposals.rules.instructing.InstructionPreview`."""

    shown: strawberry.Private[list[_Shown]]
    open_questions: strawberry.Private[list[OpenQuestion]]

    @strawberry.field(
        description="The amendments that the clear instructions ask for, in their order; all changes of the words of "
        "one provision are one amendment."
    )
    async def amendments(self, info: strawberry.Info) -> list[InstructedAmendment]:
        """Return the amendments, rendered."""
        return await render_value(info, self.shown)  # type: ignore[no-any-return]

    @strawberry.field(description="What has to be said more clearly; none if all was read.")
    async def questions(self, info: strawberry.Info) -> list[InstructionQuestion]:
        """Return the questions, rendered."""
        return await render_value(info, self.open_questions)  # type: ignore[no-any-return]


PreviewInstructionsResult = Annotated[
    InstructionPreview | RefusalType,
    strawberry.union("PreviewInstructionsResult", description="What instructions would change. Or the refusal."),
]
VERSION = Annotated[strawberry.ID, strawberry.argument(description="Id of the version that they are about.")]
INSTRUCTIONS = Annotated[
    str,
    strawberry.argument(
        description="Instructions in English or French, one or several, such as 'In Standard 3, paragraph 2, replace "
        "“may” by “should”'; at most 20,000 characters."
    ),
]
LANGUAGE = Annotated[
    Locale, strawberry.argument(description="Language of the instructions that are given back: `fr`, else English.")
]


ENGLISH = Locale("en")


class _Said(NamedTuple):
    """An amendment by its id, with its instruction."""

    amendment_id: str
    instruction: str | None


@strawberry.type
class InstructionQueries:
    """The root fields that say amendments in words and read such words."""

    @strawberry.field(
        description="The amendments of a proposal as instructions in words, in their order, on the version that it was "
        "filed on. `previewInstructions` reads each of them back to the same amendment. Null if the proposal does not "
        "exist or the caller does not see it."
    )
    async def amendment_instructions(
        self, info: strawberry.Info, proposal_id: IDENTIFIER, language: LANGUAGE = ENGLISH
    ) -> list[AmendmentInstruction] | None:
        """Return the instructions, written now."""
        context: Context = info.context
        if prefix_of(proposal_id) is None:
            return None
        async with context.database.studying() as session:
            sentences = await instructing.say_amendments(
                session, context.actor, context.now, proposal_id, language_of(language)
            )
        pairs = None if sentences is None else [_Said(*pair) for pair in sentences.items()]
        return await render_value(info, pairs)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Read instructions in words against a version: the amendments that they ask for, and what they "
        "leave open. The grammar is closed; what is not sure is asked. Nothing is written. Null if the version does "
        "not exist or the caller does not see it."
    )
    async def preview_instructions(
        self, info: strawberry.Info, text_version_id: VERSION, instructions: INSTRUCTIONS, language: LANGUAGE = ENGLISH
    ) -> PreviewInstructionsResult | None:
        """Return what was read, or the refusal of words that cannot be read at all."""
        context: Context = info.context
        if prefix_of(text_version_id) is None:
            return None
        async with context.database.studying() as session:
            read = await instructing.preview_instructions(
                session, context.actor, context.now, text_version_id, instructions, language_of(language)
            )
        if read is None:
            return None
        preview, ids = read
        return InstructionPreview(
            shown=[_show(each, ids) for each in preview.amendments], open_questions=list(preview.questions)
        )
