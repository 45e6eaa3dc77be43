"""Fast and unbreakable, told from outside: each promise for the day on which too much comes, as a client would see it.

Written from the words of the promise alone, over HTTP, WebSocket and server-sent events, by somebody who had not read
how the server keeps it.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette
from structlog.testing import capture_logs

from server.app import create_app
from server.settings import Settings
from tests.browser.visits import cookie_with, secret_of
from tests.contracts.test_matrix import QUERIES, variables
from tests.factories.api import SETTINGS, Api, document
from tests.factories.contents import contents_of
from tests.factories.memory import allocated
from tests.factories.refusing import Watched
from tests.factories.rounds import CLOSES, open_round, rows_of
from tests.factories.workplan import make_plan
from tests.factories.world import NOW, World
from tests.journeys.test_read_only import let_write
from tests.live.connections import Connection, Events, Socket, scope_of
from tests.live.following import cursor_of
from tests.oauth.desk import AT_ONCE, Browser, Desk
from tests.pages.browser import Browser as Page
from tests.pages.browser import give_password
from tests.pages.test_resets import letters

pytestmark = pytest.mark.rest

HERE = "http://127.0.0.1:8000"
EVERYBODY = ("japan", "japan-assistant", "canada", "china", "upu", "gea", "secretariat", None)

# ------------------------------------------------------------------------------------------------ ways to ask

PAGE = """query Page($first: Int, $after: String, $last: Int, $before: String, $filter: CommentFilter) {
  comments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    totalCount
    edges { cursor node { __typename id number text status revision submittedAt supportCount party { id shortName }
      provision { id printedNumber text } author { id name person { name } } receipt { reference }
      disposition { verdict reason } availableActs { act isAllowed code reason rule unlocksAt whoCan } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
THIN = """query Thin($first: Int, $after: String, $last: Int, $before: String, $filter: CommentFilter) {
  comments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def client_of(app: Starlette) -> AsyncClient:
    """Return a client of an application that fails if an answer refuses and something was written."""
    return AsyncClient(transport=Watched(app=app), base_url=HERE)


async def post(client: AsyncClient, body: Any, **headers: str) -> Response:
    """Send a request as most clients do."""
    content = json.dumps(body)  # which escapes what UTF-8 cannot say
    return await client.post("/graphql", content=content, headers={"content-type": "application/json"} | headers)


def code_in(answer: Response) -> str | None:
    """Return the code of the first error of an answer, None without one."""
    errors = answer.json().get("errors")
    return errors[0]["extensions"]["code"] if errors else None


class Ways:
    """The same request in every way in which it can come, and what the answers tell."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.client = client_of(api.app)
        self.differences: list[Any] = []
        self.told: set[tuple[int, str | None]] = set()

    async def compare(self, person: str | None, query: str, sent: Any = None, name: Any = None, **more: str) -> None:
        """Ask in every way, and note where an answer differs in status, kind or a single byte."""
        headers = {"authorization": f"Bearer {await self.api.token(person)}"} if person else {}
        headers |= more
        body = {"query": query, "variables": sent or {}} | ({"operationName": name} if name is not None else {})
        await self.compare_bodies(person, body, headers)

    async def compare_bodies(self, person: str | None, body: dict[str, Any], headers: dict[str, str]) -> None:
        """Ask with one body in every way."""
        plain = await post(self.client, body, **headers)
        others = {
            "origin": await post(self.client, body, **headers, origin=HERE),
            "cookie": await post(self.client, body, **headers, cookie="theme=dark"),
            "both": await post(self.client, body, **headers, origin=HERE, cookie="theme=dark; lang=fr"),
        }
        params = {"query": body["query"], "variables": json.dumps(body["variables"])}
        params |= {"operationName": body["operationName"]} if body.get("operationName") else {}
        if body.get("operationName", "one") not in ("", 7):  # these cannot be said in an address
            others["get"] = await self.client.get("/graphql", params=params, headers=headers)
        self.told.add((plain.status_code, code_in(plain)))
        for way, other in others.items():
            if seen(other) != seen(plain):
                self.differences.append((way, person, body, seen(plain), seen(other)))


def seen(answer: Response) -> tuple[Any, ...]:
    """Return what a client sees of an answer, but for the number of its request."""
    kind, again = answer.headers.get("content-type"), answer.headers.get("retry-after")
    challenge = answer.headers.get("www-authenticate")
    content = answer.content
    number = answer.headers.get("x-request-id", "")
    return answer.status_code, kind, again, challenge, content.replace(number.encode() or b"\0", b"number")


async def fill(api: Api, *, is_over: bool = False, **changes: Any) -> str:
    """Open a round in which four parties have filed and one has a draft, and return its id. If it is over, one comment
    has a proposed answer."""
    world = api.world
    round_id = await open_round(world, **changes)
    comments = []
    for number, person in enumerate(("japan", "upu", "china", "gea", "japan", "upu", "japan")):
        place = world.provisions[number % 4] if number else None
        content = {"type": "SUBSTANTIVE" if place else "GENERAL", "provisionId": place, "text": f"100 % of_{number} é"}
        fact = await api.act(person, "submitComment", roundId=round_id, **content)
        comments.append(fact["comment"])
    draft = {"type": "GENERAL", "text": "Only Japan reads this."}
    await api.act("japan", "draftComment", roundId=round_id, **draft)
    if is_over:
        world.clock.now = CLOSES
        answer = {"verdict": "NOT_ACCEPTED", "reason": "No.", "commentId": comments[1]["id"], "expectedRevision": 1}
        assert (await api.act("canada", "proposeDisposition", **answer))["__typename"] == "DispositionProposed"
    return round_id


@pytest.mark.own_sql
async def test_page_of_a_list_is_the_same_in_every_way_of_asking_whoever_asks(api: Api) -> None:
    ways, rounds = Ways(api), [await fill(api, visibility="AFTER_CLOSE"), await fill(api, is_over=True)]
    for person in EVERYBODY:
        for query in (PAGE, THIN):
            for size, edge, cursor in (("first", "endCursor", "after"), ("last", "startCursor", "before")):
                sent: dict[str, Any] = {size: 3, "filter": {"roundId": rounds[1]}}
                for _ in range(4):
                    await ways.compare(person, query, sent)
                    data = (await api.send(person, query, sent)).get("data") or {"comments": {"pageInfo": {edge: None}}}
                    sent = sent | {cursor: data["comments"]["pageInfo"][edge]}
            await ways.compare(person, query, {"first": 50})

    assert ways.differences == []
    assert ways.told == {(200, None)}


FILTERS: list[Any] = [
    {},
    None,
    {"status": "SUBMITTED"},
    {"status": "DRAFT"},
    {"type": "GENERAL", "text": "100 %"},
    {"text": "OF_1 É"},
    {"text": "of%1"},
    {"text": "\\"},
    {"text": ""},
    {"text": " "},
    {"text": "\u0000"},
    {"text": "a\u0000b"},
    {"roundId": ""},
    {"roundId": "\u0000"},
    {"roundId": "RND_'; DROP TABLE comments; --"},
    {"partyId": None},
    {"provisionId": "nowhere"},
    {"verdict": "NOT_ACCEPTED"},
    {"submittedFrom": "2018-09-24T09:00:00Z"},
    {"submittedFrom": "2018-09-24T11:00:00+02:00", "submittedBefore": "2018-09-24T09:00:00.000001Z"},
    {"submittedBefore": "2018-09-24T09:00:00Z"},
    {"submittedBefore": "2018-09-24T09:00:00"},
    {"submittedBefore": "9999-12-31T23:59:59-14:00"},
    {"submittedFrom": "0001-01-01T00:00:00+14:00"},
    {"submittedFrom": "yesterday"},
    {"or": []},
    {"or": [{}]},
    {"or": [{}, {"status": "DRAFT"}]},
    {"or": [{"status": "SUBMITTED"}, {"verdict": "NOT_ACCEPTED"}]},
    {"or": {"type": "GENERAL"}},
    {"or": [{"or": [{"type": "GENERAL"}]}, {"text": "of_2"}], "status": "SUBMITTED"},
    {"or": [{"or": [{"or": [{"or": [{"type": "GENERAL"}]}]}]}]},
    {"or": [{"type": "GENERAL"}] * 6},
    {"or": None},
    {"or": [None]},
    {"status": "submitted"},
    {"status": 1},
    {"nothing": 1},
    [],
    "text",
]


@pytest.mark.own_sql
async def test_filter_is_understood_in_the_same_way_in_every_way_of_asking(api: Api) -> None:
    ways = Ways(api)
    await fill(api, is_over=True)

    for person in ("japan", "secretariat", None):
        for wanted in FILTERS:
            await ways.compare(person, THIN, {"filter": wanted, "first": 10})

    assert ways.differences == []
    assert {code for _, code in ways.told} <= {None, "BAD_USER_INPUT", "BAD_REQUEST"}


ODD: list[Any] = [
    {"first": "3"},
    {"first": 3.0},
    {"first": 3.5},
    {"first": True},
    {"first": [3]},
    {"first": {}},
    {"first": 2**31},
    {"first": -(2**31)},
    {"first": 10**40},
    {"first": -1},
    {"first": 0},
    {"first": 101},
    {"last": 101},
    {"last": 0},
    {"first": 1, "last": 1},
    {"first": 1, "before": "x"},
    {"last": 1, "after": "x"},
    {"first": None, "last": None},
    {"after": ""},
    {"after": "x"},
    {"after": "\u0000"},
    {"after": 7},
    {"after": "WyJ4Il0="},
    {"after": "é" * 3_000},
    {"before": "bnVsbA=="},
    {"filter": {"type": "GENERAL"}, "after": "{cursor}"},
    {"last": 2, "after": "{cursor}"},
    {"last": 2, "before": "{cursor}"},
    {"first": 2, "after": "{cursor}x"},
    {"first": 2, "after": "{cursor}="},
    {"first": 2, "after": "{cursor} "},
    {"first": 2, "after": "{cut}"},
    {"first": 2, "after": "{other}"},
    {"first": 2, "unknown": 1},
    {"first": 2, "filter": {"type": "GENERAL", "roundId": ["RND_1"]}},
]


@pytest.mark.own_sql
async def test_cursors_and_variables_that_make_no_sense_are_answered_alike_in_every_way(api: Api) -> None:
    ways = Ways(api)
    await fill(api, is_over=True)
    page = (await api.send("japan", THIN, {"first": 2}))["data"]["comments"]["pageInfo"]
    journal = "{ journalEntries(first: 1) { pageInfo { endCursor } } }"
    other = (await api.send("japan", journal))["data"]["journalEntries"]["pageInfo"]["endCursor"]
    places = {"{cursor}": page["endCursor"], "{cut}": page["endCursor"][:-5], "{other}": other}

    for person in ("japan", "secretariat", None):
        for sent in ODD:
            text = json.dumps(sent)
            for place, value in places.items():
                text = text.replace(place, value)
            await ways.compare(person, THIN, json.loads(text))

    assert ways.differences == []
    assert {code for _, code in ways.told} <= {None, "BAD_USER_INPUT", "BAD_REQUEST"}
    assert {status for status, _ in ways.told} <= {200, 400}


NODES = "nodes { id }"
SHAPES: list[tuple[str, Any, Any]] = [
    ("{ __typename }", None, None),
    ("{ answeredAt }", None, None),
    ("{ a: __typename b: __typename answeredAt }", None, None),
    (
        "{ comments { __typename nodes { __typename ...{id} party { __typename } } pageInfo { __typename } } }",
        None,
        None,
    ),
    ("{ a: comments(first: 2) { " + NODES + " } b: comments(last: 2) { " + NODES + " } }", None, None),
    (
        "{ comments(first: 2) { nodes { id } nodes { text } nodes { id party { id } party { shortName } } } }",
        None,
        None,
    ),
    ("{ comments(first: 2) { nodes { id: text text: id } } }", None, None),
    ("{ comments(first: 2) { nodes { a: party { x: id } a: party { y: shortName } } n: totalCount } }", None, None),
    ("{ comments(first: 2) { nodes { a: id a: text } } }", None, None),
    (
        "{ comments { ...C } } fragment C on CommentConnection { ...D totalCount } "
        "fragment D on CommentConnection { nodes { ... on Node { id } ... on Comment { text } ... { number } } }",
        None,
        None,
    ),
    ("{ comments { nodes { ... on Party { id } id } } }", None, None),
    ("{ comments { ...C } }", None, None),
    ("{ comments { ...C } } fragment C on CommentConnection { ...C }", None, None),
    ("{ comments { nodes { id } } } fragment Unused on Comment { id }", None, None),
    ("query($y: Boolean!) { comments { totalCount @include(if: $y) nodes @skip(if: $y) { id } } }", {"y": True}, None),
    ("query($y: Boolean!) { comments { totalCount @include(if: $y) nodes @skip(if: $y) { id } } }", {"y": False}, None),
    ("query($y: Boolean!) { comments { totalCount @include(if: $y) } }", {"y": "true"}, None),
    ("query($y: Boolean!) { comments { totalCount @include(if: $y) } }", {"y": None}, None),
    ("query($y: Boolean!) { comments { totalCount @include(if: $y) } }", {}, None),
    ("query($y: Boolean! = false) { comments @include(if: $y) { totalCount } }", {}, None),
    ("query($y: Boolean = false) { comments @include(if: $y) { totalCount } }", {"y": None}, None),
    ("{ comments @skip(if: true) { totalCount } }", None, None),
    ("{ comments @skip(if: true) { totalCount } comments { nodes { id } } }", None, None),
    (
        "{ comments { nodes { id @skip(if: true) @include(if: true) text @skip(if: false) } } }",
        None,
        None,
    ),
    (
        "{ ... @include(if: true) { comments { ...C @skip(if: true) totalCount } } } "
        "fragment C on CommentConnection { nodes { id } }",
        None,
        None,
    ),
    (
        "query($y: Boolean!) { comments { nodes { ...A @include(if: $y) ...A @skip(if: $y) } } } "
        "fragment A on Comment { id text @skip(if: $y) }",
        {"y": True},
        None,
    ),
    (
        "{ rounds { nodes { id title phase } totalCount } comments { totalCount } parties { nodes { id } } }",
        None,
        None,
    ),
    ("{ viewer { person { name } standing { id } scopes } comments { totalCount } }", None, None),
    ("query A { answeredAt } query B { comments { totalCount } }", None, "B"),
    ("query A { answeredAt } query B { comments { totalCount } }", None, "A"),
    ("query A { answeredAt } query B { comments { totalCount } }", None, "C"),
    ("query A { answeredAt } query B { comments { totalCount } }", None, None),
    ("query A { answeredAt } query B { comments { totalCount } }", None, ""),
    ("query A { comments { totalCount } }", None, "a"),
    ("{ comments { totalCount } }", None, "A"),
    ("query A { comments { totalCount } }", None, 7),
    ("query A { comments { totalCount } } query A { comments { totalCount } }", None, "A"),
    ("query($a: Int = 2) { comments(first: $a) { nodes { id } } }", None, None),
    ("query($a: Int! = 2) { comments(first: $a) { nodes { id } } }", {"a": None}, None),
    ("query($a: Int, $a: Int) { comments(first: $a) { nodes { id } } }", None, None),
    ("query($a: String) { comments(first: $a) { nodes { id } } }", {"a": "1"}, None),
    ("query($a: Nothing) { comments(first: $a) { nodes { id } } }", {"a": "1"}, None),
    ("query($a: Int) { comments(first: 1) { nodes { id } } }", {"a": 1}, None),
    ("{ comments(first: $a) { nodes { id } } }", {"a": 1}, None),
    ("query($i: ID!) { comment(id: $i) { id text } node(id: $i) { id } }", {"i": "CMT_x"}, None),
    ("query($i: ID!) { comment(id: $i) { id text } node(id: $i) { id } }", {"i": ""}, None),
    ("query($i: ID!) { comment(id: $i) { id text } node(id: $i) { id } }", {"i": "\u0000"}, None),
    ("query($i: ID!) { comment(id: $i) { id text } }", {"i": 12}, None),
    ("query($i: ID!) { comment(id: $i) { id text } }", {"i": 1.5}, None),
    ("query($i: [ID!]!) { nodes(ids: $i) { id __typename ... on Party { shortName } } }", {"i": ["x", "", "x"]}, None),
    ("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": []}, None),
    ("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": "one"}, None),
    ("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": [None]}, None),
    ('{ comments(first: 1, filter: {text: "a\\u0000"}) { nodes { id } } }', None, None),
    ('{ comments(first: 1, filter: {text: """block \\""" text"""}) { nodes { id } } }', None, None),
    ("{ comments(first: 0x10) { nodes { id } } }", None, None),
    ("{ comments(first: 1.0) { nodes { id } } }", None, None),
    ("{ comments(first: 1, first: 2) { nodes { id } } }", None, None),
    ("{ comments(filter: {status: SUBMITTED, status: DRAFT}) { nodes { id } } }", None, None),
    ("{ comments { nodes } }", None, None),
    ("{ comments { nodes { id { id } } } }", None, None),
    ("{ comments { nodes { nothing } } }", None, None),
    ("{ nothing }", None, None),
    ("{", None, None),
    ("", None, None),
    ("  ", None, None),
    ("# nothing", None, None),
    ("\ufeff{ comments { totalCount } }", None, None),
    ("{ comments { totalCount } } # é 漢 \U0001f600", None, None),
    ("fragment A on Comment { id }", None, None),
    ("mutation { __typename }", None, None),
    ("subscription { journalEntryAdded { id } }", None, None),
    ("type A { id: ID }", None, None),
    ("{ __schema { queryType { name } } }", None, None),
    ("{ comments { nodes { supports(first: 1) { nodes { id } } oppositions(last: 2) { totalCount } } } }", None, None),
    ("{ comments(first: 1) { nodes { supports(first: 101) { nodes { id } } } } }", None, None),
    (
        "{ journalEntries(first: 3) "
        "{ nodes { id sequence digest details party { id } delegate { name } } totalCount } }",
        None,
        None,
    ),
]


