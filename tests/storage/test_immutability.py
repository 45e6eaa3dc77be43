"""What was issued, filed or recorded cannot change, whoever asks and by whatever path: the triggers."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.domain.rounds.actions import filing
from server.domain.rounds.rules.checks import Content
from server.kernel.refusals import Refusal
from server.models.bodies import Decision, Sitting
from server.models.consolidation import AppliedChange, Consolidation, TextConflict
from server.models.papers import Paper
from server.models.proposals import Amendment, AmendmentProposal, CarriedAmendment, CoSponsor, Mechanism, ReviewCycle
from server.models.rounds import CarriedComment, Comment, CommentWork, Disposition, Round, RoundExtension
from server.models.texts import Edition, Lineage, Provision, ProvisionText, TextVersion
from server.models.workplan import Activity, Redating, WorkItem, WorkPlan
from server.vocabulary.bodies import Outcome
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.proposals import AmendmentKind, CarriedState, CycleKind
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    PlaceState,
    RoundVisibility,
)
from server.vocabulary.texts import LineageKind, VersionStatus
from tests.factories.world import NOW, World

LATER = NOW + timedelta(days=7)
CANNOT = "what was issued, filed or recorded cannot change"


@pytest.fixture
async def full(world: World) -> World:
    """The world with one row of every kind that can become immutable, before and after it did."""
    who = world.delegates["secretariat"]
    async with world.database.reading() as connection:
        instrument = await connection.scalar(text("SELECT id FROM instruments"))
    await world.add(
        TextVersion(id="VER_work", instrument_id=instrument, number=2, label="Working", created_at=NOW),
        TextVersion(id="VER_free", instrument_id=instrument, number=3, label="Free", created_at=NOW),
        Provision(id="PRV_new", instrument_id=instrument),
    )
    await world.add(_provision_text("PVT_work", "VER_work", "PRV_new", 1))
    for id_, version in (("LIN_work", "VER_work"), ("LIN_free", "VER_free")):
        line = {"position": 1, "kind": LineageKind.INSERTED, "provision_id": "PRV_new", "score": 0.0}
        await world.add(Lineage(id=id_, text_version_id=version, from_version_id=world.version, **line))
    await world.add(
        Consolidation(id="CON_made", base_id=world.version, target_id="VER_work", started_by_id=who, started_at=NOW),
        Consolidation(id="CON_free", base_id=world.version, target_id="VER_free", started_by_id=who, started_at=NOW),
    )
    await world.add(_change("APC_made", "CON_made"), _change("APC_free", "CON_free"))
    await world.add(_conflict("CNF_open", ConflictStatus.OPEN), _conflict("CNF_settled", ConflictStatus.SETTLED))
    await _add_decision(world, instrument)
    await _add_round(world)
    await _add_proposals(world)
    await _add_carried(world)
    await _add_redating(world)
    await world.add(Paper(id="PAP_1", series="PC", serial=618, letter="a", title="Indicators", issued_at=NOW))
    await world.do("upu", filing.submit_comment, round_id="RND_1", content=Content(CommentType.GENERAL, "Words"))
    return world


def _provision_text(id_: str, version: str, provision: str, position: int) -> ProvisionText:
    return ProvisionText(
        id=id_,
        text_version_id=version,
        provision_id=provision,
        position=position,
        kind="PARAGRAPH",
        level=0,
        text="Words",
        digest="0" * 64,
    )


def _change(id_: str, consolidation: str) -> AppliedChange:
    return AppliedChange(
        id=id_,
        consolidation_id=consolidation,
        provision_id="PRV_new",
        kind=AmendmentKind.MODIFY,
        start=0,
        end=1,
        replacement="w",
    )


def _conflict(id_: str, status: ConflictStatus) -> TextConflict:
    return TextConflict(
        id=id_, consolidation_id="CON_free", provision_id="PRV_new", start=0, end=1, base_words="W", status=status
    )


async def _add_decision(world: World, instrument: str) -> None:
    day = date(2018, 9, 24)
    await world.add(Sitting(id="SIT_1", body_id=world.bodies["ptc"], first_number=221, starts_on=day, ends_on=day))
    await world.add(
        Decision(
            id="DEC_1",
            sitting_id="SIT_1",
            subject_id=world.version,
            verb="adopted",
            outcome=Outcome.ADOPTED,
            text="It was adopted.",
            recorded_at=NOW,
            recorded_by_id=world.delegates["secretariat"],
        )
    )
    await world.add(
        Edition(
            id="EDN_1",
            instrument_id=instrument,
            text_version_id=world.version,
            label="2018",
            adopted_on=day,
            decision_id="DEC_1",
            published_at=NOW,
        )
    )


async def _add_round(world: World) -> None:
    who = world.delegates["canada"]
    await world.add(
        Round(
            id="RND_1",
            text_version_id=world.version,
            body_id=world.bodies["group"],
            title="Round",
            opens_at=NOW,
            closes_at=LATER,
            zone="Europe/Brussels",
            visibility=RoundVisibility.IMMEDIATE,
            open_to_members=True,
            open_to_observers=True,
            open_to_private_sector=True,
            called_by_id=who,
            called_at=NOW,
        )
    )
    await world.add(
        RoundExtension(
            id="EXT_1",
            round_id="RND_1",
            closed_at_before=NOW,
            closes_at_after=LATER,
            reason="Holidays",
            extended_by_id=who,
            extended_at=NOW,
        ),
        _comment(world, "CMT_draft"),
        _comment(world, "CMT_filed", submitted_at=NOW, number=1),
    )
    for id_, stage in (("DSP_proposed", DispositionStage.PROPOSED), ("DSP_recorded", DispositionStage.RECORDED)):
        verdict = DispositionVerdict.NOTED
        await world.add(
            Disposition(
                id=id_, comment_id="CMT_filed", stage=stage, verdict=verdict, decided_by_id=who, decided_at=LATER
            )
        )


def _comment(world: World, id_: str, **given: Any) -> Comment:
    return Comment(
        id=id_,
        round_id="RND_1",
        party_id=world.parties["japan"],
        author_id=world.delegates["japan"],
        type=CommentType.GENERAL,
        text="Words",
        drafted_at=NOW,
        work=CommentWork(status=CommentStatus.SUBMITTED if given else CommentStatus.DRAFT),
        **given,
    )


async def _add_proposals(world: World) -> None:
    day, kind = date(2018, 1, 1), CycleKind.PERIODIC
    await world.add(
        Mechanism(id="MEC_1", title="Mechanism", valid_from=day, approval_path=["COUNCIL"], cycle_kinds=["PERIODIC"])
    )
    await world.add(ReviewCycle(id="CYC_1", mechanism_id="MEC_1", kind=kind, title="Review", opens_on=day))
    for key, filed in (("draft", None), ("filed", NOW)):
        await world.add(
            AmendmentProposal(
                id=f"PRP_{key}",
                cycle_id="CYC_1",
                text_version_id=world.version,
                party_id=world.parties["japan"],
                author_id=world.delegates["japan"],
                title="Proposal",
                rationale="Why",
                drafted_at=NOW,
            )
        )
        await world.add(Amendment(id=f"AMD_{key}", proposal_id=f"PRP_{key}", position=1, kind=AmendmentKind.DELETE))
        await world.add(CoSponsor(id=f"COS_{key}", proposal_id=f"PRP_{key}", party_id=world.parties["canada"]))
        if filed:
            await run(world, "UPDATE amendment_proposals SET submitted_at = drafted_at WHERE id = 'PRP_filed'")


async def _add_carried(world: World) -> None:
    """Add a comment and an amendment in two later versions, of which their party decided about the first."""
    who = world.delegates["japan"]
    for version, at in (("VER_work", NOW), ("VER_free", None)):
        key, by = version.removeprefix("VER_"), who if at else None
        comment, amendment = {"state": PlaceState.CARRIED, "score": 80}, {"state": CarriedState.STALE}
        decided = {"text_version_id": version, "decided_by_id": by, "decided_at": at}
        await world.add(
            CarriedComment(id=f"CCM_{key}", comment_id="CMT_filed", **comment, **decided),
            CarriedAmendment(id=f"CAM_{key}", amendment_id="AMD_filed", **amendment, **decided),
        )


async def _add_redating(world: World) -> None:
    await world.add(WorkPlan(id="WPL_1", body_id=world.bodies["wgec"], title="Plan"))
    await world.add(WorkItem(id="WIT_1", plan_id="WPL_1", number=1, title="Topic"))
    await world.add(Activity(id="ACT_1", work_item_id="WIT_1", position=1, description="Step"))
    await world.add(
        Redating(
            id="RED_1",
            activity_id="ACT_1",
            label_before="May",
            label_after="June",
            reason="Late",
            redated_by_id=world.delegates["secretariat"],
            redated_at=NOW,
        )
    )


async def run(world: World, statement: str) -> int:
    """Run one SQL statement in a transaction of its own, past the server's code; gives the number of rows."""
    async with world.database.writing() as session:
        return int((await session.execute(text(statement.format(version=world.version)))).rowcount)  # type: ignore[attr-defined]


