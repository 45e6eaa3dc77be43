"""The composition root: settings and a database in, an ASGI application out. Nothing else wires things together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from server.callers import ACTING_AS, Callers
from server.clock import Clock, utc_now
from server.database import Database
from server.explorer.routes import WithPage, explorer_routes
from server.graphql_http.endpoint import GraphQLEndpoint
from server.graphql_http.limits import Limits
from server.graphql_http.metrics import Metrics
from server.graphql_http.trusted import TrustedDocuments
from server.schema.context import Context
from server.schema.reads import ReadingExecutor
from server.schema.root import schema
from server.settings import Settings
from server.site import Site


class Server(Site):
    """One server, as the routes of an application."""

    async def context_for(self, request: Request, prepared: Any) -> Context:
        """The context of one operation: who asks, resolved from the database at this request."""
        now = self.clock()
        callers = Callers(self)
        caller = await callers.caller_of(request)
        actor = await callers.actor_of(caller, request.headers.get(ACTING_AS, ""), now)
        return Context(actor=actor, now=now, clock=self.clock, database=self.database, prepared=prepared)

    def endpoint(self) -> GraphQLEndpoint:
        """The GraphQL endpoint with this server's limits and trusted documents."""
        settings = self.settings
        trusted = TrustedDocuments.load(settings.manifest) if settings.manifest.exists() else None
        return GraphQLEndpoint(
            schema._schema,
            self.context_for,
            executor_class=ReadingExecutor,
            limits=Limits(body_bytes=settings.body_bytes, seconds=settings.seconds),
            trusted=trusted,
            trusted_only=settings.trusted_only,
            introspection=not settings.production,
            metrics=Metrics(self.registry),
        )

    async def healthz(self, _: Request) -> Response:
        """Alive."""
        return PlainTextResponse("ok")

    async def readyz(self, _: Request) -> Response:
        """Able to serve: the database answers."""
        try:
            async with self.database.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception:
            structlog.get_logger().exception("not ready")
            return JSONResponse({"ready": False}, status_code=503)
        return JSONResponse({"ready": True})

    async def metrics(self, _: Request) -> Response:
        """Prometheus metrics."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


def create_app(settings: Settings | None = None, database: Database | None = None, clock: Clock = utc_now) -> Starlette:
    """The application. Tests hand in a database and a clock; a server makes its own from the settings."""
    settings = settings or Settings()
    server = Server(settings, database or Database(settings.database, pool=settings.pool), clock)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await server.start()
        yield
        await server.database.close()

    endpoint: ASGIApp = server.endpoint()
    pages: list[Route] = []
    if not settings.production:
        pages = explorer_routes(schema._schema, settings.manifest.parent.parent)
        endpoint = WithPage(endpoint)
    routes = [
        Route("/graphql", endpoint),
        *pages,
        Route("/healthz", server.healthz),
        Route("/readyz", server.readyz),
        Route("/metrics", server.metrics),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.server = server
    return app