@pytest.mark.own_sql
async def test_document_of_any_shape_is_answered_alike_in_every_way(api: Api) -> None:
    ways = Ways(api)
    await fill(api, is_over=True)

    for person in ("japan", "secretariat", None):
        for query, sent, name in SHAPES:
            await ways.compare(person, query, sent, name)

    differences = [each for each in ways.differences if not is_said_of_the_method(each)]
    assert differences == []
    assert not {code for _, code in ways.told} & {"INTERNAL", "UNAVAILABLE", "TIMEOUT"}


def is_said_of_the_method(difference: Any) -> bool:
    """Return whether GET was told that only POST may do this, as it should be."""
    way, _, _, _, (status, *_, content) = difference
    return way == "get" and status == 405 and b"METHOD_NOT_ALLOWED" in content


@pytest.mark.own_sql
async def test_caller_is_judged_alike_in_every_way(api: Api) -> None:
    ways, world = Ways(api), api.world
    await fill(api)
    good = await api.token("upu")
    head, claims, signature = good.split(".")
    credentials: list[dict[str, str]] = [
        {},
        {"authorization": f"Bearer {good}"},
        {"authorization": f"bearer {good}"},
        {"authorization": f"Bearer  {good}"},
        {"authorization": f"Bearer {good} "},
        {"authorization": good},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": ""},
        {"authorization": f"Basic {b64encode(b'upu:x').decode()}"},
        {"authorization": f"Bearer {head}.{claims}.{signature[:-4]}AAAA"},
        {"authorization": f"Bearer {head}.{claims}."},
        {"authorization": "Bearer a.b.c"},
        {"authorization": f"Bearer {await api.token('upu', [])}"},
        {"authorization": f"Bearer {await api.token('upu', ['comment'])}"},
        *(
            {"authorization": f"Bearer {good}", "acting-as": standing}
            for standing in ("", " ", "DEL_x", world.delegates["upu"], world.delegates["japan"], world.parties["upu"])
        ),
        {"acting-as": world.delegates["secretariat"]},
    ]

    for headers in credentials:
        for query in (THIN, "{ viewer { person { name } standing { id } } }", "{ answeredAt }", "{"):
            for accept in (
                "application/json",
                "application/graphql-response+json",
                "*/*",
                "text/html;q=0.1",
                "text/css",
            ):
                body = {"query": query, "variables": {}}
                await ways.compare_bodies(str(headers), body, headers | {"accept": accept})

    assert ways.differences == []
    assert {code for _, code in ways.told} >= {None, "UNAUTHENTICATED", "NOT_ACCREDITED", "SCOPE_MISSING"}


