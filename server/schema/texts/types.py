"""Instruments, versions, provisions and editions."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.consolidation.policy import ON_VERSION
from server.domain.rounds.queries import comments_per_provision
from server.domain.texts import policy
from server.domain.texts.queries import lineages, paths, reading
from server.domain.texts.rules.lineages import TRUSTED, LanguageFacts, LineageFacts, SourceFacts
from server.domain.texts.rules.provisions import MarkFacts, RowFacts, VersionFacts
from server.models import texts as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Decision
from server.schema.lists.papers import PAPER_ORDERS, PaperFilter
from server.schema.lists.proposals import PROPOSAL_ORDERS, ProposalFilter
from server.schema.lists.rounds import COMMENT_ORDERS, ROUND_ORDERS, CommentFilter, RoundFilter
from server.schema.lists.texts import EDITION_ORDERS, EditionFilter, LineageFilter, ProvisionFilter, TextVersionFilter
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, batch, column, computed, connection, for_delegates, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.scalars import Digest, Locale
from server.schema.texts.translations import TranslationDebt
from server.schema.texts.values import IN_VERSIONS, Cell, HeadingAbove, Mark, cells_in, marks_in, waits_for_person
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import LineageKind, MarkKind, ReferenceStatus, UnitKind, VersionStatus

if TYPE_CHECKING:
    from server.schema.consolidation.types import Consolidation
    from server.schema.papers.types import Paper
    from server.schema.proposals.types import Proposal
    from server.schema.rounds.types import Comment, Round

vocabulary(LineageKind)
vocabulary(MarkKind)
vocabulary(ReferenceStatus)
vocabulary(UnitKind)
vocabulary(VersionStatus)


@noun(tables.Instrument, reading.visible_instruments)
class Instrument(Node):
    """A text that the organization owns and that has editions.

    Every delegate sees it, and everybody if it has an edition and the server opens its editions.
    """

    title: str = column("Full title.")
    short_title: str = column("Short title, unique among instruments.")
    versions: Connection["TextVersion"] = connection(
        "Versions in all languages that the caller sees, by number, then by language.",
        on="instrument_id",
        order=("number", "language", "id"),
        filter_type=TextVersionFilter,
    )
    original_language: Locale | None = batch(
        "Language tag of the original; null if the caller sees no version of it.",
        reading.languages_per_instrument,
        None,
    )
    editions: Connection["Edition"] = connection(
        "Editions.", on="instrument_id", order=EDITION_ORDERS, filter_type=EditionFilter
    )


@noun(tables.TextVersion, reading.visible_versions)
class TextVersion(Node):
    """A numbered version of an instrument. Once issued it never changes.

    Every delegate sees an issued version; only the Secretariat and those who lead a body see one that is not issued.
    Where the server opens its editions, everybody sees a version that became one.
    """

    instrument: Instrument = to_one("The instrument it is a version of.", implied=True)
    number: int = column("Number within the instrument and the language, from 1.")
    label: str = column("Label, such as 'Draft of September 2018'.")
    language: Locale = column("Language of the text.")
    is_original: bool = computed(
        "Whether it is in the language of the original. Comments, proposals, consolidations and editions are of such "
        "versions only.",
        lambda _, facts, __: facts.follows_id is None,
        LanguageFacts,
    )
    follows: "TextVersion | None" = to_one(
        "For a translation, the version of the original that it follows; null for a version of the original."
    )
    translations: Connection["TextVersion"] = connection(
        "Translations that follow this version and that the caller sees, by language, then by number.",
        on="follows_id",
        order=("language", "number", "id"),
    )
    translation_debt: Connection[TranslationDebt] = connection(
        "Provisions of a translation that do not render the words of the original: while it is being made, of the "
        "version that it follows; once it is issued, of the newest issued one. In the order of the original.",
        on="text_version_id",
        order=("position", "id"),
    )
    status: VersionStatus = column("Where the version stands.")
    base: "TextVersion | None" = to_one(
        "The version before that it was made from, or aligned with if it was imported; null for the first one, or if "
        "the caller does not see it."
    )
    source_name: str | None = for_delegates(
        "Name of the document it was read from; null if it was made by consolidation or no name was given, and for "
        "callers who speak for no party.",
        "source_name",
        SourceFacts,
    )
    source_digest: Digest | None = for_delegates(
        "SHA-256 of that document; null if it was made by consolidation, and for callers who speak for no party.",
        "source_digest",
        SourceFacts,
    )
    created_at: datetime = column("Instant at which it was imported, or at which its consolidation was started.")
    issued_at: datetime | None = column("Instant of issue; null until then.")
    issued_by: Delegate | None = to_one("The delegate who issued it; null until then, or if the caller sees no people.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    provisions: Connection["Provision"] = connection(
        "Provisions of the version in reading order.",
        on="text_version_id",
        order=("position",),
        filter_type=ProvisionFilter,
    )
    next: Connection["TextVersion"] = connection(
        "Versions that were made from this one or aligned with it, by number; issued, being made and given up ones, as "
        "far as the caller sees them.",
        on="base_id",
        order=("number", "id"),
        filter_type=TextVersionFilter,
    )
    consolidation: Annotated["Consolidation", strawberry.lazy("server.schema.consolidation.types")] | None = to_one(
        "The consolidation that makes it, or made it; null for a version that was imported, and if the caller does not "
        "see consolidations."
    )
    edition: "Edition | None" = to_one("The edition that it became; null if it became none.", implied=True)
    rounds: Connection[Annotated["Round", strawberry.lazy("server.schema.rounds.types")]] = connection(
        "Rounds on it that the caller sees.", on="text_version_id", order=ROUND_ORDERS, filter_type=RoundFilter
    )
    proposals: Connection[Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")]] = connection(
        "Proposals filed on it that the caller sees.",
        on="text_version_id",
        order=PROPOSAL_ORDERS,
        filter_type=ProposalFilter,
    )
    papers: Connection[Annotated["Paper", strawberry.lazy("server.schema.papers.types")]] = connection(
        "Papers that carry it.", on="text_version_id", order=PAPER_ORDERS, filter_type=PaperFilter
    )
    lineage: Connection["Lineage"] = connection(
        "Where each provision of an imported version comes from in its `base`, in reading order, and then what became "
        "of those that are gone; of a translation, for which provision of the original it stands. Empty for a first or "
        "a consolidated version.",
        on="text_version_id",
        order=("position",),
        filter_type=LineageFilter,
    )
    available_acts: list[AvailableAct] = acts_on("version", (*policy.ON_VERSION, *ON_VERSION), VersionFacts)


@noun(tables.ProvisionText, reading.visible_provisions)
class Provision(Node):
    """The words of one provision in one version. Everybody who sees the version sees it."""

    key: strawberry.ID = column(
        "Permanent key of the provision, the same in every version; `id` is that of its words in this version.",
        "provision_id",
    )
    text_version: TextVersion = to_one("The version it is in.", implied=True)
    position: int = column("Place in reading order, from 1.")
    kind: UnitKind = column("Sort of unit, such as a heading, an article, a paragraph, an item or a row of a table.")
    level: int = column(
        "Level of a heading or depth of an item, from 1; for a table row 1 in the first row and 2 below; for a "
        "footnote 1, and 2 for its further paragraphs; for anything else 0, or the level of the item it stands in."
    )
    printed_number: str | None = column(
        "Number as printed in this version, such as '9.', '(a)' or 'Article 5'; of code the language that is named; "
        "null if it has none.",
        or_null=True,
    )
    text: str = column(
        "The words as plain text; the cells of a table row are joined by ' | ', and a pipe inside a cell is '\\|'."
    )
    marks: list[Mark] = computed("Words that are set off, such as bold, by their beginnings.", marks_in, MarkFacts)
    cells: list[Cell] = computed("The cells of a table row; empty for other provisions.", cells_in, RowFacts)
    parent: "Provision | None" = to_one(
        "The provision it stands in, in the same version; null at the outermost level.", implied=True
    )
    children: Connection["Provision"] = connection(
        "The provisions that stand directly in it, in reading order.", on="parent.id", order=("position",)
    )
    path: list[HeadingAbove] = batch(
        "The headings it stands under, the outermost first; empty if there are none.", paths.paths_per_provision, []
    )
    references: Connection["ProvisionReference"] = connection(
        "References in its words, to provisions of the text and to other instruments, in text order.",
        on="provision_text.id",
        order=("start", "id"),
    )
    referred_to_by: Connection["ProvisionReference"] = connection(
        "References of the same version that point to it, grouped by provision (not in reading order), then by place.",
        on="target_text.id",
        order=("provision_id", "start", "id"),
    )
    history: Connection["Provision"] = connection(
        "The same provision in all versions that the caller sees, this one included, by number of the version; "
        "`provisionHistory` tells what changed.",
        through=IN_VERSIONS,
        order=("text_version.number", "text_version.language", "id"),
    )
    digest: Digest = column("SHA-256 of the text in UTF-8.")
    comments: Connection[Annotated["Comment", strawberry.lazy("server.schema.rounds.types")]] = connection(
        "Comments on it that the caller sees.",
        on="provision_text_id",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
    )
    comment_count: int = batch(
        "Number of submitted comments on it that the caller sees, withdrawn ones included.", comments_per_provision, 0
    )


@noun(tables.ProvisionReference, reading.visible_references)
class ProvisionReference(Node):
    """A reference in the words of a provision, such as 'paragraph 2' or 'Article 7.4 of the TFA'.

    It keeps what it points to when numbers change. Everybody who sees the version sees it.
    """

    provision: Provision = to_one("The provision in whose words it stands.", "provision_text", implied=True)
    start: int = column("Where it begins in the text of the provision, in Unicode code points from 0.")
    end: int = column("Where it ends, exclusive.")
    words: str = column("Its words; of 'paragraphs 2 and 3' the second is '3'.")
    status: ReferenceStatus = column("Where it leads.")
    target: Provision | None = to_one(
        "The provision that it points to, in the same version; of a dangling one, the provision that it pointed to "
        "before, if that still stands. Null if there is none.",
        "target_text",
        implied=True,
    )
    target_key: strawberry.ID | None = column("Permanent key of that provision; null if it led nowhere.", "target_id")
    instrument_name: str | None = column(
        "Name of the other instrument, as printed; null unless the status is EXTERNAL.", "instrument", or_null=True
    )


@noun(tables.Lineage, lineages.visible_lineages)
class Lineage(Node):
    """Where a provision of an imported version comes from, or what became of one of the version before.

    For a translation it says which provision of the original each one stands for. Everybody who sees the version sees
    it.
    """

    kind: LineageKind = column("What became of the provision.")
    provision_key: strawberry.ID = column(
        "Permanent key of the provision in the version; for DELETED and MERGED_INTO the key that it had in the version "
        "before.",
        "provision_id",
    )
    from_key: strawberry.ID | None = column(
        "Permanent key of the provision of the version before that it comes from; null for INSERTED. For SPLIT_FROM "
        "the one it was cut out of, for DELETED and MERGED_INTO the same as `provisionKey`.",
        "from_id",
    )
    into_key: strawberry.ID | None = column(
        "For MERGED_INTO, permanent key of the provision that its words went into; null for other kinds.", "into_id"
    )
    score: float = column(
        "How like the words are, 0 to 100, without case and punctuation; for SPLIT_FROM and MERGED_INTO how much of "
        "the words the longer provision contains; 0 for INSERTED and DELETED."
    )
    needs_confirmation: bool = computed(
        f"Whether a person has to confirm it before the version is issued: its score is below {TRUSTED:.0f}, and "
        "nobody has yet.",
        waits_for_person,
        LineageFacts,
    )
    confirmed_by: Delegate | None = to_one("The delegate who confirmed it; null while nobody has.", implied=True)
    confirmed_at: datetime | None = column("Instant of the confirmation; null while there is none.")
    provision: Provision | None = to_one("The provision in the version; null if it is gone.", implied=True)
    from_text: str | None = column(
        "Words of the provision that it comes from, in the version before; null for INSERTED.", "origin.text"
    )


@noun(tables.Edition, reading.visible_editions)
class Edition(Node):
    """An adopted, dated version of an instrument, which never changes.

    Every delegate sees it, and everybody where the server opens its editions.
    """

    instrument: Instrument = to_one("The instrument it is an edition of.", implied=True)
    text_version: TextVersion = to_one("The version that was adopted.", implied=True)
    label: str = column("Label, such as '2022 edition'.")
    adopted_on: date = column("Day on which it was adopted.")
    decision: Decision = to_one("The decision that adopted it.", implied=True)
    published_at: datetime = column("Instant at which it was published on this server.")
