"""Count GraphQL operations for Prometheus, with a limited number of label values, and limit open subscriptions."""

from collections import Counter as Counts

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from server.transport.errors import Code, RequestRefused
from server.transport.trusted import TrustedDocuments

OTHER = "other"


class Metrics:
    """The metrics of GraphQL operations.

    - `graphql_requests_total` by operation, type and outcome; a subscription is counted when it has begun.
    - `graphql_request_seconds` by operation and type, without subscriptions: they last as long as somebody listens.
    - `graphql_subscriptions_open`.

    The operation is a name in the trusted manifest, or "other" for everything else. The type is query, mutation,
    subscription, or none if the request ended before an operation was chosen. The outcome is ok, partial (data and
    errors), refused, failed or abandoned.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("operation", "type")
        self._requests = Counter(
            "graphql_requests_total", "GraphQL operations that were answered.", (*labels, "outcome"), registry=registry
        )
        self._seconds = Histogram("graphql_request_seconds", "Time of a GraphQL operation.", labels, registry=registry)
        self._series: dict[tuple[str, str, str], tuple[Counter, Histogram | None]] = {}
        """The series that were written to, because finding one by its labels takes longer than counting."""
        self.subscriptions = Gauge("graphql_subscriptions_open", "Subscriptions that are open now.", registry=registry)

    def record(self, *, operation: str, kind: str, outcome: str, seconds: float) -> None:
        """Count one finished operation."""
        series = self._series.get((operation, kind, outcome))
        if series is None:
            times = self._seconds.labels(operation, kind) if kind != "subscription" else None
            series = self._series[operation, kind, outcome] = self._requests.labels(operation, kind, outcome), times
        count, times = series
        count.inc()
        if times is not None:
            times.observe(seconds)


class OpenSubscriptions:
    """Counts the open subscriptions, and allows a person `most` of them at once."""

    def __init__(self, most: int, metrics: Metrics | None) -> None:
        self._most = most
        self._metrics = metrics
        self._open_by: Counts[str] = Counts()

    def add(self, person: str) -> None:
        """Count one more of `person`. Raise RequestRefused (LIMIT_EXCEEDED) if they have `most` open already."""
        if self._open_by[person] >= self._most:
            message = f"You have {self._most} subscriptions open: end one before you begin another."
            raise RequestRefused(Code.LIMIT_EXCEEDED, message, status=429)
        self._add(person, 1)

    def remove(self, person: str) -> None:
        """Count one less of `person`."""
        self._add(person, -1)

    def _add(self, person: str, by: int) -> None:
        self._open_by[person] += by
        if not self._open_by[person]:
            del self._open_by[person]  # else the counter would keep everybody who ever listened
        if self._metrics is not None:
            self._metrics.subscriptions.inc(by)


def label_of(document_id: str, trusted: TrustedDocuments | None) -> str:
    """Return the label of a document: its name in the manifest, or "other"."""
    document = trusted.find_text(document_id) if trusted is not None else None
    return document.name if document is not None else OTHER
