"""The commands of evidence, as the operator calls them; and that the server signs by itself while it runs."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.app import create_app
from server.cli import app
from server.settings import Settings
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.verifier import verify_by_python
from tests.factories.world import World


@pytest.fixture
def shell(world: World, database_url: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Give a shell whose commands use the database of the world."""
    monkeypatch.setenv("INTERSESSION_DATABASE", database_url)
    return CliRunner()


async def run(shell: CliRunner, *words: str | Path) -> Result:
    """Run a command in a thread of its own, because it begins an event loop."""
    return await asyncio.to_thread(shell.invoke, app, [str(word) for word in words])


async def test_receipt_and_pack_that_the_operator_writes_hold_and_name_the_head(
    world: World, shell: CliRunner, tmp_path: Path
) -> None:
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)

    signed = await run(shell, "heads", "sign")
    rotated = await run(shell, "heads", "rotate-key")
    receipt, pack = tmp_path / "receipt.json", tmp_path / "pack.zip"
    written = [
        await run(shell, "receipt", comment, "--output", receipt),
        await run(shell, "export-evidence", round_id, "--output", pack),
    ]

    assert [result.exit_code for result in (signed, rotated, *written)] == [0] * 4
    said = dict(line.split(maxsplit=1) for line in signed.output.splitlines())
    newest = dict(line.split(maxsplit=1) for line in rotated.output.splitlines())
    assert (said["head"], newest["head"]) == ("2 of 2 entries", "3 of 2 entries")
    assert verify_by_python(receipt, key=said["key"]).holds
    assert verify_by_python(pack, key=said["key"], head=newest["digest"]).holds


async def test_command_overwrites_no_file_and_says_what_is_not_there(
    world: World, shell: CliRunner, tmp_path: Path
) -> None:
    round_id = await open_round(world)
    await run(shell, "heads", "sign")
    (tmp_path / "pack.zip").write_bytes(b"mine")

    taken = await run(shell, "export-evidence", round_id, "--output", tmp_path / "pack.zip")
    missing = await run(shell, "receipt", "CMT_x", "--output", tmp_path / "receipt.json")

    assert (taken.exit_code, missing.exit_code) == (2, 2)
    assert (tmp_path / "pack.zip").read_bytes() == b"mine"
    assert not (tmp_path / "receipt.json").exists()


async def test_server_signs_heads_while_it_runs(world: World) -> None:
    woken = asyncio.Event()
    world.database.wake_after_commit(woken.set)
    application = create_app(Settings(), world.database, world.clock)

    async with application.router.lifespan_context(application):
        while True:
            woken.clear()
            if await rows_of(world, "signed_heads"):
                break
            await asyncio.wait_for(woken.wait(), 20)

    assert [str(head["occasion"]) for head in await rows_of(world, "signed_heads")] == ["KEY_ADDED"]