async def rows_of(world: World, table: str) -> list[Any]:
    """Every row of a table."""
    async with world.database.reading() as connection:
        return sorted(map(repr, (await connection.execute(text(f"SELECT * FROM {table}"))).all()))


NEW_TEXT = (
    "INSERT INTO provision_texts (id, text_version_id, provision_id, position, kind, level, printed_number, text, "
    "digest) VALUES ('PVT_new', '{into}', 'PRV_new', 9, 'PARAGRAPH', 0, '', 'Words', '')"
)
NEW_LINEAGE = (
    "INSERT INTO lineages (id, text_version_id, from_version_id, position, kind, provision_id, score) "
    "VALUES ('LIN_new', '{into}', '{version}', 9, 'INSERTED', "
    "(SELECT MIN(id) FROM provisions WHERE id <> 'PRV_new'), 0)"
)
NEW_CHANGE = (
    'INSERT INTO applied_changes (id, consolidation_id, provision_id, kind, start, "end", replacement, source_id, '
    "decision_id, reason) VALUES ('APC_new', '{into}', 'PRV_new', 'MODIFY', 0, 1, '', '', '', '')"
)
NEW_AMENDMENT = "INSERT INTO amendments (id, proposal_id, position, kind) VALUES ('AMD_new', '{into}', 9, 'DELETE')"
NEW_CO_SPONSOR = (
    "INSERT INTO co_sponsors (id, proposal_id, party_id) "
    "SELECT 'COS_new', '{into}', id FROM parties WHERE short_name = 'GEA'"
)
OTHER_PARTY = "party_id = (SELECT id FROM parties WHERE short_name = 'GEA')"
ISSUE_TARGET = "UPDATE text_versions SET status = 'ISSUED' WHERE id = 'VER_work'"
"""Issues the target of `CON_made`, and with it the provisions and the applied changes behind them."""

