"""The addresses of the desk, and how each request of them is answered."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from server.identity.site import Site
from server.kernel.ids import prefix_of
from server.transport.errors import Code, RequestRefused
from server.transport.published import Failed, PublishedOperations
from server.web.desk.acts import act_of, send
from server.web.desk.answers.pages import ANSWER_PAGES
from server.web.desk.applications.pages import APPLICATION_PAGES
from server.web.desk.bodies.agendas import AGENDA_PAGES
from server.web.desk.bodies.pages import BODY_PAGES
from server.web.desk.calls.pages import CALL_PAGES
from server.web.desk.changes.pages import CHANGE_PAGES
from server.web.desk.comments.pages import COMMENT_PAGES
from server.web.desk.consolidations.pages import CONSOLIDATION_PAGES
from server.web.desk.delegation.pages import DELEGATION_PAGES
from server.web.desk.everybody.pages import EVERYBODY_PAGES
from server.web.desk.groups.pages import GROUP_PAGES
from server.web.desk.home.pages import HOME_PAGES
from server.web.desk.imports.pages import IMPORT_PAGES
from server.web.desk.neighbours.pages import NEIGHBOUR_PAGES
from server.web.desk.notices.pages import NOTICE_PAGES
from server.web.desk.pages import Page
from server.web.desk.papers.pages import PAPER_PAGES
from server.web.desk.planning.pages import PLANNING_PAGES
from server.web.desk.proposals.pages import PROPOSAL_PAGES
from server.web.desk.published.pages import public_routes
from server.web.desk.reading.pages import READING_PAGES
from server.web.desk.records.pages import RECORD_PAGES
from server.web.desk.registers.pages import REGISTER_PAGES
from server.web.desk.rounds.pages import ROUND_PAGES
from server.web.desk.sent import ACT, FORM, ONWARD, PREVIEW, STANDING, Pairs, Sent, first_of
from server.web.desk.silence.pages import SILENCE_PAGES
from server.web.desk.threads.pages import THREAD_PAGES
from server.web.desk.triage.pages import TRIAGE_PAGES
from server.web.desk.visits import ACTING_COOKIE, NothingHere, Visit, asking
from server.web.desk.whatif.pages import WHAT_IF_PAGES
from server.web.desk.workplan.forecasts import FORECAST_PAGES
from server.web.desk.workplan.pages import PLAN_PAGES
from server.web.look.languages import say, speak, speak_as_asked
from server.web.look.refusals import say_refusal
from server.web.look.rendering import COMPRESSED
from server.web.look.rendering import page as show_page
from server.web.look.times import Times
from server.web.pages.forms import TurnedAway, pairs_of, parts_of, unreadable
from server.web.pages.reception import NobodySignedIn, host_of, place_to_continue, signed_in, to_sign_in

PAGES: Sequence[Page] = (
    *HOME_PAGES,
    *READING_PAGES,
    *BODY_PAGES,
    *FORECAST_PAGES,
    *AGENDA_PAGES,
    *GROUP_PAGES,
    *SILENCE_PAGES,
    *PLANNING_PAGES,
    *PLAN_PAGES,
    *ROUND_PAGES,
    *CALL_PAGES,
    *CONSOLIDATION_PAGES,
    *ANSWER_PAGES,
    *TRIAGE_PAGES,
    *PROPOSAL_PAGES,
    *NEIGHBOUR_PAGES,
    *WHAT_IF_PAGES,
    *DELEGATION_PAGES,
    *COMMENT_PAGES,
    *THREAD_PAGES,
    *CHANGE_PAGES,
    *REGISTER_PAGES,
    *APPLICATION_PAGES,
    *PAPER_PAGES,
    *RECORD_PAGES,
    *EVERYBODY_PAGES,
    *IMPORT_PAGES,
    *NOTICE_PAGES,
)
FORM_BYTES, FORM_FIELDS = 600_000, 2_000
"""What one form may hold: a provision of 50,000 characters with its encoding, and a list of several hundred boxes."""
PAPER_FORM = 3
"""Bytes of a form for each byte of a paper in it: an encoded character takes three times its bytes."""


def desk_routes(site: Site, operations: PublishedOperations, paper_bytes: int) -> list[Route]:
    """Return the routes of the desk of one server, which reads papers of at most so many bytes."""
    return [
        *(_route(site, operations, page, paper_bytes if page.brings_papers else 0) for page in PAGES),
        Route("/acting-as", _choose(site), methods=["POST"]),
        *public_routes(site, operations),
    ]


def _route(site: Site, operations: PublishedOperations, page: Page, paper_bytes: int) -> Route:
    async def answer(request: Request) -> Response:
        pairs: list[tuple[str, str]] = []
        speak_as_asked(request)
        try:
            if "\0" in request.url.path or b"%00" in request.scope["query_string"]:
                raise NothingHere  # no database has it, and PostgreSQL refuses to look for it
            if request.method == "POST":
                pairs = await _read_form(request, site, operations, page, paper_bytes)
            visit = await _receive(request, site, operations, page)
            if (drawn_for := _other_standing(visit, pairs)) is not None:
                return _keep_for(visit, drawn_for, pairs)
            if visit.speaks is None and len(visit.viewer["standings"]) > 1:
                return visit.render("desk/choose.html")
            if request.method == "POST":
                return _keep_in_history(await _submit(visit, page, pairs), visit)
            return await page.show(visit)
        except NobodySignedIn:
            if page.public and not pairs and site.settings.open_editions:
                return RedirectResponse(page.public.format(**request.path_params), status_code=303)
            return _sign_in_again(request, pairs) if pairs else to_sign_in(request)
        except TurnedAway as away:
            return _explain(away.status, away.title, away.message)
        except NothingHere:
            return show_page("desk/nothing.html", status=404)
        except RequestRefused as refused:
            return _explain_refusal(refused)
        except Failed as failed:
            return _explain_failure(failed)

    methods = ["GET", "POST"] if page.acts or page.submit else ["GET"]
    return Route(page.path, answer, methods=methods, middleware=COMPRESSED)


async def _read_form(
    request: Request, site: Site, operations: PublishedOperations, page: Page, paper_bytes: int
) -> list[tuple[str, str]]:
    """Return the fields of the form in a request. A paper is taken from the Secretariat only, which imports them."""
    if not paper_bytes:
        return await pairs_of(request, site, FORM_BYTES, FORM_FIELDS)
    most_bytes = FORM_BYTES
    try:
        if (await _receive(request, site, operations, page)).is_secretariat:
            most_bytes += PAPER_FORM * paper_bytes
    except NobodySignedIn:
        pass  # a form of the usual size is kept while they sign in again
    return await parts_of(request, site, most_bytes, FORM_FIELDS)


async def _receive(request: Request, site: Site, operations: PublishedOperations, page: Page) -> Visit:
    """Return the visit of somebody who is signed in. Raise NobodySignedIn for everybody else."""
    try:
        desk = await operations.run(asking(request), "Desk", {})
    except RequestRefused as refused:
        if refused.code == "UNAUTHENTICATED":
            raise NobodySignedIn from refused
        if refused.code != "NOT_ACCREDITED" or ACTING_COOKIE not in request.cookies:
            raise
        # What they chose has ended. Without it they are asked again, or speak for the one party that is left.
        del request.cookies[ACTING_COOKIE]
        desk = await operations.run(asking(request), "Desk", {})
    viewer = desk["viewer"]
    if viewer is None:
        raise NobodySignedIn
    person = viewer["person"]
    speak(person["language"])
    # Looked up only for pages with forms, because nothing is lost on the others.
    browser_session = await signed_in(request, site) if page.acts or page.submit else None
    ends_at = browser_session.expires_at if browser_session else None
    times = Times(person["language"], person["zone"], site.now())
    return Visit(request, operations, viewer, times, desk["unread"]["totalCount"], ends_at=ends_at)


async def _submit(visit: Visit, page: Page, pairs: list[tuple[str, str]]) -> Response:
    """Send the act of a form, and lead on; or show the page again with what was refused, or what would come out."""
    if page.submit is not None:
        return await page.submit(visit, pairs)
    is_tried = any(name == PREVIEW for name, _ in pairs)
    names_act = any(name == ACT for name, _ in pairs)
    act = act_of(pairs, page.acts) if names_act or not is_tried else ""
    form = first_of(pairs, FORM, act)
    if is_tried or await page.holds(visit, act, pairs):
        visit.sent = Sent(act, form, pairs)
        return await page.show(visit)
    fact = await send(visit, act, await page.fill(visit, act, pairs))
    if fact["__typename"] == "Refusal":
        visit.sent = Sent(act, form, pairs, fact, visit.times)
        return await page.show(visit)
    if act in page.told_once:
        visit.fact = fact
        return await page.show(visit)
    act = await page.follow(visit, act, fact, pairs)
    place = page.onward(visit, act, fact) or first_of(pairs, ONWARD)
    return RedirectResponse(_onward(visit, act, place), status_code=303)


def _keep_in_history(response: Response, visit: Visit) -> Response:
    """Return the answer to a form so that a browser can go back to it, unless it tells a secret.

    A page that answers a form cannot be asked for again, so a browser that may not keep it shows an error instead
    (ERR_CACHE_MISS). It is asked for anew by everything but the way back.
    """
    if visit.fact is None:
        response.headers["cache-control"] = "private, no-cache"
    return response


def _other_standing(visit: Visit, pairs: Pairs) -> str | None:
    """Return the id of the standing for which a form was drawn, if the visitor now acts in another; None if not."""
    drawn_for = first_of(pairs, STANDING, visit.standing_id)
    return drawn_for if drawn_for != visit.standing_id else None


def _keep_for(visit: Visit, standing_id: str, pairs: Pairs) -> Response:
    """Return a page that keeps a form which was written in another standing, so that it is not sent in a wrong name."""
    standing = next((each for each in visit.viewer["standings"] if each["id"] == standing_id), None)
    path = visit.address()
    return show_page("desk/other_standing.html", status=409, visit=visit, standing=standing, pairs=pairs, path=path)


def _onward(visit: Visit, act: str, place: str) -> str:
    """Return the address after an act: a place of this site, or the page of the form, which then says what was done."""
    if place.startswith("#"):
        return f"{visit.address(done=act)}{place}"
    if not place:
        return visit.address(done=act)
    parts = urlsplit(place_to_continue(place))
    query = "&".join(part for part in (parts.query, f"done={act}") if part)
    return parts._replace(query=query).geturl()


def _choose(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """Return the answer to a person who chooses for whom they speak in this browser."""

    async def answer(request: Request) -> Response:
        speak_as_asked(request)
        try:
            fields = dict(await pairs_of(request, site, 20_000, 10))
            await host_of(request, site)
            if prefix_of(fields.get("standing", "")) is None:
                raise unreadable()
        except TurnedAway as away:
            return _explain(away.status, away.title, away.message)
        except NobodySignedIn:
            return to_sign_in(request)
        response = RedirectResponse(place_to_continue(fields.get("continue")), status_code=303)
        response.set_cookie(ACTING_COOKIE, fields["standing"], path="/", secure=True, httponly=True, samesite="lax")
        return response

    return answer


async def answer_unknown_address(request: Request, _: Exception) -> Response:
    """Return the answer to an address that does not exist: a page for a browser, a line for everybody else."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("Not Found", status_code=404)
    speak_as_asked(request)
    return show_page("desk/nothing.html", status=404)


def _sign_in_again(request: Request, pairs: list[tuple[str, str]]) -> Response:
    """Return a page that keeps a form whose sender is no longer signed in, so that nothing is written twice."""
    return show_page("desk/again.html", status=401, pairs=pairs, path=str(request.url.path))


def _explain_refusal(refused: RequestRefused) -> Response:
    response = _explain(refused.status, "", say_refusal(refused.code, str(refused)))
    response.headers.update({name: value for name, value in refused.headers.items() if name == "Retry-After"})
    return response


def _explain_failure(failed: Failed) -> Response:
    """Return the page about operations with errors: 400 if all of them are about what stands in the address."""
    if all(error["extensions"]["code"] in {Code.BAD_USER_INPUT, Code.BAD_REQUEST} for error in failed.errors):
        return _explain(400, say("Not readable"), say_refusal(Code.BAD_USER_INPUT, str(failed)))
    return _explain(500, "", "")


def _explain(status: int, heading: str, message: str) -> Response:
    return show_page("desk/explanation.html", status=status, heading=heading, message=message)
