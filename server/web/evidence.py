"""Hand evidence out: signed heads, keys, proofs and the verifier at public addresses; receipts to their parties.

What is public needs no sign-in, so that a party can compare what it is shown with what everybody is shown.
"""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.domain.evidence.queries.heads import ListedHead, find_numbered, list_heads, prove_consistency
from server.domain.evidence.queries.receipts import find_receipt, receipt_document
from server.domain.evidence.queries.seals import find_opened, list_seals
from server.identity.callers import ACTING_AS, Callers
from server.identity.site import Site
from server.journal.chain import instant_of
from server.journal.keys import RECIPE, public_keys
from server.kernel.actor import Actor
from server.schema.reads.sealed import record_reading
from server.transport.errors import RequestRefused
from server.web.desk.visits import ACTING_COOKIE
from server.web.packs import Packs
from server.web.reports import Reports

FRESH = {"cache-control": "no-cache"}
VERIFIER = {"README.md": "text/markdown", "verify.py": "text/x-python", "verify.html": "text/html"}
"""The files of the verifier with their media types."""
LARGEST_NUMBER = 2**31 - 1


class Evidence:
    """The routes of one server. `folder` holds the recipe and the verifier."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/journal/heads", self.list_heads),
            Route("/journal/keys", self.list_keys),
            Route("/journal/consistency", self.prove_consistency),
            Route("/journal/seals/{name}.json", self.list_seals),
            Route("/journal/verification/{name}", self.send_verifier),
            Route("/files/receipts/{name}.json", self.send_receipt),
            Route("/files/seals/{name}.json", self.send_opened),
            *Packs(self._site, self._folder).routes(),
            *Reports(self._site).routes(),
        ]

    async def list_heads(self, request: Request) -> Response:
        """Answer with signed heads, the newest first, a page at a time; `before` is the number after the page."""
        before = _number_in(request, "before")
        async with self._site.database.reading() as connection:
            heads = await list_heads(connection, self._site.now(), before)
        return self._answer({"heads": [_describe(head) for head in heads]})

    async def list_keys(self, _: Request) -> Response:
        """Answer with every public key as a JWK Set, the first one first."""
        async with self._site.database.reading() as connection:
            keys = await public_keys(connection)
        return self._answer({"keys": [key.as_data() for key in keys]})

    async def prove_consistency(self, request: Request) -> Response:
        """Answer with the proof that the head with the number `second` continues the one with the number `first`."""
        numbers = _number_in(request, "first"), _number_in(request, "second")
        async with self._site.database.reading() as connection:
            heads = await find_numbered(connection, self._site.now(), [number for number in numbers if number])
            if len(heads) != 2 or not heads[0].size:
                return JSONResponse({"error": "there are no two such heads out yet"}, 404)
            path = await prove_consistency(connection, *heads)
            keys = [key.as_data() for key in await public_keys(connection)]
        first, second = (head.signature for head in heads)
        return self._answer({"kind": "consistency", "first": first, "second": second, "path": path, "keys": keys})

    async def list_seals(self, request: Request) -> Response:
        """Answer with the seals of a round or a call, the newest first, a page at a time; none if it has none."""
        sealed_in, before = request.path_params["name"], _number_in(request, "before")
        async with self._site.database.reading() as connection:
            seals = await list_seals(connection, sealed_in, before)
            keys = [key.as_data() for key in await public_keys(connection)]
        rows = [{"until": instant_of(each.until), "digest": each.digest, "statement": each.signature} for each in seals]
        return self._answer({"kind": "seals", "sealed_in": sealed_in, "seals": rows, "keys": keys})

    async def send_opened(self, request: Request) -> Response:
        """Answer with what opens the seals of a round or a call; 404 while it is sealed, and for others."""
        sealed_in = request.path_params["name"]
        try:
            actor = await self._actor_of(request)
        except RequestRefused as refusal:
            return JSONResponse({"error": str(refusal), "code": refusal.code}, refusal.status, refusal.headers)
        async with self._site.database.studying() as session:
            opened = await find_opened(session, actor, self._site.now(), sealed_in)
            keys = [key.as_data() for key in await public_keys(await session.connection())]
        if opened is None:
            return JSONResponse({"error": "you see no opened seals with this id"}, 404)
        headers = {"content-disposition": f'attachment; filename="seals-{sealed_in}.json"', "cache-control": "no-store"}
        return JSONResponse({**opened, "recipe": RECIPE, "keys": keys}, headers=headers)

    async def send_verifier(self, request: Request) -> Response:
        """Answer with a file of the verifier, to be kept and not to be shown."""
        name = request.path_params["name"]
        if name not in VERIFIER:
            return Response(status_code=404)
        headers = FRESH | {"content-disposition": f'attachment; filename="{name}"'}
        return Response((self._folder / name).read_bytes(), media_type=VERIFIER[name], headers=headers)

    async def send_receipt(self, request: Request) -> Response:
        """Answer with the receipt of a filing; 404 if it does not exist or is not for the caller."""
        try:
            document = await self._find_receipt(request)
        except RequestRefused as refusal:
            return JSONResponse({"error": str(refusal), "code": refusal.code}, refusal.status, refusal.headers)
        if document is None:
            return JSONResponse({"error": "you see no receipt with this id"}, 404)
        headers = {"content-disposition": f'attachment; filename="{request.path_params["name"]}.json"'}
        return JSONResponse(document, headers=headers | {"cache-control": "no-store"})

    async def _find_receipt(self, request: Request) -> dict[str, Any] | None:
        """Return the receipt as a file. Raise RequestRefused for a credential that is not valid."""
        subject_id, now = request.path_params["name"], self._site.now()
        actor = await self._actor_of(request)
        async with self._site.database.studying() as session:
            receipt = await find_receipt(session, actor, now, subject_id, issuer=self._site.settings.issuer)
            document = receipt and await receipt_document(await session.connection(), receipt)
        if document is not None:
            await record_reading(self._site.database, actor, now, [subject_id])
        return document

    async def _actor_of(self, request: Request) -> Actor:
        """Return who asks. Raise RequestRefused for a credential that is not valid."""
        callers = Callers(self._site)
        caller = await callers.caller_of(request)
        acting = request.headers.get(ACTING_AS) or request.cookies.get(ACTING_COOKIE, "")
        return await callers.actor_of(caller, acting, self._site.now())

    def _answer(self, content: dict[str, Any]) -> Response:
        """Return public content, which says whose it is and by which recipe."""
        return JSONResponse({"issuer": self._site.settings.issuer, "recipe": RECIPE, **content}, headers=FRESH)


def _number_in(request: Request, name: str) -> int | None:
    """Return a number among the parameters of an address, None if it is missing or no number."""
    text = request.query_params.get(name, "")
    return min(int(text), LARGEST_NUMBER) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _describe(head: ListedHead) -> dict[str, Any]:
    """Return a head as it stands in the public list."""
    instants = {"occurred_at": instant_of(head.occurred_at), "signed_at": instant_of(head.signed_at)}
    return head._asdict() | instants
