"""Filter and orders of the journal."""

from datetime import datetime

import strawberry

from server.journal.queries import is_in_round
from server.schema.reads.filters import before, conditions, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders

JOURNAL_ORDERS = declare_orders(
    "JournalOrder", "journal entries", {"AT": Order("instant of the act", EARLIEST, ("at", "id"))}
)


@conditions("journal entries")
class JournalFilter:
    """Filter of `journal`."""

    subject_id: list[strawberry.ID] | None = one_of("Only acts on one of the objects with these ids.", "subject_id")
    round_id: list[strawberry.ID] | None = one_of(
        "Only acts on one of the rounds with these ids, and on the comments in them.", condition=is_in_round
    )
    act: list[str] | None = one_of("Only entries with one of these names of acts, such as 'comment.submitted'.", "act")
    party_id: list[strawberry.ID] | None = one_of("Only acts done for one of the parties with these ids.", "party_id")
    delegate_id: list[strawberry.ID] | None = one_of("Only acts of one of the delegates with these ids.", "delegate_id")
    at_from: datetime | None = since("Only acts at or after this instant.", "at")
    at_before: datetime | None = before("Only acts before this instant.", "at")
