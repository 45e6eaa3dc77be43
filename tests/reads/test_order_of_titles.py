"""Lists of texts, work plans and applications stand in the order in which people look titles up."""

from typing import Any

import pytest

from server.models.oauth import Application
from server.models.texts import Instrument
from server.models.workplan import WorkPlan
from server.vocabulary.applications import ApplicationKind
from tests.factories.api import Api
from tests.factories.world import NOW

TITLES = ["a note", "Åland", "Before", "éclair", "Ember", "“Quoted”", "Zone"]


def rows_for(api: Api, title: str) -> list[Any]:
    """Return one row of each kind with a title."""
    plan = WorkPlan(body_id=api.world.bodies["group"], title=title, closed_at=NOW)
    uris: dict[str, Any] = {"redirect_uris": [], "sign_out_uris": [], "scopes": ["read"]}
    registered = {"registered_by_id": api.world.delegates["secretariat"], "registered_at": NOW}
    application = Application(name=title, kind=ApplicationKind.WEB, **uris, **registered)
    return [Instrument(title=title, short_title=title), plan, application]


@pytest.mark.own_sql
@pytest.mark.parametrize(
    ("operation", "field", "order", "title"),
    [
        ("InstrumentList", "instruments", "SHORT_TITLE_ASC", "shortTitle"),
        ("WorkPlanList", "workPlans", "TITLE_ASC", "title"),
        ("ApplicationList", "clientApplications", "NAME_ASC", "name"),
    ],
)
async def test_list_of_titles_is_in_the_order_of_their_letters(
    api: Api, operation: str, field: str, order: str, title: str
) -> None:
    async with api.world.database.writing() as session:
        for each in reversed(TITLES):
            session.add_all(rows_for(api, each))

    listed = (await api.ask("secretariat", operation, orderBy=order))[field]["nodes"]

    assert [node[title] for node in listed if node[title] in TITLES] == TITLES
