"""A list costs what its page costs: four times the rows are not more work, counted and not timed."""

import re
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.factories.listing import Asked, Listing, filled_listing
from tests.factories.templates import Databases

pytestmark = pytest.mark.long
SIZES = (500, 2_000)
MOST = 1.35
"""Work for the longer list, at most, to that for the shorter one; a page that is looked through costs four times."""
LOOKED_THROUGH = {
    "Query.proposals": "in the order of a number that drafts have not; a register holds hundreds",
    "Query.activities": "in the order of their plans and topics; a plan holds a hundred",
    "Query.workPlans": "by titles too long for an index; a body has one plan",
    "Query.journalHeads": "each head asks for the rounds that are open, which are all of them here; few are at once",
    "Viewer.sessions": "the person's own",
    "Viewer.grants": "the person's own",
}
"""Lists that are sorted whole, and why that is right."""


def work_of(listing: Listing, asked: Asked) -> float:
    """Count the work of a statement for each row of the page, because short lists fill no page.

    It is the instructions of SQLite's machine, or the rows that PostgreSQL looks at.
    """
    if not listing.is_sqlite:
        return _count_rows(listing.driver, asked)
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    listing.driver.set_progress_handler(step, 10)
    rows = listing.driver.execute(*asked).fetchall()
    listing.driver.set_progress_handler(None, 0)
    return steps / max(len(rows), 1)


def _count_rows(driver: psycopg.Connection[Any], asked: Asked) -> float:
    """Count the rows that the nodes of a generic plan read or leave out."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", asked.text)))
    text = asked.text.replace("%%", "%")
    for number, name in enumerate(names, start=1):
        text = text.replace(f"%({name})s", f"${number}")
    values = sql.SQL(", ").join(sql.Literal(asked.parameters[name]) for name in names)
    with driver.cursor() as cursor:
        # The short tables of a test are cheaper to read whole. Asked is what stands in the way where they are long.
        cursor.execute("SET enable_seqscan = off", prepare=False)
        cursor.execute(sql.SQL("PREPARE page AS ") + sql.SQL(text), prepare=False)  # type: ignore[arg-type]
        explain = sql.SQL("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE page ({})").format(values)
        (plan,) = cursor.execute(explain, prepare=False).fetchone() or ()
        cursor.execute("DEALLOCATE page", prepare=False)
    return _sum_rows(plan[0]["Plan"]) / max(plan[0]["Plan"]["Actual Rows"], 1)


def _sum_rows(node: dict[str, Any]) -> float:
    looked_at = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
    return float(looked_at * node["Actual Loops"] + sum(map(_sum_rows, node.get("Plans", ()))))


@pytest.mark.rest
async def test_no_page_costs_more_in_a_longer_list(databases: Databases) -> None:
    work: dict[tuple[str, str], list[float]] = {}
    for size in SIZES:
        listing = await filled_listing(databases.empty(), size, acts=size)
        for name, kind, asked in listing.pages():
            work.setdefault((name, kind), []).append(work_of(listing, asked))
        listing.close()

    growing = {page: pair for page, pair in work.items() if pair[1] > pair[0] * MOST}
    assert {name for name, _ in growing} <= LOOKED_THROUGH.keys(), growing
    assert len(work) > 70
