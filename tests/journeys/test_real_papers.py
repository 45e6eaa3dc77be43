"""The five real papers come in, where they lie beside the checkout: nothing of them is lost on the way to the rows."""

from datetime import date
from typing import Any

import pytest

from server.documents.markdown import Unit, print_document
from server.domain.texts.actions.importing import import_text
from server.domain.texts.queries.reading import provisions_of
from server.domain.workplan.actions.importing import import_work_plan
from server.domain.workplan.queries import counts_of_plan
from server.models.journal import JournalEntry
from tests.documents.test_markdown import paper, words, words_as_printed
from tests.factories.workplan import rows_of, sizes
from tests.factories.world import World


async def stored(world: World, version: str) -> list[str]:
    """Print the words of a version from its rows."""
    async with world.database.studying() as session:
        provisions = await provisions_of(session, version)
    units = [Unit(each.kind, each.level, each.printed_number, each.text) for each in provisions]
    return words(print_document(units))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
async def test_a_real_paper_is_stored_with_every_word_in_order(world: World, number: str) -> None:
    markdown = paper(number)
    names = {"title": f"Paper {number}", "short_title": number, "label": "As printed"}

    version = await world.do("secretariat", import_text, **names, markdown=markdown)
    rows = await sizes(world.database)
    again = await world.do("secretariat", import_text, **names, markdown=markdown)

    assert await stored(world, version) == words_as_printed(markdown)
    assert (again, await sizes(world.database)) == (version, rows)


async def test_the_real_work_plan_is_stored_once(world: World) -> None:
    sent: dict[str, Any] = {
        "markdown": paper("003"),
        "source_name": "Note of September 2018",
        "decided_on": date(2018, 6, 21),
    }

    plan = await world.do("secretariat", import_work_plan, **sent)
    rows = await sizes(world.database)
    again = await world.do("secretariat", import_work_plan, **sent)

    async with world.database.reading() as connection:
        counts = await counts_of_plan(connection, plan)
    assert (counts.topics, counts.activities, counts.groups) == (7, 26, 5)
    assert (again, await sizes(world.database)) == (plan, rows)
    assert await rows_of(world.database, JournalEntry.act) == [("work_plan.imported",)]
