"""The page on which a person lets a device in: they type its code, see who asks for what, and decide."""

# mypy: disable-error-code="import-untyped"

from authlib.oauth2.rfc6749 import OAuth2Error
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from server.identity.guesses import TooManyGuesses, ensure_unblocked, forget_failures, note_failure, strict_key
from server.identity.oauth.device_grant import answer_device, find_waiting
from server.identity.oauth.forms import form_of
from server.identity.oauth.scopes import MEANINGS
from server.identity.origin import is_from_here
from server.identity.sessions import SignedIn
from server.identity.site import Site
from server.web.look.languages import say, sentence, speak, speak_as_asked
from server.web.look.rendering import page
from server.web.pages.authorize import NOT_FROM_HERE, error_page, welcome
from server.web.pages.reception import signed_in, to_sign_in

NOT_WAITING = sentence(
    "No device waits with this code. Look at the device again: a code is good for ten minutes, and once."
)
TOO_MANY = sentence("Too many codes were wrong. Wait a few minutes; nothing you enter before then is looked at.")
LONGEST_CODE = 40


class DevicePage:
    """The verification page of one server."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Answer with the form for the code (GET), the device's request (POST) or the decision (POST)."""
        speak_as_asked(request)
        browser_session = await signed_in(request, self._site)
        if browser_session is None:
            return to_sign_in(request)
        if request.method != "POST":
            return _code_form(request.query_params.get("user_code", ""))
        try:
            form = await form_of(request)
        except OAuth2Error as error:
            return error_page(error.description)
        if not is_from_here(request, self._site.settings.issuer):
            return error_page(say(NOT_FROM_HERE), status=403)
        try:
            async with self._site.database.writing() as session:
                return await self._answer(session, browser_session, form)
        except TooManyGuesses:
            return _code_form("", fault=say(TOO_MANY), status=429)

    async def _answer(self, session: AsyncSession, visitor: SignedIn, form: dict[str, str]) -> Response:
        now, code = self._site.now(), form.get("user_code", "")
        person = await session.scalar(welcome(visitor))
        if person is None:
            return error_page(say("You cannot let an application in at present."), status=403)
        speak(person.language.tag)
        keys = [strict_key("device", person.id)]
        await ensure_unblocked(session, keys, now)
        await note_failure(session, keys, now)
        waiting = await session.run_sync(find_waiting, code, now)
        if waiting is None:
            return _code_form(code, fault=say(NOT_WAITING), status=400)
        await forget_failures(session, keys)
        request, application = waiting
        if "decision" not in form:
            scopes = [say(MEANINGS[name]) for name in request.scopes]
            return page("device.html", typed=code, fault="", application=application, person=person, scopes=scopes)
        allowed = form["decision"] == "allow"
        is_done = await session.run_sync(lambda sync: answer_device(sync, request, visitor, now, allowed=allowed))
        if not is_done:
            return _code_form(code, fault=say(NOT_WAITING), status=400)
        return page("device_done.html", application=application, allowed=allowed)


def _code_form(typed: str, *, fault: str = "", status: int = 200) -> Response:
    return page("device.html", status=status, typed=typed[:LONGEST_CODE], fault=fault, application=None)
