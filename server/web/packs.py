"""Hand out evidence packs as files, to those who see everything that is in them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from server.domain.evidence.queries.archives import read_verifiers
from server.domain.evidence.queries.handing import PackOffer, offer_pack
from server.domain.evidence.queries.packs import write_pack
from server.identity.callers import ACTING_AS, Callers
from server.identity.site import Site
from server.kernel.actor import Actor
from server.kernel.refusals import RefusalCode
from server.schema.reads.sealed import record_reading
from server.transport.errors import Code, ComeAgain, RequestRefused
from server.web.desk.visits import ACTING_COOKIE

IN_MEMORY = 1_000_000
"""Bytes of a finished pack that are kept in memory; a larger one waits in a temporary file."""
PIECE = 64 * 1024
"""Bytes of a pack that are read and sent at a time."""
MOST = 4
"""Packs that are made, waited for or read at the same time, per process."""
LONGEST_PAUSE = 60.0
"""Seconds in which a reader takes the next piece: else the connection ends, and others have the place."""
AGAIN_AFTER = 30
"""Seconds after which a request may come again that found no place."""
FULL = "Too many evidence packs are being made or read at the moment. Ask for this one again in half a minute."


class PackPlaces:
    """How many packs a process makes and sends at once, so that memory and temporary files are bounded."""

    def __init__(self, most: int) -> None:
        self._free = most

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold a place. Raise RequestRefused (OVERLOADED) if there is none: nobody waits for a slow reader."""
        if not self._free:
            raise ComeAgain(Code.OVERLOADED, FULL, AGAIN_AFTER)
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


class PackResponse(StreamingResponse):
    """A finished pack as an answer. What it holds is given back when it is sent or its reader is gone or too slow."""

    def __init__(self, pack: IO[bytes], held: ExitStack, headers: Mapping[str, str]) -> None:
        length = {"content-length": str(pack.tell())}
        super().__init__(_read(pack), media_type="application/zip", headers={**headers, **length})
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pack, as long as each piece is taken in time."""

        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(LONGEST_PAUSE):
                await send(message)

        with self._held:
            try:
                await super().__call__(scope, receive, send_in_time)
            except* (TimeoutError, ClientDisconnect):
                pass  # the server closes a connection whose answer is not whole


class Packs:
    """The routes of one server. `folder` holds the recipe and the verifiers, which go into every pack."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._places = PackPlaces(MOST)
        # one at a time: writing a large one takes a core for seconds, and a snapshot of the database
        self._turn = asyncio.Semaphore(1)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/files/packs/{name}.zip", self.send_pack)]

    async def send_pack(self, request: Request) -> Response:
        """Answer with the pack of a round, call or proposal; 404 if the caller does not see it, else why not."""
        subject_id = request.path_params["name"]
        try:
            async with self._site.database.studying() as session:  # who is refused does not wait for those who are not
                _, _, offer = await self._ask(session, request, subject_id)
            if offer is None or offer.code:
                return _refuse(offer)
            with ExitStack() as held:
                held.enter_context(self._places.take())
                async with self._turn, self._site.database.studying() as session:
                    actor, now, offer = await self._ask(session, request, subject_id)  # rights may have ended meanwhile
                    if offer is None or offer.code:
                        return _refuse(offer)
                    pack = held.enter_context(await self._build(session, now, subject_id))
                await record_reading(self._site.database, actor, now, [subject_id])
                name = f'attachment; filename="pack-{subject_id}.zip"'
                headers = {"content-disposition": name, "cache-control": "no-store"}
                return PackResponse(pack, held.pop_all(), headers)
        except RequestRefused as refusal:
            return JSONResponse({"error": str(refusal), "code": refusal.code}, refusal.status, refusal.headers)

    async def _ask(
        self, session: AsyncSession, request: Request, subject_id: str
    ) -> tuple[Actor, datetime, PackOffer | None]:
        """Return who asks, the instant, and whether they may have the pack then."""
        now, actor = self._site.now(), await self._actor_of(request)
        return actor, now, await offer_pack(session, actor, now, subject_id)

    async def _build(self, session: AsyncSession, now: datetime, subject_id: str) -> IO[bytes]:
        """Return the finished pack, open at its end."""
        issuer, files = self._site.settings.issuer, read_verifiers(self._folder)
        with ExitStack() as held:
            pack: IO[bytes] = held.enter_context(SpooledTemporaryFile(IN_MEMORY))
            await write_pack(session, now, subject_id, pack, issuer=issuer, files=files)
            held.pop_all()  # closed when it is sent
        return pack

    async def _actor_of(self, request: Request) -> Actor:
        """Return who asks. Raise RequestRefused for a credential that is not valid."""
        callers = Callers(self._site)
        acting = request.headers.get(ACTING_AS) or request.cookies.get(ACTING_COOKIE, "")
        return await callers.actor_of(await callers.caller_of(request), acting, self._site.now())


def _refuse(offer: PackOffer | None) -> Response:
    if offer is None:
        return JSONResponse({"error": "you see no round, call or proposal with this id"}, 404)
    unlocks_at = offer.unlocks_at and offer.unlocks_at.isoformat()
    status = 403 if offer.code == RefusalCode.FORBIDDEN else 409
    return JSONResponse({"error": offer.reason, "code": offer.code, "unlocksAt": unlocks_at}, status)


async def _read(pack: IO[bytes]) -> AsyncIterator[bytes]:
    """Yield a file in pieces."""
    pack.seek(0)
    while piece := await asyncio.to_thread(pack.read, PIECE):
        yield piece