BODIES: list[tuple[bytes, str]] = [
    (b'{"query": "{ answeredAt }"}', "application/json"),
    (b'{"query": "{ answeredAt }"}', "application/json; charset=utf-8"),
    (b'{"query": "{ answeredAt }"}', 'APPLICATION/JSON;charset="UTF-8"'),
    (b'{"query": "{ answeredAt }"}', "application/json; charset=latin-1"),
    (b'{"query": "{ answeredAt }"}', "text/plain"),
    (b'{"query": "{ answeredAt }"}', ""),
    (b'\xef\xbb\xbf{"query": "{ answeredAt }"}', "application/json"),
    ('{"query": "{ answeredAt }"}'.encode("utf-16"), "application/json"),
    (b'{"query": "{ answeredAt } # \xff"}', "application/json"),
    (b'{"query": "{ answeredAt }", "query": "{ __typename }"}', "application/json"),
    (b'{"query": "{ answeredAt }", "variables": null, "operationName": null, "extensions": null}', "application/json"),
    (b'{"query": "{ answeredAt }", "variables": []}', "application/json"),
    (b'{"query": "{ answeredAt }", "variables": "{}"}', "application/json"),
    (b'{"query": "{ answeredAt }", "extensions": {}}', "application/json"),
    (b'{"query": "{ answeredAt }", "extensions": []}', "application/json"),
    (
        b'{"query": "{ answeredAt }", "extensions": {"persistedQuery": {"sha256Hash": "x"}}}',
        "application/json",
    ),
    (b'{"query": "{ answeredAt }", "documentId": "sha256:x"}', "application/json"),
    (b'{"documentId": "sha256:x"}', "application/json"),
    (b'{"query": "{ answeredAt }", "id": 1}', "application/json"),
    (b'{"query": 1}', "application/json"),
    (b'{"query": null}', "application/json"),
    (b"{}", "application/json"),
    (b"[]", "application/json"),
    (b'[{"query": "{ answeredAt }"}]', "application/json"),
    (b"null", "application/json"),
    (b"", "application/json"),
    (b"{", "application/json"),
    (b'{"query": "{ answeredAt }"} x', "application/json"),
    (b'{"query": "{ answeredAt }", "variables": {"a": NaN}}', "application/json"),
    (b'{"query": "{ answeredAt }", "variables": {"a": 1e999}}', "application/json"),
    (b'{"query": "{ answeredAt }", "variables": {"a": ' + b"9" * 5_000 + b"}}", "application/json"),
    (b'{"query": "{ answeredAt }", "variables": {"a": ' + b"[" * 63 + b"]" * 63 + b"}}", "application/json"),
    (b'{"query": "{ answeredAt }", "variables": {"a": ' + b"[" * 20_000 + b"]" * 20_000 + b"}}", "application/json"),
    (b'{"query": "query($a: String) { node(id: \\"x\\") { id } }", "variables": {"a": "\\ud800"}}', "application/json"),
    (b'{"query": "\\ud800"}', "application/json"),
    (b'{"query": "{ answeredAt }"' + b" " * 99_000 + b"}", "application/json"),
    (b'{"query": "{ answeredAt }"' + b" " * 200_000 + b"}", "application/json"),
    (b'{"query": "{ answeredAt }"' + b" " * 5_000_000 + b"}", "application/json"),
]


async def test_body_of_any_kind_is_read_alike_in_every_way(api: Api) -> None:
    differences, told = [], set()
    async with client_of(api.app) as client:
        for content, kind in BODIES:
            headers = {"content-type": kind} if kind else {}
            plain = await client.post("/graphql", content=content, headers=headers)
            others = [
                await client.post("/graphql", content=content, headers=headers | more)
                for more in ({"origin": HERE}, {"cookie": "theme=dark"})
            ]
            told.add((plain.status_code, code_in(plain)))
            differences += [(content[:80], seen(plain), seen(other)) for other in others if seen(other) != seen(plain)]

    assert differences == []
    assert {status for status, _ in told} <= {200, 400, 413, 415}
    assert (413, "LIMIT_EXCEEDED") in told
    assert "INTERNAL" not in {code for _, code in told}


# -------------------------------------------------------------------------------------------- who is no longer

NOTHING = {"viewer": None, "comments": {"totalCount": 0, "nodes": []}}
WHOLE = "{ viewer { standing { id } } comments(first: 50) { totalCount nodes { id status text } } }"


async def told_to(client: AsyncClient, token: str, query: str = WHOLE, **more: str) -> Any:
    """Return the status, the code and the data of an answer to a token."""
    answer = await post(client, {"query": query}, authorization=f"Bearer {token}", **more)
    return answer.status_code, code_in(answer), answer.json().get("data")


@pytest.mark.own_sql
async def test_person_who_is_suspended_gets_nothing_from_the_next_request_on(api: Api) -> None:
    await fill(api)
    token, cookie = await api.token("japan"), cookie_with(await secret_of(api, "japan"))
    person = api.world.persons["japan"]
    async with client_of(api.app) as client, Socket(api.app) as socket:
        await socket.init(authorization=f"Bearer {token}")
        before = [await told_to(client, token) for _ in range(100)]
        socket.subscribe("1", WHOLE)
        over_socket = await socket.next("1")
        assert (await socket.receive())["type"] == "complete"
        by_cookie = await post(client, {"query": WHOLE}, cookie=cookie, origin=HERE)
        await api.act("secretariat", "suspendPerson", personId=person, reason="Lost.", expectedRevision=1)
        after = [await told_to(client, token) for _ in range(3)]
        in_full = [await told_to(client, token, origin=HERE), await told_to(client, token, cookie="theme=dark")]
        by_cookie_after = await post(client, {"query": WHOLE}, cookie=cookie, origin=HERE)
        socket.subscribe("2", WHOLE)
        message = await socket.out()

    assert {status for status, _, _ in before} == {200}
    assert len(before[0][2]["comments"]["nodes"]) == 8
    assert by_cookie.json()["data"] == over_socket["data"] == before[-1][2]
    assert [*after, *in_full] == [(401, "UNAUTHENTICATED", None)] * 5
    assert by_cookie_after.json()["data"] == NOTHING
    assert (message["type"], message["code"] in (4401, 4403)) == ("websocket.close", True)


@pytest.mark.own_sql
async def test_accreditation_that_is_over_shows_nothing_more_of_the_party(api: Api) -> None:
    world = api.world
    await fill(api)
    token = await api.token("japan-assistant")
    async with client_of(api.app) as client:
        before = [await told_to(client, token) for _ in range(100)]
        end = {"delegateId": world.delegates["japan-assistant"], "reason": "Moved.", "expectedRevision": 1}
        fact = await api.act("japan", "endAccreditation", **end)
        status, code, data = await told_to(client, token)
        chosen = await told_to(client, token, **{"acting-as": world.delegates["japan-assistant"]})

    assert fact["__typename"] == "AccreditationEnded"
    assert len(before[-1][2]["comments"]["nodes"]) == 8
    assert (status, code, data["viewer"]["standing"]) == (200, None, None)
    assert data["comments"] == {"totalCount": 0, "nodes": []}
    assert chosen == (403, "NOT_ACCREDITED", None)


