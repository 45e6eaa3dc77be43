"""Filter and orders of the list of papers."""

from datetime import datetime

import strawberry

from server.schema.reads.filters import before, conditions, holds, one_of, since
from server.schema.reads.orders import EARLIEST, LOWEST, Order, declare_orders
from server.schema.scalars import Locale

PAPER_ORDERS = declare_orders(
    "PaperOrder",
    "papers",
    {
        "NUMBER": Order("series, serial and letter", LOWEST, ("series", "serial", "letter", "id")),
        "ISSUED_AT": Order("instant of issue", EARLIEST, ("issued_at", "id")),
    },
)


@conditions("papers")
class PaperFilter:
    """Filter of `papers`."""

    series: list[str] | None = one_of("Only papers of one of these series, such as 'PC'.", "series")
    serial: list[int] | None = one_of(
        "Only papers with one of these serials; together with `series`, the versions of one document.", "serial"
    )
    language: list[Locale] | None = one_of("Only papers in one of these languages.", "language")
    sitting_id: list[strawberry.ID] | None = one_of(
        "Only papers issued for one of the sittings with these ids.", "sitting_id"
    )
    text_version_id: list[strawberry.ID] | None = one_of(
        "Only papers that carry one of the versions with these ids.", "text_version_id"
    )
    issued_from: datetime | None = since("Only papers issued at or after this instant.", "issued_at")
    issued_before: datetime | None = before("Only papers issued before this instant.", "issued_at")
    text: str | None = holds("Only papers whose title holds these words, in capital or small letters.", "title")
