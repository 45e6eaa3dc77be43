"""Instruments, versions, provisions and editions."""

from datetime import date, datetime

import strawberry

from server.domain.rounds.queries import comments_per_provision
from server.domain.texts import policy, queries
from server.domain.texts.rules import VersionFacts
from server.kernel.acts import verdicts
from server.models import texts as tables
from server.schema.acts import AvailableAct
from server.schema.bodies.types import Decision
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import UnitKind, VersionStatus

vocabulary(UnitKind)
vocabulary(VersionStatus)


@noun(tables.Instrument, queries.visible_instruments)
class Instrument(Node):
    """A text owned by the organization that has editions."""

    title: str = column("Full title.")
    short_title: str = column("Short title.")
    versions: Connection["TextVersion"] = connection(
        "Its versions, oldest first.", on="instrument_id", order=("number",)
    )
    editions: Connection["Edition"] = connection(
        "Its editions, oldest first.", on="instrument_id", order=("adopted_on", "id")
    )


@noun(tables.TextVersion, queries.visible_versions)
class TextVersion(Node):
    """A numbered version of an instrument. Once issued it can never change."""

    instrument: Instrument = to_one("The instrument.", implied=True)
    number: int = column("Number within the instrument, from 1.")
    label: str = column("Label, such as 'Draft of September 2018'.")
    language: str = column("Language tag.")
    status: VersionStatus = column("Where it stands.")
    base: "TextVersion | None" = to_one("The version it was made from.")
    source_name: str = column("Name of the document it was read from, empty for a consolidation.")
    source_digest: str = column("SHA-256 of that document, empty for a consolidation.")
    created_at: datetime = column("When it was begun.")
    issued_at: datetime | None = column("When it was issued.")
    issued_by: Delegate | None = to_one("Who issued it.", implied=True)
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    provisions: Connection["Provision"] = connection(
        "Its provisions in reading order.", on="text_version_id", order=("position",)
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this version, and if not, why not.",
        lambda actor, facts, now: verdicts(policy.ON_VERSION, actor, facts, now),
        VersionFacts,
    )


@noun(tables.ProvisionText, queries.visible_provisions)
class Provision(Node):
    """The words of one provision in one version. The `key` is permanent; number and words belong to the version."""

    key: strawberry.ID = column("Permanent key, the same in every version.", "provision_id")
    text_version: TextVersion = to_one("The version.", implied=True)
    position: int = column("Place in reading order, from 1.")
    kind: UnitKind = column("What it is on the page.")
    level: int = column("Level of a heading, depth of a list item.")
    printed_number: str = column("Number as printed in this version, empty if none.")
    text: str = column("The words; the cells of a table row are joined by ' | '.")
    digest: str = column("SHA-256 of the words in UTF-8.")
    comment_count: int = batch("Submitted comments on it that the caller may see.", comments_per_provision, 0)


@noun(tables.Edition, queries.visible_editions)
class Edition(Node):
    """An adopted, dated, immutable state of an instrument."""

    instrument: Instrument = to_one("The instrument.", implied=True)
    text_version: TextVersion = to_one("The version that was adopted.", implied=True)
    label: str = column("Label, such as '2022 edition'.")
    adopted_on: date = column("Day of adoption.")
    decision: Decision = to_one("The decision that adopted it.", implied=True)
    published_at: datetime = column("When it was published here.")


@strawberry.type
class TextQueries:
    """Root fields about texts."""

    instrument: Instrument | None = one("An instrument by its id.", "Instrument")
    instruments: Connection[Instrument] = many("Instruments by short title.", order=("short_title", "id"))
    text_version: TextVersion | None = one("A version by its id.", "TextVersion")
    provision: Provision | None = one("A provision of a version by its id.", "Provision")
    edition: Edition | None = one("An edition by its id.", "Edition")
