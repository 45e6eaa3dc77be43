"""Mechanisms, review cycles, sittings, and proposals at any point of their life."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from server.domain.bodies.actions import recording
from server.domain.bodies.rules import DecisionContent
from server.domain.proposals.actions import deciding, drafting, handling
from server.domain.proposals.rules.contents import AmendmentContent, ProposalContent
from server.kernel.refusals import Refusal
from server.models.proposals import (
    Amendment,
    AmendmentProposal,
    AmendmentView,
    CoSponsor,
    Mechanism,
    ProposalWork,
)
from server.vocabulary.bodies import BodyKind, Outcome
from server.vocabulary.proposals import AmendmentKind, CycleKind, GroupView, ProposalStatus
from tests.factories.answers import refusal
from tests.factories.world import NOW, World

PATH = [BodyKind.TECHNICAL_COMMITTEE, BodyKind.POLICY_COMMISSION, BodyKind.COUNCIL]
STARTS, ENDS = date(2018, 9, 20), date(2018, 9, 28)
"""Days of every sitting of the tests: the clock of the world stands between them."""


async def add_mechanism(world: World, **changed: Any) -> str:
    """Add a version of the mechanism, in force since June 2018. It has the whole approval path and no annual review."""
    said = {
        "title": "Mechanism of June 2018",
        "valid_from": date(2018, 6, 1),
        "approval_path": [kind.value for kind in PATH],
        "cycle_kinds": [CycleKind.PERIODIC.value, CycleKind.AD_HOC.value],
    }
    mechanism = Mechanism(**(said | changed))
    await world.add(mechanism)
    return mechanism.id


async def open_cycle(world: World, **changed: Any) -> str:
    """Open a periodic review that takes proposals today, and return its id."""
    said = {
        "kind": CycleKind.PERIODIC,
        "title": "Review of 2018",
        "opens_on": date(2018, 9, 1),
        "closes_on": date(2018, 9, 30),
    }
    if "mechanism_id" not in changed:
        changed["mechanism_id"] = await add_mechanism(world)
    return await world.do("secretariat", handling.open_cycle, **(said | changed))


async def add_sitting(world: World, body: str = "ptc", first_number: int = 221, **changed: Any) -> str:
    """Add a sitting of a body by key that takes place today."""
    said = {"second_number": None, "starts_on": STARTS, "ends_on": ENDS, "place": "Brussels"}
    wanted = said | {"body_id": world.bodies[body], "first_number": first_number} | changed
    return await world.do("secretariat", recording.record_sitting, **wanted)


def content(world: World, **changed: Any) -> ProposalContent:
    """Return the content of a proposal: reword the first paragraph and delete the third."""
    modify = AmendmentContent(AmendmentKind.MODIFY, world.keys[1], wording="Administrations shall exchange data.")
    said = ProposalContent(
        title="Advance data as a duty",
        rationale="Members asked for certainty.",
        amendments=(modify, AmendmentContent(AmendmentKind.DELETE, world.keys[3])),
    )
    return said._replace(**changed)


def decision(outcome: Outcome = Outcome.ENDORSED, verb: str = "endorsed", **changed: Any) -> DecisionContent:
    """Return a decision as it stands in a report."""
    return DecisionContent(verb, outcome, "The body dealt with the proposal.", agenda_item="IX.a")._replace(**changed)


async def draft(world: World, who: str = "japan", cycle_id: str = "", **changed: Any) -> str:
    """Draft a proposal of Japan on the issued version, and return its id."""
    return await world.do(
        who,
        drafting.draft_proposal,
        cycle_id=cycle_id or await open_cycle(world),
        text_version_id=world.version,
        content=content(world, **changed),
    )


async def work_of(world: World, proposal_id: str) -> Any:
    """Return the work row of a proposal: status, number, body_id, carried_by, version."""
    async with world.database.reading() as connection:
        found = await connection.execute(select(ProposalWork.__table__).where(ProposalWork.proposal_id == proposal_id))
        return found.one()


async def act(world: World, who: str, action: Any, proposal_id: str, **arguments: Any) -> str:
    """Do an act on a proposal at its present version."""
    version = (await work_of(world, proposal_id)).revision
    return await world.do(who, action, proposal_id=proposal_id, expected_revision=version, **arguments)


async def submitted(world: World, **changed: Any) -> str:
    """Make a proposal that Japan has submitted."""
    return await _placed(world, ProposalStatus.SUBMITTED, **changed)


async def registered(world: World, **changed: Any) -> str:
    """Make a proposal that the Secretariat has registered."""
    return await _placed(world, ProposalStatus.REGISTERED, **changed)


async def considered(world: World, **changed: Any) -> str:
    """Make a proposal that the intersessional group, led by Canada, considers."""
    return await _placed(world, ProposalStatus.UNDER_CONSIDERATION, **changed)


async def concluded(world: World, *views: GroupView, **changed: Any) -> str:
    """Make a proposal on which the group has concluded. It agrees with everything unless other views are given."""
    return await _placed(world, ProposalStatus.AGREED, views or (GroupView.AGREED,) * 2, **changed)


async def _placed(
    world: World, status: ProposalStatus, views: tuple[GroupView, ...] = (), cycle_id: str = "", **changed: Any
) -> str:
    """Insert a proposal of Japan as rows, with a status after submission. Its version is 1."""
    said, japan = content(world, **changed), world.delegates["japan"]
    cycle_id = cycle_id or await open_cycle(world)
    async with world.database.writing() as session:
        proposal = AmendmentProposal(
            cycle_id=cycle_id,
            text_version_id=world.version,
            party_id=world.parties["japan"],
            author_id=japan,
            title=said.title,
            rationale=said.rationale,
            is_severable=said.is_severable,
            drafted_at=NOW,
            work=ProposalWork(status=status),
            amendments=[Amendment(position=n, **a._asdict()) for n, a in enumerate(said.amendments, start=1)],
            co_sponsors=[CoSponsor(party_id=party_id, confirmed_at=NOW) for party_id in said.co_sponsor_ids],
        )
        session.add(proposal)
        await session.flush()
        proposal.submitted_at, proposal.submitted_by_id, proposal.content_digest = NOW, japan, "0" * 64
        if status != ProposalStatus.SUBMITTED:
            highest = await session.scalar(select(func.max(ProposalWork.number)))
            proposal.work.number = (highest or 0) + 1
        if status in (ProposalStatus.UNDER_CONSIDERATION, ProposalStatus.AGREED):
            proposal.work.body_id = world.bodies["group"]
        for amendment, said_of_it in zip(proposal.amendments, views, strict=False):
            by = world.delegates["canada"]
            session.add(
                AmendmentView(
                    amendment_id=amendment.id, view=said_of_it, reason="Heard.", recorded_by_id=by, recorded_at=NOW
                )
            )
    return proposal.id


async def amendments_of(world: World, proposal_id: str) -> list[str]:
    """Return the ids of a proposal's amendments in their order."""
    statement = select(Amendment.id).where(Amendment.proposal_id == proposal_id).order_by(Amendment.position)
    async with world.database.reading() as connection:
        return list((await connection.execute(statement)).scalars())


