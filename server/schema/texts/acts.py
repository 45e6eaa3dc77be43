"""Acts on texts."""

from typing import Any

import strawberry

from server.documents.mending import Mend, MendAct
from server.domain.texts import policy
from server.domain.texts.actions import importing, lineages
from server.domain.texts.rules.lineages import LineageClaim
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.scalars import Locale
from server.schema.texts.types import TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import UnitKind

vocabulary(MendAct)


@strawberry.type
class ImportedVersionFact:
    """What the fact of an import shows."""

    subject_id: strawberry.Private[str]
    text_version: TextVersion = fact("The version, still working: issue it to let people comment.")


@strawberry.input(description="A mend of what was read from a document, made before anything is stored.")
class MendInput:
    """Part of the inputs that read a document."""

    act: MendAct = strawberry.field(description="What to do.")
    position: int = strawberry.field(
        description="Place of the unit in reading order, from 1, once the mends before this one are made."
    )
    offset: int | None = strawberry.field(
        default=None,
        description="With SPLIT: where the second unit begins in the text, in Unicode code points from 0.",
    )
    kind: UnitKind | None = strawberry.field(default=None, description="With SET: the kind; null leaves it.")
    level: int | None = strawberry.field(default=None, description="With SET: the level; null leaves it.")
    printed_number: str | None = strawberry.field(
        default=None,
        description="With SET: the number as printed; null leaves it, and with an empty one the old number is a word.",
    )

    def mend(self) -> Mend:
        """Return the mend as the action takes it."""
        return Mend(self.act, self.position - 1, self.offset, self.kind, self.level, self.printed_number)


@strawberry.input(description="A document to be read into the first or the next version of an instrument.")
class ImportTextInput:
    """Input of `importText`."""

    idempotency_key: str = key_field()
    title: str = strawberry.field(description="Full title of the instrument.")
    short_title: str = strawberry.field(description="Short title; an instrument is recognised by it.")
    label: str = strawberry.field(description="Label of the version.")
    markdown: str = strawberry.field(
        description="The document in Markdown, at most 2,000,000 bytes: headings, numbered and nested items, tables, "
        "footnotes, boxes, code."
    )
    source_name: str = strawberry.field(default="", description="Name of the document.")
    language: Locale = strawberry.field(default=Locale("en"), description="Language of the text.")
    translates_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Id of the issued version of the original that the document translates. Needed for the first "
        "version of a language.",
    )
    mends: list[MendInput] = strawberry.field(
        default_factory=list, description="Mends of what is read, in their order; `readDocument` shows the result."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        sent = {name: value for name, value in vars(self).items() if name != "idempotency_key"}
        return sent | {"mends": [each.mend() for each in self.mends]}


@strawberry.input(description="Where a provision of a version comes from.")
class LineageLineInput:
    """Part of the input of `confirmLineage`."""

    provision_key: strawberry.ID = strawberry.field(description="`provisionKey` of the line.")
    from_key: strawberry.ID | None = strawberry.field(
        default=None,
        description="`fromKey` of the line to confirm it; the key of another provision of the version before that no "
        "provision has, to give it this one; null if the provision is new. For a line about a provision that is gone "
        "null or its `fromKey`.",
    )


@strawberry.input(description="Lines of the lineage of a version that are right, or that are to be put right.")
class ConfirmLineageInput:
    """Input of `confirmLineage`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="Id of the version, which is not issued.")
    lines: list[LineageLineInput] = strawberry.field(
        description=f"The lines, each once, 1 to {lineages.MOST_LINES}. What no provision comes from any more gets a "
        "line DELETED that waits for confirmation."
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "text_version_id": self.text_version_id,
            "lines": [LineageClaim(each.provision_key, each.from_key) for each in self.lines],
            "expected_revision": self.expected_revision,
        }


@strawberry.type
class LineageFact:
    """What the fact of a confirmation shows."""

    subject_id: strawberry.Private[str]
    text_version: TextVersion = fact("The version as it stands now.")


@strawberry.type
class TextMutations:
    """Acts on texts."""

    import_text = act_field(
        policy.import_text,
        importing.import_text,
        "Read a document into the first or the next version of an instrument.",
        input_type=ImportTextInput,
        outcome="A document was read.",
        answer=ImportedVersionFact,
    )
    confirm_lineage = act_field(
        policy.confirm_lineage,
        lineages.confirm_lineage,
        "Confirm where provisions of an imported version come from, or say where else they do.",
        input_type=ConfirmLineageInput,
        outcome="Where provisions come from was confirmed.",
        answer=LineageFact,
    )
