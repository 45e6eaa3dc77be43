"""Editions, what changed between them, the history of a provision, and decisions: for everybody, without signing in.

They show what the public sees, to those who are signed in as well. So they have no form, and nothing about who came.
Where the setting is off there is no such page.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from server.identity.site import Site
from server.transport.errors import Code, RequestRefused
from server.transport.published import Data, Failed, PublishedOperations
from server.web.desk.changes.comparing import arrange
from server.web.desk.published.texts import read_blocks
from server.web.desk.visits import NothingHere, found
from server.web.look.languages import say, speak_as_asked, spoken
from server.web.look.refusals import say_refusal
from server.web.look.rendering import COMPRESSED
from server.web.look.rendering import page as show_page
from server.web.look.times import Times

HOME = "/public"
ZONE = "UTC"
LISTED, PROVISIONS = 50, 100
UNREADABLE = {Code.BAD_USER_INPUT, Code.BAD_REQUEST}


class PublicVisit:
    """One request of a page that is open to everybody."""

    def __init__(self, request: Request, site: Site, operations: PublishedOperations) -> None:
        self.request = request
        self._operations = operations
        self._times = Times(spoken(), ZONE, site.now())

    @property
    def after(self) -> str | None:
        """The cursor at which the page begins, None at the beginning."""
        return self.request.query_params.get("after")

    def parameter(self, name: str) -> str:
        """Return a parameter in the path of the page."""
        return str(self.request.path_params[name])

    def address(self, **changes: str | None) -> str:
        """Return the address of this page with parameters of its query changed; None takes one away."""
        parameters = dict(self.request.query_params) | changes
        query = urlencode({name: value for name, value in parameters.items() if value is not None})
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    async def read_all(self, *queries: tuple[str, Mapping[str, Any]]) -> list[Data]:
        """Return the data of published queries, (name, variables) each, as nobody who is signed in."""
        scope = dict(self.request.scope)
        scope["headers"] = MutableHeaders(raw=[pair for pair in scope["headers"] if pair[0] == b"host"]).raw
        scope["query_string"] = b""
        return await self._operations.run_all(HTTPConnection(scope), queries)

    def render(self, template: str, **values: Any) -> Response:
        """Return a page made from a template."""
        return show_page(f"published/{template}", visit=self, times=self._times, **values)


Show: TypeAlias = Callable[[PublicVisit], Awaitable[Response]]


async def show_editions(visit: PublicVisit) -> Response:
    """Return the list of all editions, the newest first."""
    (answer,) = await visit.read_all(
        ("EditionList", {"orderBy": "ADOPTED_ON_DESC", "first": LISTED, "after": visit.after})
    )
    return visit.render("editions.html", editions=answer["editions"])


async def show_edition(visit: PublicVisit) -> Response:
    """Return an edition with its decision and a part of its words."""
    edition = await _find_edition(visit)
    part = {"id": edition["textVersion"]["id"], "first": PROVISIONS, "after": visit.after}
    decided = {"filter": {"sittingId": [edition["decision"]["sitting"]["id"]]}, "first": LISTED}
    text, decisions = await visit.read_all(("ProvisionList", part), ("DecisionList", decided))
    provisions = found(text["textVersion"])["provisions"]
    return visit.render(
        "edition.html",
        edition=edition,
        before=_editions_before(edition)[-1:],
        others=[each for each in edition["instrument"]["editions"]["nodes"] if each["id"] != edition["id"]],
        decision=next(each for each in decisions["decisions"]["nodes"] if each["id"] == edition["decision"]["id"]),
        blocks=read_blocks(provisions["nodes"]),
        provisions=provisions,
    )


async def show_changes(visit: PublicVisit) -> Response:
    """Return what changed from another edition of the instrument, by default the one before."""
    edition = await _find_edition(visit)
    others = [each for each in edition["instrument"]["editions"]["nodes"] if each["id"] != edition["id"]]
    base_id = visit.request.query_params.get("base", "")
    base = next((each for each in others if each["id"] == base_id), None)
    if base_id and base is None:
        raise NothingHere
    if base is None:
        base = next(iter(_editions_before(edition)[-1:]), None)
    redline = None
    if base is not None:
        versions = {"baseId": base["textVersion"]["id"], "textVersionId": edition["textVersion"]["id"]}
        compared = {**versions, "isChanged": True, "first": LISTED, "after": visit.after}
        (answer,) = await visit.read_all(("ComparisonOfVersions", compared))
        redline = found(answer["comparison"])
    changed = arrange(redline["provisions"]["nodes"]) if redline else []
    return visit.render("changes.html", edition=edition, others=others, base=base, redline=redline, changed=changed)


async def show_history(visit: PublicVisit) -> Response:
    """Return the history of a provision from edition to edition, the newest first."""
    (answer,) = await visit.read_all(("ProvisionHistory", {"provisionKey": visit.parameter("key")}))
    history = found(answer["provisionHistory"])
    return visit.render("history.html", history=history, entries=history["entries"][::-1])


async def show_decisions(visit: PublicVisit) -> Response:
    """Return the decisions that adopted editions, the newest first."""
    (answer,) = await visit.read_all(
        ("DecisionList", {"orderBy": "RECORDED_AT_DESC", "first": LISTED, "after": visit.after})
    )
    return visit.render("decisions.html", decisions=answer["decisions"])


async def _find_edition(visit: PublicVisit) -> Data:
    """Return the edition in the address. Raise NothingHere if there is none."""
    (answer,) = await visit.read_all(("EditionDetail", {"id": visit.parameter("id")}))
    edition: Data = found(answer["edition"])
    return edition


def _editions_before(edition: Data) -> list[Data]:
    """Return the editions of the same instrument that were adopted before, the earliest first."""
    others = sorted(edition["instrument"]["editions"]["nodes"], key=lambda each: str(each["adoptedOn"]))
    return [each for each in others if each["adoptedOn"] < edition["adoptedOn"]]


PUBLIC_PAGES: Mapping[str, Show] = {
    HOME: show_editions,
    f"{HOME}/editions/{{id}}": show_edition,
    f"{HOME}/editions/{{id}}/changes": show_changes,
    f"{HOME}/provisions/{{key}}": show_history,
    f"{HOME}/decisions": show_decisions,
}


def public_routes(site: Site, operations: PublishedOperations) -> list[Route]:
    """Return the routes of the pages that everybody may read."""
    return [_route(site, operations, path, show) for path, show in PUBLIC_PAGES.items()]


def _route(site: Site, operations: PublishedOperations, path: str, show: Show) -> Route:
    async def answer(request: Request) -> Response:
        speak_as_asked(request)
        try:
            if not site.settings.open_editions or "\0" in request.url.path or b"%00" in request.scope["query_string"]:
                raise NothingHere
            return await show(PublicVisit(request, site, operations))
        except NothingHere:
            return show_page("desk/nothing.html", status=404)
        except RequestRefused as refused:
            response = _explain(refused.status, "", say_refusal(refused.code, str(refused)))
            response.headers.update({name: value for name, value in refused.headers.items() if name == "Retry-After"})
            return response
        except Failed as failed:
            if not all(error["extensions"]["code"] in UNREADABLE for error in failed.errors):
                raise
            return _explain(400, say("Not readable"), say_refusal(Code.BAD_USER_INPUT, str(failed)))

    return Route(path, answer, methods=["GET"], middleware=COMPRESSED)


def _explain(status: int, heading: str, message: str) -> Response:
    return show_page("desk/explanation.html", status=status, heading=heading, message=message)