@pytest.mark.own_sql
async def test_accreditation_ends_at_midnight_for_who_asks_all_the_time(api: Api) -> None:
    world = api.world
    await fill(api)
    last = {"endsOn": NOW.date().isoformat(), "reason": "Moved.", "expectedRevision": 1}
    await api.act("japan", "endAccreditation", delegateId=world.delegates["japan-assistant"], **last)
    today = [await api.send("japan-assistant", WHOLE) for _ in range(20)]
    world.clock.now = NOW.replace(hour=0) + timedelta(days=2)
    tomorrow = await api.send("japan-assistant", WHOLE)

    assert {answer["data"]["comments"]["totalCount"] for answer in today} == {8}
    assert tomorrow["data"] == {"viewer": {"standing": None}, "comments": {"totalCount": 0, "nodes": []}}


@pytest.mark.own_sql
async def test_grant_that_is_revoked_gives_nothing_from_the_next_request_on(api: Api) -> None:
    await fill(api)
    async with Desk(api.world) as desk, client_of(api.app) as client:
        tokens = await desk.tokens(await desk.application())
        before = [await told_to(client, tokens["access_token"]) for _ in range(100)]
        grants = "{ viewer { grants { nodes { id } } } }"
        (grant,) = (await api.send("japan", grants))["data"]["viewer"]["grants"]["nodes"]
        await api.act("japan", "revokeGrant", grantId=grant["id"])
        after = [await told_to(client, tokens["access_token"], **more) for more in ({}, {"origin": HERE})]

    assert {status for status, _, _ in before} == {200}
    assert after == [(401, "UNAUTHENTICATED", None)] * 2


@pytest.mark.own_sql
async def test_browser_that_signed_out_and_token_that_is_too_old_give_nothing(api: Api) -> None:
    await fill(api)
    cookie, token = cookie_with(await secret_of(api, "japan")), await api.token("japan")
    headers = {"cookie": cookie, "origin": HERE, "sec-fetch-site": "same-origin"}
    async with client_of(api.app) as client:
        before = await post(client, {"query": WHOLE}, **headers)
        await client.post("/sign-out", data={"from": "here"}, headers=headers)
        after = await post(client, {"query": WHOLE}, **headers)
        fresh = [await told_to(client, token) for _ in range(20)]
        api.world.clock.move(minutes=12)
        old = await told_to(client, token)

    assert before.json()["data"]["comments"]["totalCount"] == 8
    assert after.json()["data"] == NOTHING
    assert {status for status, _, _ in fresh} == {200}
    assert old == (401, "UNAUTHENTICATED", None)


@pytest.mark.own_sql
async def test_person_speaks_for_another_party_as_long_as_the_mandate_lasts_and_never_by_anothers(api: Api) -> None:
    world, parties = api.world, api.world.parties
    await fill(api)
    days = {"startsOn": NOW.date().isoformat(), "endsOn": (NOW.date() + timedelta(days=30)).isoformat()}
    mandate = {"partyId": parties["japan"], "byPartyId": parties["upu"], "evidence": "Letter", **days}
    standing = (await api.act("japan", "grantRepresentation", **mandate))["representation"]["id"]
    token, stranger = await api.token("upu"), await api.token("gea")
    async with client_of(api.app) as client:
        during = [await told_to(client, token, **{"acting-as": standing}) for _ in range(100)]
        own = await told_to(client, token, **{"acting-as": world.delegates["upu"]})
        without = await told_to(client, token)
        others = [
            await told_to(client, who, **{"acting-as": which})
            for who, which in ((token, world.delegates["japan"]), (stranger, standing), (stranger, "DEL_nobody"))
        ]
        end = {"representationId": standing, "reason": "Over.", "expectedRevision": 1}
        fact = await api.act("japan", "endRepresentation", **end)
        after = [await told_to(client, token, **{"acting-as": standing}, **more) for more in ({}, {"origin": HERE})]

    assert fact["__typename"] == "RepresentationEnded"
    assert {(status, data["viewer"]["standing"]["id"]) for status, _, data in during} == {(200, standing)}
    assert own[2]["viewer"]["standing"] == {"id": world.delegates["upu"]}
    assert without[2] == own[2]
    assert [*others, *after] == [(403, "NOT_ACCREDITED", None)] * 5


@pytest.mark.own_sql
async def test_change_of_a_function_takes_effect_at_once(api: Api) -> None:
    world = api.world
    round_id = await fill(api, is_over=True)
    query = "query($r: ID!) {comments(first: 50, filter: {roundId: [$r]}) { nodes { status disposition { verdict } " + (
        "availableActs { act isAllowed } } } }"
    )

    async def shown() -> tuple[int, int]:
        nodes = (await api.send("china", query, {"r": round_id}))["data"]["comments"]["nodes"]
        acts = [act for node in nodes for act in node["availableActs"] if act["act"] == "PROPOSE_DISPOSITION"]
        return sum(node["disposition"] is not None for node in nodes), sum(act["isAllowed"] for act in acts)

    before = [await shown() for _ in range(50)]
    seat = {"bodyId": world.bodies["group"], "partyId": world.parties["china"], "kind": "CO_CHAIR"}
    fact = await api.act("secretariat", "appointFunction", **seat, startsOn=CLOSES.date().isoformat())
    during = [await shown() for _ in range(50)]
    end = {"functionId": fact["function"]["id"], "reason": "Agreed.", "expectedRevision": 1}
    await api.act("secretariat", "endFunction", **end)
    after = await shown()

    assert set(before) == {(0, 0)} == {after}
    assert len(set(during)) == 1
    assert during[0][0] == 1
    assert during[0][1] > 0


@pytest.mark.own_sql
async def test_sealed_comment_is_hidden_until_the_very_instant_of_closing(api: Api) -> None:
    round_id = await fill(api, visibility="AFTER_CLOSE")
    query = "query($r: ID!) {comments(filter: {roundId: [$r]}, first: 50) {totalCount nodes {party {shortName}}}}"

    async def parties(person: str) -> set[str]:
        data = (await api.send(person, query, {"r": round_id}))["data"]["comments"]
        assert data["totalCount"] == len(data["nodes"])
        return {node["party"]["shortName"] for node in data["nodes"]}

    sealed = [await parties("upu") for _ in range(50)] + [await parties("canada")]
    api.world.clock.now = CLOSES - timedelta(microseconds=1)
    just_before = await parties("upu")
    api.world.clock.now = CLOSES
    at_closing = await parties("upu")

    assert sealed == [{"UPU"}] * 50 + [set()]
    assert just_before == {"UPU"}
    assert at_closing == {"UPU", "Japan", "China", "GEA"}


# ---------------------------------------------------------------------------------------------- lists that grow


@pytest.mark.own_sql
@pytest.mark.parametrize("forwards", [True, False])
async def test_walk_through_a_list_gives_each_comment_once_while_others_file(api: Api, forwards: bool) -> None:
    world = api.world
    round_id = await open_round(world)
    persons = ("japan", "upu", "china", "gea")

    async def file(number: int) -> str:
        place = world.provisions[number * 3 % 4]
        content = {"type": "SUBSTANTIVE", "provisionId": place, "text": f"Comment {number}"}
        fact = await api.act(persons[number % 4], "submitComment", roundId=round_id, **content)
        return str(fact["comment"]["id"])

    present = [await file(number) for number in range(24)]
    size, edge, cursor = ("first", "endCursor", "after") if forwards else ("last", "startCursor", "before")
    more = "hasNextPage" if forwards else "hasPreviousPage"
    sent: dict[str, Any] = {size: 5, "filter": {"roundId": round_id}}
    walk: list[str] = []
    number = 24
    while True:
        page, *_ = await asyncio.gather(api.send("china", THIN, sent), *(file(number + each) for each in range(4)))
        number += 4
        nodes = [node["id"] for node in page["data"]["comments"]["nodes"]]
        walk += nodes if forwards else reversed(nodes)
        if not page["data"]["comments"]["pageInfo"][more]:
            break
        sent[cursor] = page["data"]["comments"]["pageInfo"][edge]

    assert len(walk) == len(set(walk))
    assert set(walk) >= set(present)
    whole = await api.send("china", THIN, {"first": 100, "filter": {"roundId": round_id}})
    order = [node["id"] for node in whole["data"]["comments"]["nodes"]]
    assert sorted(walk, key=order.index) == (walk if forwards else walk[::-1])


# ------------------------------------------------------------------------------------------------------ streams

FOLLOW = "subscription($after: String) { journalEntryAdded(after: $after) { id act subjectId party { shortName } } }"


@pytest.fixture
async def live(api: Api) -> AsyncIterator[Starlette]:
    """Give a second application over the same database, which listens by itself, as a second process would."""
    app = create_app(SETTINGS, api.world.database, api.world.clock)
    await app.state.server.start()
    yield app
    await app.state.server.newsroom.close()


