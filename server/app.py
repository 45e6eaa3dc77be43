"""Build the ASGI application from settings and a database. Nothing else wires the parts together."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from server.delivery.live.newsroom import Newsroom
from server.delivery.live.visits import Visit
from server.delivery.outbox.postman import postman, sender_of
from server.domain.parties.rules.accrediting import InvitationTerms
from server.identity.callers import ACTING_AS, BEARER, Callers
from server.identity.cookie import session_secret
from server.identity.oauth.routes import oauth_routes
from server.identity.site import Site
from server.kernel.actor import Actor, Capacity
from server.kernel.addresses import origins_of
from server.kernel.clock import Clock, utc_now
from server.schema.context import Context
from server.schema.reads.executor import ReadingExecutor
from server.schema.root import PAPER_FIELDS, schema
from server.settings import Settings
from server.storage.database import Database
from server.transport.connections import Connections, MostConnections
from server.transport.endpoint import GraphQLEndpoint
from server.transport.limits import Limits
from server.transport.metrics import Metrics
from server.transport.pipeline import Pipeline
from server.transport.subscriptions import Ending
from server.transport.trusted import TrustedDocuments
from server.transport.websocket import GraphQLWebSocket
from server.web.browser.cross_origin import CrossOrigin
from server.web.browser.headers import SecurityHeaders
from server.web.browser.hosts import KnownHosts
from server.web.explorer.routes import WithPage, explorer_routes
from server.web.pages.federated import federated_routes
from server.web.pages.issuer import issuer_routes
from server.web.pages.routes import page_routes


class Server(Site):
    """One server: it builds the parts of the application, and answers the routes about its health."""

    def __init__(self, settings: Settings, database: Database, clock: Clock = utc_now) -> None:
        super().__init__(settings, database, clock)
        self.settings: Settings = settings
        self.connections = Connections(
            MostConnections(
                settings.connections_per_person, settings.connections_per_address, settings.anonymous_connections
            )
        )
        self.newsroom = Newsroom(self, self._context)
        database.wake_after_commit(lambda: self.newsroom.wake())

    async def visit_of(self, connection: HTTPConnection, end: Ending) -> Visit:
        """Return the caller over a connection, read from the database now. A token takes precedence over a cookie."""
        caller = await Callers(self).caller_of(connection)
        by_token = connection.headers.get("authorization", "")[: len(BEARER)].lower() == BEARER
        secret = None if by_token or caller is None else session_secret(connection)
        return await self.newsroom.receive(caller, connection.headers.get(ACTING_AS, ""), secret, end)

    def _context(self, actor: Actor, now: datetime, prepared: Any) -> Context:
        terms = InvitationTerms(self.settings.issuer, self.settings.invitation_days)
        return Context(actor, now, self.clock, self.database, prepared, terms)

    async def _actor_of(self, connection: HTTPConnection, now: datetime) -> Actor:
        """Return the caller of a request, as they are in the database now."""
        callers = Callers(self)
        caller = await callers.caller_of(connection)
        return await callers.actor_of(caller, connection.headers.get(ACTING_AS, ""), now)

    async def context_for(self, connection: HTTPConnection, prepared: Any) -> Context:
        """Return the context of one operation, with the caller as they are in the database now."""
        now = self.now()
        return self._context(await self._actor_of(connection, now), now, prepared)

    async def may_send_papers(self, connection: HTTPConnection) -> bool:
        """Return whether a caller imports texts, and so may send more than others."""
        return (await self._actor_of(connection, self.now())).capacity is Capacity.SECRETARIAT

    @cached_property
    def pipeline(self) -> Pipeline:
        """The pipeline of every operation, with the limits and the trusted documents of this server."""
        settings = self.settings
        trusted = TrustedDocuments.load(settings.manifest) if settings.manifest.exists() else None
        return Pipeline(
            schema._schema,
            executor_class=ReadingExecutor,
            limits=Limits(
                body_bytes=settings.body_bytes,
                seconds=settings.seconds,
                # JSON can write a character of two bytes as six
                paper_bytes=settings.body_bytes + 3 * settings.import_bytes,
                paper_fields=PAPER_FIELDS,
            ),
            trusted=trusted,
            trusted_only=settings.trusted_only,
            introspection=not settings.production,
            metrics=Metrics(self.registry),
        )

    def endpoint(self) -> GraphQLEndpoint:
        """Build the endpoint for GraphQL over HTTP, with server-sent events."""
        snapshot = self.database.one_snapshot
        return GraphQLEndpoint(
            self.pipeline, self.context_for, self.visit_of, snapshot, self.may_send_papers, self.connections
        )

    def socket(self) -> GraphQLWebSocket:
        """Build the endpoint for GraphQL over WebSocket."""
        return GraphQLWebSocket(
            self.pipeline,
            self.context_for,
            self.visit_of,
            connections=self.connections,
            idle_seconds=self.settings.anonymous_seconds,
        )

    async def healthz(self, _: Request) -> Response:
        """Answer that the process is alive."""
        return PlainTextResponse("ok")

    async def readyz(self, _: Request) -> Response:
        """Answer whether the server can serve: 200 if the database answers, else 503."""
        try:
            async with self.database.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception:
            structlog.get_logger().exception("not ready")
            return JSONResponse({"ready": False}, status_code=503)
        return JSONResponse({"ready": True})

    async def metrics(self, _: Request) -> Response:
        """Answer with the metrics, in the format of Prometheus."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


class GuardedApplication(Starlette):
    """The routes with their middleware."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return the middleware with the security headers outermost.

        Starlette puts its own handler of unexpected errors around all other middleware; its answer needs them too.
        """
        return SecurityHeaders(super().build_middleware_stack(), self.state.server.settings.issuer)


def create_app(settings: Settings | None = None, database: Database | None = None, clock: Clock = utc_now) -> Starlette:
    """Build the application. Tests pass a database and a clock; a server makes its own from the settings."""
    settings = settings or Settings()
    server = Server(settings, database or Database(settings.database, pool=settings.pool), clock)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await server.start()
        # What was built until now stays, and is not looked at whenever garbage is collected: that took half a second
        # with two thousand connections open, in which nobody was told anything.
        gc.freeze()
        async with postman(server.database, server.clock, sender_of(settings, production=settings.production)):
            yield
        await server.newsroom.close()  # before the database, which it reads
        await server.database.close()

    endpoint: ASGIApp = server.endpoint()
    pages: list[Route] = []
    if not settings.production:
        pages = explorer_routes(schema._schema, settings.manifest.parent.parent)
        endpoint = WithPage(endpoint)
    routes: list[BaseRoute] = [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", server.socket()),
        *pages,
        *oauth_routes(server),
        *issuer_routes(server),
        *federated_routes(server),
        *page_routes(server),
        Route("/healthz", server.healthz),
        Route("/readyz", server.readyz),
        Route("/metrics", server.metrics),
    ]
    middleware = [
        Middleware(KnownHosts, settings.issuer, production=settings.production),
        Middleware(CrossOrigin, origins_of(settings.cors_origins)),
    ]
    app = GuardedApplication(routes=routes, middleware=middleware, lifespan=lifespan)
    app.state.server = server
    return app
