"""The authorization endpoint as a person sees it: they sign in, are asked, and are led back to the application."""

# mypy: disable-error-code="import-untyped"

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.oauth2.rfc6749 import OAuth2Error
from sqlalchemy import Select, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.accreditations import STANDINGS
from server.identity.guesses import TooManyGuesses, allowance_key
from server.identity.oauth.code_grant import CONSENT, LOGIN
from server.identity.oauth.forms import form_of, parameters_of
from server.identity.oauth.id_tokens import read_fresh_since, sign_fresh_since
from server.identity.oauth.issuer import Issuer, issuing
from server.identity.oauth.metadata import AUTHORIZE
from server.identity.oauth.redirects import form_target
from server.identity.oauth.scopes import MEANINGS
from server.identity.origin import is_from_here
from server.identity.sessions import SignedIn
from server.identity.site import Site
from server.models.oauth import Application
from server.models.parties import Person
from server.web.look.languages import say, sentence, speak, speak_as_asked
from server.web.look.rendering import page
from server.web.pages.reception import SIGN_IN, signed_in, with_continue

FRESH_SINCE = "fresh_since"
"""Our own parameter, which comes back from the sign-in: the proof that a fresh sign-in was required."""
CODES_PER_PERSON = 100
"""How many codes applications get in the name of a person within a quarter of an hour."""
TOO_MANY = sentence("Applications asked for access in your name too often. Wait a few minutes and try again.")
NOT_FROM_HERE = sentence("The answer was sent by a page of another site, so nothing was done.")


class AuthorizationPage:
    """The authorization endpoint of one server."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Answer a request of an application, or the decision of the person.

        A request by POST is turned into GET, with which the browser sends its cookie (SameSite=Lax).
        """
        decision: dict[str, str] | None = None
        speak_as_asked(request)
        try:
            if request.method == "POST":
                decision = await form_of(request)
                if "decision" not in decision:
                    return RedirectResponse(f"{AUTHORIZE}?{urlencode(decision)}", status_code=303)
                if not is_from_here(request, self._site.settings.issuer):
                    return error_page(say(NOT_FROM_HERE), status=403)
            parameters = parameters_of(request.scope["query_string"])
        except OAuth2Error as error:
            return error_page(error.description)
        visitor = await signed_in(request, self._site)
        allowances = [allowance_key("codes", visitor.person_id, CODES_PER_PERSON)] if visitor else []
        try:
            return await issuing(
                self._site,
                lambda issuer: _answer(issuer, parameters, visitor, decision),
                allowances=allowances,
                counts=_holds_code,
            )
        except TooManyGuesses as blocked:
            refusal = error_page(say(TOO_MANY), status=429)
            refusal.headers["retry-after"] = str(blocked.seconds_from(self._site.now()))
            return refusal


def error_page(message: str, *, status: int = 400) -> Response:
    """Return the page for an error without an address to lead the person back to."""
    return page("authorization_error.html", status=status, message=message)


def _answer(
    issuer: Issuer, parameters: dict[str, str], visitor: SignedIn | None, decision: dict[str, str] | None
) -> Any:
    proof = parameters.pop(FRESH_SINCE, "")
    person = issuer.session.scalar(welcome(visitor)) if visitor else None
    try:
        request = issuer.build_request("GET", AUTHORIZE, parameters)
        request.fresh_since = read_fresh_since(proof, issuer.keys, parameters, issuer.now)
        grant = issuer.get_consent_grant(request, visitor if person else None)
    except OAuth2Error as error:
        if error.redirect_uri is None:
            return error_page(error.description)
        return issuer.handle_error_response(None, error)
    if visitor is None or person is None or grant.prompt == LOGIN:
        return _sign_in_first(issuer, parameters)
    # another person may have signed in since the page was shown: a decision counts only for the person on the page
    is_decided = decision is not None and decision.get("person") == person.id
    if grant.prompt == CONSENT and not is_decided:
        return _consent_page(issuer, grant, person)
    is_denied = decision is not None and decision["decision"] != "allow"
    return issuer.create_authorization_response(request, grant_user=None if is_denied else visitor, grant=grant)


def _holds_code(response: Response) -> bool:
    """Return whether an answer brings the application a code, and so begins a grant: only those are counted."""
    return "code" in dict(parse_qsl(urlsplit(response.headers.get("location", "")).query))


def welcome(visitor: SignedIn) -> Select[Person]:
    """Select the person of a browser session; no row if they are suspended."""
    return select(Person).where(Person.id == visitor.person_id, Person.suspended_at.is_(None))


def _sign_in_first(issuer: Issuer, parameters: dict[str, str]) -> Response:
    proven = parameters | {FRESH_SINCE: sign_fresh_since(issuer.keys[0], parameters, issuer.now)}
    return RedirectResponse(with_continue(SIGN_IN, f"{AUTHORIZE}?{urlencode(proven)}"), status_code=303)


def _consent_page(issuer: Issuer, grant: Any, person: Person) -> Response:
    application: Application = grant.client.application
    speak(person.language.tag)
    values = {"person": person.id, "today": issuer.now.date(), "grant": ""}
    standings = [row for row in issuer.session.execute(STANDINGS, values) if row.id and not row.is_administrator]
    return page(
        "consent.html",
        sends_to=[form_target(grant.redirect_uri)],
        application=application,
        person=person,
        parties=list(dict.fromkeys(row.party_name for row in standings)),
        place=form_target(grant.redirect_uri),
        scopes=[say(MEANINGS[name]) for name in grant.request.scope.split()],
    )
