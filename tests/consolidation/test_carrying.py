"""Open comments and pending proposals are carried to the version that is issued, and nobody meets a dead end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.consolidation.actions import confirming, issuing, making, settling
from server.domain.consolidation.actions.revising import revise_provision
from server.domain.consolidation.queries.checking import check_of
from server.domain.proposals.actions import drafting, handling, restating
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.rounds.actions import calling, filing
from server.domain.rounds.actions.answering import record_disposition
from server.domain.rounds.actions.placing import confirm_carried_comment
from server.domain.tasks.queries.finding import find_tasks
from server.domain.texts.actions.importing import import_text
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, RefusalKind
from server.models.base import Base
from server.models.consolidation import Consolidation
from server.models.parties import Party
from server.models.proposals import AmendmentView, CarriedAmendment
from server.models.rounds import CarriedComment
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.parties import PartyKind
from server.vocabulary.proposals import AmendmentKind, CarriedState, GroupView, ProposalStatus
from server.vocabulary.rounds import CommentStatus, PlaceState
from server.vocabulary.rounds import DispositionVerdict as Verdict
from server.wording.anchors import Quotation
from tests.factories import proposals as make
from tests.factories.answers import INVALID, WRONG_STATE, kind_and_code, last_entry, refusal, rows
from tests.factories.api import Api
from tests.factories.entries import said
from tests.factories.filled import statements
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.rounds import words as comment
from tests.factories.world import WORDS, World, add_delegate

MODIFY = AmendmentKind.MODIFY
SHALL = WORDS[1].replace("should", "shall")
MUST = WORDS[1].replace("should", "must")
RECORDS = "Vendors declare each sale electronically."
UNCONFIRMED = (RefusalKind.NOT_NOW, RefusalCode.PLACE_UNCONFIRMED)


async def file(world: World, *said: tuple[str, int, str | None, str]) -> list[str]:
    """File comments (who, place, quoted words or None for the whole, other words) in a round that is closed then."""
    round_id = await open_round(world, closes_at=world.clock.now + timedelta(days=7))
    ids = [
        await submit(
            *(world, who, round_id),
            provision_id=world.provisions[place],
            quotation=Quotation(quoted) if quoted else None,
            proposed_wording=wording,
        )
        for who, place, quoted, wording in said
    ]
    world.clock.move(days=8)
    return ids


async def work(world: World, comment_id: str) -> Any:
    """Return the work row of a comment."""
    table = Base.metadata.tables["comment_work"]
    async with world.database.reading() as connection:
        return (await connection.execute(select(table).where(table.c.comment_id == comment_id))).one()


async def answer(world: World, comment_id: str, verdict: Verdict, wording: str | None = None) -> None:
    """Record a verdict on a comment."""
    seen = (await work(world, comment_id)).revision
    said = {"verdict": verdict, "reason": "As discussed.", "wording": wording, "expected_revision": seen}
    await world.do("secretariat", record_disposition, comment_id=comment_id, **said)


async def consolidate(world: World, base: str) -> Any:
    """Make the next version from one, and return the row of the consolidation."""
    made = await world.do("secretariat", making.consolidate, text_version_id=base, label="Next")
    async with world.database.reading() as connection:
        return (await connection.execute(select(Consolidation.__table__).where(Consolidation.id == made))).one()


async def issue(world: World, version_id: str) -> str:
    """Give a version out."""
    async with world.database.reading() as connection:
        seen = await connection.scalar(select(TextVersion.revision).where(TextVersion.id == version_id))
    return await world.do("secretariat", issuing.issue_version, text_version_id=version_id, expected_revision=seen)


async def read_all(world: World, made: Any) -> None:
    """Confirm every sentence that several parties wrote together."""
    async with world.database.studying() as session:
        unread = (await check_of(session, await session.get_one(Consolidation, made.id))).unread
    digests = [sentence.digest for sentence in unread]
    await world.do("secretariat", confirming.confirm_reading, consolidation_id=made.id, digests=digests)


async def words_of(world: World, version_id: str) -> list[str]:
    """Return the words of a version in reading order."""
    statement = select(ProvisionText.text).where(ProvisionText.text_version_id == version_id)
    async with world.database.reading() as connection:
        return list(await connection.scalars(statement.order_by(ProvisionText.position)))


async def propose(world: World, who: str, cycle_id: str, *amendments: AmendmentContent, view: bool = True) -> str:
    """Make a proposal that the group considers, with its agreement to every amendment."""
    proposal_id = await make.draft(world, who, cycle_id, amendments=amendments)
    await make.act(world, who, drafting.submit_proposal, proposal_id)
    await make.act(world, "secretariat", handling.register_proposal, proposal_id)
    group = {"body_id": world.bodies["group"]}
    await make.act(world, "secretariat", handling.assign_proposal, proposal_id, **group)
    if view:
        await make.view(world, proposal_id, *[GroupView.AGREED] * len(amendments))
    return proposal_id


def modify(world: World, place: int, wording: str) -> AmendmentContent:
    """Return new words for a provision."""
    return AmendmentContent(MODIFY, world.keys[place], wording=wording)


async def issue_next(world: World, *accepted: tuple[str, int, str | None, str]) -> str:
    """Accept these comments, make the next version of them and issue it; return its id."""
    for comment_id in await file(world, *accepted):
        await answer(world, comment_id, Verdict.ACCEPTED)
    made = await consolidate(world, world.version)
    return await issue(world, made.target_id)


async def deferred(world: World, *said: tuple[str, int, str | None, str]) -> list[str]:
    """File comments that are put off."""
    ids = await file(world, *said)
    for comment_id in ids:
        await answer(world, comment_id, Verdict.DEFERRED)
    return ids


async def carried_of(world: World, comment_id: str) -> Any:
    """Return the row of the newest place of a comment."""
    place_id = (await work(world, comment_id)).carried_id
    (row,) = [row for row in await rows(world, CarriedComment) if row.id == place_id]
    return row


async def states_of(world: World, proposal_id: str) -> list[CarriedState]:
    """Return what became of the amendments of a proposal in the version that it is on."""
    version_id = (await make.work_of(world, proposal_id)).text_version_id
    states = {
        row.amendment_id: row.state for row in await rows(world, CarriedAmendment) if row.text_version_id == version_id
    }
    return [states[each] for each in await make.amendments_of(world, proposal_id)]


async def restate(world: World, who: str, proposal_id: str, **said: Any) -> str:
    """Restate the first amendment of a proposal."""
    first = (await make.amendments_of(world, proposal_id))[0]
    seen = (await make.work_of(world, proposal_id)).revision
    return await world.do(who, restating.restate_amendment, amendment_id=first, expected_revision=seen, **said)


async def confirm(world: World, who: str, comment_id: str, **said: Any) -> str:
    """Confirm or name the place of a comment."""
    seen = (await work(world, comment_id)).revision
    return await world.do(who, confirm_carried_comment, comment_id=comment_id, expected_revision=seen, **said)


async def tasks_of(
    world: World, who: str, *acts: str, carried: tuple[str, ...] = ("confirm_carried_comment", "restate_amendment")
) -> set[tuple[str, str]]:
    """Return the (act, subject) of every task of a person with one of these acts, by default on something carried."""
    async with world.database.reading() as connection:
        tasks = await find_tasks(connection, await world.actor(who), world.clock.now)
    return {(task.act, task.subject_id) for task in tasks if task.act in (acts or carried)}


async def add_parties(world: World) -> None:
    """Add a seventh and an eighth party to the world."""
    async with world.database.writing() as session:
        for key, name, kind, capacity in (
            ("brazil", "Brazil", PartyKind.MEMBER_ADMINISTRATION, Capacity.MEMBER),
            ("icc", "ICC", PartyKind.PRIVATE_SECTOR_BODY, Capacity.PRIVATE_SECTOR),
        ):
            party = Party(name=name, short_name=name, kind=kind, capacity=capacity)
            session.add(party)
            await session.flush()
            world.parties[key] = party.id
            await add_delegate(session, world, key, key, is_focal_point=True)


async def test_eight_parties_meet_no_dead_end_after_a_version_was_issued(world: World) -> None:
    await add_parties(world)
    cycle_id = await make.open_cycle(world, closes_on=None)
    whole = await propose(world, "brazil", cycle_id, modify(world, 3, WORDS[3].replace("should", "shall")))
    stale = await propose(world, "icc", cycle_id, modify(world, 1, MUST))
    done = await propose(world, "canada", cycle_id, modify(world, 1, SHALL))
    upu, gea, china = await deferred(
        world,
        ("upu", 1, "advance electronic data", "advance data"),
        ("gea", 1, "Customs administrations should exchange", "National administrations should exchange"),
        ("china", 2, "in a simplified form", "in an agreed form"),
    )
    second = await issue_next(
        world,
        ("japan", 1, "should exchange", "shall exchange"),
        ("japan", 2, None, RECORDS),
        ("japan", 3, "risk is low", "risk is known to be low"),
    )

    # What became of everything that was open.
    places = {row.comment_id: row for row in await rows(world, CarriedComment)}
    assert {places[each].state for each in (upu, gea, china)} == set(PlaceState) - {PlaceState.CONFIRMED}
    assert (places[upu].state, places[gea].state, places[china].state) == ("EXACT", "CARRIED", "ORPHAN")
    assert {row.text_version_id for row in places.values()} == {second}
    assert SHALL[places[upu].start : places[upu].end] == "advance electronic data"
    assert SHALL[places[gea].start : places[gea].end] == "Customs administrations shall exchange"
    assert {(await work(world, each)).status for each in (upu, gea, china)} == {CommentStatus.SUBMITTED}
    assert [await states_of(world, each) for each in (whole, stale, done)] == [["EXACT"], ["STALE"], ["DONE"]]
    (stale_amendment,) = await make.amendments_of(world, stale)
    assert await tasks_of(world, "upu") == await tasks_of(world, "brazil") == await tasks_of(world, "japan") == set()
    assert await tasks_of(world, "gea") == {("confirm_carried_comment", gea)}
    assert await tasks_of(world, "china") == {("confirm_carried_comment", china)}
    assert await tasks_of(world, "icc") == {("restate_amendment", stale_amendment)}

    # Nobody goes on over the head of a party.
    for comment_id, message in (
        (gea, "The words of this comment changed in version 2. GEA has to confirm its place there first."),
        (china, "The words of this comment no longer stand in version 2. China has to say where it belongs now."),
    ):
        seen = {"comment_id": comment_id, "expected_revision": (await work(world, comment_id)).revision}
        said = {"verdict": Verdict.ACCEPTED, "wording": None} | seen
        refused = await refusal(world, "secretariat", record_disposition, **said)
        assert (kind_and_code(refused), refused.message) == (UNCONFIRMED, message)
    refused = await make.refusal_on(world, "canada", handling.conclude_consideration, stale)
    assert (refused.kind, refused.code) == (RefusalKind.NOT_NOW, RefusalCode.AMENDMENTS_STALE)
    assert refused.message == "ICC has to restate or drop what changed meanwhile: amendment 1."

    # Each party says what it wants now, and everything goes into the next version.
    await confirm(world, "gea", gea)
    await confirm(world, "china", china, quotation=Quotation("electronically"))
    await restate(world, "icc", stale, wording=SHALL.replace("shall", "must"))
    assert await tasks_of(world, "gea") == await tasks_of(world, "china") == await tasks_of(world, "icc") == set()
    refused = await make.refusal_on(world, "canada", handling.conclude_consideration, stale)
    assert (refused.code, refused.message) == ("WRONG_STATE", "One of the amendments (1) has no recorded view yet.")
    await make.view(world, stale, GroupView.AGREED)
    for proposal_id in (whole, stale, done):
        await make.act(world, "canada", handling.conclude_consideration, proposal_id)
    for comment_id in (upu, gea, china):
        await answer(world, comment_id, Verdict.ACCEPTED)
    made = await consolidate(world, second)
    await read_all(world, made)
    third = await issue(world, made.target_id)

    assert await words_of(world, third) == [
        "Scope",
        "National administrations must exchange advance data with e-commerce operators.",
        "Vendors declare each sale in an agreed form.",
        "Small parcels shall be released on arrival where the risk is known to be low.",
    ]
    assert {row.text_version_id for row in await rows(world, CarriedComment)} == {second}
    moved = {each: (await make.work_of(world, each)).text_version_id for each in (whole, stale, done)}
    assert moved == {whole: second, stale: second, done: third}


async def test_issue_version_keeps_answers_and_moves_only_what_is_open(world: World) -> None:
    put_off, noted, withdrawn = await file(world, *[("upu", 1, "should exchange", "may exchange")] * 3)
    await answer(world, put_off, Verdict.DEFERRED)
    await answer(world, noted, Verdict.NOTED)
    await world.do("upu", filing.withdraw_comment, comment_id=withdrawn, expected_revision=1)
    before = await rows_of(world, "comments"), await rows_of(world, "dispositions")
    deferral = (await work(world, put_off)).disposition_id

    await issue_next(world)

    assert (await rows_of(world, "comments"), await rows_of(world, "dispositions")) == before
    assert [row.comment_id for row in await rows(world, CarriedComment)] == [put_off]
    carried = await carried_of(world, put_off)
    assert tuple(await work(world, put_off)) == (put_off, CommentStatus.SUBMITTED, deferral, carried.id, 3)
    assert (carried.start, carried.end, carried.state, carried.score) == (24, 39, PlaceState.EXACT, 100)
    assert (await work(world, noted)).status == CommentStatus.DISPOSED


async def test_comment_of_a_completed_round_is_a_task_again_once_it_was_carried(world: World) -> None:
    await deferred(world, ("upu", 1, "should exchange", "may exchange"))
    (row,) = await rows_of(world, "rounds")
    await world.do("canada", calling.complete_round, round_id=row["id"], expected_revision=1)

    before = await tasks_of(world, "canada", "propose_answers")
    await issue_next(world)

    assert before == set()
    assert await tasks_of(world, "canada", "propose_answers") == {("propose_answers", row["id"])}


async def test_consolidate_waits_for_the_comments_carried_to_the_version(world: World) -> None:
    (comment_id,) = await deferred(world, ("upu", 1, "should exchange", "shall exchange"))
    second = await issue_next(world)

    sent = {"text_version_id": second, "label": "Third"}
    refused = await refusal(world, "secretariat", making.consolidate, **sent)
    await answer(world, comment_id, Verdict.NOT_ACCEPTED)
    made = await consolidate(world, second)

    assert refused.message == "1 comment on this version has no recorded disposition yet."
    assert await words_of(world, made.target_id) == list(WORDS)


async def test_comment_that_is_put_off_again_is_carried_from_its_last_certain_place(world: World) -> None:
    (comment_id,) = await deferred(world, ("upu", 1, "should exchange", "may exchange"))
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))
    assert (await carried_of(world, comment_id)).state == PlaceState.CARRIED
    await answer(world, comment_id, Verdict.DEFERRED)
    cycle_id = await make.open_cycle(world, closes_on=None)
    await go_on(world, second)
    restored = await propose(world, "japan", cycle_id, modify(world, 1, WORDS[1]))
    await make.act(world, "canada", handling.conclude_consideration, restored)
    made = await consolidate(world, second)

    third = await issue(world, made.target_id)

    carried = await carried_of(world, comment_id)
    assert (carried.text_version_id, carried.state) == (third, PlaceState.EXACT)
    assert len(await rows(world, CarriedComment)) == 2


async def test_accepted_with_modification_goes_to_a_likely_place_and_to_no_orphan(world: World) -> None:
    likely, orphan = await deferred(
        world, ("upu", 1, "should exchange", "may exchange"), ("upu", 2, "in a simplified form", "in an agreed form")
    )
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"), ("japan", 2, None, RECORDS))
    modified = {"verdict": Verdict.ACCEPTED_WITH_MODIFICATION, "reason": "Shorter.", "wording": "must exchange"}

    said = modified | {"comment_id": orphan, "expected_revision": 3}
    refused = await refusal(world, "secretariat", record_disposition, **said)
    await answer(world, orphan, Verdict.NOT_ACCEPTED)
    await world.do("secretariat", record_disposition, **modified, comment_id=likely, expected_revision=3)
    made = await consolidate(world, second)

    assert kind_and_code(refused) == UNCONFIRMED
    assert await words_of(world, made.target_id) == [WORDS[0], MUST, RECORDS, WORDS[3]]


async def test_confirm_carried_comment_of_a_whole_provision_in_the_journal(world: World) -> None:
    (comment_id,) = await deferred(world, ("upu", 1, None, WORDS[1].replace("advance ", "")))
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))

    await confirm(world, "upu", comment_id)

    carried = await carried_of(world, comment_id)
    assert (carried.state, carried.start, carried.end) == (PlaceState.CONFIRMED, None, None)
    assert (carried.decided_by_id, carried.decided_at) == (world.delegates["upu"], world.clock.now)
    entry = await last_entry(world)
    assert (entry.act, entry.subject_id) == ("comment.place_confirmed", comment_id)
    assert said(entry.details) == {
        "version": second,
        "provision": carried.provision_text_id,
        "start": None,
        "end": None,
    }
    await answer(world, comment_id, Verdict.ACCEPTED)
    made = await consolidate(world, second)
    assert (await words_of(world, made.target_id))[1] == SHALL.replace("advance ", "")


async def test_comment_on_a_section_is_exact_while_everything_inside_is_the_same(world: World) -> None:
    await go_on(world, await issue_next(world))  # consolidating it makes it a tree
    states = []
    for accepted in ([], [("japan", 3, "on arrival", "at once")]):
        round_id = await open_round(world, closes_at=world.clock.now + timedelta(days=7))
        for place in (0, 1):
            whole = {"provision_id": world.provisions[place], "quotation": None, "proposed_wording": None}
            await submit(world, "upu", round_id, **whole, covers_section=True)
        world.clock.move(days=8)
        for row in await rows_of(world, "comment_work"):
            await answer(world, row["comment_id"], Verdict.DEFERRED)
        version_id = await issue_next(world, *accepted)
        states.append(
            sorted(row.state for row in await rows(world, CarriedComment) if row.text_version_id == version_id)
        )
        await go_on(world, version_id)

    assert states == [["EXACT", "EXACT"], ["CARRIED", "CARRIED", "EXACT", "EXACT"]]


async def test_confirm_carried_comment_when_refused_writes_nothing(world: World) -> None:
    likely, orphan, exact = await deferred(
        world,
        ("upu", 1, "should exchange", "may exchange"),
        ("upu", 2, "in a simplified form", "in an agreed form"),
        ("upu", 3, "on arrival", "at once"),
    )
    await issue_next(world, ("japan", 1, "should exchange", "shall exchange"), ("japan", 2, None, RECORDS))
    good = {"comment_id": likely, "expected_revision": 3}
    answers = {}
    for name, who, changed in (
        ("another party", "gea", {}),
        ("the Secretariat", "secretariat", {}),
        ("version", "upu", {"expected_revision": 2}),
        ("exact", "upu", {"comment_id": exact}),
        ("orphan without a place", "upu", {"comment_id": orphan}),
        ("orphan with the words of before", "upu", {"comment_id": orphan, "quotation": Quotation("simplified form")}),
        ("words twice", "upu", {"comment_id": orphan, "quotation": Quotation("e")}),
        ("no words", "upu", {"comment_id": orphan, "quotation": Quotation("")}),
        ("unknown provision", "upu", {"comment_id": orphan, "provision_key": "PRV_none"}),
    ):
        refused = await refusal(world, who, confirm_carried_comment, **(good | changed))
        answers[name] = refused.code, [issue.path for issue in refused.issues]

    assert answers == {
        "another party": ("FORBIDDEN", []),
        "the Secretariat": ("FORBIDDEN", []),
        "version": ("STALE_REVISION", []),
        "exact": ("WRONG_STATE", []),
        "orphan without a place": ("INVALID", ["quotation"]),
        "orphan with the words of before": ("ANCHOR_NOT_FOUND", ["quotation.exact"]),
        "words twice": ("ANCHOR_AMBIGUOUS", ["quotation"]),
        "no words": ("INVALID", ["quotation.exact"]),
        "unknown provision": ("INVALID", ["provisionKey"]),
    }


async def test_confirm_carried_comment_before_anything_was_carried_is_refused(world: World) -> None:
    (comment_id,) = await file(world, ("upu", 1, "should exchange", "may exchange"))

    sent = {"comment_id": comment_id, "expected_revision": 1}
    refused = await refusal(world, "upu", confirm_carried_comment, **sent)

    assert (kind_and_code(refused), refused.message) == (
        WRONG_STATE,
        "This comment was not carried to a later version.",
    )


async def test_proposal_on_a_version_before_is_registered_viewed_and_concluded_on_the_next(world: World) -> None:
    cycle_id = await make.open_cycle(world, closes_on=None)
    proposal_id = await propose(world, "gea", cycle_id, modify(world, 3, WORDS[3].replace("should", "shall")))
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))

    await make.act(world, "canada", handling.conclude_consideration, proposal_id)
    made = await consolidate(world, second)

    assert (await make.work_of(world, proposal_id)).status == ProposalStatus.AGREED
    assert await words_of(world, made.target_id) == [*WORDS[:1], SHALL, WORDS[2], WORDS[3].replace("should", "shall")]


async def test_amendment_that_is_dropped_needs_no_view_and_goes_into_no_text(world: World) -> None:
    cycle_id = await make.open_cycle(world, closes_on=None)
    asked_for = modify(world, 1, MUST), modify(world, 3, WORDS[3].replace("should", "shall"))
    proposal_id = await propose(world, "gea", cycle_id, *asked_for)
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))

    await restate(world, "gea", proposal_id, dropped=True, reason=" The duty is enough. ")

    entry = await last_entry(world)
    first, _ = await make.amendments_of(world, proposal_id)
    assert (entry.act, entry.subject_id) == ("amendment.restated", proposal_id)
    assert said(entry.details) == {
        "amendment": first,
        "version": second,
        "state": "DROPPED",
        "reason": "The duty is enough.",
        "provision": world.keys[1],
        "after": None,
        "wording": SHALL,
    }
    assert await states_of(world, proposal_id) == [CarriedState.DROPPED, CarriedState.EXACT]
    assert [row.amendment_id for row in await rows(world, AmendmentView)] != [first]
    await make.act(world, "canada", handling.conclude_consideration, proposal_id)
    made = await consolidate(world, second)
    assert await words_of(world, made.target_id) == [*WORDS[:1], SHALL, WORDS[2], WORDS[3].replace("should", "shall")]
    await issue(world, made.target_id)


async def test_restate_amendment_when_refused_writes_nothing(world: World) -> None:
    cycle_id = await make.open_cycle(world, closes_on=None)
    said = modify(world, 1, MUST), modify(world, 3, WORDS[3].replace("should", "shall"))
    proposal_id = await propose(world, "gea", cycle_id, *said)
    stale, exact = await make.amendments_of(world, proposal_id)
    early = await refusal(
        *(world, "gea", restating.restate_amendment),
        **{"amendment_id": stale, "wording": MUST, "expected_revision": 6},
    )
    await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))
    good = {"amendment_id": stale, "wording": MUST, "expected_revision": 7}
    answers = {}
    for name, who, changed in (
        ("another party", "upu", {}),
        ("the Secretariat", "secretariat", {}),
        ("version", "gea", {"expected_revision": 6}),
        ("exact", "gea", {"amendment_id": exact}),
        ("no wording", "gea", {"wording": None}),
        ("words that stand there", "gea", {"wording": SHALL}),
        ("unknown provision", "gea", {"provision_key": "PRV_none"}),
        ("a place", "gea", {"after_key": world.keys[2]}),
        ("dropped without a reason", "gea", {"dropped": True, "wording": None}),
        ("long reason", "gea", {"reason": "x" * 20_001}),
    ):
        refused = await refusal(world, who, restating.restate_amendment, **(good | changed))
        answers[name] = refused.code, [issue.path for issue in refused.issues]

    assert kind_and_code(early) == WRONG_STATE
    assert answers == {
        "another party": ("FORBIDDEN", []),
        "the Secretariat": ("FORBIDDEN", []),
        "version": ("STALE_REVISION", []),
        "exact": ("WRONG_STATE", []),
        "no wording": ("INVALID", ["answer.restate.wording"]),
        "words that stand there": ("INVALID", ["answer.restate.wording"]),
        "unknown provision": ("INVALID", ["answer.restate.provisionKey"]),
        "a place": ("INVALID", ["answer.restate.afterKey"]),
        "dropped without a reason": ("REASON_REQUIRED", ["answer.drop.reason"]),
        "long reason": ("REASON_REQUIRED", ["answer.restate.reason"]),
    }


async def test_agreed_proposal_that_lost_a_settlement_goes_back_to_its_group(world: World) -> None:
    cycle_id = await make.open_cycle(world, closes_on=None)
    winner, loser = [
        await propose(world, who, cycle_id, modify(world, 1, wording))
        for who, wording in (("upu", SHALL), ("gea", MUST))
    ]
    for proposal_id in (winner, loser):
        await make.act(world, "canada", handling.conclude_consideration, proposal_id)
    made = await consolidate(world, world.version)
    (conflict,) = await rows_of(world, "text_conflicts")
    said = {"conflict_id": conflict["id"], "words": "shall", "reason": "Clearer.", "expected_revision": 1}
    await world.do("secretariat", settling.settle_conflict, **said)

    second = await issue(world, made.target_id)

    works = [await make.work_of(world, each) for each in (winner, loser)]
    assert [(each.status, each.text_version_id) for each in works] == [
        (ProposalStatus.AGREED, None),
        (ProposalStatus.UNDER_CONSIDERATION, second),
    ]
    assert await states_of(world, loser) == [CarriedState.STALE]


async def test_draft_on_a_version_before_is_revised_on_the_latest_and_submitted_there(world: World) -> None:
    cycle_id = await make.open_cycle(world, closes_on=None)
    draft_id = await make.draft(world, "gea", cycle_id, amendments=(modify(world, 1, SHALL),))
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))

    refused = await make.refusal_on(world, "gea", drafting.submit_proposal, draft_id)
    same = make.content(world, amendments=(modify(world, 1, SHALL),))
    said_already = await make.refusal_on(world, "gea", drafting.revise_proposal, draft_id, content=same)
    other = make.content(world, amendments=(modify(world, 1, MUST),))
    await make.act(world, "gea", drafting.revise_proposal, draft_id, content=other)
    await make.act(world, "gea", drafting.submit_proposal, draft_id)

    assert (kind_and_code(refused), refused.message) == (
        WRONG_STATE,
        "This draft is on version 1, and version 2 is issued. Revise it: it then goes on on version 2, and its "
        "provisions are looked for there.",
    )
    assert (kind_and_code(said_already), said_already.issues[0].path) == (INVALID, "amendments.0.wording")
    (proposal,) = await rows_of(world, "amendment_proposals")
    assert proposal["text_version_id"] == second
    assert await rows(world, CarriedAmendment) == []


@pytest.mark.rest
async def test_issue_version_takes_the_same_statements_for_one_as_for_many(world: World) -> None:
    cycle_id = await make.open_cycle(world, closes_on=None)
    taken = []
    for number in (1, 5):
        for _ in range(number):
            await propose(world, "gea", cycle_id, modify(world, 3, WORDS[3] + " Now."), view=False)
        for comment_id in await deferred(world, *[("upu", 3, "on arrival", "at once")] * number):
            assert (await work(world, comment_id)).carried_id is None
        made = await consolidate(world, world.version)
        with statements(world.database) as seen:
            await issue(world, made.target_id)
        taken.append((len(seen), len(await rows(world, CarriedAmendment)), len(await rows(world, CarriedComment))))
        for comment_id in {row.comment_id for row in await rows(world, CarriedComment)}:
            await answer(world, comment_id, Verdict.DEFERRED)
        await go_on(world, made.target_id)

    (one, *_), (many, *_) = taken
    assert taken == [(one, 1, 1), (one, 1 + 6, 1 + 6)]
    assert many == one


async def test_new_acts_over_http_say_what_stands_and_what_is_asked(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world, closes_on=None)
    proposal_id = await propose(world, "gea", cycle_id, modify(world, 1, MUST))
    (comment_id,) = await deferred(world, ("upu", 1, "should exchange", "may exchange"))
    second = await issue_next(world, ("japan", 1, "should exchange", "shall exchange"))

    tasks = (await api.ask("upu", "TaskList"))["viewer"]["tasks"]
    confirmed = await api.act("upu", "confirmCarriedComment", commentId=comment_id, expectedRevision=3)
    shown = (await api.ask("gea", "ProposalDetail", id=proposal_id))["proposal"]
    (amendment,) = shown["amendments"]["nodes"]
    sent = {
        **{"amendmentId": amendment["id"], "answer": {"restate": {"wording": MUST}}},
        "expectedRevision": shown["revision"],
    }
    restated = await api.act("gea", "restateAmendment", **sent)
    again = await api.act("gea", "restateAmendment", **(sent | {"expectedRevision": shown["revision"] + 1}))

    assert {"act": "CONFIRM_CARRIED_COMMENT", "subject": {"__typename": "Comment", "id": comment_id}} in [
        {"act": task["act"], "subject": {name: task["subject"][name] for name in ("__typename", "id")}}
        for task in tasks
    ]
    assert confirmed["__typename"] == "CommentPlaceConfirmed"
    place = confirmed["comment"]["carriedTo"]
    assert {name: place[name] for name in ("state", "start", "end", "quotedWords", "words")} == {
        **{"state": "CONFIRMED", "start": 24, "end": 38},
        **{"quotedWords": "should exchange", "words": "shall exchange"},
    }
    assert (place["provision"]["key"], place["textVersion"]) == (world.keys[1], {"id": second, "number": 2})
    assert (shown["textVersion"]["number"], shown["currentVersion"]["number"]) == (1, 2)
    assert (amendment["carried"]["state"], amendment["carried"]["wording"]) == ("STALE", SHALL)
    (offer,) = amendment["availableActs"]
    assert (offer["act"], offer["isAllowed"]) == ("RESTATE_AMENDMENT", True)
    assert restated["__typename"] == "AmendmentRestated"
    assert (again["kind"], again["code"]) == ("NOT_NOW", "WRONG_STATE")


async def go_on(world: World, version_id: str) -> None:
    """Go on with another version of the text."""
    statement = (
        select(ProvisionText).where(ProvisionText.text_version_id == version_id).order_by(ProvisionText.position)
    )
    async with world.database.studying() as session:
        provisions = (await session.scalars(statement)).all()
    world.version, world.provisions = version_id, [provision.id for provision in provisions]
    world.keys = [provision.provision_id for provision in provisions]


TABLE = "# Data\n\n| Value | Vendor | When |\n|---|---|---|\n| net | seller | before export |\n"


async def add_table(world: World) -> None:
    """Go on with an issued text that has a heading and a table: its last provision is a row of three cells."""
    said = {"title": "Data", "short_title": "Data", "label": "Draft 1", "markdown": TABLE}
    version_id = await world.do("secretariat", import_text, **said)
    await go_on(world, await issue(world, version_id))


async def test_words_that_would_change_the_cells_of_a_row_are_refused_everywhere(world: World) -> None:
    await add_table(world)
    cycle_id = await make.open_cycle(world, closes_on=None)
    round_id = await open_round(world)
    row = len(world.keys) - 1
    quoted = {"provision_id": world.provisions[row], "quotation": Quotation("net | seller")}
    good = await submit(world, "upu", round_id, **quoted, proposed_wording="gross | vendor")
    gone = await submit(world, "gea", round_id, **(quoted | {"quotation": None}), proposed_wording="")

    filed = await refusal(
        *(world, "upu", filing.submit_comment),
        round_id=round_id,
        content=comment(world, **quoted, proposed_wording="net"),
    )
    amended = make.content(world, amendments=(modify(world, row, "net | seller | before | export"),))
    sent = {"cycle_id": cycle_id, "text_version_id": world.version, "content": amended}
    drafted = await refusal(world, "upu", drafting.draft_proposal, **sent)
    world.clock.move(days=8)
    modified = {"verdict": Verdict.ACCEPTED_WITH_MODIFICATION, "reason": "Shorter.", "wording": "net"}
    answered = await refusal(world, "secretariat", record_disposition, comment_id=good, expected_revision=1, **modified)
    await answer(world, good, Verdict.ACCEPTED)
    await answer(world, gone, Verdict.NOT_ACCEPTED)
    made = await consolidate(world, world.version)
    revised = await refusal(
        *(world, "secretariat", revise_provision),
        **{"consolidation_id": made.id, "provision_key": world.keys[row], "text": "net", "reason": "Style."},
        **{"decision_id": None, "expected_revision": 1},
    )

    code = IssueCode.CELLS_DIFFER
    assert [each.issues for each in (filed, drafted, answered, revised)] == [
        (Issue("proposedWording", code, cells=3),),
        (Issue("amendments.0.wording", code, cells=3),),
        (Issue("wording", code, cells=3),),
        (Issue("text", code, cells=3),),
    ]
    assert (await words_of(world, made.target_id))[row] == "gross | vendor | before export"


async def test_confirm_carried_comment_where_the_cells_of_a_row_would_change_is_refused(world: World) -> None:
    await add_table(world)
    row = len(world.keys) - 1
    (comment_id,) = await deferred(world, ("upu", row, "seller", "vendor"))
    await issue_next(world, ("japan", row, "seller", "anybody else"))

    sent = {"comment_id": comment_id, "expected_revision": 3, "quotation": Quotation("net | anybody else")}
    refused = await refusal(world, "upu", confirm_carried_comment, **sent)

    assert (kind_and_code(refused), refused.issues) == (INVALID, (Issue("quotation", IssueCode.CELLS_DIFFER, cells=3),))
