"""Filters and orders of the journal and of its signed heads."""

from datetime import datetime

import strawberry

from server.journal.queries import is_in_round
from server.schema.act_names import ActName
from server.schema.reads.filters import before, conditions, holds, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.journal import HeadOccasion

JOURNAL_ENTRY_ORDERS = declare_orders(
    "JournalEntryOrder", "journal entries", {"ACTED_AT": Order("instant of the act", EARLIEST, ("at", "id"))}
)
JOURNAL_HEAD_ORDERS = declare_orders(
    "JournalHeadOrder", "journal heads", {"NUMBER": Order("number", EARLIEST, ("number", "id"))}
)

SEAL_ORDERS = declare_orders(
    "SealOrder", "seals", {"NUMBER": Order("round or call, and number", EARLIEST, ("sealed_in", "number", "id"))}
)


@conditions("seals")
class SealFilter:
    """Filter of `seals`."""

    sealed_in_id: list[strawberry.ID] | None = one_of(
        "Only seals of one of the rounds and calls with these ids.", "sealed_in"
    )


@conditions("journal entries")
class JournalEntryFilter:
    """Filter of `journalEntries`."""

    subject_id: list[strawberry.ID] | None = one_of("Only acts on one of the objects with these ids.", "subject_id")
    round_id: list[strawberry.ID] | None = one_of(
        "Only acts on one of the rounds with these ids, and on the comments in them.", condition=is_in_round
    )
    act: list[ActName] | None = one_of("Only entries of one of these acts.", "act")
    party_id: list[strawberry.ID] | None = one_of("Only acts done for one of the parties with these ids.", "party_id")
    delegate_id: list[strawberry.ID] | None = one_of("Only acts of one of the delegates with these ids.", "delegate_id")
    person_id: list[strawberry.ID] | None = one_of(
        "Only acts of one of the persons with these ids, by whatever accreditation.", "delegate.person_id"
    )
    text: str | None = holds(
        "Only acts of persons whose name holds these words, in capital or small letters.", "delegate.person.name"
    )
    acted_from: datetime | None = since("Only acts at or after this instant.", "at")
    acted_before: datetime | None = before("Only acts before this instant.", "at")


@conditions("journal heads")
class JournalHeadFilter:
    """Filter of `journalHeads`."""

    occasion: list[HeadOccasion] | None = one_of(
        "Only heads that were signed for one of these reasons. That of a round's close has its closing instant as "
        "`occurredAt`.",
        "occasion",
    )
