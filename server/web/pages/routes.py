"""The addresses of the pages."""

import math
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.identity.guesses import TooManyGuesses
from server.identity.site import Site
from server.kernel.refusals import Refusal
from server.web.look.languages import say, say_count, speak_as_asked
from server.web.look.refusals import say_refusal
from server.web.look.rendering import file_route, page
from server.web.pages import account, enrolment, invitations, passkeys, proofs, resets, signing_in
from server.web.pages.forms import USUAL, Form, Links, TurnedAway, form_of
from server.web.pages.reception import SIGN_IN, NobodySignedIn, to_provider, to_sign_in

Show: TypeAlias = Callable[[Site, Request], Awaitable[Response]]
Submit: TypeAlias = Callable[[Site, Request, Form], Awaitable[Response]]

AT_THE_DOOR: tuple[tuple[str, Show | None, Submit | None], ...] = (
    ("/sign-in", signing_in.show, signing_in.submit),
    ("/sign-in/factor", signing_in.show_factor, signing_in.submit_factor),
    ("/sign-in/factor/new", enrolment.show, enrolment.submit),
    ("/sign-in/forgotten", resets.show_forgotten, resets.submit_forgotten),
    ("/sign-in/reset", resets.show_reset, resets.submit_reset),
    ("/sign-in/passkey", None, passkeys.submit_sign_in),
    ("/sign-in/passkey/options", None, passkeys.sign_in_options),
    ("/account/password", proofs.show_password, proofs.submit_password),
    ("/account/factor", proofs.show_factor, proofs.submit_factor),
    ("/account/factor/new", proofs.show_new_factor, proofs.submit_new_factor),
    ("/account/factor/remove", proofs.show_removal, proofs.submit_removal),
    ("/account/recovery-codes", proofs.show_recovery_codes, proofs.submit_recovery_codes),
    ("/account/passkeys", passkeys.show, passkeys.submit_new),
    ("/account/passkeys/options", None, passkeys.new_options),
    ("/account/passkeys/remove", passkeys.show_removal, passkeys.submit_removal),
)
"""Pages of the embedded issuer: where an external provider says who people are, they lead there."""
EVERYWHERE: tuple[tuple[str, Show | None, Submit | None], ...] = (
    ("/sign-in/onward", signing_in.show_onward, None),
    ("/sign-out", signing_in.show_signed_out, signing_in.sign_out),
    ("/account", account.show, None),
    ("/account/stay", account.show_stay, None),
    ("/account/browsers/end", None, account.end_browser),
    ("/account/browsers/end-others", None, account.end_other_browsers),
    ("/account/applications/revoke", None, account.revoke_application),
    ("/invitation", invitations.show, invitations.submit),
)


def page_routes(site: Site) -> list[Route]:
    """Return the routes of the pages of one server, with the two files that they load."""
    return [
        *(_route(site, *row, is_at_the_door=True) for row in AT_THE_DOOR),
        *(_route(site, *row, is_at_the_door=False) for row in EVERYWHERE),
        file_route(),
        Route("/favicon.ico", _answer_no_icon, methods=["GET"]),
    ]


def _route(site: Site, path: str, show: Show | None, submit: Submit | None, *, is_at_the_door: bool) -> Route:
    async def answer(request: Request) -> Response:
        speak_as_asked(request)
        if is_at_the_door and site.settings.oidc_issuer:
            return to_provider(request)
        try:
            if submit and request.method == "POST":
                return await submit(site, request, await form_of(request, site))
            assert show
            return await show(site, request)
        except NobodySignedIn:
            return to_sign_in(request)
        except TurnedAway as away:
            return _explain(away.status, away.title, away.message, away.links)
        except Refusal as refusal:
            return _explain(409, say("Not possible"), say_refusal(refusal.code, refusal.message), USUAL)
        except TooManyGuesses as blocked:
            site.note_sign_in("throttled")
            return _explain_block(blocked, site, request.url.path)

    methods = [method for method, part in (("GET", show), ("POST", submit)) if part]
    return Route(path, answer, methods=methods)


def _explain(status: int, heading: str, message: str, links: Links) -> Response:
    return page("turned_away.html", status=status, heading=heading, message=message, links=links)


def _explain_block(blocked: TooManyGuesses, site: Site, path: str) -> Response:
    seconds = blocked.seconds_from(site.now())
    minutes = math.ceil(seconds / 60)
    message = say_count(
        "Too many attempts failed. Try again in a minute; nothing you enter before then is looked at.",
        "Too many attempts failed. Try again in {count} minutes; nothing you enter before then is looked at.",
        minutes,
    )
    is_sign_in = path == SIGN_IN
    if is_sign_in:
        ways = say("A browser in which you have signed in before, or a passkey, lets you in all the same.")
        message = f"{message} {ways}"
    answer = _explain(429, say("Too many attempts"), message, resets.LINKS if is_sign_in else ())
    answer.headers["retry-after"] = str(seconds)
    return answer


async def _answer_no_icon(_: Request) -> Response:
    """Answer that there is no icon: a 404 would be shown as an error in the consoles of browsers, which ask for it."""
    return Response(status_code=204)