class Listener:
    """Somebody who listens, over either transport."""

    def __init__(self, app: Starlette, kind: str, headers: dict[str, str], after: str | None) -> None:
        self._kind, self._headers = kind, headers
        self._after = None if after is None else cursor_of(after)
        body = {"query": FOLLOW, "variables": {"after": self._after}}
        self._connection: Any = Socket(app) if kind == "websocket" else Events(app, body, headers)

    async def __aenter__(self) -> "Listener":
        await self._connection.__aenter__()
        if self._kind == "websocket":
            payload = {"authorization": self._headers["authorization"], "actingAs": self._headers.get("acting-as")}
            await self._connection.init(**payload)
            self._connection.subscribe("1", FOLLOW, variables={"after": self._after})
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._connection.__aexit__(*error)

    async def entry(self) -> dict[str, Any]:
        """Return the next entry."""
        if self._kind == "websocket":
            payload = await self._connection.next("1")
        else:
            name, payload = await self._connection.event()
            assert name == "next", (name, payload)
        assert "errors" not in payload, payload
        return dict(payload["data"]["journalEntryAdded"])

    async def end(self) -> Any:
        """Return how the stream ends, which comes next: the code of the closing, or of the last error."""
        if self._kind == "websocket":
            return (await self._connection.closed())[0]
        name, payload = await self._connection.event()
        if name == "next":
            assert not payload.get("data"), payload
            assert (await self._connection.event())[0] in ("complete", "")
            return payload["errors"][0]["extensions"]["code"]
        return name


KINDS = pytest.mark.parametrize("kind", ["websocket", "events"])


async def last_entry(api: Api, person: str) -> str:
    """Return the id of the latest entry of the journal that a person sees."""
    data = (await api.send(person, "{ journalEntries(last: 1) { nodes { id } } }"))["data"]
    return str(data["journalEntries"]["nodes"][0]["id"])


async def entries_after(api: Api, person: str, after: str) -> list[str]:
    """Return what the journal lists for a person behind an entry, in the order of the chain.

    The list is in the order of the instants of the acts, which differs where two acts were done at the same time.
    """
    ids = [row["id"] for row in sorted(await rows_of(api.world, "journal"), key=lambda row: row["sequence"])]
    data = (await api.send(person, "{ journalEntries(first: 100) { nodes { id } } }"))["data"]
    numbers = sorted(ids.index(node["id"]) for node in data["journalEntries"]["nodes"])
    return [ids[number] for number in numbers if number > ids.index(after)]


@pytest.mark.own_sql
@KINDS
async def test_listeners_are_told_each_act_once_in_order_and_those_of_others_never(
    api: Api, live: Starlette, kind: str
) -> None:
    world = api.world
    round_id = await open_round(world, visibility="AFTER_CLOSE")
    persons = ("secretariat", "japan", "upu", "japan-assistant")
    content = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": "Sealed."}
    for person in ("japan", "upu"):
        await api.act(person, "submitComment", roundId=round_id, **content)
    starts = {person: await last_entry(api, person) for person in persons}

    async with AsyncExitStack() as stack:
        listeners = {}
        for person in persons:
            headers = {"authorization": f"Bearer {await api.token(person)}"}
            listeners[person] = await stack.enter_async_context(Listener(live, kind, headers, starts[person]))
        for _ in range(5):
            acts = [api.act(who, "submitComment", roundId=round_id, **content) for who in ("upu", "japan", "gea")]
            await asyncio.gather(*acts)
        expected = {person: await entries_after(api, person, starts[person]) for person in persons}
        told = {who: [(await listeners[who].entry())["id"] for _ in expected[who]] for who in persons}
        last = await api.act("japan", "submitComment", roundId=round_id, **content)
        ends = {person: await listeners[person].entry() for person in ("secretariat", "japan", "japan-assistant")}

    assert told == expected
    assert [len(told[person]) for person in persons] == [15, 5, 5, 5]
    assert {entry["subjectId"] for entry in ends.values()} == {last["comment"]["id"]}
    assert {entry["party"]["shortName"] for entry in ends.values()} == {"Japan"}


@pytest.mark.own_sql
@KINDS
async def test_listener_who_comes_back_with_after_has_lost_nothing_and_hears_nothing_twice(
    api: Api, live: Starlette, kind: str
) -> None:
    world = api.world
    round_id = await open_round(world)
    content = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": "Again."}
    await api.act("japan", "submitComment", roundId=round_id, **content)
    start = await last_entry(api, "japan")
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    told, after = [], start
    for _ in range(4):
        for person in ("japan", "upu", "japan"):
            await api.act(person, "submitComment", roundId=round_id, **content)
        async with Listener(live, kind, headers, after) as listener:
            told.append((await listener.entry())["id"])
            await api.act("japan", "submitComment", roundId=round_id, **content)
            told.append((await listener.entry())["id"])
            after = told[-1]
    expected = await entries_after(api, "japan", start)
    async with Listener(live, kind, headers, after) as listener:
        told += [(await listener.entry())["id"] for _ in expected[len(told) :]]

    assert told == expected
    assert len(told) == 12


@pytest.mark.own_sql
@KINDS
@pytest.mark.parametrize("loss", ["person", "accreditation", "mandate"])
async def test_who_may_not_hear_any_more_hears_nothing_more(api: Api, live: Starlette, kind: str, loss: str) -> None:
    world = api.world
    round_id = await open_round(world)
    content = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": "Heard."}
    headers = {"authorization": f"Bearer {await api.token('upu' if loss == 'mandate' else 'japan-assistant')}"}
    reason = {"reason": "Over.", "expectedRevision": 1}
    if loss == "mandate":
        days = {"startsOn": NOW.date().isoformat(), "endsOn": (NOW.date() + timedelta(days=30)).isoformat()}
        mandate = {"partyId": world.parties["japan"], "byPartyId": world.parties["upu"], "evidence": "Letter", **days}
        standing = (await api.act("japan", "grantRepresentation", **mandate))["representation"]["id"]
        headers["acting-as"] = standing
        end = ("japan", "endRepresentation", {"representationId": standing})
    elif loss == "accreditation":
        end = ("secretariat", "endAccreditation", {"delegateId": world.delegates["japan-assistant"]})
    else:
        end = ("secretariat", "suspendPerson", {"personId": world.persons["japan-assistant"]})
    await api.act("japan", "submitComment", roundId=round_id, **content)
    start = await last_entry(api, "japan")

    async with (
        Listener(live, kind, headers, start) as listener,
        Listener(live, kind, {"authorization": f"Bearer {await api.token('japan')}"}, start) as other,
    ):
        first = await api.act("japan", "submitComment", roundId=round_id, **content)
        heard = [(await each.entry())["subjectId"] for each in (listener, other)]
        who, act, sent = end
        fact = await api.act(who, act, **sent, **reason)
        await api.act("japan", "submitComment", roundId=round_id, **content)
        finish = await listener.end()

    assert heard == [first["comment"]["id"]] * 2
    assert fact["__typename"] != "Refusal"
    assert finish in (4401, 4403, "UNAUTHENTICATED", "NOT_ACCREDITED", "FORBIDDEN")


@KINDS
async def test_odd_beginnings_hear_nothing_and_are_told_why(api: Api, live: Starlette, kind: str) -> None:
    await open_round(api.world)
    codes = []
    for person, after in (("canada", "JRN_nothing"), ("canada", "\u0000"), ("upu", await last_entry(api, "canada"))):
        headers = {"authorization": f"Bearer {await api.token(person)}"}
        if kind == "websocket":
            async with Socket(live) as socket:
                await socket.init(**headers)
                socket.subscribe("1", FOLLOW, variables={"after": cursor_of(after)})
                errors = (await socket.receive())["payload"]
        else:
            async with Events(live, {"query": FOLLOW, "variables": {"after": cursor_of(after)}}, headers) as stream:
                errors = (await stream.event())[1]["errors"]
        codes.append(errors[0]["extensions"]["code"])

    assert codes == ["BAD_REQUEST"] * 3


# ----------------------------------------------------------------------------------------------------- too much


@pytest.fixture
async def impatient(api: Api) -> AsyncIterator[Starlette]:
    """Give an application that lets nobody wait longer than a moment."""
    settings = Settings(issuer=HERE, patience=0.1)
    app = create_app(settings, api.world.database, api.world.clock)
    await app.state.server.start()
    yield app
    await app.state.server.newsroom.close()


def filing(api: Api, round_id: str, number: int, text: str = "") -> dict[str, Any]:
    """Return the body of an act with a key of its own."""
    content = {"type": "SUBSTANTIVE", "provisionId": api.world.provisions[1], "text": text or f"Comment {number}"}
    sent = {"idempotencyKey": f"only-{number}", "roundId": round_id, **content}
    return {"query": document("submitComment"), "variables": {"input": sent}}


async def probe(app: Starlette, path: str) -> tuple[int, bytes]:
    """Ask a probe, which may try whether the database takes writes; return status and content."""
    async with Connection(app, scope_of("http", {}, method="GET", scheme="http") | {"path": path}) as connection:
        connection.put({"type": "http.request", "body": b"", "more_body": False})
        start, content = await connection.out(), await connection.out()
    return start["status"], content["body"]


