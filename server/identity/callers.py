"""From a request to the actor: by an access token, by the session cookie of this site, or nobody.

Every transport asks here, so that the same person has the same rights over HTTP, WebSocket and server-sent events.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import HTTPConnection

from server.identity.cookie import session_secret
from server.identity.identities import person_of
from server.identity.origin import is_from_here
from server.identity.sessions import find_session, note_seen
from server.identity.site import Site
from server.identity.standing import Claim, actor_of, actors_of
from server.identity.tokens import Caller, TokenRefused
from server.kernel.actor import ANONYMOUS, Actor
from server.kernel.refusals import Refusal, RefusalCode
from server.storage.database import finish
from server.transport.credentials import AUTHORIZATION, HINT, fold_name, is_token
from server.transport.errors import RequestRefused, Unauthenticated

BEARER = "bearer "
ACTING_AS = "acting-as"
"""The header that says for which party somebody acts: the id of an accreditation or of a representation."""
STRANGER = "Your token is valid, but nobody here goes by it. Sign in once in a browser, and ask to be accredited."
RESOURCE_METADATA = "/.well-known/oauth-protected-resource/graphql"


class Callers:
    """Authenticates requests: from a credential to a caller, and from a caller to an actor."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def caller_of(self, request: HTTPConnection) -> Caller | None:
        """Return the caller behind the credential of a request, None if the request brings none.

        Raise Unauthenticated for a credential that is not valid, and RequestRefused for a cookie that another site made
        the browser send.
        """
        token = self._read_token(request)
        if token is not None:
            return await self.by_token(token)
        secret = session_secret(request)
        return await self._by_session(request, secret) if secret else None

    def _read_token(self, request: HTTPConnection) -> str | None:
        """Return the access token of a request, None if it brings no credential but perhaps a cookie.

        Raise Unauthenticated for a credential that cannot be used, because its sender expects not to be nobody.
        """
        if any(is_token(name) or fold_name(name) == AUTHORIZATION for name in request.query_params):
            # addresses stand in logs and histories (RFC 9700, section 2.4)
            raise self._unauthenticated(f"A credential in the address is not accepted. {HINT}")
        sent = request.headers.getlist("authorization")
        if not sent:
            return None
        if len(sent) > 1 or sent[0][: len(BEARER)].lower() != BEARER or not sent[0][len(BEARER) :].strip():
            raise self._unauthenticated(HINT)
        return sent[0][len(BEARER) :].strip()

    async def by_token(self, token: str) -> Caller:
        """Return the caller of an access token. Raise Unauthenticated if the token is not valid."""
        try:
            return await self._site.validator.caller_of(token, self._site.now())
        except TokenRefused as refused:
            raise self._unauthenticated(refused.reason) from refused

    async def _by_session(self, request: HTTPConnection, secret: str) -> Caller | None:
        if not is_from_here(request, self._site.settings.issuer):
            message = "This request was made by a page of another site."
            raise RequestRefused("CROSS_SITE", message, status=403)
        now = self._site.now()
        async with self._site.database.reading() as connection:
            browser_session = await find_session(connection, secret, now, self._site.session_limits)
        if browser_session is None or browser_session.awaits_factor:
            return None
        if browser_session.is_due:
            await finish(self._note_seen(browser_session.id, now))
        return browser_session.caller(self._site.settings.issuer)

    async def _note_seen(self, session_id: str, now: datetime) -> None:
        async with self._site.database.writing() as session:
            await note_seen(session, session_id, now)

    async def actor_of(self, caller: Caller | None, acting_as: str, now: datetime) -> Actor:
        """Return the actor behind a caller, as the database knows them now.

        Raise Unauthenticated for a person who is unknown or suspended, or when the grant was revoked. Raise
        RequestRefused for a token without any of our scopes, for a person whom the provider knows and we do not, and
        for a party that is not theirs.
        """
        if caller is None:
            return self._site.admit(ANONYMOUS)
        self.check_scopes(caller)
        async with self._site.database.reading() as connection:
            return await self.actor_on(connection, caller, acting_as, now)

    async def actors_of(
        self, connection: AsyncConnection, asking: Sequence[tuple[Caller, str]], now: datetime
    ) -> list[Actor | RequestRefused]:
        """Return the actor behind each caller and the party that they chose, as `actor_of` does for one.

        One statement finds the standings of all. In the place of an actor there is the refusal that `actor_of` raises.
        """
        claims: list[Claim | RequestRefused] = []
        for caller, acting_as in asking:
            try:
                self.check_scopes(caller)
                claims.append(await self._find_claim(connection, caller, acting_as))
            except RequestRefused as refusal:
                claims.append(refusal)
        actors = iter(await actors_of(connection, [claim for claim in claims if isinstance(claim, Claim)], now))
        return [self._judge(next(actors)) if isinstance(claim, Claim) else claim for claim in claims]

    def _judge(self, actor: Actor | Refusal) -> Actor | RequestRefused:
        """Return the actor, or the refusal of one who may not come."""
        if isinstance(actor, Refusal):
            return RequestRefused(actor.code, actor.message, status=403)
        try:
            return self._ensure_known(actor)
        except Unauthenticated as refusal:
            return refusal

    def check_scopes(self, caller: Caller) -> None:
        """Raise RequestRefused for a token without any of our scopes."""
        if not caller.scopes:
            challenge = self._challenge('error="insufficient_scope", scope="read"')
            headers = {"WWW-Authenticate": challenge}
            message = "This token was given none of the scopes of this server."
            raise RequestRefused("SCOPE_MISSING", message, status=403, headers=headers)

    async def actor_on(self, connection: AsyncConnection, caller: Caller, acting_as: str, now: datetime) -> Actor:
        """Return the actor behind a caller with scopes, read over this connection. Raise as `actor_of` does."""
        claim = await self._find_claim(connection, caller, acting_as)
        try:
            actor = await actor_of(connection, now=now, **claim._asdict())
        except Refusal as refusal:
            raise RequestRefused(refusal.code, refusal.message, status=403) from refusal
        return self._ensure_known(actor)

    async def _find_claim(self, connection: AsyncConnection, caller: Caller, acting_as: str) -> Claim:
        """Return the person behind a caller. Raise RequestRefused for one whom the provider knows and we do not."""
        own_issuer = self._site.settings.issuer
        person = await person_of(connection, caller, own_issuer=own_issuer)
        if person is None:
            raise RequestRefused(RefusalCode.NOT_ACCREDITED, STRANGER, status=403)
        grant_id = caller.grant_id if caller.issuer == own_issuer else ""
        return Claim(person, caller.scopes, acting_as, grant_id, caller.capacities)

    def _ensure_known(self, actor: Actor) -> Actor:
        """Return the actor. Raise Unauthenticated for a person who is unknown or suspended or has lost the grant."""
        if actor is ANONYMOUS:
            raise self._unauthenticated("The credential is no longer valid.")
        return self._site.admit(actor)

    def _unauthenticated(self, reason: str) -> Unauthenticated:
        return Unauthenticated(self._challenge(f'error="invalid_token", error_description="{reason}"'), reason)

    def _challenge(self, parameters: str) -> str:
        return f'Bearer {parameters}, resource_metadata="{self._site.settings.issuer}{RESOURCE_METADATA}"'


class Arrival:
    """A caller who is looked up by the first act of an operation, in the transaction of the act.

    A refusal is remembered: then no later act of the operation is done either.
    """

    def __init__(self, callers: Callers, caller: Caller, acting_as: str) -> None:
        callers.check_scopes(caller)
        self._callers = callers
        self._caller = caller
        self._acting_as = acting_as
        self._refusal: RequestRefused | None = None

    async def identify(self, connection: AsyncConnection, now: datetime) -> Actor:
        """Return the actor behind the caller. Raise as `Callers.actor_of` does."""
        if self._refusal is None:
            try:
                return await self._callers.actor_on(connection, self._caller, self._acting_as, now)
            except RequestRefused as refusal:
                self._refusal = refusal
        raise self._refusal
