"""Acts on texts."""

import strawberry

from server.domain.texts import actions, policy
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.texts.types import TextVersion


@strawberry.type
class ImportedVersionFact:
    """What the fact of an import shows."""

    subject_id: strawberry.Private[str]
    version: TextVersion | None = fact("The version, still working: issue it to let people comment.", "TextVersion")


@strawberry.type
class TextMutations:
    """Acts on texts."""

    import_text = act_field(
        policy.import_text,
        actions.import_text,
        "Read a document into the first version of an instrument.",
        about="A document to be read into the first version of an instrument.",
        title="Full title of the instrument.",
        short_title="Short title; an instrument is recognised by it.",
        label="Label of the version.",
        markdown="The document: headings, paragraphs, lists, pipe and HTML tables.",
        source_name="Name of the document.",
        language="Language tag of the text.",
        outcome="A document was read.",
        answer=ImportedVersionFact,
    )
