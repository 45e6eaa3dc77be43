"""Root fields about co-signatures."""

import strawberry

from server.schema.lists.threads import CO_SIGNATURE_ORDERS, CoSignatureFilter
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many
from server.schema.rounds.threads import CoSignature


@strawberry.type
class ThreadQueries:
    """The root field that lists co-signatures."""

    co_signatures: Connection[CoSignature] = many(
        "Co-signatures that the caller sees; by default the one asked for first at the front.",
        order=CO_SIGNATURE_ORDERS,
        filter_type=CoSignatureFilter,
    )
