"""Dossiers of provisions and precedents on SQLite: `python -m tests.bench.collisions` measures them at its end.

The text and the amendments are those of `tests.bench.collisions`, as rows: 200 proposals, of which a third was not
agreed to. It prints the statements and milliseconds for the dossier of the provision that
most amendments are about, and for the precedents of the proposal on it; then for twice as much of everything.
"""

import asyncio
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.journal.chain import sha256_of
from server.models.proposals import Amendment, AmendmentProposal, ProposalWork
from server.models.texts import Instrument, Provision, ProvisionText, TextVersion
from server.storage.database import Database
from server.storage.migrations import migrate
from server.vocabulary.proposals import AmendmentKind, ProposalStatus
from server.vocabulary.texts import UnitKind, VersionStatus
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.world import NOW, World, make_world

TIMES = 5


async def add_text(world: World, text: Sequence[BaseText]) -> tuple[str, dict[str, str], dict[str, str]]:
    """Add an issued text; return its version, and the keys and ids of its provisions by the keys of `text`."""
    async with world.database.writing() as session:
        instrument = Instrument(title="A long text", short_title="Long")
        session.add(instrument)
        await session.flush()
        version = TextVersion(instrument_id=instrument.id, number=1, label="Draft 1", created_at=NOW)
        keys = {each.key: Provision(instrument_id=instrument.id) for each in text}
        session.add_all([version, *keys.values()])
        await session.flush()
        rows = {}
        for position, each in enumerate(text, start=1):
            rows[each.key] = ProvisionText(
                text_version_id=version.id,
                provision_id=keys[each.key].id,
                parent_id=keys[each.parent].id if each.parent else None,
                position=position,
                kind=UnitKind(each.kind),
                level=each.level,
                text=each.text,
                digest=sha256_of(each.text),
            )
        session.add_all(rows.values())
        await session.flush()
        version.status, version.issued_at = VersionStatus.ISSUED, NOW
        return version.id, {name: row.id for name, row in keys.items()}, {name: row.id for name, row in rows.items()}


async def add_proposals(world: World, version_id: str, keys: dict[str, str], changes: Sequence[Accepted]) -> str:
    """Add amendments as those of registered proposals, every third of which was not agreed to; return the last one."""
    cycle_id = await make.open_cycle(world)
    by_proposal: dict[str, list[Accepted]] = defaultdict(list)
    for change in changes:
        by_proposal[change.proposal].append(change)
    whose = {"cycle_id": cycle_id, "party_id": world.parties["japan"], "author_id": world.delegates["japan"]}
    proposals = []
    async with world.database.writing() as session:
        for number, of_one in enumerate(by_proposal.values(), start=1):
            status = ProposalStatus.REGISTERED if number % 3 else ProposalStatus.NOT_AGREED
            proposals.append(
                AmendmentProposal(
                    **whose,
                    text_version_id=version_id,
                    title=f"Proposal {number}",
                    rationale="Because.",
                    is_severable=True,
                    drafted_at=NOW,
                    work=ProposalWork(status=status, number=number),
                    amendments=[as_row(change, place, keys) for place, change in enumerate(of_one, start=1)],
                )
            )
        session.add_all(proposals)
        await session.flush()
        for proposal in proposals:
            proposal.submitted_at, proposal.submitted_by_id = NOW, world.delegates["japan"]
            proposal.content_digest = "0" * 64
    return next(each.id for each in reversed(proposals) if each.work.status == ProposalStatus.REGISTERED)


def as_row(change: Accepted, position: int, keys: dict[str, str]) -> Amendment:
    """Return an amendment as a row."""
    adds = change.kind == AmendmentKind.ADD
    has_words = adds or change.kind == AmendmentKind.MODIFY
    return Amendment(
        position=position,
        kind=change.kind,
        provision_id=keys[change.after or "" if adds else change.key],
        after_id=keys[change.after] if change.kind == AmendmentKind.MOVE and change.after else None,
        wording=change.wording if has_words else None,
    )


async def measure(text: Sequence[BaseText], changes: Sequence[Accepted]) -> None:
    """Print statements and milliseconds of the two operations over HTTP, the fastest of several times."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/dossiers.db"
        await asyncio.to_thread(migrate, url)
        world = await make_world(Database(url))
        version_id, keys, text_ids = await add_text(world, text)
        proposal_id = await add_proposals(world, version_id, keys, changes)
        about = Counter(change.after or "" if change.kind == AmendmentKind.ADD else change.key for change in changes)
        key, _ = about.most_common(1)[0]
        async with Api(world) as api:
            sizes = f"{len(text):,} provisions, {len(changes):,} amendments"
            asked = {"ProvisionDossier": {"id": text_ids[key]}, "ProposalPrecedents": {"proposalId": proposal_id}}
            for name, sent in asked.items():
                figures, answer = await ask(api, name, sent)
                print(f"  {sizes}: {name} {figures}, {told(answer)}")
        await world.database.close()


async def ask(api: Api, name: str, sent: dict[str, Any]) -> tuple[str, Any]:
    """Return the statements of an operation and its milliseconds, by the wall and of the processor, and its answer."""
    seconds, busy = [], []
    for _ in range(TIMES):
        with statements(api.world.database) as seen:
            started, used = time.perf_counter(), time.process_time()
            answer = await api.ask("canada", name, **sent)
            seconds.append(time.perf_counter() - started)
            busy.append(time.process_time() - used)
    took = f"{min(seconds) * 1e3:.0f} ms, {min(busy) * 1e3:.0f} of the processor"
    return f"{len(seen)} statements, {took}", answer


def told(answer: Any) -> str:
    """Return what an answer holds, in words."""
    if "precedents" in answer:
        return f"{answer['precedents']['precedents']['totalCount']} precedents"
    parts = answer["provisionDossier"]
    return ", ".join(f"{parts[name]['totalCount']} {name}" for name in ("amendments", "pairs", "precedents"))
