"""Write an evidence pack as a zip file that is the same wherever and whenever it is written."""

import asyncio
import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar
from zipfile import ZIP_STORED, ZipFile, ZipInfo

T = TypeVar("T")
VERIFIERS = ("README.md", "verify.py", "verify.html")
"""What a pack holds besides the evidence: the recipe and the two verifiers."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack, so that the same evidence is the same file."""


def read_verifiers(folder: Path) -> dict[str, bytes]:
    """Return the recipe and the verifiers in a folder by name."""
    return {name: (folder / name).read_bytes() for name in VERIFIERS}


class PackWriter:
    """A zip file without compression that is written file by file, piece by piece: the same files are the same bytes.

    `digests` are the SHA-256 of the files that were written, in hexadecimal, by name.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._archive = ZipFile(stream, "w", ZIP_STORED)
        self.digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole."""
        self._archive.writestr(_describe_file(name), content)
        self.digests[name] = hashlib.sha256(content).hexdigest()

    async def write_pieces(self, name: str, pieces: AsyncIterable[bytes]) -> int:
        """Write a file piece by piece, and return how many bytes it has."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(_describe_file(name), "w") as file:
            async for piece in pieces:
                await asyncio.to_thread(file.write, piece)
                digest.update(piece)
                size += len(piece)
        self.digests[name] = digest.hexdigest()
        return size


async def lines_of(batches: AsyncIterable[Sequence[T]], say: Callable[[T], str]) -> AsyncIterator[bytes]:
    """Yield the lines of a file, those of one batch at a time: each thing as `say` says it."""
    async for batch in batches:
        yield await asyncio.to_thread(_join, batch, say)


def _join(batch: Iterable[Any], say: Callable[[Any], str]) -> bytes:
    return b"".join(f"{say(each)}\n".encode() for each in batch)


async def list_of(texts: AsyncIterable[str]) -> AsyncIterator[bytes]:
    """Yield a JSON list, of which each item is given as JSON."""
    comma = "["
    async for text in texts:
        yield f"{comma}{text}".encode()
        comma = ","
    yield b"[]" if comma == "[" else b"]"


def _describe_file(name: str) -> ZipInfo:
    """Return the entry of a file in the pack, the same on every platform."""
    entry = ZipInfo(name, FIRST_DAY)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry
