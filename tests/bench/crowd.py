"""A crowd of delegates and readers in front of one real server, for `tests.bench.storm`."""

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.kernel.scopes import EVERY_SCOPE
from server.models.rounds import Comment, Round
from server.settings import Settings
from server.storage.database import Database
from server.storage.migrations import migrate
from tests.bench.seed import add_round
from tests.factories.api import document
from tests.factories.rounds import set_close
from tests.factories.serving import free_port
from tests.factories.world import World, add_delegate, make_world

ROOT = Path(__file__).parents[2]
PARTIES = ("japan", "canada", "china", "upu", "gea")
FILE = (
    "mutation($input: SubmitCommentInput!) { submitComment(input: $input) { __typename "
    "... on CommentSubmitted { comment { id number } } ... on Refusal { code } } }"
)


@dataclass(slots=True)
class Answer:
    """What came of one request: the HTTP status (0 if the connection broke), a code, and seconds."""

    status: int
    code: str
    seconds: float
    retry_after: float = 0.0


@dataclass
class Crowd:
    """A server with an open round, and the tokens of those who file there."""

    url: str
    port: int
    world: World
    round_id: str
    tokens: list[str]
    environment: dict[str, str]
    process: asyncio.subprocess.Process | None = None
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def start(self) -> None:
        """Start the server, and wait until it answers."""
        command = [sys.executable, str(ROOT / "intersession"), "serve", "--port", str(self.port)]
        self.process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=self.environment, stdout=asyncio.subprocess.PIPE
        )
        assert self.process.stdout is not None
        await self.process.stdout.readline()

    async def stop(self, *, kill: bool = False) -> None:
        """Stop the server, by SIGKILL if asked."""
        assert self.process is not None
        (self.process.kill if kill else self.process.terminate)()
        await self.process.wait()
        self.forget_connections()

    def forget_connections(self) -> None:
        """Close the connections that nobody uses now."""
        while self.free:
            self.free.pop()[1].close()

    async def ask(self, path: str, body: dict[str, Any] | None, token: str) -> Answer:
        """Send one request over a connection of the pool, and return what came of it."""
        started = time.perf_counter()
        content = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\n"
            f"authorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
        )
        is_used = bool(self.free)
        try:
            reader, writer = self.free.pop() if is_used else await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(head.encode() + content)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(answer.split("content-length:")[1].split("\r\n")[0])
            text = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            if is_used:  # the server closes a connection on which nothing came for five seconds
                self.forget_connections()
                return await self.ask(path, body, token)
            return Answer(0, "BROKEN", time.perf_counter() - started)
        self.free.append((reader, writer))
        retry = float(answer.split("retry-after:")[1].split("\r\n")[0]) if "retry-after:" in answer else 0.0
        return Answer(int(answer.split(" ")[1]), _code_of(text), time.perf_counter() - started, retry)

    async def file(self, number: int) -> Answer:
        """File the comment with this number; the same number again is the same act, sent twice."""
        content = {
            "type": "SUBSTANTIVE",
            "provisionId": self.world.provisions[1 + number % (len(self.world.provisions) - 1)],
            "text": f"Comment {number}",
        }
        sent = {"idempotencyKey": f"key {number}", "roundId": self.round_id, **content}
        return await self.ask(
            "/graphql", {"query": FILE, "variables": {"input": sent}}, self.tokens[number % len(self.tokens)]
        )

    async def read(self, number: int) -> Answer:
        """List the first comments of the round."""
        variables = {"filter": {"roundId": self.round_id}, "first": 20}
        body = {"query": document("CommentList"), "variables": variables}
        return await self.ask("/graphql", body, self.tokens[number % len(self.tokens)])

    async def insist(self, number: int, *, seconds: float = 120.0) -> Answer:
        """File a comment, and send it again as long as the server asks for that or is away."""
        until = time.perf_counter() + seconds
        while True:
            answer = await self.file(number)
            if answer.status == 200 or time.perf_counter() > until:
                return answer
            # spread, or those who were refused together come together again
            await asyncio.sleep((answer.retry_after or 0.5) * random.uniform(1.0, 1.5))

    async def filed(self) -> dict[str, int]:
        """Return how often each comment stands in the database, by its text."""
        database = Database(self.url)
        async with database.reading() as connection:
            rows = (
                await connection.execute(
                    select(Comment.text, func.count()).where(Comment.round_id == self.round_id).group_by(Comment.text)
                )
            ).all()
        await database.close()
        return dict(tuple(row) for row in rows)

    async def late(self) -> int:
        """Return how many comments were filed after the round had closed."""
        database = Database(self.url)
        async with database.reading() as connection:
            statement = select(func.count()).select_from(Comment).join(Round, Comment.round_id == Round.id)
            count = await connection.scalar(
                statement.where(Comment.round_id == self.round_id, Comment.submitted_at > Round.closes_at)
            )
        await database.close()
        return int(count or 0)

    async def close_in(self, seconds: float) -> None:
        """Let the round close so many seconds from now."""
        async with self.world.database.writing() as session:
            await set_close(session, self.round_id, datetime.now(UTC) + timedelta(seconds=seconds))


def _code_of(text: bytes) -> str:
    answer = json.loads(text)
    if "errors" in answer:
        return str(answer["errors"][0]["extensions"]["code"])
    result = answer.get("data", {}).get("submitComment") or {}
    return str(result.get("code") or result.get("__typename") or "READ")


@asynccontextmanager
async def gathered(url: str, delegates: int) -> AsyncIterator[Crowd]:
    """Make a database with an open round and so many delegates, serve it, and stop at the end."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url))
    round_id = await add_round(world, 50)
    settings = Settings()
    with free_port() as (_, port):
        issuer = f"http://127.0.0.1:{port}"
    async with world.database.writing() as session:
        for number in range(delegates):
            await add_delegate(session, world, f"delegate-{number}", PARTIES[number % 5], is_focal_point=True)
    now = datetime.now(UTC)
    key = (await signing_keys(world.database, now))[0]
    tokens = [
        sign_token(
            key,
            issuer=issuer,
            audience=f"{issuer}/graphql",
            subject=world.persons[f"delegate-{number}"],
            client_id="storm",
            scopes=EVERY_SCOPE,
            now=now,
            minutes=settings.token_minutes * 10,
        )
        for number in range(delegates)
    ]
    environment = os.environ | {"INTERSESSION_DATABASE": url, "INTERSESSION_ISSUER": issuer}
    crowd = Crowd(url, port, world, round_id, tokens, environment)
    await crowd.close_in(3_600)
    await crowd.start()
    try:
        yield crowd
    finally:
        await crowd.stop()
        await world.database.close()
