"""What the pages of pending amendments cost as a text grows: `python -m tests.bench.pages --pending`.

The texts and amendments are those of `tests.bench.collisions`: three amendments for five provisions, in a third as many
proposals, of which a third was not agreed to. Measured are the pages of one proposal, the dossier of the provision that
most amendments are about, and what the text would be: the form, with all proposals, with half against half.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from random import Random
from urllib.parse import urlencode

from sqlalchemy import select

from server.models.proposals import AmendmentProposal, ProposalWork
from server.storage.database import Database
from server.storage.migrations import migrate
from server.vocabulary.proposals import AmendmentKind, ProposalStatus
from tests.bench import collisions, dossiers
from tests.factories.world import World, make_world


async def fill_pending(url: str, size: int) -> tuple[World, Mapping[str, str]]:
    """Migrate a new database, put a text of so many provisions with its amendments into it; return its pages."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url, pool=5))
    rng = Random(size)
    text = collisions.write_text(rng, size)
    drafted = collisions.draft_all(rng, text, size * 3 // 5, size // 5, collisions.OVERLAPPING)
    changes = collisions.compare(text, drafted)
    version, keys, text_ids = await dossiers.add_text(world, text)
    proposal = await dossiers.add_proposals(world, version, keys, changes)
    about = Counter(change.after or "" if change.kind == AmendmentKind.ADD else change.key for change in changes)
    (busiest, _), *_ = about.most_common(1)
    pending = await _list_pending(world)
    half = len(pending) // 2
    tried = f"/texts/{version}/what-if"
    return world, {
        "neighbours": f"/proposals/{proposal}/neighbours",
        "precedents": f"/proposals/{proposal}/precedents",
        "dossier": f"/provisions/{text_ids[busiest]}",
        "what-if, the form": tried,
        "what-if, one": f"{tried}?{urlencode([('item', proposal)])}",
        "what-if, all": f"{tried}?{urlencode([('item', each) for each in pending])}",
        "what-if, two halves": f"{tried}?"
        + urlencode([("item" if place < half else "other", each) for place, each in enumerate(pending)]),
    }


async def _list_pending(world: World) -> list[str]:
    """Return the ids of the registered proposals by number."""
    pending = (
        select(AmendmentProposal.id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .where(ProposalWork.status == ProposalStatus.REGISTERED)
        .order_by(ProposalWork.number)
    )
    async with world.database.reading() as connection:
        return list(await connection.scalars(pending))
