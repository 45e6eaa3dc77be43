"""Clients that others wrote, unchanged, against a server that takes trusted documents only."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gql
import pytest
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from graphql import GraphQLError

from server.app import create_app
from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.kernel.scopes import EVERY_SCOPE
from server.settings import Settings
from server.storage.database import Database
from server.tools.contracts.typescript import TYPES
from server.transport.settings import MANIFEST
from server.web.browser.proxies import serving_options
from tests.clients.install import NotInstalled, install, run
from tests.clients.types import build_types
from tests.factories.api import CONTRACTS
from tests.factories.serving import free_port, serving
from tests.factories.world import ManualClock, World

# Node starts in a process of its own for each; the first run on a machine installs 350 packages
pytestmark = [pytest.mark.rest, pytest.mark.long]
NAMES = ["Canada", "China", "GEA"]
PARTIES = """query appPartiesQuery($first: Int) {
  parties(first: $first) { edges { node { id shortName } } }
}"""
APP = """const { graphql } = require("relay-runtime");
module.exports = graphql`%s`;
"""


@pytest.fixture(scope="module")
def clients() -> Path:
    """The folder with the clients; without Node or a network the test is skipped and says so."""
    try:
        return install()
    except NotInstalled as reason:
        pytest.skip(f"the clients cannot run: {reason}")


@pytest.fixture
def apollo_manifest(clients: Path, tmp_path: Path) -> Path:
    """A manifest that Apollo's tool makes of our published operations, as a partner would."""
    made = tmp_path / "apollo.json"
    documents = [f"{CONTRACTS}/operations/parties/PartyList.graphql", f"{CONTRACTS}/fragments/*.graphql"]
    settings = {"documents": documents, "output": str(made)}
    (tmp_path / "persisted-query-manifest.config.json").write_text(json.dumps(settings), encoding="utf-8")
    call(clients, "generate-persisted-query-manifest", "--config", "persisted-query-manifest.config.json", at=tmp_path)
    return made


