"""What others filed and the caller may not see changes nothing that the caller is told: not a byte, not a statement.

One world is observed with 0, 1 and 7 hidden filings, by every published query, by lists with filters that are about
what is hidden, by every page, by every public file and by acts that are refused. Only the hidden id itself, which an
observer could but guess, and the keys that a form makes up anew, are made equal before the bytes are compared.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from graphql import (
    GraphQLNonNull,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)
from graphql.utilities import type_from_ast

from server.domain.evidence.actions.sealing import publish_due_seals
from server.schema.root import schema
from server.vocabulary.rounds import RoundVisibility
from server.web.desk.routes import PAGES
from tests.contracts.test_matrix import example
from tests.desk.desks import Desk
from tests.factories.api import OPERATIONS, Api
from tests.factories.calls import answer, file, open_call
from tests.factories.evidence import ISSUER, sign
from tests.factories.filled import statements
from tests.factories.refusing import refusal_writes_nothing
from tests.factories.rounds import draft, open_round, submit
from tests.factories.world import World

LEVELS = (0, 1, 7)
"""How many filings are hidden when the world is observed."""
MEMBERS_AND_OBSERVERS = frozenset({"MEMBER", "OBSERVER"})
SECRET = "unmistakable"
"""Words that stand in hidden filings only."""


class Case(NamedTuple):
    """A reason why filings are hidden, and from whom: keys of persons, None for nobody."""

    visibility: RoundVisibility
    observers: tuple[str | None, ...]
    are_drafts: bool = False


SEALED = Case(RoundVisibility.AFTER_CLOSE, ("upu", "canada", "gea", None))
AMONG_LEADERS = Case(RoundVisibility.SECRETARIAT_AND_COORDINATORS, ("upu", "gea", None))
DRAFTS = Case(RoundVisibility.IMMEDIATE, ("upu", "canada", "secretariat", "gea", None), are_drafts=True)
CASES = pytest.mark.parametrize("case", [SEALED, AMONG_LEADERS, DRAFTS], ids=["sealed", "among leaders", "drafts"])


class Scene:
    """A world with an open round and an open call, in which Japan and China have filed what is hidden."""

    def __init__(self, world: World, case: Case, round_id: str, call_id: str) -> None:
        self.world, self.case, self.round_id, self.call_id = world, case, round_id, call_id
        sheet = "ADR" if case.are_drafts else "ANS"
        self.hidden = {"comment": "CMT_" + "z" * 26, "sheet": f"{sheet}_" + "z" * 26}
        """The id of a hidden comment and of hidden answers; at first ids that nothing has."""
        self.filed = 0

    async def hide(self, level: int) -> None:
        """Let others file until so many filings are hidden."""
        if level and not self.filed:
            acting = answer if self.case.are_drafts else file
            self.hidden["sheet"] = await acting(self.world, "china", self.call_id)
        while self.filed < level:
            who = ("japan", "china")[self.filed % 2]
            acting = draft if self.case.are_drafts else submit
            changed = {"text": f"{SECRET} {self.filed}", "reason": SECRET}
            self.hidden["comment"] = await acting(self.world, who, self.round_id, **changed)
            self.filed += 1

    def tell(self, content: bytes) -> bytes:
        """Return what was answered, with the hidden ids and keys that are new in each form made equal."""
        for name, each in self.hidden.items():
            content = content.replace(each.encode(), name.encode())
        return re.sub(rb'(name="idempotencyKey" value=")[^"]*', rb"\1", content)


async def set_scene(world: World, case: Case) -> Scene:
    """Open a round and a call, in which UPU has filed too, and seal them at the first tick."""
    await sign(world)
    terms: dict[str, Any] = {"visibility": case.visibility, "audience": MEMBERS_AND_OBSERVERS}
    scene = Scene(world, case, await open_round(world, **terms), await open_call(world, **terms))
    await submit(world, "upu", scene.round_id, text="Seen by all who may.")
    world.clock.move(hours=1)
    await sign(world)
    await publish_due_seals(world.database, world.clock, ISSUER)
    return scene


Observation = Callable[[Scene], Awaitable[Mapping[str, Any]]]


async def differences(scene: Scene, observe: Observation) -> dict[str, Any]:
    """Return what differs between observations with 0, 1 and 7 hidden filings: by name the parts that do."""
    seen = []
    for level in LEVELS:
        await scene.hide(level)
        seen.append(await observe(scene))
    assert len(seen[0]) > 5
    assert all(each.keys() == seen[0].keys() for each in seen)
    return {
        name: [each[name] for each in seen] for name in seen[0] if any(each[name] != seen[0][name] for each in seen)
    }


class _Variables(Visitor):
    """Finds for each variable of a document where its value goes: the root field and the path of arguments."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.used: dict[str, tuple[str, str]] = {}

    def enter_variable(self, node: Any, _key: Any, parent: Any, _path: Any, ancestors: list[Any]) -> None:
        fields = [each.name.value for each in ancestors if getattr(each, "kind", "") == "field"]
        name = getattr(parent, "name", None)
        if fields and name is not None:
            self.used.setdefault(node.name.value, (fields[0], name.value))