REFUSED = {
    "issued version, label": "UPDATE text_versions SET label = 'Other' WHERE id = '{version}'",
    "issued version, back to working": "UPDATE text_versions SET status = 'WORKING' WHERE id = '{version}'",
    "issued version, delete": "DELETE FROM text_versions WHERE id = '{version}'",
    "issued provision, words": "UPDATE provision_texts SET text = 'Other' WHERE text_version_id = '{version}'",
    "issued provision, delete": "DELETE FROM provision_texts WHERE text_version_id = '{version}'",
    "issued provision, insert": NEW_TEXT.replace("{into}", "{version}"),
    "issued provision, move out": (
        "UPDATE provision_texts SET text_version_id = 'VER_free' WHERE text_version_id = '{version}'"
    ),
    "issued lineage, score": "UPDATE lineages SET score = 100 WHERE id = 'LIN_work'",
    "issued lineage, delete": "DELETE FROM lineages WHERE id = 'LIN_work'",
    "issued lineage, insert": NEW_LINEAGE.replace("{into}", "VER_work"),
    "issued lineage, move out": "UPDATE lineages SET text_version_id = 'VER_free' WHERE id = 'LIN_work'",
    "submitted comment, words": "UPDATE comments SET text = 'Other' WHERE id = 'CMT_filed'",
    "submitted comment, back to draft": "UPDATE comments SET submitted_at = NULL WHERE id = 'CMT_filed'",
    "submitted comment, delete": "DELETE FROM comments WHERE id = 'CMT_filed'",
    "recorded disposition, reason": "UPDATE dispositions SET reason = 'Other' WHERE id = 'DSP_recorded'",
    "recorded disposition, delete": "DELETE FROM dispositions WHERE id = 'DSP_recorded'",
    "proposed disposition, reason": "UPDATE dispositions SET reason = 'Other' WHERE id = 'DSP_proposed'",
    "proposed disposition, delete": "DELETE FROM dispositions WHERE id = 'DSP_proposed'",
    "decision, text": "UPDATE decisions SET text = 'Other'",
    "decision, delete": "DELETE FROM decisions",
    "journal, act": "UPDATE journal SET act = 'other'",
    "journal, delete": "DELETE FROM journal",
    "extension, reason": "UPDATE round_extensions SET reason = 'Other'",
    "extension, delete": "DELETE FROM round_extensions",
    "redating, reason": "UPDATE redatings SET reason = 'Other'",
    "redating, delete": "DELETE FROM redatings",
    "edition, label": "UPDATE editions SET label = 'Other'",
    "edition, delete": "DELETE FROM editions",
    "submitted proposal, title": "UPDATE amendment_proposals SET title = 'Other' WHERE id = 'PRP_filed'",
    "submitted proposal, back to draft": "UPDATE amendment_proposals SET submitted_at = NULL WHERE id = 'PRP_filed'",
    "submitted proposal, delete": "DELETE FROM amendment_proposals WHERE id = 'PRP_filed'",
    "amendment of a submitted proposal, wording": "UPDATE amendments SET wording = 'Other' WHERE id = 'AMD_filed'",
    "amendment of a submitted proposal, delete": "DELETE FROM amendments WHERE id = 'AMD_filed'",
    "amendment of a submitted proposal, insert": NEW_AMENDMENT.replace("{into}", "PRP_filed"),
    "amendment of a submitted proposal, move out": (
        "UPDATE amendments SET proposal_id = 'PRP_draft', position = 8 WHERE id = 'AMD_filed'"
    ),
    "co-sponsor of a submitted proposal, party": f"UPDATE co_sponsors SET {OTHER_PARTY} WHERE id = 'COS_filed'",
    "co-sponsor of a submitted proposal, delete": "DELETE FROM co_sponsors WHERE id = 'COS_filed'",
    "co-sponsor of a submitted proposal, insert": NEW_CO_SPONSOR.replace("{into}", "PRP_filed"),
    "co-sponsor of a submitted proposal, move out": (
        f"UPDATE co_sponsors SET proposal_id = 'PRP_draft', {OTHER_PARTY} WHERE id = 'COS_filed'"
    ),
    "paper, title": "UPDATE papers SET title = 'Other'",
    "paper, letter": "UPDATE papers SET letter = 'b'",
    "paper, delete": "DELETE FROM papers",
    "settled conflict, words": "UPDATE text_conflicts SET settled_words = 'Other' WHERE id = 'CNF_settled'",
    "settled conflict, delete": "DELETE FROM text_conflicts WHERE id = 'CNF_settled'",
    "applied change, words": "UPDATE applied_changes SET replacement = 'Other' WHERE id = 'APC_made'",
    "applied change, delete": "DELETE FROM applied_changes WHERE id = 'APC_made'",
    "applied change, insert": NEW_CHANGE.replace("{into}", "CON_made"),
    "applied change, move out": "UPDATE applied_changes SET consolidation_id = 'CON_free' WHERE id = 'APC_made'",
    "confirmed place, score": "UPDATE carried_comments SET score = 100 WHERE id = 'CCM_work'",
    "confirmed place, back to open": "UPDATE carried_comments SET decided_at = NULL WHERE id = 'CCM_work'",
    "confirmed place, delete": "DELETE FROM carried_comments WHERE id = 'CCM_work'",
    "restated amendment, wording": "UPDATE carried_amendments SET wording = 'Other' WHERE id = 'CAM_work'",
    "restated amendment, delete": "DELETE FROM carried_amendments WHERE id = 'CAM_work'",
}
MOVED_IN = {
    "issued provision": (
        "UPDATE provision_texts SET text_version_id = '{version}', position = 9, provision_id = 'PRV_new' "
        "WHERE id = 'PVT_free'"
    ),
    "issued lineage": "UPDATE lineages SET text_version_id = 'VER_work' WHERE id = 'LIN_free'",
    "amendment of a submitted proposal": (
        "UPDATE amendments SET proposal_id = 'PRP_filed', position = 8 WHERE id = 'AMD_draft'"
    ),
    "co-sponsor of a submitted proposal": (
        f"UPDATE co_sponsors SET proposal_id = 'PRP_filed', {OTHER_PARTY} WHERE id = 'COS_draft'"
    ),
    "applied change": "UPDATE applied_changes SET consolidation_id = 'CON_made' WHERE id = 'APC_free'",
}
"""An update that makes a free row a part of what was issued or filed: an insertion by another name."""
ALLOWED_BEFORE = {
    "working version, label": "UPDATE text_versions SET label = 'Other' WHERE id = 'VER_free'",
    "working version, delete": "DELETE FROM text_versions WHERE id = 'VER_spare'",
    "working provision, words": "UPDATE provision_texts SET text = 'Other' WHERE id = 'PVT_work'",
    "working provision, delete": "DELETE FROM provision_texts WHERE id = 'PVT_work'",
    "working provision, insert": NEW_TEXT.replace("{into}", "VER_free"),
    "working lineage, score": "UPDATE lineages SET score = 100 WHERE id = 'LIN_work'",
    "working lineage, delete": "DELETE FROM lineages WHERE id = 'LIN_work'",
    "working lineage, insert": NEW_LINEAGE.replace("{into}", "VER_free"),
    "draft comment, words": "UPDATE comments SET text = 'Other' WHERE id = 'CMT_draft'",
    "draft comment, filed": "UPDATE comments SET submitted_at = drafted_at WHERE id = 'CMT_draft'",
    "draft proposal, title": "UPDATE amendment_proposals SET title = 'Other' WHERE id = 'PRP_draft'",
    "amendment of a draft, wording": "UPDATE amendments SET wording = 'Other' WHERE id = 'AMD_draft'",
    "amendment of a draft, delete": "DELETE FROM amendments WHERE id = 'AMD_draft'",
    "amendment of a draft, insert": NEW_AMENDMENT.replace("{into}", "PRP_draft"),
    "co-sponsor of a draft, confirmed": "UPDATE co_sponsors SET confirmed_at = NULL WHERE id = 'COS_draft'",
    "co-sponsor of a draft, delete": "DELETE FROM co_sponsors WHERE id = 'COS_draft'",
    "co-sponsor of a draft, insert": NEW_CO_SPONSOR.replace("{into}", "PRP_draft"),
    "open conflict, settled": "UPDATE text_conflicts SET status = 'SETTLED' WHERE id = 'CNF_open'",
    "applied change, words": "UPDATE applied_changes SET replacement = 'Other' WHERE id = 'APC_made'",
    "applied change, delete": "DELETE FROM applied_changes WHERE id = 'APC_made'",
    "applied change, insert": NEW_CHANGE.replace("{into}", "CON_made"),
    "open conflict, delete": "DELETE FROM text_conflicts WHERE id = 'CNF_spare'",
    "carried comment, confirmed": "UPDATE carried_comments SET decided_at = (SELECT MAX(called_at) FROM rounds) "
    "WHERE id = 'CCM_free'",
    "carried amendment, delete": "DELETE FROM carried_amendments WHERE id = 'CAM_free'",
}