@pytest.fixture
def relay_app(clients: Path, tmp_path: Path) -> Path:
    """A folder with a query that relay-compiler has compiled, and its manifest `persisted.json`."""
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "app.js").write_text(APP % PARTIES, encoding="utf-8")
    (folder / "package.json").write_text("{}", encoding="utf-8")
    settings = {
        "src": ".",
        "language": "javascript",
        "schema": "schema.graphql",
        "eagerEsModules": False,
        "persistConfig": {"file": "persisted.json", "algorithm": "MD5"},
    }
    (folder / "relay.config.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "schema.graphql").write_bytes((CONTRACTS / "schema.graphql").read_bytes())
    (folder / "persisted.json").write_text("{}", encoding="utf-8")
    call(clients, "relay-compiler", "relay.config.json", at=folder)
    return folder


def call(clients: Path, program: str, *arguments: str, at: Path) -> None:
    """Run a program of the clients in a folder."""
    command = [str(clients / "node_modules" / ".bin" / program), *arguments]
    ended = subprocess.run(command, cwd=at, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture
def serve(world: World, database_url: str) -> Iterator[Any]:
    """A way to serve the world, with these settings; gives the address."""
    with free_port() as (listener, port):
        opened = []

        def begin(**changed: Any) -> str:
            settings = Settings(issuer=f"http://127.0.0.1:{port}", **changed)
            app = create_app(settings, Database(database_url, pool=5), ManualClock(world.clock.now))
            block = serving(app, listener, **serving_options(settings, message_bytes=settings.body_bytes))
            block.__enter__()
            opened.append(block)
            return f"{settings.issuer}/graphql"

        yield begin
        for block in opened:
            block.__exit__(None, None, None)


async def token_for(world: World, url: str) -> str:
    """Return an access token of Japan's focal point for a server."""
    return sign_token(
        (await signing_keys(world.database, world.clock.now))[0],
        issuer=url.removesuffix("/graphql"),
        audience=url,
        subject=world.persons["japan"],
        client_id="tests",
        scopes=EVERY_SCOPE,
        now=world.clock.now,
        minutes=10,
    )


async def test_apollo_client_reads_by_our_manifest_and_by_that_of_its_own_tool(
    world: World, apollo_manifest: Path, serve: Any
) -> None:
    url = serve(trusted_only=True, manifest=f"{MANIFEST},{apollo_manifest}")

    report = json.loads(run("apollo.mjs", url, await token_for(world, url), str(MANIFEST), str(apollo_manifest)))

    read = {"names": NAMES, "isCached": True, "objects": 3, "requests": 1, "textsSent": 0}
    assert report == {"ours": read, "theirs": read}


async def test_manifest_of_apollos_tool_is_taken_alone(world: World, apollo_manifest: Path, serve: Any) -> None:
    url = serve(trusted_only=True, manifest=str(apollo_manifest))

    report = json.loads(run("apollo.mjs", url, await token_for(world, url), str(apollo_manifest), str(apollo_manifest)))

    assert [each["names"] for each in report.values()] == [NAMES] * 2


async def test_urql_with_a_normalising_cache_reads_by_bare_ids(world: World, clients: Path, serve: Any) -> None:
    url = serve(trusted_only=True)

    report = json.loads(run("urql.mjs", url, await token_for(world, url), str(MANIFEST)))

    assert report == {"error": None, "names": NAMES, "isCached": True, "requests": 1}


async def test_relay_reads_by_the_ids_of_its_compiler(world: World, relay_app: Path, serve: Any) -> None:
    url = serve(trusted_only=True, manifest=f"{MANIFEST}, {relay_app / 'persisted.json'}")

    report = json.loads(run("relay.mjs", url, await token_for(world, url), str(relay_app)))

    assert report == {"names": NAMES, "idLength": 32, "text": None, "records": 3}


async def test_sockets_and_streams_are_never_served_as_nobody(world: World, clients: Path, serve: Any) -> None:
    url = serve()

    report = json.loads(run("sockets.mjs", url, await token_for(world, url)))

    assert report == {
        "authorization": "Japan",
        "Authorization": "Japan",
        "headers.Authorization": "Japan",
        "bare token": "4401",
        "authToken": "4401",
        "basic": "4401",
        "empty": "4401",
        "none": "nobody",
        "a stream for each": "Japan",
        "one stream for all": report["one stream for all"],
    }
    assert "405" in report["one stream for all"]


def test_published_types_are_what_codegen_makes_and_compile(clients: Path, tmp_path: Path) -> None:
    (tmp_path / "operations.ts").write_bytes((CONTRACTS / TYPES).read_bytes())
    (tmp_path / "use.ts").write_text(
        'import type { SupportCommentMutation } from "./operations";\n'
        "export function name(answer: SupportCommentMutation): string {\n"
        '  return answer.supportComment.__typename === "Refusal" ? answer.supportComment.code : "supported";\n}\n',
        encoding="utf-8",
    )

    call(clients, "tsc", "--noEmit", "--strict", "operations.ts", "use.ts", at=tmp_path)

    assert build_types() == (CONTRACTS / TYPES).read_text(encoding="utf-8")


async def test_gql_of_python_asks_by_the_schema_that_it_fetched(world: World, serve: Any) -> None:
    url = serve()
    names = gql.gql("{ parties(first: 3) { nodes { shortName } } }")

    def session(authorization: str) -> gql.Client:
        transport = HTTPXAsyncTransport(url=url, headers={"Authorization": authorization})
        return gql.Client(transport=transport, fetch_schema_from_transport=True)

    async with session(f"Bearer {await token_for(world, url)}") as known:
        assert await known.execute(names) == {"parties": {"nodes": [{"shortName": name} for name in NAMES]}}
        with pytest.raises(GraphQLError, match="Cannot query field"):  # it validates before it asks
            await known.execute(gql.gql("{ parties(first: 3) { nodes { nickname } } }"))

    with pytest.raises(TransportQueryError) as refused:
        async with session("Basic amFwYW46c2VjcmV0"):
            pass
    assert [error["extensions"]["code"] for error in refused.value.errors or ()] == ["UNAUTHENTICATED"]
