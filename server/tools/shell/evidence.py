"""The commands of evidence: sign a head, rotate the key that signs, write a receipt, export a round or a proposal."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from server.domain.evidence.actions.signing import catch_up
from server.domain.evidence.queries.archives import read_verifiers
from server.domain.evidence.queries.packs import write_pack
from server.domain.evidence.queries.receipts import find_receipt, receipt_document
from server.journal.heads import Occasion, Statement, rotate_key, sign_head
from server.kernel.clock import utc_now
from server.kernel.saying import say_number
from server.tools.shell.database import Email, officer_named, opened_database
from server.tools.shell.settings import current_settings
from server.vocabulary.journal import HeadOccasion

VERIFIER = Path(__file__).parents[3] / "frontend-contracts" / "verification"
Output = Annotated[Path, typer.Option(help="File to write; it must not exist.")]
heads = typer.Typer(no_args_is_help=True, help="The signed heads of the journal, and the key that signs them.")


@heads.command("sign")
def sign() -> None:
    """Sign the journal as it is now, and print the head and its digest."""

    async def work() -> Statement | None:
        now = utc_now()
        async with opened_database() as database:
            await catch_up(database)
            async with database.writing() as session:
                occasion = Occasion(HeadOccasion.COMMAND, None, now)
                return await sign_head(session, current_settings().issuer, occasion, now)

    _print_head(asyncio.run(work()))


@heads.command("rotate-key")
def rotate() -> None:
    """Sign with a new key from now on; the key before it vouches for it. What older keys signed stays good."""

    async def work() -> Statement:
        async with opened_database() as database:
            await catch_up(database)
            async with database.writing() as session:
                return await rotate_key(session, current_settings().issuer, utc_now())

    _print_head(asyncio.run(work()))


def _print_head(head: Statement | None) -> None:
    if head is not None:
        size = say_number(head.size, "entry", "entries")
        typer.echo(f"head    {head.number} of {size}\ndigest  {head.digest}\nkey     {head.kid}")


def receipt_command(
    subject: Annotated[str, typer.Argument(help="Comment or proposal: CMT_... or PRP_...")],
    output: Output,
    officer: Email = "",
) -> None:
    """Write the receipt of a filing, as its party would download it."""

    async def work() -> dict[str, Any] | None:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            async with database.studying() as session:
                issuer = current_settings().issuer
                receipt = await find_receipt(session, actor, utc_now(), subject, issuer=issuer)
                return receipt and await receipt_document(await session.connection(), receipt)

    document = asyncio.run(work())
    if document is None:
        raise typer.BadParameter(f"There is no receipt of {subject}: it was not filed, or no key was added yet.")
    write_file(output, json.dumps(document).encode())


def export_evidence(
    subject: Annotated[str, typer.Argument(help="Round or proposal: RND_... or PRP_...")], output: Output
) -> None:
    """Write an evidence pack of a round or a proposal, which is verified without this server.

    It goes to whom you give it: nobody's rights are asked. Before a sealed round closes it holds no comments.
    """

    async def work(file: BinaryIO) -> int:
        async with opened_database() as database, database.studying() as session:
            files = read_verifiers(VERIFIER)
            return await write_pack(session, utc_now(), subject, file, issuer=current_settings().issuer, files=files)

    with _opened(output) as file:
        try:
            count = asyncio.run(work(file))
        except BaseException:
            output.unlink()
            raise
    typer.echo(f"{output}: {say_number(count, 'file')}. Verify it by: python verify.py {output.name}")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("xb")
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a new file, and print its name and size. Raise BadParameter if it exists or cannot be written."""
    with _opened(path) as file:
        file.write(content)
    typer.echo(f"{path}: {say_number(len(content), 'byte')}.")
