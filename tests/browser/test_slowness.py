"""Over a real connection: what comes too slowly is closed, and what is too large is told so."""

import asyncio
from collections.abc import Iterator

import httpx2
import pytest

from server.settings import Settings
from server.web.browser.proxies import serving_options
from server.web.browser.slowness import ImpatientProtocol
from tests.browser.visits import CLOCK_QUERY, app_with
from tests.factories.serving import free_port, serving

HEAD = b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:8000\r\ncontent-type: application/json\r\n"


class VeryImpatient(ImpatientProtocol):
    """The protocol with so little time that a test need not wait."""

    header_seconds = 0.3
    body_seconds = 0.3


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Serve the application as the command does, and give the port."""
    options = serving_options(Settings(), message_bytes=100_000)
    with (
        free_port() as (listener, port),
        serving(app_with(), listener, **(options | {"http": VeryImpatient, "lifespan": "off"})),
    ):
        yield port


def test_server_is_started_with_the_impatient_protocol_and_a_limit_of_connections() -> None:
    options = serving_options(Settings(connections=77), message_bytes=100_000)

    assert options["http"] is ImpatientProtocol
    assert options["limit_concurrency"] == 77
    assert ImpatientProtocol.header_seconds <= 10


async def is_closed(port: int, *parts: bytes) -> bytes:
    """Send parts of a request one after the other, and return what came until the server closed the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), 20)
    finally:
        writer.close()


async def test_connections_whose_head_does_not_end_are_closed(port: int) -> None:
    async def dripping() -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD)
        closed = asyncio.create_task(reader.read())
        while not closed.done():
            writer.write(b"a")
            await asyncio.wait({closed}, timeout=0.05)
        writer.close()
        return closed.result() == b""

    async with asyncio.timeout(20):
        assert all(await asyncio.gather(*(dripping() for _ in range(20))))


@pytest.mark.parametrize("parts", [(), (HEAD,), (HEAD + b"content-length: 100\r\n\r\n", b"{")])
async def test_connection_on_which_nothing_more_comes_is_closed(port: int, parts: tuple[bytes, ...]) -> None:
    assert await is_closed(port, *parts) == b""


async def test_second_head_on_one_connection_has_the_same_time(port: int) -> None:
    body = b'{"query": "{ answeredAt }"}'
    whole = HEAD + f"content-length: {len(body)}\r\n\r\n".encode() + body

    answers = await is_closed(port, whole, HEAD)

    assert answers.count(b"HTTP/1.1 200 OK") == 1


async def test_requests_in_time_are_answered_on_one_connection(port: int) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        for _ in range(5):
            answer = await client.post(f"http://127.0.0.1:{port}/graphql", json=CLOCK_QUERY)
            assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/graphql", "/sign-in"])
async def test_body_that_is_too_large_is_answered_so_that_clients_can_read_it(port: int, path: str) -> None:
    form = {"content-type": "application/x-www-form-urlencoded", "origin": "http://127.0.0.1:8000"}
    headers = form if path == "/sign-in" else {"content-type": "application/json"}
    async with httpx2.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as client:
        answer = await client.post(path, content=b"x" * 5_000_000, headers=headers)

    assert answer.status_code == 413


async def test_body_without_an_end_is_cut_off(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"content-length: 900000000\r\n\r\n")
    chunk = b"x" * 1_000_000
    with pytest.raises(OSError, match=r"reset|[Bb]roken|lost"):  # noqa: PT012
        for _ in range(900):
            writer.write(chunk)
            await writer.drain()
    writer.close()