@pytest.mark.own_sql
async def test_what_cannot_be_served_is_turned_away_at_once_and_done_once_when_it_comes_again(
    api: Api, impatient: Starlette
) -> None:
    round_id = await open_round(api.world)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    many = 150
    async with client_of(impatient) as client:
        acts = [post(client, filing(api, round_id, number), **headers) for number in range(many)]
        with capture_logs() as logs:
            answers = await asyncio.gather(*acts)
        ready, alive = await probe(impatient, "/readyz"), await probe(impatient, "/healthz")
        between = await rows_of(api.world, "comments")
        done = [number for number in range(many) if answers[number].status_code == 200]
        turned_away = [answer for answer in answers if answer.status_code != 200]
        receipts = {number: answers[number].json()["data"]["submitComment"] for number in done}
        again = dict(enumerate(answers))
        for _ in range(200):
            missing = [number for number, answer in again.items() if answer.status_code != 200]
            if not missing:
                break
            for number in missing[:4]:
                again[number] = await post(client, filing(api, round_id, number), **headers)
        twice = [await post(client, filing(api, round_id, number), **headers) for number in done[:5]]

    assert done
    assert turned_away
    for answer in turned_away:
        assert (answer.status_code, code_in(answer)) == (503, "OVERLOADED")
        assert "data" not in answer.json()
        wait = int(answer.headers["retry-after"])
        assert wait >= 1
        assert answer.json()["errors"][0]["extensions"]["retryAfter"] == wait
    assert {receipt["__typename"] for receipt in receipts.values()} == {"CommentSubmitted"}
    assert len(between) == len(done)
    assert (ready, alive) == ((503, b'{"ready":false,"reason":"overloaded"}'), (200, b"ok"))
    assert [log["event"] for log in logs if log["log_level"] != "info"] == ["overloaded"]
    comments = await rows_of(api.world, "comments")
    assert sorted(row["number"] for row in comments) == list(range(1, many + 1))
    assert [answer.json()["data"]["submitComment"] for answer in twice] == [receipts[number] for number in done[:5]]


@pytest.mark.own_sql
async def test_operation_over_websocket_is_turned_away_in_the_same_way_and_the_socket_stays(
    api: Api, impatient: Starlette
) -> None:
    round_id = await open_round(api.world)
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(Socket(impatient)) for _ in range(20)]
        for socket in sockets:
            await socket.init(authorization=f"Bearer {await api.token('japan')}")
        for place, socket in enumerate(sockets):
            for number in range(8):
                body = filing(api, round_id, place * 8 + number)
                socket.subscribe(str(number), body["query"], variables=body["variables"])
        facts, errors = 0, []
        for socket in sockets:
            ends = 0
            while ends < 8:
                message = await socket.receive()
                if message["type"] == "next":
                    assert message["payload"]["data"]["submitComment"]["__typename"] == "CommentSubmitted", message
                    facts += 1
                else:
                    ends += 1
                    errors += message["payload"] if message["type"] == "error" else []
        sockets[0].send(type="ping")
        pong = await sockets[0].receive()

    assert errors
    assert {error["extensions"]["code"] for error in errors} == {"OVERLOADED"}
    assert min(error["extensions"]["retryAfter"] for error in errors) >= 1
    assert facts + len(errors) == 160
    assert len(await rows_of(api.world, "comments")) == facts
    assert pong == {"type": "pong"}


@pytest.mark.own_sql
async def test_burst_of_readers_is_answered_or_turned_away_and_never_fails(api: Api, impatient: Starlette) -> None:
    await fill(api)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    body = {"query": PAGE, "variables": {"first": 50}}
    async with client_of(impatient) as client:
        with capture_logs() as logs:
            answers = await asyncio.gather(
                *(post(client, body, **headers, **({"origin": HERE} if number % 2 else {})) for number in range(300))
            )

    told = {answer.content for answer in answers if answer.status_code == 200}
    others = [(answer.status_code, code_in(answer)) for answer in answers if answer.status_code != 200]
    assert len(told) == 1
    assert set(others) <= {(503, "OVERLOADED")}
    assert {log["event"] for log in logs} <= {"overloaded"}


@pytest.mark.own_sql
async def test_same_act_sent_ten_times_at_once_is_done_once_with_one_answer(api: Api) -> None:
    round_id = await open_round(api.world)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    async with client_of(api.app) as client:
        bodies = [filing(api, round_id, number % 3) for number in range(30)]
        answers = await asyncio.gather(*(post(client, body, **headers) for body in bodies))
        other = await post(client, filing(api, round_id, 0, "Something else."), **headers)

    facts = [{answers[place].content for place in range(number, 30, 3)} for number in range(3)]
    assert [len(each) for each in facts] == [1, 1, 1]
    assert {answer.json()["data"]["submitComment"]["__typename"] for answer in answers} == {"CommentSubmitted"}
    assert other.json()["data"]["submitComment"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert [row["number"] for row in sorted(await rows_of(api.world, "comments"), key=lambda row: row["number"])] == [
        1,
        2,
        3,
    ]
    entries = [row for row in await rows_of(api.world, "journal") if row["act"] == "comment.submitted"]
    assert len(entries) == 3


@pytest.mark.own_sql
async def test_client_that_goes_away_costs_nothing_and_finds_its_act_once(api: Api) -> None:
    round_id = await open_round(api.world)
    headers = {"authorization": f"Bearer {await api.token('japan')}", "content-type": "application/json"}
    many = 20
    with capture_logs() as logs:
        async with AsyncExitStack() as stack:
            for number in range(many):
                for body in (filing(api, round_id, number), {"query": PAGE, "variables": {"first": 50}}):
                    connection = Connection(api.app, scope_of("http", headers, method="POST", scheme="http"))
                    await stack.enter_async_context(connection)
                    content = json.dumps(body).encode()
                    connection.put({"type": "http.request", "body": content, "more_body": False})
                    connection.put({"type": "http.disconnect"})
    async with client_of(api.app) as client:
        answers = [await post(client, filing(api, round_id, number), **headers) for number in range(many)]
        page = await post(client, {"query": PAGE, "variables": {"first": 50}}, **headers)

    assert {answer.json()["data"]["submitComment"]["__typename"] for answer in answers} == {"CommentSubmitted"}
    assert len(await rows_of(api.world, "comments")) == many
    assert page.json()["data"]["comments"]["totalCount"] == many
    assert [log for log in logs if log["log_level"] in ("warning", "error", "critical")] == []


# ------------------------------------------------------------------------------------------------- what it costs

FIELDS = "id number type status revision text reason proposedWording submittedAt draftedAt supportCount opposeCount"


@pytest.mark.parametrize("person", [None, "japan"])
async def test_document_that_is_too_dear_is_told_its_cost_and_the_limit(api: Api, person: str | None) -> None:
    """Nine fields of three hundred supports, so many times; the cost is counted as the contract says."""
    few, many = 10, 14
    inner = "id supportedAt party { id name shortName kind capacity revision } __typename"
    page = "{outer} {{ nodes {{ id {inner} }} }}"

    def lists(number: int, outer: str) -> str:
        supports = " ".join(f"s{each}: supports(first: 100) {{ nodes {{ {inner} }} }}" for each in range(number))
        return page.format(outer=outer, inner=supports)

    def cost(number: int, rows: int) -> int:
        return 1 + 2 * rows + number * (rows + 3 * rows + 9 * 3 * rows)

    too_dear = [
        "{ " + lists(many, "comments(first: 100)") + " }",
        "query($n: Int) { " + lists(many, "comments(first: $n)") + " }",
        "query($n: Int = 1) { " + lists(many, "comments(last: $n)") + " }",
        "{ ...A } fragment A on Query { " + lists(many, "comments(first: 100)") + " }",
        "{ x: comments(first: -1000000) { nodes { id } } " + lists(many, "comments(first: 100)") + " }",
        "{ x: comments(first: 1, last: 100) { nodes { id } } " + lists(many, "comments(last: 100, first: 1)") + " }",
    ]
    affordable = ["{ " + lists(many, "comments") + " }", "{ " + lists(few, "comments(first: 100)") + " }"]

    answers = [await api.send(person, query, {"n": 1} if "$n" in query else {}) for query in too_dear]
    others = [await api.send(person, query) for query in affordable]

    for answer in answers[:4]:
        (error,) = answer["errors"]
        assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "cost": cost(many, 100), "limit": 40_000}
        assert "data" not in answer
    assert all(answer["errors"][0]["extensions"]["code"] in ("LIMIT_EXCEEDED", "BAD_REQUEST") for answer in answers[4:])
    assert max(cost(few, 100), cost(many, 50)) < 40_000 < cost(many, 100)
    assert ["errors" in answer for answer in others] == [False, False]


async def test_published_operation_is_never_too_dear(api: Api) -> None:
    codes = {}
    for person in ("secretariat", None):
        for name in QUERIES:
            answer = await api.send(person, document(name), variables(name))
            codes[name] = {error["extensions"]["code"] for error in answer.get("errors", ())}

    assert {name: found for name, found in codes.items() if found} == {}


async def test_list_of_ids_is_no_way_around_the_cost(api: Api) -> None:
    """Thousands of ids in a variable, each read thirty times, are many values in an answer too."""
    comment = (await api.send("japan", THIN, {"first": 1}))["data"]["comments"]["nodes"]
    await fill(api)
    comment = (await api.send("japan", THIN, {"first": 1}))["data"]["comments"]["nodes"][0]["id"]
    fields = f"... on Comment {{ {FIELDS} party {{ id shortName name }} author {{ id name }} }}"
    aliases = " ".join(f"a{number}: nodes(ids: $ids) {{ {fields} }}" for number in range(15))
    body = {"query": f"query($ids: [ID!]!) {{ {aliases} }}", "variables": {"ids": [comment] * 2_500}}
    async with client_of(api.app) as client:
        answer = await post(client, body, authorization=f"Bearer {await api.token('japan')}")

    assert len(answer.content) < 5_000_000
    assert answer.status_code in (200, 400, 413)


