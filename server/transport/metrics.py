"""Figures of GraphQL operations for Prometheus, with a bounded number of label values; and who listens how often."""

from collections import Counter as Counts
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from server.transport.errors import Code, RequestRefused
from server.transport.trusted import TrustedDocuments

OTHER = "other"


class Metrics:
    """`graphql_requests_total` by operation, type and outcome; `graphql_request_seconds` by operation and type, without
    subscriptions, which last as long as somebody listens; `graphql_subscriptions_open`.

    The operation is a name of the trusted manifest, everything else is "other". Type: query, mutation, subscription,
    none (the request ended before an operation was chosen). Outcome: ok, partial (data and errors), refused, failed,
    abandoned.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("operation", "type")
        self._requests = Counter(
            "graphql_requests_total", "GraphQL operations that came to an end.", (*labels, "outcome"), registry=registry
        )
        self._seconds = Histogram("graphql_request_seconds", "Time of a GraphQL operation.", labels, registry=registry)
        self.subscriptions = Gauge("graphql_subscriptions_open", "Subscriptions that are open now.", registry=registry)

    def record(self, *, operation: str, kind: str, outcome: str, seconds: float) -> None:
        """Count one finished operation."""
        self._requests.labels(operation, kind, outcome).inc()
        if kind != "subscription":
            self._seconds.labels(operation, kind).observe(seconds)


class OpenSubscriptions:
    """Counts the subscriptions that are open, `most` of one person at once."""

    def __init__(self, most: int, metrics: Metrics | None) -> None:
        self._most = most
        self._metrics = metrics
        self._of: Counts[str] = Counts()

    @contextmanager
    def one_of(self, person: str) -> Iterator[None]:
        """One subscription of a person, from its beginning to its end. Raises RequestRefused (LIMIT_EXCEEDED)."""
        if self._of[person] >= self._most:
            message = f"You have {self._most} subscriptions open: end one before you begin another."
            raise RequestRefused(Code.LIMIT_EXCEEDED, message, status=429)
        self._count(person, 1)
        try:
            yield
        finally:
            self._count(person, -1)

    def _count(self, person: str, by: int) -> None:
        self._of[person] += by
        if not self._of[person]:
            del self._of[person]
        if self._metrics is not None:
            self._metrics.subscriptions.inc(by)


def label_of(document_id: str, trusted: TrustedDocuments | None) -> str:
    """Give the label of a document: its name in the manifest, or "other"."""
    found = trusted.find(document_id) if trusted is not None else None
    return found.name if found is not None else OTHER
