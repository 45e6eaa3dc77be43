"""Evidence of a world: heads signed as the server signs them, receipts and packs as files."""

import json
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from server.domain.evidence.actions.signing import sign_due_heads
from server.domain.evidence.queries.archives import PackWriter
from server.domain.evidence.queries.packs import write_pack
from server.domain.evidence.queries.receipts import FilingReceipt, find_receipt, receipt_document
from server.journal.heads import Occasion, rotate_key, sign_head
from server.vocabulary.journal import HeadOccasion
from tests.factories.verifier import VERIFICATION
from tests.factories.world import World

ISSUER = "https://standards.example.org"
VERIFIER = {"verify.py": (VERIFICATION / "verify.py").read_bytes()}


async def sign(world: World) -> int:
    """Do what the server does every few seconds, and return how many heads were due."""
    return await sign_due_heads(world.database, world.clock, ISSUER)


async def ask_for_head(world: World) -> None:
    """Sign a head because the operator asks for it."""
    occasion = Occasion(HeadOccasion.COMMAND, None, world.clock.now)
    async with world.database.writing() as session:
        await sign_head(session, ISSUER, occasion, world.clock.now)


async def rotate(world: World) -> None:
    """Rotate the key that signs."""
    async with world.database.writing() as session:
        await rotate_key(session, ISSUER, world.clock.now)


async def receipt_of(
    world: World, who: str | None, subject_id: str, head_id: str | None = None
) -> FilingReceipt | None:
    """Return the receipt of a filing as a person gets it, None if it is not for them."""
    actor = await world.actor(who)
    async with world.database.studying() as session:
        return await find_receipt(session, actor, world.clock.now, subject_id, issuer=ISSUER, head_id=head_id)


async def receipt_file(world: World, who: str, subject_id: str, file: Path) -> dict[str, Any]:
    """Write the receipt that a person gets to a file, and return its content."""
    receipt = await receipt_of(world, who, subject_id)
    assert receipt is not None
    async with world.database.reading() as connection:
        document = await receipt_document(connection, receipt)
    save_text(file, json.dumps(document))
    return document


async def pack_of(world: World, subject_id: str) -> dict[str, bytes]:
    """Return the files of an evidence pack by name."""
    stream = BytesIO()
    await write_to(stream, world, subject_id)
    with ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def pack_file(world: World, subject_id: str, file: Path) -> Path:
    """Write an evidence pack to a file, and return the file."""
    with file.open("wb") as stream:
        await write_to(stream, world, subject_id)
    return file


async def write_to(stream: IO[bytes], world: World, subject_id: str) -> None:
    """Write an evidence pack to a stream."""
    async with world.database.studying() as session:
        await write_pack(session, world.clock.now, subject_id, stream, issuer=ISSUER, files=VERIFIER)


def save(file: Path, files: dict[str, bytes]) -> None:
    """Write the files of a pack as a zip file."""
    with file.open("wb") as stream, PackWriter(stream) as pack:
        for name, content in files.items():
            pack.write(name, content)


def save_text(file: Path, text: str) -> None:
    """Write a text to a file."""
    file.write_text(text, encoding="utf-8")