def uses_of(source: str) -> dict[str, tuple[str, str]]:
    """Return for each variable of a document its root field and the argument that takes it."""
    document = parse(source)
    info = TypeInfo(schema._schema)
    finder = _Variables(info)
    visit(document, TypeInfoVisitor(info, finder))
    return finder.used


def variables_of(scene: Scene, operation: Any) -> dict[str, Any]:
    """Return variables that ask an operation about what is hidden, as far as it can be asked about."""
    world = scene.world
    values: dict[str, Any] = {
        "round": scene.round_id,
        "call": scene.call_id,
        "comment": scene.hidden["comment"],
        "answerSheet": scene.hidden["sheet"],
        "textVersion": world.version,
        "provision": world.provisions[1],
        "workingBody": world.bodies["group"],
        "party": world.parties["japan"],
        "person": world.persons["japan"],
        "delegate": world.delegates["japan"],
    }
    by_name: dict[str, Any] = {
        "roundId": scene.round_id,
        "callId": scene.call_id,
        "partyId": world.parties["japan"],
        "provisionId": world.provisions[1],
        "provisionKey": world.keys[1],
        "textVersionId": world.version,
        "baseId": world.version,
        "personId": world.persons["japan"],
        "objectId": scene.hidden["comment"],
        "subjectId": scene.hidden["comment"],
        "ids": [scene.hidden["comment"]],
        "capacity": "MEMBER",
        "words": SECRET,
        "numbers": [1],
        "commentNumbers": [1],
        "commentParty": "Japan",
        "series": ["PC"],
        "bodyKind": ["COUNCIL"],
        "first": 1,
        "changedOnly": False,
        "canStandInPart": False,
        "isChanged": None,
        "at": "2030-01-01T00:00:00Z",
        "on": "2030-01-01",
        "lateFrom": "2018-09-01",
        "wording": "Words",
        "outcome": {"words": "Words"},
    }
    uses = uses_of(operation.source)
    variables = {}
    (asked,) = (each for each in parse(operation.source).definitions if isinstance(each, OperationDefinitionNode))
    for definition in asked.variable_definitions or ():
        name = definition.variable.name.value
        root, argument = uses.get(name, ("", name))
        value = values.get(root) if argument == "id" else by_name.get(name, by_name.get(argument))
        kind = type_from_ast(schema._schema, definition.type)
        if value is None and isinstance(kind, GraphQLNonNull):
            is_id = get_named_type(kind).name == "ID"
            value = scene.hidden["comment"] if is_id else example(name, kind, 1)
        if "ProvisionNumberInput" in str(kind):
            value = []
        if "[" in str(kind) and value is not None and not isinstance(value, list):
            value = [value]
        if value is not None:
            variables[name] = value
    return variables


