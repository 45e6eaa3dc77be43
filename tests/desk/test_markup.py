"""Stored markup in everything that people write: shown as it was written, on every page, and never carried out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models.base import Base
from server.storage.database import Database
from server.web.desk.routes import PAGES
from tests.desk.browsing import NEEDS_CHROMIUM, browsing
from tests.desk.walking import walking
from tests.factories.filled import filled, identifier
from tests.factories.templates import SqliteFiles
from tests.factories.world import World

pytestmark = [NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]
HOSTILE = (
    "</textarea></script></style><script data-hostile>document.title='hacked'</script>"
    "<img data-hostile src=x onerror=alert(1)>\" onfocus=alert(1) data-hostile x='&lt;{{ 7*7 }}\u202edlrow"
)
"""Markup, an attribute, a template, an entity, and a sign that turns what follows from right to left."""
WRITTEN = {
    "activities": ("description", "remarks", "label", "baseline_label", "drop_reason", "blocked_by"),
    "advice_requests": ("question", "advice"),
    "agenda_items": ("title", "remark", "withdrawal"),
    "amendment_proposals": ("title", "rationale"),
    "amendment_views": ("reason",),
    "amendments": ("wording",),
    "answer_batches": ("undo_reason",),
    "answer_reactions": ("reason",),
    "applications": ("name", "purpose"),
    "applied_changes": ("reason",),
    "baselines": ("name",),
    "bodies": ("name", "short_name", "conclusion"),
    "call_questions": ("text", "hint"),
    "call_redatings": ("reason",),
    "calls": ("title", "introduction"),
    "carried_amendments": ("wording", "reason"),
    "co_signatures": ("reason",),
    "comment_oppositions": ("reason",),
    "comment_points": ("text",),
    "comment_replies": ("text",),
    "comments": ("text", "reason", "proposed_wording"),
    "conflict_sides": ("words",),
    "contributions": ("title", "text"),
    "decisions": ("agenda_item", "verb", "text", "paragraph"),
    "desk_moves": ("note",),
    "dispositions": ("reason", "wording"),
    "draft_steps": ("reason",),
    "editions": ("label",),
    "group_reports": ("title", "text"),
    "instruments": ("title", "short_title"),
    "internal_notes": ("text",),
    "invitations": ("name",),
    "late_admissions": ("reason", "answer"),
    "mandates": ("terms",),
    "mechanisms": ("title",),
    "milestone_changes": ("label", "reason", "answer"),
    "milestones": ("name", "label", "drop_reason"),
    "neighbour_invitations": ("message", "reply"),
    "nominations": ("answer",),
    "notices": ("title",),
    "papers": ("title",),
    "parties": ("name", "short_name"),
    "passkeys": ("label",),
    "persons": ("name",),
    "plan_changes": ("subject_name", "before", "after", "reason", "cause_title"),
    "promises": ("text", "reason"),
    "proposal_deferrals": ("reason", "resume_reason"),
    "provision_texts": ("text",),
    "returned_filings": ("content",),
    "redatings": ("label_before", "label_after", "reason"),
    "report_paragraphs": ("text",),
    "reporting_lines": ("topic",),
    "representations": ("evidence",),
    "reservations": ("text",),
    "responsibles": ("label",),
    "reusable_answers": ("title", "reason"),
    "review_cycles": ("title",),
    "round_extensions": ("reason",),
    "round_steps": ("reason",),
    "rounds": ("title",),
    "sentence_readings": ("words",),
    "silence_extensions": ("reason",),
    "silence_objections": ("passage", "reason"),
    "silence_procedures": ("title", "text", "settlement"),
    "silence_statements": ("text",),
    "sitting_steps": ("reason",),
    "sittings": ("place", "cancellation"),
    "text_conflicts": ("base_words", "settled_words", "reason"),
    "text_corrections": ("before", "replacement", "reason", "objection"),
    "text_versions": ("label", "source_name"),
    "transfers": ("reason",),
    "work_items": ("title", "drop_reason"),
    "work_plans": ("title", "source_name"),
}
"""The columns that hold what somebody wrote, by table."""
OF_PATH = {
    "/texts/": "text_versions",
    "/provisions/": "provision_texts",
    "/editions/": "editions",
    "/rounds/": "rounds",
    "/receipts/": "comments",
    "/comments/": "comments",
    "/proposals/": "amendment_proposals",
    "/plans/items/": "work_items",
    "/plans/": "work_plans",
    "/activities/": "activities",
    "/bodies/": "bodies",
    "/sittings/": "sittings",
    "/consolidations/": "consolidations",
    "/conflicts/": "text_conflicts",
    "/parties/": "parties",
    "/people/": "persons",
    "/papers/": "papers",
    "/rights/": "persons",
    "/audience/": "text_versions",
    "/applications/": "applications",
    "/agenda-items/": "agenda_items",
    "/calls/": "calls",
    "/group-reports/": "group_reports",
    "/milestone-changes/": "milestone_changes",
    "/milestones/": "milestones",
    "/neighbour-invitations/": "neighbour_invitations",
    "/nominations/": "nominations",
    "/promises/": "promises",
    "/silence/": "silence_procedures",
    "/watching/": "rounds",
}
"""The table of the objects whose ids stand in an address, by its beginning; the longest comes first."""
VIEWS = {
    "/texts/{version}/changes": ("?view=sentences", "?view=table", "?show=all"),
    "/consolidations/{id}": ("?view=check", "?view=numbers"),
    "/search": ("?q=data-hostile",),
    "/texts/{version}/what-if": (
        f"?item={identifier('amendment_proposals', 0)}",
        f"?item={identifier('amendment_proposals', 0)}&other={identifier('amendment_proposals', 1)}",
    ),
}
"""Further views of a page."""
PUBLIC = (
    *("/public", "/public/decisions", f"/public/provisions/{identifier('provisions', 0)}"),
    *(f"/public/editions/{identifier('editions', 0)}{view}" for view in ("", "/changes")),
)
"""The pages that everybody may read."""


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a page shows does not depend on the database."""
    return SqliteFiles(sqlite_templates, tmp_path)


