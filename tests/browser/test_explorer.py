"""The page at /graphql: there for people, not for programs, and absent in production."""

import re
from importlib.resources import files

import pytest
from graphql import build_schema

from server.tools.contracts.documents import Operation
from server.web.explorer.routes import FILES, variables_of
from tests.browser.visits import app_with, cookie_with, secret_of, sent
from tests.factories.api import Api

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def script() -> str:
    """The page's own script."""
    return files("server.web.explorer").joinpath("explorer.js").read_text()


async def test_page_is_shown_to_a_browser_that_opens_the_address() -> None:
    response = await sent(app_with(), "GET", "/graphql", headers=BROWSER)

    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<a id="door" href="/sign-in?continue=/graphql">Sign in</a>' in response.text
    assert re.findall(r'(?:src|href)="([^"]*)"', response.text) == [
        "/explorer/explorer.css",
        "/explorer/explorer.js",
        "/sign-in?continue=/graphql",
        "/account",
        "/sign-out",
    ]


async def test_page_has_neither_a_script_nor_a_style_in_it() -> None:
    page = (await sent(app_with(), "GET", "/graphql", headers=BROWSER)).text

    assert re.findall(r"<style|style=|<script(?![^>]*src=)|\son\w+=", page) == []


async def test_page_has_every_element_that_its_script_asks_for() -> None:
    page = (await sent(app_with(), "GET", "/graphql", headers=BROWSER)).text

    assert set(re.findall(r'byId\("([\w-]+)"\)', script())) <= set(re.findall(r'id="([\w-]+)"', page))


@pytest.mark.parametrize("name", FILES)
async def test_files_of_the_page_are_served_as_what_they_are(name: str) -> None:
    response = await sent(app_with(), "GET", f"/explorer/{name}")

    assert (response.status_code, response.headers["content-type"]) == (200, f"{FILES[name]}; charset=utf-8")


@pytest.mark.parametrize("path", ["/explorer/explorer.js", "/explorer/operations.json", "/explorer/../settings.py"])
async def test_page_and_its_files_are_absent_in_production(path: str) -> None:
    app = app_with(production=True)

    page, file = await sent(app, "GET", "/graphql", headers=BROWSER), await sent(app, "GET", path)

    assert "<html" not in page.text
    assert file.status_code == 404


def test_variables_leave_defaults_out_and_take_a_value_of_an_enum() -> None:
    built = build_schema(
        "enum Tone { CALM LOUD } input Said { text: String! tone: Tone! twice: Boolean! = false aside: String } "
        "type Query { say(said: Said!, times: Int! = 1): Boolean }"
    )
    body = "query Say($said: Said!, $times: Int! = 1) { say(said: $said, times: $times) }"

    variables = variables_of(built, Operation("", "Say", "query", "area", body, body))

    assert variables == {"said": {"text": "String", "tone": "CALM"}}


async def test_page_learns_who_is_signed_in_by_cookie_and_for_which_parties_they_speak(api: Api) -> None:
    (who,) = re.findall(r'const WHO = "(.+)";', script())
    cookie = cookie_with(await secret_of(api, "japan"))
    headers = {"cookie": cookie, "sec-fetch-site": "same-origin"}

    signed_in = await api._client.post("/graphql", json={"query": who}, headers=headers)
    nobody = await api._client.post("/graphql", json={"query": who})

    japan = api.world.delegates["japan"]
    standing = {"id": japan, "isOnBehalf": False, "party": {"name": "Japan Customs", "capacity": "MEMBER"}}
    viewer = {"person": {"name": "Delegate japan"}, "standing": {"id": japan}, "standings": [standing]}
    assert signed_in.json() == {"data": {"viewer": viewer}}
    assert nobody.json() == {"data": {"viewer": None}}
