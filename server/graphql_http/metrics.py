"""Counters of GraphQL requests for Prometheus, with a bounded number of label values."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from server.graphql_http.trusted import TrustedDocuments

OTHER = "other"


class Metrics:
    """`graphql_requests_total` by operation, type and outcome; `graphql_request_seconds` by operation and type.

    The operation is a name of the trusted manifest, everything else is "other". Type: query, mutation, subscription,
    none (the request ended before an operation was chosen). Outcome: ok, partial (data and errors), refused, failed,
    abandoned.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("operation", "type")
        self._requests = Counter(
            "graphql_requests_total", "GraphQL requests over HTTP.", (*labels, "outcome"), registry=registry
        )
        self._seconds = Histogram(
            "graphql_request_seconds", "Time of a GraphQL request over HTTP.", labels, registry=registry
        )

    def record(self, *, operation: str, kind: str, outcome: str, seconds: float) -> None:
        """Count one finished request."""
        self._requests.labels(operation, kind, outcome).inc()
        self._seconds.labels(operation, kind).observe(seconds)


def label_of(document_id: str, trusted: TrustedDocuments | None) -> str:
    """Give the label of a document: its name in the manifest, or "other"."""
    found = trusted.find(document_id) if trusted is not None else None
    return found.name if found is not None else OTHER
