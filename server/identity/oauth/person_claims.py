"""The userinfo endpoint of OpenID Connect: who signed in, as far as the scopes of the token allow."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.identity.oauth.scopes import EMAIL, OPENID, PROFILE
from server.identity.site import Site
from server.identity.tokens import TokenRefused
from server.models.oauth import Grant
from server.models.parties import Person

NO_STORE = {"cache-control": "no-store"}


class PersonClaims:
    """The userinfo endpoint of one server; the access token comes in the `Authorization` header."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Return the claims about the person behind an access token.

        The answer is 401 without a valid token of a live grant, and 403 without the scope `openid`.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return _challenge(401, "")
        try:
            claims = await self._site.validator.claims_of(token.strip(), self._site.now())
        except TokenRefused:
            return _challenge(401, ' error="invalid_token"')
        scopes = str(claims.get("scope", "")).split()
        if OPENID not in scopes:
            return _challenge(403, ' error="insufficient_scope", scope="openid"')
        person = await self._find_person(claims)
        if person is None:
            return _challenge(401, ' error="invalid_token"')
        return JSONResponse(claims_about(person, scopes), headers=NO_STORE)

    async def _find_person(self, claims: dict[str, Any]) -> Person | None:
        statement = (
            select(Person)
            .join(Grant, Grant.person_id == Person.id)
            .where(
                Person.id == claims["sub"],
                Person.suspended_at.is_(None),
                Grant.id == str(claims.get("grant", "")),
                Grant.revoked_at.is_(None),
            )
        )
        async with self._site.database.studying() as session:
            return await session.scalar(statement)


def claims_about(person: Person, scopes: Collection[str]) -> dict[str, Any]:
    """Return the claims about a person that the scopes `profile` and `email` open, always with the subject."""
    claims: dict[str, Any] = {"sub": person.id}
    if PROFILE in scopes:
        claims |= {"name": person.name, "locale": person.language.tag, "zoneinfo": person.zone}
    if EMAIL in scopes and person.email:
        claims["email"] = person.email
    return claims


def _challenge(status: int, parameters: str) -> Response:
    return Response(status_code=status, headers=NO_STORE | {"www-authenticate": f"Bearer{parameters}"})
