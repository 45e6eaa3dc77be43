"""Build the ASGI application from settings and a database. Nothing else wires the parts together."""

import gc
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

import structlog
from graphql import OperationType
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from server.delivery.live.newsroom import Newsroom
from server.delivery.live.visits import LiveVisit
from server.domain.parties.rules.accrediting import InvitationTerms
from server.identity.callers import ACTING_AS, BEARER, Arrival, Callers
from server.identity.cookie import session_secret
from server.identity.oauth.routes import oauth_routes
from server.identity.site import Site
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.addresses import origins_of
from server.kernel.clock import Clock, utc_now
from server.schema.context import Context
from server.schema.reads.direct import DirectReads
from server.schema.reads.executor import ReadingExecutor
from server.schema.root import PAPER_FIELDS, schema
from server.schema.wholes import run_acts
from server.settings import Settings
from server.storage.database import Database
from server.storage.faults import is_passing
from server.transport.admission import Admission, slots_for
from server.transport.connections import Connections, MostConnections
from server.transport.direct import DirectEndpoint
from server.transport.endpoint import GraphQLEndpoint
from server.transport.limits import Limits
from server.transport.metrics import Metrics
from server.transport.performing import Performer
from server.transport.pipeline import Pipeline
from server.transport.public import PublicLimits
from server.transport.published import PublishedOperations
from server.transport.settings import MANIFEST
from server.transport.shelves import PreparedDocument
from server.transport.subscriptions import Ending
from server.transport.trusted import TrustedDocuments
from server.transport.websocket import GraphQLWebSocket
from server.web.browser.cross_origin import VARY, CrossOrigin
from server.web.browser.headers import SecurityHeaders, security_headers
from server.web.browser.hosts import KnownHosts, known_names
from server.web.browser.proxies import KnownProxies
from server.web.browser.requests import NamedRequests
from server.web.browser.uploads import ReadToEnd
from server.web.desk.routes import answer_unknown_address, desk_routes
from server.web.evidence import Evidence
from server.web.explorer.routes import WithPage, explorer_routes
from server.web.gauges import Gauges
from server.web.health import Health
from server.web.logs import configure_logs
from server.web.outside import Outside
from server.web.pages.federated import federated_routes
from server.web.pages.issuer import issuer_routes
from server.web.pages.routes import page_routes
from server.web.turning_away import TurningAway
from server.web.turns import turning


