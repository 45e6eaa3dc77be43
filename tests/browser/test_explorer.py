"""The page at /graphql: there for people, not for programs, and absent in production."""

import re
from importlib.resources import files

import pytest
from graphql import build_schema

from server.tools.contracts.documents import Operation, operations_of
from server.transport.settings import MANIFEST
from server.web.explorer.reference import reference_of
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
    assert [address.partition("?")[0] for address in re.findall(r'(?:src|href)="([^"]*)"', response.text)] == [
        "data:,",
        "/pages/pages.css",
        "/explorer/explorer.css",
        "/explorer/completion.js",
        "/explorer/ids.js",
        "/explorer/reference.js",
        "/explorer/explorer.js",
        "/",
        "/sign-in",
        "/account",
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


def test_variables_say_of_what_an_id_is() -> None:
    built = build_schema(
        "input Asked { roundId: ID! partyIds: [ID!]! otherId: ID! bodyId: ID! } "
        "interface Node { id: ID! } type Round implements Node { id: ID! } type Party implements Node { id: ID! } "
        "type WorkingBody implements Node { id: ID! } "
        "type Query { round(id: ID!, asked: Asked!): Round }"
    )
    body = "query One($id: ID!, $asked: Asked!) { round(id: $id, asked: $asked) { id } }"

    variables = variables_of(built, Operation("", "One", "query", "area", body, body))

    assert variables == {
        "id": "Round id",
        "asked": {"roundId": "Round id", "partyIds": ["Party id"], "otherId": "ID", "bodyId": "WorkingBody id"},
    }


def test_reference_holds_every_type_with_its_fields_arguments_values_and_descriptions() -> None:
    built = build_schema(
        'interface Node { id: ID! } enum Tone { "Quiet." CALM LOUD } union Thing = Round '
        '"A round." type Round implements Node { id: ID! "How many." count(of: Tone = CALM): Int! } '
        'input Asked { "Which." id: ID! } type Query { thing: Thing }'
    )

    reference = reference_of(built)

    assert reference["roots"] == {"query": "Query"}
    types = reference["types"]
    assert (types["Round"]["kind"], types["Round"]["description"]) == ("type", "A round.")
    count = {"type": "Int!", "description": "How many.", "args": {"of": {"type": "Tone", "description": ""}}}
    assert types["Round"]["fields"]["count"] == count
    assert types["Tone"] == {"kind": "enum", "description": "", "values": {"CALM": "Quiet.", "LOUD": ""}}
    assert (types["Thing"]["members"], types["Asked"]["kind"], types["Node"]["kind"]) == (
        ["Round"],
        "input",
        "interface",
    )
    assert [name for name in types if name.startswith("__")] == []


async def test_operations_are_all_of_those_that_are_published_with_subscriptions() -> None:
    areas = (await sent(app_with(), "GET", "/explorer/operations.json")).json()

    names = {operation["name"] for operations in areas.values() for operation in operations}
    published = {operation.name for operation in operations_of(MANIFEST.parents[1])}
    assert names == published
    assert "JournalEntryAdded" in names


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