DEEP = 400
HOSTILE: dict[str, str] = {
    "thirty-one aliases": "{ " + " ".join(f"a{number}: answeredAt" for number in range(31)) + " }",
    "depth": "{ comments { nodes " + "{ round { comments { nodes " * 20 + "{ id }" + " } } }" * 20 + " } }",
    "two to the 25th": "{ ...F0 } "
    + " ".join(f"fragment F{number} on Query {{ ...F{number + 1} ...F{number + 1} }}" for number in range(25))
    + " fragment F25 on Query { answeredAt }",
    "two to the 25th with fields": "{ ...F0 } "
    + " ".join(
        f"fragment F{number} on Query {{ a{number}: __typename ...F{number + 1} ... {{ ...F{number + 1} }} }}"
        for number in range(25)
    )
    + " fragment F25 on Query { answeredAt }",
    "deep list": "{ nodes(ids: " + "[" * DEEP + "]" * DEEP + ") { id } }",
    "deep object": "{ comments(filter: " + "{or: [" * DEEP + "]}" * DEEP + ") { totalCount } }",
    "deep type": "query($a: " + "[" * DEEP + "Int" + "]" * DEEP + ") { answeredAt }",
    "deep selections": "{ " + "a { " * 900 + "id" + " }" * 900 + " }",
    "deep fragments": "{ " + "... { " * 900 + "answeredAt" + " }" * 900 + " }",
    "long literal": '{ comments(filter: {text: "' + "x" * 90_000 + '"}) { totalCount } }',
    "many directives": "{ answeredAt " + "@skip(if: false) " * 380 + "}",
    "many variables": "query(" + " ".join(f"$a{number}: Int" for number in range(480)) + ") { answeredAt }",
    "many errors": "{ " + " ".join(f"commentz{number}" for number in range(1_900)) + " }",
    "many errors below": "{ comments { nodes { " + " ".join(f"textz{number}" for number in range(1_900)) + " } } }",
    "many arguments": "{ comments(" + " ".join(f"firzt{number}: 1" for number in range(480)) + ") { totalCount } }",
    "many operations": " ".join(f"query A{number} {{ answeredAt }}" for number in range(390)),
    "many fragments": " ".join(f"fragment A{number} on Query {{ answeredAt }}" for number in range(250)) + "{ ...A0 }",
    "conflicts": "{ comments { nodes { " + " ".join("party { id a: name }" for _ in range(150)) + " } } }",
    "same field again and again": "{ " + "answeredAt " * 1_990 + "}",
    "unknown enum": "{ comments(filter: {status: " + "SUBMITTEDX" * 9_000 + "}) { totalCount } }",
    "number": "{ comments(first: " + "9" * 90_000 + ") { totalCount } }",
}


@pytest.mark.parametrize("trick", HOSTILE)
async def test_hostile_document_is_no_fault_is_answered_briefly_and_leaves_little(api: Api, trick: str) -> None:
    query = HOSTILE[trick]
    body = {"query": query, "operationName": "A0"} if trick == "many operations" else {"query": query}
    app = create_app(SETTINGS, api.world.database, api.world.clock)
    async with client_of(app) as client:
        plain = await post(client, body)
        with allocated() as sizes:
            for number in range(3):
                plain = await post(client, {**body, "query": f"{query} # {number}"})
        in_full = await post(client, body, origin=HERE)

    assert plain.status_code in (200, 400, 413, 429)
    # a stranger who prepares many documents has used up the share of strangers
    assert in_full.status_code in (plain.status_code, 429)
    assert code_in(plain) not in ("INTERNAL", "UNAVAILABLE", "TIMEOUT", "OVERLOADED")
    assert len(plain.content) < 20_000
    assert sizes[0] < 3_000_000


async def test_one_greedy_person_takes_nothing_from_the_share_of_another(api: Api) -> None:
    await fill(api)
    greedy, modest = await api.token("gea"), await api.token("upu")
    async with client_of(api.app) as client:
        told = []
        for number in range(250):
            query = f'{{ comment(id: "{number}") {{ {FIELDS} a: party {{ id }} b: round {{ id }} }} }}'
            told.append(await post(client, {"query": query}, authorization=f"Bearer {greedy}"))
        query = "{ comments(first: 3) { nodes { id text number } totalCount } }"
        other = await post(client, {"query": query}, authorization=f"Bearer {modest}")

    assert {answer.status_code for answer in told} <= {200, 429}
    for answer in told:
        if answer.status_code == 429:
            assert (code_in(answer), int(answer.headers["retry-after"]) >= 1) == ("RATE_LIMITED", True)
    assert other.status_code == 200


# -------------------------------------------------------------------------------------------- people and strangers


@pytest.mark.own_sql
async def test_tabs_that_refresh_at_once_keep_their_grant_and_do_not_fork_it(world: World) -> None:
    async with Desk(world) as desk:
        application, thief = await desk.application("BROWSER"), await desk.application("BROWSER")
        first = await desk.tokens(application)
        await desk.hurry()
        answers = await asyncio.gather(*(desk.refresh(application, first["refresh_token"]) for _ in range(AT_ONCE)))
        following = {answer.json().get("refresh_token") for answer in answers}
        by_another = await desk.refresh(thief, first["refresh_token"])
        welcome = [await desk.is_welcome(answer.json()["access_token"]) for answer in answers]
        (token,) = following
        onwards = await desk.refresh(application, token)
        grants = [grant.revoked_at for grant in await desk.grants()]
        world.clock.move(seconds=31)
        late = await desk.refresh(application, first["refresh_token"])
        after = await desk.refresh(application, onwards.json()["refresh_token"])

    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert welcome == [True] * AT_ONCE
    assert by_another.status_code in (400, 401)
    assert (onwards.status_code, grants) == (200, [None])
    assert (late.status_code, after.status_code) == (400, 400)


@pytest.mark.own_sql
async def test_officer_gets_in_by_a_known_browser_while_a_stranger_guesses(world: World) -> None:
    await give_password(world, "secretariat", "japan")
    known = Page(world, address="192.0.2.7")
    await known.sign_in("secretariat")
    await known.post("/sign-out")
    for number in range(52):
        guesser = Page(world, address=f"198.51.100.{number % 12}")
        last = await guesser.sign_in("secretariat", "a wrong password of a stranger")
    from_behind_the_same = Page(world, address="198.51.100.3")
    stranger = await from_behind_the_same.sign_in("secretariat")
    own = await known.sign_in("secretariat")
    other = await Page(world, address="203.0.113.9").sign_in("japan")

    assert last.status_code == 429
    assert stranger.status_code == 429
    assert (own.status_code, await known.is_signed_in()) == (303, True)
    assert other.status_code == 303


async def test_letters_for_a_new_password_are_few_and_the_first_stays_good(world: World) -> None:
    await give_password(world, "japan")
    for number in range(60):
        await Page(world, address=f"198.51.100.{number}").post("/sign-in/forgotten", email="japan@example.org")
        world.clock.move(seconds=1)
    sent = await letters(world)
    secret = sent[0][1].partition("secret=")[2][:43]
    new = {"secret": secret, "new-password": "eight louder islands"}
    answer = await Page(world).post("/sign-in/reset", new)

    assert 1 <= len(sent) <= 3
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?chosen=")


async def test_metrics_are_closed_to_strangers(api: Api) -> None:
    await fill(api, visibility="AFTER_CLOSE")
    bearer = {"authorization": "Bearer of good news"}
    japan = {"authorization": f"Bearer {await api.token('japan')}"}
    open_to_one = create_app(Settings(issuer=HERE, metrics_secret="of good news"), api.world.database, api.world.clock)
    async with client_of(api.app) as closed, client_of(open_to_one) as guarded:
        without = [await closed.get("/metrics", headers=headers) for headers in ({}, bearer, japan)]
        answers = [await guarded.get("/metrics", headers=headers) for headers in ({}, japan)]
        scraped = await guarded.get("/metrics", headers=bearer)

    assert {answer.status_code for answer in without} == {404}
    assert {answer.status_code for answer in answers} == {401}
    assert not any("submitComment" in answer.text for answer in (*without, *answers))
    assert scraped.status_code == 200


@pytest.mark.own_sql
async def test_empty_identifier_is_never_one_that_was_left_out(api: Api) -> None:
    world = api.world
    plan = await make_plan(world)
    item = {"workItemId": plan.items[2], "expectedRevision": 1}
    assigned = await api.act("secretariat", "assignWorkItem", **item, to={"bodyId": world.bodies["group"]})
    before = contents_of(world.database)
    seat = {"bodyId": world.bodies["group"], "partyId": world.parties["china"], "kind": "CO_CHAIR"}
    day = {"startsOn": NOW.date().isoformat()}
    again = item | {"expectedRevision": assigned["workItem"]["revision"]}
    answers = [
        await api.act("secretariat", "appointFunction", **seat, **day, delegateId=""),
        await api.act("secretariat", "appointFunction", **(seat | {"bodyId": ""}), **day),
        await api.act("secretariat", "assignWorkItem", **again, to={"bodyId": ""}),
        await api.act("secretariat", "suspendPerson", personId="", reason="None.", expectedRevision=1),
    ]
    after = contents_of(world.database)
    reads = await api.send("secretariat", '{ comment(id: "") { id } node(id: "") { id } nodes(ids: [""]) { id } }')
    lists = await api.send("secretariat", '{ journalEntries(filter: {subjectId: ""}) { totalCount } }')

    assert {answer["__typename"] for answer in answers} == {"Refusal"}
    assert {answer["kind"] for answer in answers} <= {"NOT_FOUND", "INVALID"}
    assert after == before
    assert reads == {"data": {"comment": None, "node": None, "nodes": [None]}}
    assert lists.get("data") in ({"journalEntries": {"totalCount": 0}}, None)