class Server(Site):
    """One server: it builds the parts of the application, and answers the routes about its health."""

    def __init__(self, settings: Settings, database: Database, clock: Clock = utc_now) -> None:
        super().__init__(settings, database, clock)
        self.settings: Settings = settings
        most = (settings.connections_per_person, settings.connections_per_address, settings.anonymous_connections)
        self.connections = Connections(MostConnections(*most))
        self.public_limits = PublicLimits(settings.public_requests)
        self.newsroom = Newsroom(self, self._context)
        database.wake_after_commit(lambda: self.newsroom.wake())

    async def visit_of(self, connection: HTTPConnection, end: Ending) -> LiveVisit:
        """Return the caller over a connection, read from the database now. A token takes precedence over a cookie."""
        caller = await Callers(self).caller_of(connection)
        by_token = connection.headers.get("authorization", "")[: len(BEARER)].lower() == BEARER
        secret = None if by_token or caller is None else session_secret(connection)
        return await self.newsroom.receive(caller, connection.headers.get(ACTING_AS, ""), secret, end)

    def _context(self, actor: Actor, now: datetime, prepared: Any) -> Context:
        terms = InvitationTerms(self.settings.issuer, self.settings.invitation_days)
        return Context(actor, now, self.clock, self.database, prepared, terms, self.settings.gaps)

    async def _actor_of(self, connection: HTTPConnection, now: datetime) -> Actor:
        """Return the caller of a request, as they are in the database now."""
        callers = Callers(self)
        return await callers.actor_of(await callers.caller_of(connection), connection.headers.get(ACTING_AS, ""), now)

    async def context_for(self, connection: HTTPConnection, prepared: Any) -> Context:
        """Return the context of one operation, with the caller as they are in the database now."""
        now = self.now()
        actor = await self._actor_of(connection, now)
        if actor.is_public and not actor.person_id:
            self.public_limits.check(connection, prepared)
        return self._context(actor, now, prepared)

    async def context_over_http(self, connection: HTTPConnection, prepared: PreparedDocument) -> Context:
        """Return the context of one operation over HTTP. The caller of a mutation is left to its first act."""
        if any(operation.operation is not OperationType.MUTATION for operation in prepared.operations):
            return await self.context_for(connection, prepared)
        callers = Callers(self)
        caller = await callers.caller_of(connection)
        context = self._context(ANONYMOUS, self.now(), prepared)
        if caller is not None:
            context.identify = Arrival(callers, caller, connection.headers.get(ACTING_AS, "")).identify
        return context

    async def settle(self, context: Context) -> None:
        """Find the caller of a mutation whom no act has looked up. Raise as `Callers.actor_of` does."""
        if context.identify is not None:
            async with self.database.reading() as connection:
                await context.identify(connection, self.now())

    async def may_send_papers(self, connection: HTTPConnection) -> bool:
        """Return whether a caller imports texts, and so may send more than others."""
        return (await self._actor_of(connection, self.now())).capacity is Capacity.SECRETARIAT

    @cached_property
    def admission(self) -> Admission:
        """The gates before the database of this server."""
        return Admission(slots_for(self.database.readers), self.settings.patience)

    @cached_property
    def gauges(self) -> Gauges:
        """What is counted besides operations."""
        return Gauges(self, self.connections)

    @cached_property
    def health(self) -> Health:
        """The routes about the health of this server."""
        return Health(self, self.admission.overload, self.settings.metrics_secret, self.gauges)

    @cached_property
    def documents(self) -> TrustedDocuments:
        """The trusted documents: those that this server publishes, which its own pages use, and those of partners."""
        partners = (manifest for manifest in self.settings.manifests if manifest != MANIFEST)
        return TrustedDocuments.load(MANIFEST, *partners)

    @cached_property
    def pipeline(self) -> Pipeline:
        """The pipeline of every operation, with the limits and the trusted documents of this server."""
        settings = self.settings
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
            trusted=self.documents,
            trusted_only=settings.trusted_only,
            introspection=not settings.production,
            metrics=Metrics(self.registry),
            admission=self.admission,
            is_passing=is_passing,
            person_of=lambda context: context.actor.person_id or "",
            run_acts=run_acts,
        )

    @cached_property
    def performer(self) -> Performer:
        """What executes the queries and mutations of requests and of pages."""
        return Performer(self.pipeline, self.context_over_http, lambda: self.database.one_snapshot(), self.settle)

    def endpoint(self) -> GraphQLEndpoint:
        """Build the endpoint for GraphQL over HTTP, with server-sent events."""
        return GraphQLEndpoint(
            self.pipeline,
            self.performer,
            self.visit_of,
            may_send_papers=self.may_send_papers,
            connections=self.connections,
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

    def direct(self, app: ASGIApp) -> DirectEndpoint:
        """Build what answers plain queries before the application `app` looks at them."""
        settings = self.settings
        return DirectEndpoint(
            app,
            self.pipeline,
            DirectReads(self, schema._schema),
            hosts=known_names(settings.issuer, production=settings.production),
            headers={"Vary": f"Accept, {VARY}"} | security_headers(settings.issuer),
        )


class GuardedApplication(Starlette):
    """The routes with their middleware, and before both the `front`: proxies, ids of requests, and plain queries."""

    front: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the life of the server."""
        await (self.front or self.answer_in_full)(scope, receive, send)

    def answer_in_full(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request by the middleware and the routes."""
        return super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """Return the middleware with the security headers outermost.

        Starlette puts its own handler of unexpected errors around all other middleware; its answer needs them too.
        """
        return SecurityHeaders(super().build_middleware_stack(), self.state.server.settings.issuer)


def _routes_of(server: Server) -> list[BaseRoute]:
    """Return every route of a server. The explorer is for those who build on the API, and not part of production."""
    settings = server.settings
    endpoint: ASGIApp = server.endpoint()
    pages: list[Route] = []
    if not settings.production:
        pages = explorer_routes(schema._schema, MANIFEST.parents[1])
        endpoint = WithPage(endpoint)
    return [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", server.socket()),
        *pages,
        *oauth_routes(server),
        *issuer_routes(server),
        *federated_routes(server),
        *page_routes(server),
        *desk_routes(
            server,
            PublishedOperations(server.pipeline, server.performer, server.documents),
            settings.import_bytes,
        ),
        *Outside(server).routes(),
        *Evidence(server, MANIFEST.parents[1] / "verification").routes(),
        *server.health.routes(),
    ]


def create_app(settings: Settings | None = None, database: Database | None = None, clock: Clock = utc_now) -> Starlette:
    """Build the application. Tests pass a database and a clock; a server makes its own from the settings."""
    settings = settings or Settings()
    if not structlog.is_configured():  # a process of `serve --workers`, or of another program that serves this
        configure_logs(settings.log_format)
    server = Server(
        settings, database or Database(settings.database, pool=settings.pool, seconds=settings.seconds), clock
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await server.start()
        # What was built until now stays, some 300,000 objects of code and schema. Looking through them whenever garbage
        # is collected took half a second with two thousand connections open, in which nobody was told anything.
        gc.collect()
        gc.freeze()
        async with turning(server, settings, server.gauges):
            yield
        await server.newsroom.close()  # before the database, which it reads
        await server.database.close()

    middleware = [
        Middleware(ReadToEnd),
        Middleware(TurningAway, settings.requests, server.pipeline),
        Middleware(KnownHosts, settings.issuer, production=settings.production),
        Middleware(CrossOrigin, origins_of(settings.cors_origins)),
    ]
    unknown = {404: answer_unknown_address}
    app = GuardedApplication(
        routes=_routes_of(server), middleware=middleware, lifespan=lifespan, exception_handlers=unknown
    )
    app.state.server = server
    named = NamedRequests(server.direct(app.answer_in_full), access_log=settings.access_log)
    app.front = KnownProxies(named, settings.trusted_proxies)
    return app