QUERIES = [each for each in OPERATIONS if each.type == "query"]
LISTS = """
query($text: String, $round: ID!, $call: ID!, $japan: ID!, $hidden: ID!, $sheet: ID!, $provision: ID!) {
  all: comments(first: 1, orderBy: DRAFTED_AT_DESC) { ...Page }
  ofRound: comments(filter: {roundId: [$round]}, first: 1) { ...Page }
  backwards: comments(filter: {roundId: [$round]}, first: 1, orderBy: SUBMITTED_AT_DESC) { ...Page }
  ofJapan: comments(filter: {partyId: [$japan]}) { ...Page }
  holding: comments(filter: {text: $text}) { ...Page }
  numbered: comments(filter: {number: [1, 2, 3], status: [SUBMITTED]}) { ...Page }
  either: comments(filter: {or: [{text: $text}, {hasProposedWording: true}]}) { ...Page }
  onProvision: comments(filter: {provisionId: [$provision]}) { ...Page }
  one: comment(id: $hidden) { id }
  node(id: $hidden) { id __typename }
  nodes(ids: [$hidden, $sheet]) { id __typename }
  sheets: answerSheets { totalCount nodes { id } pageInfo { endCursor hasNextPage } }
  ofChina: answerSheets(filter: {isCurrent: false}) { totalCount }
  results: callResults(callId: $call) { partyCount questions { summary { answered counts { count } } } }
  called: call(id: $call) {
    partyCount sheets { totalCount } drafts { totalCount } availableActs { act isAllowed reason }
  }
  provision(id: $provision) { commentCount comments { totalCount } }
  round(id: $round) {
    commentCount revision canSeeOthers
    answered { totalCount nodes { id } }
    silent { totalCount nodes { id } }
    filings { totalCount nodes { commentCount } }
    availableActs { act isAllowed code reason rule unlocksAt }
  }
  seals { totalCount nodes { number sealedAt digest } }
  journalHeads { totalCount nodes { number } }
  journalEntries { totalCount nodes { id tag sequence digest } }
}
fragment Page on CommentConnection {
  totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}
"""
"""Lists and counts about what is hidden, with their cursors."""


async def post(api: Api, who: str | None, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes, list[str]]:
    """Send a request, and return its status, headers and body, and the statements that it took."""
    headers = {"authorization": f"Bearer {await api.token(who)}"} if who else {}
    with statements(api.world.database) as seen:
        response = await api._client.post("/graphql", json=body, headers=headers)
    return response.status_code, stable_headers(response.headers), response.content, seen


def stable_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an answer without those that are new in each, and its length, which follows from it."""
    new = {"date", "x-request-id", "content-length", "set-cookie", "server-timing"}
    return {name: value for name, value in headers.items() if name not in new and not name.startswith("ratelimit")}


@CASES
@pytest.mark.rest
async def test_published_queries_tell_nothing_of_what_is_hidden(world: World, case: Case) -> None:
    scene = await set_scene(world, case)

    async def observe(scene: Scene) -> dict[str, Any]:
        told = {}
        for who in case.observers:
            for operation in QUERIES:
                body = {"query": operation.source, "variables": variables_of(scene, operation)}
                status, headers, content, seen = await post(api, who, body)
                assert b"BAD_USER_INPUT" not in content, (operation.name, content)
                told[f"{who} {operation.name}"] = status, headers, scene.tell(content), sorted(seen)
        return told

    async with Api(world) as api:
        await observe(scene)  # what is made once at the first use is made
        assert await differences(scene, observe) == {}


@CASES
async def test_lists_filters_counts_and_cursors_tell_nothing_of_what_is_hidden(world: World, case: Case) -> None:
    scene = await set_scene(world, case)

    async def observe(scene: Scene) -> dict[str, Any]:
        variables = {
            "text": SECRET,
            "round": scene.round_id,
            "call": scene.call_id,
            "japan": world.parties["japan"],
            "hidden": scene.hidden["comment"],
            "sheet": scene.hidden["sheet"],
            "provision": world.provisions[1],
        }
        told: dict[str, Any] = {}
        for who in case.observers:
            status, headers, content, seen = await post(api, who, {"query": LISTS, "variables": variables})
            answered = json.loads(content)
            told |= {f"{who} {name}": [scene.tell(json.dumps(value).encode())] for name, value in parts_of(answered)}
            told[f"{who}"] = status, headers, sorted(seen)
        return told

    async with Api(world) as api:
        await observe(scene)
        assert await differences(scene, observe) == {}


def parts_of(answered: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each part of an answer by its name, and its errors."""
    yield from (answered.get("data") or {}).items()
    yield "errors", answered.get("errors")


REFUSED = (
    *(("supportComment", {}), ("withdrawComment", {"expectedRevision": 1}), ("clearComment", {"expectedRevision": 1})),
    ("opposeComment", {"reason": "Too broad."}),
    ("recordDisposition", {"verdict": "ACCEPTED", "expectedRevision": 1}),
    ("proposeDisposition", {"verdict": "ACCEPTED", "expectedRevision": 1}),
)
"""Acts on a comment that the observer does not see."""


