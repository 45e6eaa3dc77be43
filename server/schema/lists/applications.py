"""Filter and orders of the list of applications."""

from server.schema.reads.filters import conditions, holds, one_of
from server.schema.reads.orders import ALPHABETICAL, Order, declare_orders
from server.vocabulary.applications import ApplicationKind

CLIENT_APPLICATION_ORDERS = declare_orders(
    "ClientApplicationOrder", "applications", {"NAME": Order("name", ALPHABETICAL, ("name", "id"))}
)


@conditions("applications")
class ClientApplicationFilter:
    """Filter of `clientApplications`."""

    kind: list[ApplicationKind] | None = one_of("Only applications of one of these kinds.", "kind")
    text: str | None = holds("Only applications whose name holds these words, in capital or small letters.", "name")