def table_of(statement: str) -> str:
    """The table that a statement changes."""
    words = statement.split()
    return words[1] if words[0] == "UPDATE" else words[2]


async def passed_of(world: World, statements: dict[str, str]) -> list[tuple[str, Any]]:
    """The statements that the triggers let through, or that something else refused."""
    passed: list[tuple[str, Any]] = []
    for name, statement in statements.items():
        try:
            passed.append((name, await run(world, statement)))
        except DBAPIError as error:
            if CANNOT not in str(error.orig):
                passed.append((name, str(error.orig)))
    return passed


async def test_change_of_what_was_issued_filed_or_recorded_is_refused_and_changes_nothing(full: World) -> None:
    await run(full, ISSUE_TARGET)
    tables = {table_of(statement) for statement in REFUSED.values()}
    before = {table: await rows_of(full, table) for table in tables}

    passed = await passed_of(full, REFUSED)

    assert passed == []
    assert all(before.values())
    assert {table: await rows_of(full, table) for table in tables} == before


async def test_update_that_moves_a_row_into_what_was_issued_or_filed_is_refused(full: World) -> None:
    await full.add(_provision_text("PVT_free", "VER_free", "PRV_new", 1))
    await run(full, ISSUE_TARGET)
    tables = {table_of(statement) for statement in MOVED_IN.values()}
    before = {table: await rows_of(full, table) for table in tables}

    passed = await passed_of(full, MOVED_IN)

    assert passed == []
    assert {table: await rows_of(full, table) for table in tables} == before


