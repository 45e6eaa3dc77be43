"""Filter and orders of the list of applications."""

import strawberry

from server.schema.reads.filters import conditions, has, holds, one_of
from server.schema.reads.orders import ALPHABETICAL, Order, declare_orders
from server.vocabulary.applications import ApplicationKind

CLIENT_APPLICATION_ORDERS = declare_orders(
    "ClientApplicationOrder", "applications", {"NAME": Order("name", ALPHABETICAL, ("name_key", "id"))}
)


@conditions("applications")
class ClientApplicationFilter:
    """Filter of `clientApplications`."""

    kind: list[ApplicationKind] | None = one_of("Only applications of one of these kinds.", "kind")
    party_id: list[strawberry.ID] | None = one_of(
        "Only service accounts of one of the parties with these ids.", "delegate.party_id"
    )
    is_retired: bool | None = has(
        "Only applications that were retired or closed, or with false only the others.", "retired_at"
    )
    text: str | None = holds("Only applications whose name holds these words, in capital or small letters.", "name")