@CASES
async def test_refusals_tell_nothing_of_what_is_hidden(world: World, case: Case) -> None:
    scene = await set_scene(world, case)

    async def observe(scene: Scene) -> dict[str, Any]:
        told = {}
        for who in case.observers:
            for name, more in REFUSED:
                sent = {"idempotencyKey": "the-same", "commentId": scene.hidden["comment"], **more}
                source = next(each.source for each in OPERATIONS if each.name == name)
                with refusal_writes_nothing():
                    status, headers, content, seen = await post(
                        api, who, {"query": source, "variables": {"input": sent}}
                    )
                assert b"Refusal" in content, (name, content)
                told[f"{who} {name}"] = status, headers, scene.tell(content), sorted(seen)
            for name in ("completeRound", "extendRound"):
                sent = {"idempotencyKey": "the-same", "roundId": scene.round_id, "expectedRevision": 1}
                sent |= {"reason": "", "closesAt": "2018-09-24T00:00:00Z"} if name == "extendRound" else {}
                source = next(each.source for each in OPERATIONS if each.name == name)
                status, headers, content, seen = await post(api, who, {"query": source, "variables": {"input": sent}})
                told[f"{who} {name}"] = status, headers, scene.tell(content), sorted(seen)
        return told

    async with Api(world) as api:
        await observe(scene)
        assert await differences(scene, observe) == {}


FILES = ("/journal/heads", "/journal/keys", "/journal/consistency?first=1&second=2", "/metrics", "/health", "/ready")


def addresses_of(scene: Scene) -> Iterator[str]:
    """Yield every page, each with ids of what is there and, where that can be, of what is hidden."""
    world = scene.world
    fitting = {
        "rounds": scene.round_id,
        "calls": scene.call_id,
        "texts": world.version,
        "provisions": world.provisions[1],
        "bodies": world.bodies["group"],
        "parties": world.parties["japan"],
        "people": world.persons["japan"],
        "rights": world.persons["japan"],
    }
    for page in PAGES:
        first = page.path.strip("/").partition("/")[0]
        yield re.sub(r"\{[^}]*\}", fitting.get(first, scene.hidden["comment"]), page.path)
    yield f"/delegation?round={scene.round_id}"
    yield f"/search?q={SECRET}"
    for listed in ("filed", "silent"):
        yield f"/rounds/{scene.round_id}?list={listed}&capacity=MEMBER"
    yield from FILES
    for hidden in scene.hidden.values():
        yield f"/files/receipts/{hidden}.json"
    for sealed_in in (scene.round_id, scene.call_id):
        yield f"/files/seals/{sealed_in}.json"
        yield f"/journal/seals/{sealed_in}.json"


@CASES
@pytest.mark.rest
async def test_pages_and_files_tell_nothing_of_what_is_hidden(world: World, case: Case) -> None:
    scene = await set_scene(world, case)
    desks = {who: await Desk.open(world, who) for who in case.observers if who}

    async def observe(scene: Scene) -> dict[str, Any]:
        told = {}
        for who, desk in desks.items():
            for place, address in enumerate(addresses_of(scene)):
                with statements(world.database) as seen:
                    response = await desk.get(address)
                assert response.status_code < 500, address
                headers = stable_headers(response.headers)
                told[f"{who} {place}"] = (
                    address[:9],
                    response.status_code,
                    headers,
                    scene.tell(response.content),
                    sorted(seen),
                )
        return told

    await observe(scene)
    found = await differences(scene, observe)
    for desk in desks.values():
        await desk.client.aclose()
    assert found == {}


async def test_own_filing_is_told_the_same_whatever_others_filed(world: World) -> None:
    """What UPU is told of its own filing, with ids, digests and salts made equal, does not depend on others."""
    scene = await set_scene(world, SEALED)
    told = []

    async with Api(world) as api:
        for level in LEVELS:
            await scene.hide(level)
            content = {"type": "GENERAL", "text": "The same words."}
            with statements(world.database) as seen:
                filed = await api.act("upu", "submitComment", roundId=scene.round_id, **content)
            receipt = await api.ask("upu", "FilingReceipt", subjectId=filed["comment"]["id"])
            journal = await api.ask("upu", "JournalList", first=50)
            entries = [(each["tag"], each.get("sequence")) for each in journal["journalEntries"]["nodes"]]
            told.append((equalled(filed), equalled(receipt), set(entries), len(seen)))

    assert told[0] == told[1] == told[2]


def equalled(value: Any) -> str:
    """Return an answer with ids, digests, signatures and own numbers made equal."""
    text = re.sub(r"[A-Z]{3}_[0-9a-z]{26}|[0-9a-f]{64}|eyJ[\w.-]+|UPU R\d+-\d+", "*", json.dumps(value, sort_keys=True))
    return re.sub(r'"number": \d+', '"number": 0', text)