@pytest.fixture
async def hostile(database: Database) -> World:
    """Fill an empty database with rows in which everything that people write is hostile."""
    world = await filled(database, 3)
    async with database.writing() as session:
        await _write_everywhere(session)
    return world


async def _write_everywhere(session: AsyncSession) -> None:
    tables = Base.metadata.tables
    for name, columns in WRITTEN.items():
        table = tables[name]
        await session.execute(update(table).values({column: table.c[column] + HOSTILE for column in columns}))
    filed = json.dumps({"title": HOSTILE})  # canonical JSON, of which pages show the title and the whole
    await session.execute(update(tables["returned_filings"]).values(content=filed))
    await session.execute(update(tables["journal"]).values(details={"reason": HOSTILE, "name": HOSTILE}))
    people = tables["persons"]
    await session.execute(update(people).values(zone="Europe/Brussels"))
    officer = update(people).where(people.c.id == identifier("persons", 0))
    await session.execute(officer.values(email="officer@example.org"))


def addresses() -> Iterator[str]:
    """Give every address of the desk, with the id of the first object, and with every view of it; no file to save."""
    for page in PAGES:
        if "." in page.path:
            continue
        table = next((table for start, table in OF_PATH.items() if page.path.startswith(start)), "")
        path = re.sub(r"\{\w+\}", identifier(table, 0), page.path) if "{" in page.path else page.path
        yield path
        yield from (path + query for query in VIEWS.get(page.path, ()))
    yield from PUBLIC


async def test_pages_show_hostile_words_and_do_nothing_of_them(
    chromium: Browser, hostile: World, database_url: str
) -> None:
    seen: set[str] = set()
    faults: list[str] = []
    async with (
        browsing(chromium, hostile.database, database_url, hostile.clock, opens_editions=True) as site,
        walking(site, "officer") as officer,
    ):
        officer.page.on("dialog", lambda dialog: faults.append(f"{officer.page.url}: {dialog.message}"))
        for path in addresses():
            response = await officer.page.goto(path)
            assert response is not None
            if response.status >= 500:
                faults.append(f"{path}: {response.status}")
            if await officer.page.locator("[data-hostile]").count():
                faults.append(f"{path}: an element was made of words")
            if "alert(1)" in await officer.said():
                seen.add(path)
    assert faults == []
    assert len(seen) > 30
    assert [path for path in PUBLIC if path not in seen] == []
    assert [path for path in addresses() if "what-if" in path and path not in seen] == []
