"""A visit of a page: who came, in which language and zone, what they may read, and the form that was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from server.domain.notices.queries.objects import WATCHED
from server.identity.callers import ACTING_AS
from server.kernel.ids import prefix_of
from server.transport.published import Data, PublishedOperations
from server.web.desk.sent import Sent
from server.web.look.languages import labels_of
from server.web.look.rendering import page
from server.web.look.times import Times

ACTING_COOKIE = "__Host-intersession-acting"
"""The id of what a person speaks as in this browser. It gives no right: it is looked up like the header."""
FILING = frozenset({"submitComment", "clearComment"})
"""Acts that file a comment, for which there is a receipt then."""
KEPT_HEADERS = frozenset({b"cookie", b"host", b"x-request-id"})
"""The headers of a request that its operations see too."""


class NothingHere(Exception):
    """Raised when a page is about something that does not exist, or that the visitor does not see."""


@dataclass
class Visit:
    """One request of a page by somebody who is signed in.

    `viewer` is the answer of the operation `Desk` about them, `unread` how many notices it counts. `sent` is the form
    that was refused or tried, None when a page is only opened. `fact` is that of an act that is told once.
    """

    request: Request
    operations: PublishedOperations
    viewer: Data
    times: Times
    unread: int = 0
    sent: Sent | None = None
    fact: Data | None = None
    ends_at: datetime | None = None
    """When the session ends if no other page is opened; None on a page without forms."""

    @property
    def language(self) -> str:
        """The tag of the language of the page."""
        return self.times.language

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters in the query of the address."""
        return self.request.query_params

    @property
    def speaks(self) -> Data | None:
        """The standing in which the visitor acts, None if they speak for nobody or have not chosen yet."""
        standing: Data | None = self.viewer["standing"]
        return standing

    @property
    def standing_id(self) -> str:
        """The id of the standing in which the visitor acts, "" for none."""
        return str(self.speaks["id"]) if self.speaks else ""

    @property
    def capacity(self) -> str:
        """The capacity of the party for which the visitor speaks, "" for none."""
        return self.speaks["party"]["capacity"] if self.speaks else ""

    @property
    def is_secretariat(self) -> bool:
        """Whether the visitor is an officer of the Secretariat, for whom there are more entries to choose from."""
        return self.capacity == "SECRETARIAT"

    @property
    def done(self) -> str:
        """The act that was just done, "" for none. Words that somebody wrote into the address are no act."""
        done = self.query.get("done", "")
        return done if done in labels_of(self.language)["acts"] else ""

    @property
    def filed(self) -> str:
        """The id of the comment that was just filed, "" for none: the page leads to its receipt."""
        identifier = self.query.get("filed", "")
        return identifier if self.done in FILING and prefix_of(identifier) == "CMT" else ""

    @property
    def watchable(self) -> str:
        """The id of the object that this is the page of, if it can be watched and muted; "" if not."""
        identifier = str(self.request.path_params.get("id") or self.request.path_params.get("version") or "")
        path = self.request.url.path
        is_its_page = path.count("/") == 2 and not path.startswith("/watching/") and self.speaks is not None
        return identifier if is_its_page and prefix_of(identifier) in WATCHED else ""

    @property
    def is_ending(self) -> bool:
        """Whether the session cannot be made longer and ends within ten minutes."""
        return self.ends_at is not None and self.ends_at - self.times.now <= timedelta(minutes=10)

    def parameter(self, name: str) -> str:
        """Return a parameter in the path of the page."""
        return str(self.request.path_params[name])

    def address(self, **changes: str | None) -> str:
        """Return the address of this page with parameters of its query changed; None takes one away."""
        gone = {"done", "filed", *changes}
        others = [(name, value) for name, value in self.request.query_params.multi_items() if name not in gone]
        query = urlencode([*others, *((name, value) for name, value in changes.items() if value is not None)])
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    async def read(self, name: str, **variables: Any) -> Data:
        """Return the data of a published query. Raise as `PublishedOperations.run` does."""
        return await self.operations.run(asking(self.request), name, variables)

    async def read_all(self, *asked: tuple[str, Mapping[str, Any]]) -> list[Data]:
        """Return the data of several published queries, (name, variables) each, from one snapshot."""
        return await self.operations.run_all(asking(self.request), asked)

    async def act(self, name: str, given: Mapping[str, Any]) -> Data:
        """Send a published mutation and return its fact or its refusal."""
        answer: Data = (await self.operations.run(asking(self.request), name, {"input": given}))[name]
        return answer

    def render(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return a page made from a template of the desk. After a refused form its status is 422."""
        if self.sent is not None and self.sent.refusal and status == 200:
            status = 422
        faults = self.sent.faults if self.sent else ()
        return page(
            template,
            language=self.language,
            status=status,
            visit=self,
            times=self.times,
            faults=faults,
            **values,
        )


def found(thing: Any) -> Any:
    """Return what an operation found. Raise NothingHere if that is null: it does not exist, or is hidden."""
    if thing is None:
        raise NothingHere
    return thing


def asking(request: Request) -> HTTPConnection:
    """Return the connection by which a page asks its operations: the visitor's session, and for whom they speak.

    The page itself asks, so its origin is this server, also when a link in a letter led to it. That is safe, because
    other sites can neither read a page nor send its forms, which are checked when they come (`forms.pairs_of`).
    """
    scope = dict(request.scope)
    headers = MutableHeaders(raw=[pair for pair in scope["headers"] if pair[0] in KEPT_HEADERS])
    headers["sec-fetch-site"] = "same-origin"
    if acting := request.cookies.get(ACTING_COOKIE):
        headers[ACTING_AS] = acting
    scope["headers"] = headers.raw
    scope["query_string"] = b""
    return HTTPConnection(scope)