async def co_sponsors_of(world: World, proposal_id: str) -> dict[str, Any]:
    """Return the rows of a proposal's co-sponsors by the id of their party."""
    async with world.database.reading() as connection:
        table = CoSponsor.__table__
        found = await connection.execute(select(table).where(table.c.proposal_id == proposal_id))
        return {row.party_id: row for row in found}


async def view(world: World, proposal_id: str, *views: GroupView, who: str = "canada") -> None:
    """Record one view on each amendment, in their order."""
    for amendment_id, said in zip(await amendments_of(world, proposal_id), views, strict=False):
        version = (await work_of(world, proposal_id)).revision
        reason = "" if said == GroupView.AGREED else "No consensus in the group."
        sent = {"amendment_id": amendment_id, "view": said, "reason": reason, "expected_revision": version}
        await world.do(who, handling.record_view, **sent)


async def decide(
    world: World, proposal_id: str, sitting_id: str, outcome: Outcome = Outcome.ENDORSED, verb: str = "endorsed"
) -> None:
    """Record a body's decision on a proposal."""
    said = decision(outcome, verb)
    await act(world, "secretariat", deciding.decide_proposal, proposal_id, sitting_id=sitting_id, content=said)


async def refusal_on(world: World, who: str | None, action: Any, proposal_id: str, **arguments: Any) -> Refusal:
    """Return the refusal of an act on a proposal at its present version."""
    version = (await work_of(world, proposal_id)).revision
    return await refusal(world, who, action, **({"proposal_id": proposal_id, "expected_revision": version} | arguments))
