"""What `/metrics` tells besides operations: connections, letters, who listens, and what runs here."""

import platform

from prometheus_client import Counter, Gauge
from sqlalchemy import text

from server import VERSION
from server.delivery.outbox.delivery import count_waiting
from server.identity.site import Site
from server.transport.connections import OF_ADDRESS, Connections


class Gauges:
    """The gauges of one server. Those of the database are read when somebody asks.

    - `database_connections` by pool and state (`in_use`, `most`), on PostgreSQL.
    - `letters_unsent` by state (`waiting`, `given_up`), of all processes together; `letters_attempts_total` by outcome.
    - `notices_made_total`: notices that this process made.
    - `live_connections`: WebSockets and streams of events.
    - `intersession_build_info`: version, revision of the database schema, and Python, with the value 1.
    """

    def __init__(self, site: Site, connections: Connections) -> None:
        self._site = site
        registry = site.registry
        pools = ("pool", "state")
        self._pools = Gauge("database_connections", "Connections to the database.", pools, registry=registry)
        self._letters = Gauge("letters_unsent", "Letters that were not sent.", ("state",), registry=registry)
        self._attempts = Counter(
            "letters_attempts_total", "Attempts to send a letter.", ("outcome",), registry=registry
        )
        self._notices = Counter("notices_made_total", "Notices that were made.", registry=registry)
        live = Gauge("live_connections", "WebSockets and streams of events open now.", registry=registry)
        live.set_function(lambda: connections.count(OF_ADDRESS))
        build = ("version", "revision", "python")
        self._build = Gauge("intersession_build_info", "What runs here.", build, registry=registry)

    def count_letter(self, outcome: str) -> None:
        """Count an attempt to send a letter by its outcome."""
        self._attempts.labels(outcome).inc()

    def count_notices(self, made: int) -> None:
        """Count notices that were made."""
        self._notices.inc(made)

    async def read(self) -> None:
        """Read what the database knows. Raise what the database raises: the gauges are as before then."""
        for pool, state, number in self._site.database.pools():
            self._pools.labels(pool, state).set(number)
        async with self._site.database.reading() as connection:
            letters = await count_waiting(connection)
            revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
        self._letters.labels("waiting").set(letters.waiting)
        self._letters.labels("given_up").set(letters.given_up)
        self._build.clear()
        self._build.labels(VERSION, str(revision), platform.python_version()).set(1)
