"""The states in which pages are looked at: what a world holds, and the ids that stand in addresses."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from server.domain.consolidation.actions import issuing
from server.domain.papers.actions import issue_paper
from server.domain.proposals.actions.deferring import defer_proposal
from server.domain.proposals.actions.returning import return_proposal
from server.domain.proposals.rules.returning import FormalDefect
from server.kernel.clock import utc_now
from server.models.bodies import Body
from server.models.oauth import Application
from server.models.parties import Party, Person
from server.models.proposals import AmendmentProposal
from server.models.rounds import Comment, Round
from server.models.texts import TextVersion
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.tools.demonstration.load import load_demonstration
from server.vocabulary.proposals import DeferralKind, FormalDefectKind
from server.vocabulary.rounds import RoundVisibility
from tests.bench.seed import add_round, add_text
from tests.consolidation.test_actions import FIRM, MAY, SHALL, accepted, consolidate, decided, issue, settle
from tests.desk.states_of_meetings import met
from tests.desk.states_of_plans import kept, told
from tests.desk.states_of_rounds import called_for_inputs, lived, sorted_out, talked_over
from tests.desk.test_answers import answer, closed_round
from tests.desk.test_language_pages import opened
from tests.desk.test_proposals import stale_amendment
from tests.desk.test_provision_pages import corrected
from tests.factories import proposals, rounds, workplan
from tests.factories.accrediting import invite
from tests.factories.world import World
from tests.neighbours.test_actions import invite as invite_neighbour
from tests.neighbours.test_actions import two
from tests.neighbours.test_api import SOFT
from tests.neighbours.test_dossiers import earlier
from tests.texts.test_lineage import import_next, texts_of

SMALL = "small"
"""The small world as it is: every list is empty."""
NOBODYS = "nobody's delegate"
"""Somebody is accredited for nobody."""
DEMONSTRATION = "demonstration"
"""What the command `demonstration` loads into an empty database: an open round, an answered one, a proposal, a plan."""
SEALED = "sealed"
"""A round whose comments are read after the close, with a comment and drafts of Japan in it."""
CLOSED = "closed"
"""A round that is closed: one comment was accepted, for one an answer is proposed, one waits."""
STALE = "stale"
"""An amendment does not fit the version that was issued after it was proposed."""
RETURNED = "returned"
"""A proposal waits for registration, and one was returned for formal defects."""
NEIGHBOURS = "neighbours"
"""Two registered proposals meet, and the proponent of one invited the other; a draft meets both."""
CONFLICT = "conflict"
"""The next version is being made, and the words that two parties asked for contradict each other."""
ISSUED = "issued"
"""The next version was issued and is an edition, a third one waits for its origins, and a translation is under way."""
LONG = "long"
"""A text of 200 provisions with 200 answered comments, and a plan of 60 activities."""
LIVES = "lives of rounds"
"""A round in each phase of its life."""
TALKED = "talked over"
"""Comments of an open round with marks, replies and signatures."""
SORTED = "sorted out"
"""A closed round in triage: groups, tags, desks, points, advice, answers given together, one undone, one maintained."""
CALLS = "calls"
"""Calls for inputs: closed with 32 answers, open with a draft, sealed, and called off."""
MEETING = "meeting"
"""Sittings, one of them called off; the work of a group below one that lapsed; silence that runs or was broken."""
KEPT = "kept plan"
"""A plan with milestones, a dependency, a change of a milestone that is proposed and one that was declined."""
TOLD = "told"
"""Unread notices, a round that is watched and one that is muted, and the address of a calendar."""


@dataclass(frozen=True)
class Row:
    """A page as one person sees it in one state.

    With `sends` it is what comes back when the form of that act is sent with these fields: refused with status 422.
    Several words there are buttons that are pressed one after the other.
    `later` is the number of days that pass between opening and sending it. Only the explorer is interactive: it needs a
    script, and it speaks English as the API does.
    """

    path: str
    person: str | None
    state: str = SMALL
    status: int = 200
    is_interactive: bool = False
    sends: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    later: int = 0

    def __str__(self) -> str:
        return f"{self.path} of {self.person or 'nobody'}, {self.sends and f'{self.sends} sent, '}{self.state}"


def refused(path: str, person: str, act: str, state: str = SMALL, *, later: int = 0, **fields: str) -> Row:
    """Return the row of a page whose form was refused."""
    return Row(path, person, state, 422, sends=act, fields=tuple(fields.items()), later=later)


async def _small(world: World) -> Mapping[str, str]:
    return {"version": world.version, "place": world.provisions[1]} | _known(world)


async def _accredited_for_nobody(world: World) -> Mapping[str, str]:
    await world.add(Person(name="Somebody Else", email="nobody@example.org"))
    return {}


async def _demonstration(world: World) -> Mapping[str, str]:
    world.clock.now = utc_now()
    assert await load_demonstration(world.database, world.clock.now)
    answered, waiting = await _ids(world, Round)
    first, second = await _ids(world, TextVersion)
    filed = await _ids(world, Comment, Comment.round_id == waiting, Comment.submitted_at.is_not(None))
    drafts = await _ids(world, Comment, Comment.round_id == waiting, Comment.submitted_at.is_(None))
    japan = (await _ids(world, Party, Party.short_name == "Japan"))[0]
    return {
        "answered": answered,
        "waiting": waiting,
        "first": first,
        "version": second,
        "filed": filed[0],
        "draft": drafts[0],
        "receipt": (await _ids(world, Comment, Comment.id.in_(filed), Comment.party_id == japan))[0],
        **await _place(world, second),
        "proposal": (await _ids(world, AmendmentProposal))[0],
        "plan": (await _ids(world, WorkPlan))[0],
        "item": (await _ids(world, WorkItem))[0],
        "activity": (await _ids(world, Activity))[0],
        "application": (await _ids(world, Application))[0],
        "body": (await _ids(world, Body, Body.number == 2))[0],
        "party": japan,
        "someone": (await _ids(world, Person, Person.email.like("japan@%")))[0],
    }


async def _sealed(world: World) -> Mapping[str, str]:
    round_id = await rounds.open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    filed = await rounds.submit(world, "japan", round_id)
    draft = await rounds.draft(world, "japan-assistant", round_id, text="Not clear.")
    await rounds.submit(world, "gea", round_id, text="Of somebody else.")
    return {"round": round_id, "filed": filed, "draft": draft, "version": world.version}


async def _closed(world: World) -> Mapping[str, str]:
    round_id, comments = await closed_round(world)
    await answer(world, "secretariat", comments["japan"], "ACCEPTED")
    await answer(world, "canada", comments["china"], "NOT_ACCEPTED", reason="It is too long.")
    today = world.clock.now.date()
    cycle = await proposals.open_cycle(world, opens_on=today, closes_on=today + timedelta(days=30))
    mine = await proposals.draft(world, cycle_id=cycle)
    agreed = await proposals.concluded(world, cycle_id=cycle)
    days = {"starts_on": today, "ends_on": today}
    sitting = await proposals.add_sitting(world, **days)
    waiting = await proposals.considered(world, cycle_id=cycle)
    until = {"until": DeferralKind.PROPOSAL, "awaited_id": agreed, "reason": "The datasets are not finished."}
    await proposals.act(world, "secretariat", defer_proposal, waiting, **until)
    await proposals.add_sitting(world, "council", 133, **days)
    paper = await world.do("secretariat", issue_paper, series="PC", serial=618, title="Report", sitting_id=sitting)
    await invite(world, "japan", "japan", starts_on=today)
    plan = await workplan.make_plan(world)
    return {
        "round": round_id,
        "version": world.version,
        "accepted": comments["japan"],
        "asked": comments["upu"],
        "mine": mine,
        "agreed": agreed,
        "waiting": waiting,
        "sitting": sitting,
        "paper": paper,
        "plan": plan.id,
        "activity": next(iter(plan.activities.values())),
        "item": plan.items[1],
        **_known(world),
    }


async def _stale(world: World) -> Mapping[str, str]:
    proposal, amendment = await stale_amendment(world)
    return {"stale": proposal, "amendment": amendment}


async def _returned(world: World) -> Mapping[str, str]:
    cycle = await proposals.open_cycle(world)
    filed = await proposals.submitted(world, cycle_id=cycle)
    back = await proposals.submitted(world, cycle_id=cycle, title="Signals of vessels")
    defects = [
        FormalDefect(FormalDefectKind.PLACE, "Which paragraph is meant?", 2),
        FormalDefect(FormalDefectKind.RATIONALE, "No reason is given."),
    ]
    await proposals.act(world, "secretariat", return_proposal, back, defects=defects)
    return {"filed": filed, "back": back}


async def _neighbours(world: World) -> Mapping[str, str]:
    own, other = await two(world)
    on = await invite_neighbour(world, own, other)
    await earlier(world, "", SOFT, "Asked before")
    return {"own": own, "other": other, "invitation": on, "asked": world.provisions[1], "version": world.version}


async def _conflict(world: World) -> Mapping[str, str]:
    await accepted(world, SHALL, MAY, FIRM)
    made = await consolidate(world)
    (conflict,) = [row["id"] for row in await rounds.rows_of(world, "text_conflicts")]
    place = (await texts_of(world, made.target_id))[1]["id"]
    return {"bench": made.id, "conflict": conflict, "working": made.target_id, "place": place}


async def _issued(world: World) -> Mapping[str, str]:
    await accepted(world, SHALL, MAY, FIRM)
    version = (await consolidate(world)).target_id
    await settle(world, "shall exchange")
    await corrected(world, version)
    await issue(world, version)
    decision = await decided(world, version, "council")
    published = {"text_version_id": version, "decision_id": decision, "label": "Edition of 2018"}
    edition = await world.do("secretariat", issuing.publish_edition, **published)
    third = await import_next(world, label="Draft 3")
    return {
        "version": version,
        "edition": edition,
        "third": third,
        "french": await opened(world),
        **await _place(world, version),
        "sitting": (await rounds.rows_of(world, "sittings"))[0]["id"],
    }


async def _long(world: World) -> Mapping[str, str]:
    version, provisions = await add_text(world, 200)
    round_id = await add_round(world, 200, version=version, provisions=provisions)
    steps = tuple(f"| {n}. | Topic {n} | Count the boats of port {n} | Canada | June 2018 | |" for n in range(1, 61))
    return {
        "version": version,
        "round": round_id,
        "plan": await workplan.import_plan(world, workplan.paper(steps)),
        "party": world.parties["japan"],
    }


STATES: Mapping[str, Callable[[World], Awaitable[Mapping[str, str]]]] = {
    SMALL: _small,
    NOBODYS: _accredited_for_nobody,
    DEMONSTRATION: _demonstration,
    SEALED: _sealed,
    CLOSED: _closed,
    STALE: _stale,
    RETURNED: _returned,
    CONFLICT: _conflict,
    ISSUED: _issued,
    LONG: _long,
    LIVES: lived,
    TALKED: talked_over,
    SORTED: sorted_out,
    CALLS: called_for_inputs,
    MEETING: met,
    NEIGHBOURS: _neighbours,
    KEPT: kept,
    TOLD: told,
}
"""What brings a world into a state, and gives the ids for addresses by name."""


async def rows_of(world: World, state: str, rows: Iterable[Row]) -> list[Row]:
    """Bring a world into a state and return its rows, with ids in their addresses."""
    ids = await STATES[state](world)
    return [replace(row, path=row.path.format_map(ids)) for row in rows if row.state == state]


def _known(world: World) -> dict[str, str]:
    return {"body": world.bodies["group"], "party": world.parties["japan"], "someone": world.persons["japan"]}


async def _ids(world: World, model: Any, *conditions: Any) -> list[str]:
    """Return the ids of rows in the order of their ids, which is that in which they were made."""
    async with world.database.reading() as connection:
        return list(await connection.scalars(select(model.id).where(*conditions).order_by(model.id)))


async def _place(world: World, version_id: str) -> dict[str, str]:
    """Return the id and the permanent key of the third provision of a version."""
    row = (await texts_of(world, version_id))[2]
    return {"place": row["id"], "key": row["provision_id"]}
