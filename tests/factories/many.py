"""A database with as many rows as lists are measured on: one round of so many comments, ten times as many acts."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, text

from server.models.base import Base
from server.storage.database import Database
from tests.factories.filled import START, _row, end_journal, identifier, lift_guards
from tests.factories.world import World

PARTIES, PROVISIONS = 62, 400
"""What does not grow: the parties that write, and the provisions of the version that they write about."""
LISTED = (
    *("persons", "delegates", "invitations", "representations", "browser_sessions", "applications", "grants", "bodies"),
    *("sittings", "work_plans", "work_items", "activities", "instruments", "text_corrections", "mechanisms"),
    *("review_cycles", "amendment_proposals", "proposal_work", "papers"),
)
"""Tables that grow with the comments, to a tenth of them."""
ACTS = ("comment.submitted", "comment.drafted", "comment.supported", "disposition.recorded", "body.joined")
AT_ONCE = 5_000
"""Rows of one INSERT."""


async def filled_with(database: Database, comments: int, *, acts: int) -> World:
    """Fill an empty database, and return a world in which "secretariat" and "member" can sign in.

    The comments are of one round, recorded as answered, spread over parties and provisions. There are `acts` entries of
    the journal, a hundredth of the comments as rounds, and a tenth as everything else that is listed.
    """
    sizes = {"journal": acts, "provisions": PROVISIONS, "provision_texts": PROVISIONS}
    sizes |= dict.fromkeys(LISTED, max(comments // 10, PARTIES))
    sizes["rounds"] = comments // 100
    sizes |= dict.fromkeys(("comments", "comment_work", "dispositions"), comments)
    async with database.writing() as session:
        await lift_guards(session, is_sqlite=database.is_sqlite)
        for table in Base.metadata.sorted_tables:
            if table.name not in ("journal_head", "signing_keys", "notice_progress"):
                rows = _rows(table, sizes.get(table.name, PARTIES))
                while some := list(islice(rows, AT_ONCE)):
                    await session.execute(table.insert(), some)
        await end_journal(session)
        if not database.is_sqlite:
            await session.execute(text("ANALYZE"))
    world = World(database)
    world.clock.now = START + timedelta(days=30)
    world.persons |= {"secretariat": identifier("persons", 0), "member": identifier("persons", 1)}
    return world


def _rows(table: Table, size: int) -> Iterator[dict[str, Any]]:
    for number in range(size):
        yield _row(table, number) | _differing(table.name, number)


def _differing(table: str, number: int) -> dict[str, Any]:
    """Return the values that matter for lists, and that differ from row to row."""
    party = identifier("parties", number % PARTIES)
    if table == "parties":
        return {"capacity": "MEMBER" if number else "SECRETARIAT"}
    if table == "rounds":
        return {"group_id": None}  # all Members are asked, so that the list of a member is as long as that of others
    if table in ("delegates", "invitations", "representations", "amendment_proposals"):
        return {"party_id": party}
    if table == "journal":
        return {"party_id": party, "act": "decision.recorded" if number % 1000 == 0 else ACTS[number % len(ACTS)]}
    if table in ("browser_sessions", "grants"):
        return {"person_id": identifier("persons", number % PARTIES)}
    if table == "comments":
        place = number * 7 % PROVISIONS
        anchor = {"provision_text_id": identifier("provision_texts", place), "position": place + 1}
        return anchor | {"party_id": party, "number": number // PARTIES + 1}
    if table == "comment_work":
        return {"disposition_id": identifier("dispositions", number)}
    if table == "dispositions":
        return {"comment_id": identifier("comments", number)}
    if table == "activities":
        return {"work_item_id": identifier("work_items", number % PARTIES)}
    if table == "work_items":
        return {"plan_id": identifier("work_plans", number % 7)}
    return {}
