"""Say how the server is: alive, ready, and what it counted."""

import asyncio
import hmac

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from server.identity.site import Site
from server.storage.faults import is_passing
from server.storage.schema import UnknownSchema
from server.transport.episodes import Episode
from server.web.gauges import Gauges

FRESH_SECONDS = 2.0
"""Seconds for which it is remembered whether the database takes writes, because anybody may ask, and asking writes."""
WAITS_FOR_DATABASE = 5.0
"""Seconds after which a database that does not answer counts as away."""


class Health:
    """The routes for those who watch over the server. `overload` is on while requests are refused."""

    def __init__(self, site: Site, overload: Episode, secret: str, gauges: Gauges) -> None:
        self._site = site
        self._overload = overload
        self._secret = secret
        self._gauges = gauges
        self._outage = Episode("not_ready")
        self._asking = asyncio.Lock()
        self._fault: dict[str, str] = {}
        self._asked_at = float("-inf")

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/healthz", self.answer_alive),
            Route("/readyz", self.answer_ready),
            Route("/metrics", self.answer_metrics),
        ]

    async def answer_alive(self, _: Request) -> Response:
        """Answer that the process is alive."""
        return PlainTextResponse("ok")

    async def answer_ready(self, _: Request) -> Response:
        """Answer whether the server can do its work: 200, or 503 with a reason.

        The reason is `schema` if this program cannot serve that of the database, with the command to run as `advice`,
        `database` if it cannot be written to, and `overloaded` if requests are refused.
        """
        fault = await self._find_fault() or ({"reason": "overloaded"} if self._overload.is_on else {})
        if fault:
            return JSONResponse({"ready": False} | fault, 503, {"Retry-After": "5"})
        return JSONResponse({"ready": True})

    async def answer_metrics(self, request: Request) -> Response:
        """Answer with the metrics in the format of Prometheus, to those who know the secret.

        They count acts by name: a stranger could see in them that somebody files in a sealed round.
        """
        if not self._secret:
            return PlainTextResponse("Not Found", 404)
        sent = request.headers.get("authorization", "")
        if not hmac.compare_digest(sent.encode(), f"Bearer {self._secret}".encode()):
            return PlainTextResponse("Unauthorized", 401, {"WWW-Authenticate": "Bearer"})
        try:
            async with asyncio.timeout(WAITS_FOR_DATABASE):
                await self._gauges.read()
        except Exception as error:  # without a database the other metrics matter more than ever
            self._outage.note(error=type(error).__qualname__)
        return Response(generate_latest(self._site.registry), media_type=CONTENT_TYPE_LATEST)

    async def _find_fault(self) -> dict[str, str]:
        """Return the fault of the database as of some seconds ago, empty if there is none."""
        clock = asyncio.get_running_loop().time
        async with self._asking:
            if clock() - self._asked_at > FRESH_SECONDS:
                self._fault = await self._ask_database()
                self._asked_at = clock()
            return self._fault

    async def _ask_database(self) -> dict[str, str]:
        try:
            async with asyncio.timeout(WAITS_FOR_DATABASE):
                await self._site.database.check_schema()
                await self._site.database.check_writable()
        except UnknownSchema as error:
            self._outage.note(error="schema", message=str(error))
            return {"reason": "schema", "advice": str(error)}
        except TimeoutError:
            self._outage.note(error="timeout")
        except Exception as error:
            if is_passing(error):
                self._outage.note(error=type(error).__qualname__, message=str(error).partition("\n")[0])
            else:
                structlog.get_logger().exception("not ready")
        else:
            return {}
        return {"reason": "database"}
