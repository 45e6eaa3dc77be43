"""Filters and orders of the lists of instruments, versions, provisions, lines of lineage and editions."""

from datetime import date, datetime

import strawberry

from server.domain.texts.queries import lineages
from server.schema.reads.filters import before, conditions, equal, has, holds, one_of, since, until
from server.schema.reads.orders import ALPHABETICAL, EARLIEST, Order, declare_orders
from server.schema.scalars import Locale
from server.vocabulary.texts import LineageKind, UnitKind, VersionStatus

INSTRUMENT_ORDERS = declare_orders(
    "InstrumentOrder", "instruments", {"SHORT_TITLE": Order("short title", ALPHABETICAL, ("short_title_key", "id"))}
)
EDITION_ORDERS = declare_orders(
    "EditionOrder", "editions", {"ADOPTED_ON": Order("day of adoption", EARLIEST, ("adopted_on", "id"))}
)


@conditions("instruments")
class InstrumentFilter:
    """Filter of `instruments`."""

    short_title: list[str] | None = one_of("Only instruments with one of these short titles.", "short_title")
    text: str | None = holds("Only instruments whose full title holds these words, in any case.", "title")
    short_text: str | None = holds("Only instruments whose short title holds these words, in any case.", "short_title")


@conditions("versions")
class TextVersionFilter:
    """Filter of the versions of an instrument."""

    status: list[VersionStatus] | None = one_of("Only versions in one of these statuses.", "status")
    language: list[Locale] | None = one_of("Only versions in one of these languages.", "language")
    text: str | None = holds("Only versions whose label holds these words, in capital or small letters.", "label")
    issued_from: datetime | None = since("Only versions issued at or after this instant.", "issued_at")
    issued_before: datetime | None = before("Only versions issued before this instant.", "issued_at")


@conditions("provisions")
class ProvisionFilter:
    """Filter of the provisions of a version."""

    key: list[strawberry.ID] | None = one_of("Only the provisions with these permanent keys.", "provision_id")
    parent_key: list[strawberry.ID] | None = one_of(
        "Only provisions directly in one of the provisions with these permanent keys, such as a section.", "parent_id"
    )
    has_parent: bool | None = has(
        "Only provisions that stand in another one, or with false only those at the outermost level.", "parent_id"
    )
    position_from: int | None = since("Only provisions at this place in reading order or a later one.", "position")
    position_until: int | None = until("Only provisions at this place in reading order or an earlier one.", "position")
    kind: list[UnitKind] | None = one_of("Only units of one of these sorts.", "kind")
    printed_number: list[str] | None = one_of("Only provisions with one of these printed numbers.", "printed_number")
    text: str | None = holds("Only provisions whose words hold these, in capital or small letters.", "text")


@conditions("lines of lineage")
class LineageFilter:
    """Filter of `TextVersion.lineage`."""

    kind: list[LineageKind] | None = one_of("Only lines of one of these kinds.", "kind")
    needs_confirmation: bool | None = equal(
        "Only lines that wait for a person, or with false only the others.", condition=lineages.is_unconfirmed
    )


@conditions("editions")
class EditionFilter:
    """Filter of `editions`."""

    instrument_id: list[strawberry.ID] | None = one_of(
        "Only editions of one of the instruments with these ids.", "instrument_id"
    )
    adopted_from: date | None = since("Only editions adopted on this day or later.", "adopted_on")
    adopted_until: date | None = until("Only editions adopted on this day or earlier.", "adopted_on")
    text: str | None = holds("Only editions whose label holds these words, in capital or small letters.", "label")
