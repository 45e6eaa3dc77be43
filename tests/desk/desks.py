"""The desk of one person: pages are opened, their forms are read from the markup, filled in and sent."""

from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from tempfile import gettempdir
from typing import Any

from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from server.app import create_app
from server.identity.cookie import SESSION_COOKIE
from server.identity.sessions import begin_session
from server.settings import Settings
from server.storage.database import Database
from server.web.desk.sent import STANDING
from tests.factories.refusing import Watched
from tests.factories.world import World
from tests.pages.browser import ORIGIN, SAME_ORIGIN, words_of


@cache
def _shared_app() -> Starlette:
    """Build one application for all tests: plans and templates are made once, each test puts its database behind it."""
    return create_app(Settings(issuer=ORIGIN), Database(f"sqlite:///{gettempdir()}/never-opened.db"))


class Desk:
    """A browser in which somebody is signed in."""

    def __init__(self, world: World, secret: str) -> None:
        self.world = world
        app = _shared_app()
        app.state.server.database, app.state.server.clock = world.database, world.clock
        transport = Watched(app=app, client=("192.0.2.1", 4000))
        headers = {"user-agent": "Firefox/150 Linux", "accept": "text/html"}
        self.client = AsyncClient(
            transport=transport, base_url=ORIGIN, headers=headers, cookies={SESSION_COOKIE: secret}
        )

    @classmethod
    async def open(cls, world: World, person: str) -> "Desk":
        """Sign a person in, by key."""
        async with world.database.writing() as session:
            secret = await begin_session(
                session, world.persons[person], world.clock.now, lasts=timedelta(hours=12), methods=["password"]
            )
        return cls(world, secret)

    async def get(self, path: str, **headers: str) -> Response:
        """Open an address."""
        return await self.client.get(path, headers=SAME_ORIGIN | headers)

    async def read(self, path: str) -> str:
        """Return the words of a page, which must be there."""
        response = await self.get(path)
        assert response.status_code == 200, (response.status_code, words_of(response))
        return words_of(response)

    async def send(self, path: str, form: "Form", **changes: Any) -> Response:
        """Send a form of a page as it stands, with fields changed; a list sends a field several times."""
        fields = form.fields | changes
        headers = SAME_ORIGIN | {"content-type": "application/x-www-form-urlencoded"}
        return await self.client.post(form.action or path, data=fields, headers=headers)

    async def forge(self, path: str, form: "Form", **changes: Any) -> Response:
        """Send a form that was drawn for somebody else, without saying for whom, as a forger would."""
        mine = Form(form.action)
        mine.fields = {name: value for name, value in form.fields.items() if name != STANDING}
        return await self.send(path, mine, **changes)


class Form:
    """A form of a page: where it is sent, and its fields with what stands in them."""

    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, Any] = {}
        self.buttons: list[str] = []


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area = self._select = ""
        self._is_button = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._form = Form(given.get("action") or "")
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "input" and name:
            if given.get("type") not in {"radio", "checkbox", "file"} or "checked" in given:
                self._form.fields[name] = given.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self._form.fields[name] = ""
        elif tag == "select":
            self._select = name
            self._form.fields.setdefault(name, "")
        elif tag == "option" and self._select and "selected" in given:
            self._form.fields[self._select] = given.get("value") or ""
        elif tag == "button":
            self._is_button = True
            self._form.buttons.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "button":
            self._is_button = False

    def handle_data(self, data: str) -> None:
        if self._form is None:
            return
        if self._area:
            # a browser drops the first line break in the element
            text = self._form.fields[self._area] + data
            self._form.fields[self._area] = text.removeprefix("\n")
        elif self._is_button:
            self._form.buttons[-1] += data


def forms_of(response: Response, act: str = "") -> list[Form]:
    """Return the forms of a page, those of one act only if it is given."""
    parser = _Forms()
    parser.feed(response.text)
    return [form for form in parser.forms if not act or form.fields.get("_act") == act]


def form_of(response: Response, act: str) -> Form:
    """Return the one form of a page for an act."""
    (form,) = forms_of(response, act)
    return form