@pytest.mark.own_sql
async def test_nul_in_credentials_and_fields_is_answered_and_no_fault(world: World) -> None:
    async with Desk(world) as desk:
        application = await desk.application()
        answers: dict[str, int] = {}
        for path in ("/oauth/token", "/oauth/revoke", "/oauth/introspect", "/oauth/device_authorization"):
            form = {"grant_type": "client_credentials", "token": "x", "scope": "read"}
            for pair in ("%00:x", "\0:x", f"{application.id}:%00", f"%00{application.id}:x", "%ED%A0%80:x", ":", "%00"):
                basic = f"Basic {b64encode(pair.encode()).decode()}"
                answers[f"{path} {pair!r}"] = (await desk.post(path, form, authorization=basic)).status_code
        others = {}
        for grant in ("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"):
            fields = dict.fromkeys(("code", "refresh_token", "device_code", "redirect_uri", "code_verifier"), "a\0b")
            answer = await desk.token(application, grant_type=grant, **fields)
            others[grant] = answer.status_code
        for path in ("/sign-in", "/sign-in/forgotten", "/sign-in/reset", "/device", "/invitation"):
            fields = dict.fromkeys(("email", "password", "secret", "user_code", "new-password"), "a\0b")
            answer = await desk.post(path, fields, Browser("", {}), **{"sec_fetch_site": "same-origin"})
            others[path] = answer.status_code
        for parameter in ("client_id", "redirect_uri", "scope", "state", "code_challenge"):
            answer = await desk.get(desk.request(application, **{parameter: "\0"}), await desk.browser("japan"))
            others[parameter] = answer.status_code
        others["invitation"] = (await desk.get(f"/invitation?secret={quote(chr(0))}")).status_code

    assert {what: status for what, status in answers.items() if status != 401} == {}
    assert {what: status for what, status in others.items() if status >= 500} == {}


@pytest.mark.own_sql
async def test_nul_in_acts_is_told_as_a_fault_of_the_input(api: Api) -> None:
    world = api.world
    round_id = await fill(api)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    changes: list[dict[str, Any]] = [
        {"idempotencyKey": "a\0b"},
        {"roundId": "\0"},
        {**{"type": "GENERAL", "text": "a\0b"}},
        {**{"type": "SUBSTANTIVE", "text": "a", "provisionId": "\0"}},
        {**{"type": "SUBSTANTIVE", "text": "a", "provisionId": world.provisions[1], "reason": "\0"}},
        {**{"type": "GENERAL", "text": "\ud800"}},
        {"idempotencyKey": ""},
        {"idempotencyKey": "k" * 81},
    ]
    before = contents_of(world.database)
    told = []
    async with client_of(api.app) as client:
        for change in changes:
            body = filing(api, round_id, 77)
            body["variables"]["input"] |= change
            answer = await client.post(
                "/graphql", content=json.dumps(body), headers=headers | {"content-type": "application/json"}
            )
            result = (answer.json().get("data") or {}).get("submitComment") or {}
            told.append((answer.status_code, code_in(answer) or result.get("code")))

    assert {status for status, _ in told} <= {200, 400}
    assert {code for _, code in told} <= {"INVALID", "NOT_FOUND", "BAD_USER_INPUT", "BAD_REQUEST"}
    assert contents_of(world.database) == before


async def test_names_and_addresses_that_deceive_are_not_taken(api: Api) -> None:
    party = {"shortName": "Côte", "kind": "MEMBER_ADMINISTRATION", "capacity": "MEMBER"}
    first = await api.act("secretariat", "admitParty", name="Douanes de Côte", **party)
    decomposed = {"name": "Douanes de Co\u0302te", **party, "shortName": "Co\u0302te"}
    second = await api.act("secretariat", "admitParty", **decomposed)
    names = [
        await api.act("secretariat", "admitParty", **{**party, "name": name, "shortName": f"P{number}"})
        for number, name in enumerate(("Douanes\u202e", "Douanes\nde Rien", "Douanes\u2066x", "Douanes\u200bx"))
    ]
    editor = {"name": "Editor", "purpose": "Writing.", "kind": "NATIVE", "scopes": ["READ"]}
    ports = [
        await api.act("secretariat", "registerApplication", **editor, redirectUris=[f"http://127.0.0.1:{port}/a"])
        for port in ("09999", "0", "65536", "+80", "8 0")
    ]

    assert first["__typename"] == "PartyAdmitted"
    assert second["__typename"] == "Refusal"
    assert [answer["code"] for answer in (*names, *ports)] == ["INVALID"] * 9
    assert not any("1 to 200 characters" in issue["message"] for answer in names for issue in answer["issues"])


# ------------------------------------------------------------------------------------------ faults of the machine


@pytest.mark.own_sql
async def test_server_whose_database_takes_no_writes_says_so_and_reads_on(api: Api) -> None:
    world = api.world
    round_id = await fill(api)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    async with client_of(api.app) as client:
        await let_write(world.database, allowed=False)
        try:
            answer = await post(client, filing(api, round_id, 1), **headers)
            server = create_app(SETTINGS, world.database, world.clock)
            ready, alive = await client_of(server).get("/readyz"), await client.get("/healthz")
            read = await post(client, {"query": PAGE}, **headers)
            async with Socket(api.app) as socket:
                await socket.init(**headers)
                socket.subscribe("1", **filing(api, round_id, 1))
                message = await socket.receive()
        finally:
            await let_write(world.database, allowed=True)
        again = await post(client, filing(api, round_id, 1), **headers)
        ready_again = await client_of(create_app(SETTINGS, world.database, world.clock)).get("/readyz")

    assert (answer.status_code, code_in(answer)) == (503, "UNAVAILABLE")
    assert int(answer.headers["retry-after"]) >= 1
    assert (ready.status_code, ready.json()["reason"], alive.status_code, alive.text) == (503, "database", 200, "ok")
    assert (read.status_code, code_in(read)) == (200, None)
    assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "UNAVAILABLE")
    assert again.json()["data"]["submitComment"]["__typename"] == "CommentSubmitted"
    assert ready_again.status_code == 200


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> {own}"


@pytest.fixture
async def postgresql(api: Api, databases: Any) -> AsyncIterator[Callable[..., None]]:
    """Give a way to administer the database of a test from another one on the same server. The connection by which the
    tests refill it is kept."""
    database = api.world.database
    if database.is_sqlite:
        pytest.skip("there is no server")
    url = database._writers.url.set(drivername="postgresql")
    own = databases.connection.info.backend_pid

    def administer(*statements: str, within: str = "postgres") -> None:
        other = url.set(database=within).render_as_string(hide_password=False)
        with psycopg.connect(other, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.format(name=url.database, own=own).encode())

    yield administer
    await database.close()


async def test_postgresql_that_goes_away_and_comes_back_is_told_of_and_forgotten(
    api: Api, postgresql: Callable[..., None]
) -> None:
    round_id = await fill(api)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    async with client_of(api.app) as client:
        first = await post(client, {"query": PAGE}, **headers)
        postgresql('ALTER DATABASE "{name}" ALLOW_CONNECTIONS false', CUT)
        try:
            away = [
                await post(client, {"query": PAGE}, **headers),
                await post(client, {"query": PAGE}, **headers, origin=HERE),
                await post(client, {"query": "{ viewer { person { name } } }"}, **headers),
                await post(client, filing(api, round_id, 1), **headers),
                await client.get("/graphql", params={"query": THIN}, headers=headers),
            ]
            token = await client.post("/oauth/token", data={"grant_type": "refresh_token", "client_id": "x"})
            alive = await client.get("/healthz")
        finally:
            postgresql('ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        back = await post(client, {"query": PAGE}, **headers)
        act = await post(client, filing(api, round_id, 1), **headers)

    for answer in away:
        assert (answer.status_code, code_in(answer)) == (503, "UNAVAILABLE")
        assert int(answer.headers["retry-after"]) >= 1
        assert "data" not in answer.json()
    assert (token.status_code, alive.status_code) == (503, 200)
    assert back.content == first.content
    assert act.json()["data"]["submitComment"]["__typename"] == "CommentSubmitted"


MIGRATION = ("ALTER TABLE comments ADD COLUMN more text", "ALTER TABLE persons ALTER COLUMN name TYPE varchar(900)")
BACK = ("ALTER TABLE comments DROP COLUMN more", "ALTER TABLE persons ALTER COLUMN name TYPE varchar")


async def test_restart_of_postgresql_and_a_migration_cost_no_list_its_answer(
    api: Api, postgresql: Callable[..., None]
) -> None:
    await fill(api)
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    name = str(api.world.database._writers.url.database)

    async with client_of(api.app) as client:

        async def lists() -> list[bytes]:
            return [(await post(client, {"query": query}, **headers)).content for query in (PAGE, THIN) * 8]

        before = await lists()
        postgresql(CUT)
        after_restart = await lists()
        postgresql(*MIGRATION, within=name)
        try:
            after_migration = await lists()
        finally:
            postgresql(*BACK, within=name)
        after_return = await lists()

    assert before == after_restart
    assert after_restart == after_migration == after_return
