"""Small invented papers and the work plan read from one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from server.domain.workplan.actions import importing
from server.models.bodies import Decision, Sitting
from server.models.workplan import Activity, WorkItem
from server.storage.database import Database
from server.vocabulary.bodies import Outcome
from tests.factories.contents import contents_of
from tests.factories.world import NOW, World

PLAN_HEADER = "| | Topic | Activity | Responsible | Timeline | Remarks |\n|--|--|--|--|--|--|\n"
CHART_HEADER = "| No. | Item of Work | Volunteers |\n|--|--|--|\n"

AGREED_ON = date(2018, 6, 21)
"""The day on which the plan is said to have been decided."""
STEPS = (
    "| 1. | Boats | Count the boats | Co-Leads (Canada and GEA) | June 2018 | |",
    "| | | Paint the boats | Secretariat, WGEC | September 2018 | |",
    "| | | Sail the boats | Sub-Group Co-Leads and EC | October/November 2018 | windy |",
    "| 2. | Ports | List the ports | Co-Chairs and interested Members and stakeholders | | |",
)
"""At `NOW` (24 September 2018): overdue, due soon, on time, undated."""
CHART = (
    "| 1. | Crews | Coordinator: GEA and China Japan, China; UPU and Brazil |",
    "| 2. | Flow Charts and Data Elements | Coordinator: Canada The Netherlands |",
)
"""Brazil and the Netherlands are in the table of known parties only; group 2 exists in the world."""


def paper(steps: tuple[str, ...] = STEPS, chart: tuple[str, ...] = CHART) -> str:
    """Return a paper with these rows."""
    return PLAN_HEADER + "\n".join(steps) + "\n\n" + CHART_HEADER + "\n".join(chart) + "\n"


@dataclass
class Plan:
    """An imported plan: its id, and the ids of topics by number and of activities by description."""

    id: str
    items: dict[int, str]
    activities: dict[str, str]


async def import_plan(world: World, markdown: str = "", **sent: Any) -> str:
    """Import a paper as the Secretariat, and return the id of the plan."""
    return await world.do(
        "secretariat",
        importing.import_work_plan,
        **{"markdown": markdown or paper(), "source_name": "paper", "decided_on": AGREED_ON} | sent,
    )


async def make_plan(world: World) -> Plan:
    """Import the small paper, and return the id of the plan."""
    plan_id = await import_plan(world)
    async with world.database.reading() as connection:
        items = (await connection.execute(select(WorkItem.number, WorkItem.id))).all()
        steps = (await connection.execute(select(Activity.description, Activity.id))).all()
    return Plan(plan_id, dict(items), dict(steps))  # type: ignore[arg-type]


async def make_decision(
    world: World, starts_on: date = date(2018, 10, 8), ends_on: date = date(2018, 10, 12), number: int = 221
) -> str:
    """Add a sitting of the PTC with a decision on the version of the world, and return the decision's id."""
    sitting = Sitting(body_id=world.bodies["ptc"], first_number=number, starts_on=starts_on, ends_on=ends_on)
    await world.add(sitting)
    content = {"verb": "endorsed", "outcome": Outcome.ENDORSED, "text": "Endorsed.", "recorded_at": NOW}
    by = {"recorded_by_id": world.delegates["secretariat"]}
    decision = Decision(sitting_id=sitting.id, subject_id=world.version, **content, **by)
    await world.add(decision)
    return decision.id


async def rows_of(database: Database, *columns: Any) -> list[Any]:
    """Return the rows of a select over these columns as tuples, sorted by the text of their values."""
    async with database.reading() as connection:
        return sorted(
            (tuple(row) for row in (await connection.execute(select(*columns))).all()), key=lambda row: [*map(str, row)]
        )


async def sizes(database: Database) -> dict[str, int]:
    """Return the number of rows of every table, which must not change when an act is refused."""
    return {name: len(rows) for name, rows in contents_of(database).items()}