async def test_change_before_it_was_issued_filed_or_recorded_is_allowed(full: World) -> None:
    async with full.database.reading() as connection:
        instrument = await connection.scalar(text("SELECT id FROM instruments"))
    await full.add(TextVersion(id="VER_spare", instrument_id=instrument, number=4, label="Spare", created_at=NOW))
    await full.add(_conflict("CNF_spare", ConflictStatus.OPEN))

    counts = {name: await run(full, statement) for name, statement in ALLOWED_BEFORE.items()}

    assert counts == dict.fromkeys(ALLOWED_BEFORE, 1)


async def test_draft_comment_with_its_work_can_be_removed(full: World) -> None:
    await run(full, "DELETE FROM comment_work WHERE comment_id = 'CMT_draft'")

    removed = await run(full, "DELETE FROM comments WHERE id = 'CMT_draft'")

    assert removed == 1


async def test_journal_when_a_script_empties_or_replaces_it_stays_as_it_is(full: World) -> None:
    replace = "REPLACE INTO journal SELECT * FROM journal"
    statement = replace if full.database.is_sqlite else "TRUNCATE journal"
    before = await rows_of(full, "journal")

    with pytest.raises((Refusal, DBAPIError), match=r"already|cannot|follows"):
        await run(full, statement)

    assert len(before) == 1
    assert await rows_of(full, "journal") == before


async def test_version_when_issued_keeps_every_row(full: World) -> None:
    await run(full, ISSUE_TARGET)

    with pytest.raises(DBAPIError, match=CANNOT):
        await run(full, "UPDATE text_versions SET label = 'Other' WHERE id = 'VER_work'")

    async with full.database.reading() as connection:
        row = (await connection.execute(text("SELECT status, label FROM text_versions WHERE id = 'VER_work'"))).one()
    assert tuple(row) == (VersionStatus.ISSUED, "Working")
