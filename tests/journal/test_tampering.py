"""What somebody with the database in their hands can change past the triggers, and what `verify-journal` says of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from server.journal.faults import Report
from server.journal.verification import verify
from server.storage.database import Database
from tests.factories.filled import lift_guards
from tests.journal.deeds import do_everything

OPEN = "(SELECT id FROM rounds WHERE title = 'Final comments on Draft 2')"
SEALED = "(SELECT id FROM rounds WHERE title = 'Sealed views')"
FILED = f"(SELECT MIN(id) FROM comments WHERE round_id = {OPEN} AND submitted_at IS NOT NULL)"
ANSWERED = "(SELECT MIN(comment_id) FROM dispositions WHERE stage = 'RECORDED')"
SECOND = "(SELECT id FROM text_versions WHERE label = 'Draft 2')"
LAST = "(SELECT MAX(sequence) FROM journal)"
NOBODY = "(SELECT MIN(id) FROM delegates)"
SOMEBODY_ELSE = "(SELECT MIN(id) FROM delegates WHERE id <> journal.delegate_id)"
COPIED = "round_id, party_id, author_id, provision_text_id, position, type, text, reason, quote_prefix, quote_suffix"


class Tampering(NamedTuple):
    """Statements past the triggers, and the beginning of the subject of a fault that they lead to."""

    subject: str
    statements: tuple[str, ...]


def by(subject: str, *statements: str) -> Tampering:
    """Return a tampering."""
    return Tampering(subject, statements)


def forged_comment(submitted_at: str) -> str:
    """Return the statement that files a comment by hand, as a copy of one that was filed."""
    return (
        f"INSERT INTO comments (id, {COPIED}, covers_section, number, drafted_at, submitted_at, content_digest) "
        f"SELECT 'CMT_forged', {COPIED}, covers_section, 99, drafted_at, {submitted_at}, content_digest "
        f"FROM comments WHERE id = {FILED}"
    )


CHAIN = {
    "last five entries deleted": by("journal_head", f"DELETE FROM journal WHERE sequence > {LAST} - 5"),
    "all entries deleted": by("journal_head", "DELETE FROM journal"),
    "one entry deleted": by("journal/", "DELETE FROM journal WHERE sequence = 7"),
    "details of an entry": by("journal/5", "UPDATE journal SET details = '{}' WHERE sequence = 5"),
    "instant of an entry": by("journal/5", "UPDATE journal SET at = (SELECT MIN(at) FROM journal) WHERE sequence = 5"),
    "actor of an entry": by("journal/5", f"UPDATE journal SET delegate_id = {SOMEBODY_ELSE} WHERE sequence = 5"),
    "act of an entry": by("journal/5", "UPDATE journal SET act = 'comment.withdrawn' WHERE sequence = 5"),
    "digest of an entry": by("journal/5", f"UPDATE journal SET digest = '{'1' * 64}' WHERE sequence = 5"),
    "subject of an entry": by("journal/5", "UPDATE journal SET subject_id = 'CMT_other' WHERE sequence = 5"),
    "id of an entry": by("journal/5", "UPDATE journal SET id = 'JRN_other' WHERE sequence = 5"),
    "idempotency key of an entry": by("journal/5", "UPDATE journal SET idempotency_key = 'x' WHERE sequence = 5"),
    "digest of the request": by("journal/5", f"UPDATE journal SET request_digest = '{'1' * 64}' WHERE sequence = 5"),
    "head moved on": by("journal_head", "UPDATE journal_head SET sequence = sequence + 3"),
    "head moved back": by("journal_head", "UPDATE journal_head SET sequence = sequence - 3"),
    "digest of the head": by("journal_head", f"UPDATE journal_head SET digest = '{'1' * 64}'"),
    "head deleted": by("journal_head", "DELETE FROM journal_head"),
    "entries cut off with the head": by(
        "",
        f"DELETE FROM journal_rows WHERE sequence > {LAST} - 8",
        f"DELETE FROM journal WHERE sequence > {LAST} - 8",
        f"UPDATE journal_head SET sequence = {LAST}, digest = (SELECT digest FROM journal WHERE sequence = {LAST})",
    ),
    "digests of rows deleted": by("journal/", "DELETE FROM journal_rows WHERE key LIKE 'comments/%'"),
    "digest of a row": by("journal/", f"UPDATE journal_rows SET digest = '{'1' * 64}' WHERE key LIKE 'rounds/%'"),
    "digest of a row added": by(
        "journal/", f"INSERT INTO journal_rows (key, sequence, digest) VALUES ('comments/CMT_x', 5, '{'1' * 64}')"
    ),
    "digest of a row of an entry to come": by(
        "journal/", f"INSERT INTO journal_rows (key, sequence, digest) VALUES ('comments/CMT_x', 999, '{'1' * 64}')"
    ),
}
"""Tamperings with the journal itself."""
ROUNDS = {
    "closing instant": by(
        "rounds/", f"UPDATE rounds SET closes_at = (SELECT closes_at FROM rounds WHERE id = {SEALED}) WHERE id = {OPEN}"
    ),
    "opening instant": by("rounds/", f"UPDATE rounds SET opens_at = (SELECT MIN(at) FROM journal) WHERE id = {OPEN}"),
    "visibility": by("rounds/", f"UPDATE rounds SET visibility = 'IMMEDIATE' WHERE id = {SEALED}"),
    "audience": by("rounds/", f"UPDATE rounds SET open_to_private_sector = (1 = 0) WHERE id = {OPEN}"),
    "status of a round": by("rounds/", f"UPDATE rounds SET status = 'CANCELLED' WHERE id = {OPEN}"),
    "title of a round": by("rounds/", f"UPDATE rounds SET title = 'Other' WHERE id = {OPEN}"),
    "zone of a round": by("rounds/", f"UPDATE rounds SET zone = 'Asia/Tokyo' WHERE id = {OPEN}"),
    "version of a round": by("rounds/", f"UPDATE rounds SET text_version_id = {SECOND}", "SELECT 1"),
    "extension deleted": by("round_extensions/", "DELETE FROM round_extensions"),
    "reason of an extension": by("round_extensions/", "UPDATE round_extensions SET reason = 'Other'"),
    "words of a comment": by("comments/", f"UPDATE comments SET text = 'Other' WHERE id = {FILED}"),
    "digest of a comment": by("comments/", f"UPDATE comments SET content_digest = '{'1' * 64}' WHERE id = {FILED}"),
    "wording of a comment": by("comments/", f"UPDATE comments SET proposed_wording = 'no' WHERE id = {FILED}"),
    "anchor of a comment": by("comments/", f"UPDATE comments SET quote_start = 0, quote_end = 1 WHERE id = {FILED}"),
    "party of a comment": by(
        "comments/", f"UPDATE comments SET party_id = (SELECT MIN(id) FROM parties), number = 77 WHERE id = {FILED}"
    ),
    "instant of a comment": by(
        "comments/",
        f"UPDATE comments SET submitted_at = drafted_at, drafted_at = (SELECT MIN(at) FROM journal) WHERE id = {FILED}",
    ),
    "who filed a comment": by("comments/", f"UPDATE comments SET submitted_by_id = {NOBODY} WHERE id = {FILED}"),
    "number of a comment": by("comments/", f"UPDATE comments SET number = 78 WHERE id = {FILED}"),
    "comment made a draft": by("comments/", f"UPDATE comments SET submitted_at = NULL WHERE id = {FILED}"),
    "comment deleted": by("comments/", f"DELETE FROM comments WHERE id = {FILED}"),
    "back-dated comment": by("comments/CMT_forged", forged_comment("drafted_at")),
    "draft filed by hand": by(
        "comments/", "UPDATE comments SET submitted_at = drafted_at, number = 55 WHERE submitted_at IS NULL"
    ),
    "status of a comment": by(
        "comment_work/", f"UPDATE comment_work SET status = 'WITHDRAWN' WHERE comment_id = {FILED}"
    ),
    "answer taken from a comment": by(
        "comment_work/", f"UPDATE comment_work SET disposition_id = NULL WHERE comment_id = {ANSWERED}"
    ),
    "work row deleted": by("comment_work/", f"DELETE FROM comment_work WHERE comment_id = {FILED}"),
    "verdict": by("dispositions/", "UPDATE dispositions SET verdict = 'NOTED' WHERE stage = 'RECORDED'"),
    "reason of a disposition": by("dispositions/", "UPDATE dispositions SET reason = 'x' WHERE stage = 'RECORDED'"),
    "wording of a disposition": by("dispositions/", "UPDATE dispositions SET wording = 'x' WHERE stage = 'RECORDED'"),
    "stage of a disposition": by(
        "dispositions/", "UPDATE dispositions SET stage = 'RECORDED' WHERE stage = 'PROPOSED'"
    ),
    "who decided": by("dispositions/", f"UPDATE dispositions SET decided_by_id = {NOBODY}"),
    "forged disposition": by(
        "dispositions/DSP_forged",
        "INSERT INTO dispositions (id, comment_id, stage, verdict, reason, decided_by_id, decided_at) "
        f"SELECT 'DSP_forged', {FILED}, 'RECORDED', 'NOT_ACCEPTED', '', decided_by_id, decided_at FROM dispositions "
        "WHERE id = (SELECT MIN(id) FROM dispositions)",
    ),
    "disposition deleted": by("dispositions/", "DELETE FROM dispositions WHERE stage = 'PROPOSED'"),
    "support deleted": by("comment_supports/", "DELETE FROM comment_supports"),
    "support of another party": by(
        "comment_supports/",
        "UPDATE comment_supports SET party_id = (SELECT MIN(id) FROM parties) "
        "WHERE id = (SELECT MIN(id) FROM comment_supports)",
    ),
    "forged support": by(
        "comment_supports/SUP_forged",
        "INSERT INTO comment_supports (id, comment_id, party_id, delegate_id, supported_at) SELECT 'SUP_forged', "
        "comment_id, (SELECT MAX(id) FROM parties), delegate_id, supported_at FROM comment_supports "
        "WHERE id = (SELECT MIN(id) FROM comment_supports)",
    ),
    "reason of an opposition": by("comment_oppositions/", "UPDATE comment_oppositions SET reason = 'Other'"),
}
"""Tamperings with rounds and what was filed in them."""
REST = {
    "words of an issued version": by(
        "provision_texts/",
        f"UPDATE provision_texts SET text = 'Other' WHERE text_version_id = {SECOND} AND position = 3",
    ),
    "number in an issued version": by(
        "provision_texts/",
        f"UPDATE provision_texts SET printed_number = '99.' WHERE text_version_id = {SECOND} AND position = 3",
    ),
    "order of an issued version": by(
        "provision_texts/",
        f"UPDATE provision_texts SET position = 999 WHERE text_version_id = {SECOND} AND position = 3",
    ),
    "kind in an issued version": by(
        "provision_texts/",
        f"UPDATE provision_texts SET kind = 'FOOTNOTE' WHERE text_version_id = {SECOND} AND position = 3",
    ),
    "digest of words": by("provision_texts/", f"UPDATE provision_texts SET digest = '{'1' * 64}' WHERE position = 3"),
    "provision deleted": by(
        "provision_texts/", f"DELETE FROM provision_texts WHERE text_version_id = {SECOND} AND position = 3"
    ),
    "label of a version": by("text_versions/", "UPDATE text_versions SET label = 'Final' WHERE label = 'Draft 2'"),
    "version issued earlier": by("text_versions/", "UPDATE text_versions SET issued_at = created_at"),
    "version made a working one": by("text_versions/", "UPDATE text_versions SET status = 'WORKING'"),
    "change of a version": by("applied_changes/", "UPDATE applied_changes SET replacement = 'x'"),
    "source of a change": by("applied_changes/", "UPDATE applied_changes SET source_id = 'CMT_other'"),
    "words of a settlement": by("text_conflicts/", "UPDATE text_conflicts SET settled_words = 'x'"),
    "side of a conflict": by("conflict_sides/", "UPDATE conflict_sides SET words = 'x'"),
    "side of a conflict deleted": by("conflict_sides/", "DELETE FROM conflict_sides"),
    "base of a consolidation": by("consolidations/", "UPDATE consolidations SET base_id = target_id"),
    "title of a proposal": by("amendment_proposals/", "UPDATE amendment_proposals SET title = 'x'"),
    "digest of a proposal": by("amendment_proposals/", f"UPDATE amendment_proposals SET content_digest = '{'1' * 64}'"),
    "wording of an amendment": by("amendments/", "UPDATE amendments SET wording = 'x'"),
    "co-sponsor added": by(
        "co_sponsors/",
        "INSERT INTO co_sponsors (id, proposal_id, party_id) "
        "SELECT 'COS_forged', id, party_id FROM amendment_proposals",
    ),
    "status of a proposal": by("proposal_work/", "UPDATE proposal_work SET status = 'APPROVED'"),
    "number of a proposal": by("proposal_work/", "UPDATE proposal_work SET number = 77"),
    "view of the group": by("amendment_views/", "UPDATE amendment_views SET view = 'NOT_AGREED'"),
    "last day of a cycle": by("review_cycles/", "UPDATE review_cycles SET closes_on = opens_on"),
    "outcome of a decision": by("decisions/", "UPDATE decisions SET outcome = 'NOTED'"),
    "verb of a decision": by("decisions/", "UPDATE decisions SET verb = 'noted'"),
    "words of a decision": by("decisions/", "UPDATE decisions SET text = 'x'"),
    "forged decision": by(
        "decisions/DEC_forged",
        "INSERT INTO decisions (id, sitting_id, subject_id, agenda_item, verb, as_appropriate, outcome, text, "
        "paragraph, recorded_at, recorded_by_id) SELECT 'DEC_forged', sitting_id, subject_id, agenda_item, verb, "
        "as_appropriate, outcome, text, paragraph, recorded_at, recorded_by_id FROM decisions LIMIT 1",
    ),
    "edition": by("editions/", "UPDATE editions SET label = '2030'"),
    "title of a paper": by("papers/", "UPDATE papers SET title = 'x'"),
    "dates of a sitting": by("sittings/", "UPDATE sittings SET starts_on = ends_on WHERE first_number = 201"),
    "e-mail of a person": by("persons/", "UPDATE persons SET email = 'x@example.org' WHERE suspended_at IS NOT NULL"),
    "person let in again": by("persons/", "UPDATE persons SET suspended_at = NULL"),
    "end of a mandate to speak": by("representations/", "UPDATE representations SET ends_on = NULL"),
    "function of another party": by("functions/", "UPDATE functions SET kind = 'CHAIR' WHERE kind = 'RAPPORTEUR'"),
    "address of an invitation": by("invitations/", "UPDATE invitations SET email = 'x@example.org'"),
    "membership": by("memberships/", "UPDATE memberships SET left_on = joined_on"),
    "redirects of an application": by("applications/", "UPDATE applications SET redirect_uris = '[]'"),
    "baseline of an activity": by("activities/", "UPDATE activities SET baseline_label = 'x'"),
    "status of an activity": by("activities/", "UPDATE activities SET status = 'DROPPED'"),
    "those responsible": by("responsibles/", "DELETE FROM responsibles"),
    "topic of a plan": by("work_items/", "UPDATE work_items SET title = 'x'"),
    "source of a plan": by("work_plans/", f"UPDATE work_plans SET source_digest = '{'1' * 64}'"),
    "re-dating deleted": by("redatings/", "DELETE FROM redatings"),
}
"""Tamperings with texts, proposals, decisions, the register and the work plan."""
TAMPERINGS = CHAIN | ROUNDS | REST
UNNOTICED = {
    "delegate who was never accredited": (
        "a register: rows may come from a command, and are counted",
        "INSERT INTO delegates (id, person_id, party_id, starts_on, is_administrator, is_service, version) "
        "SELECT 'DEL_forged', MIN(p.id), (SELECT MAX(id) FROM parties), '2026-01-01', (1 = 0), (1 = 0), 1 "
        "FROM persons p",
    ),
    "words of a draft": (
        "a draft is its party's own, and nothing certifies it before it is filed",
        "UPDATE comments SET text = 'x' WHERE submitted_at IS NULL",
    ),
    "lock of a row": ("it only counts changes, against a race", "UPDATE rounds SET version = version + 5"),
    "password": ("a proof of who asks: changed by its owner, by no act", "DELETE FROM passwords"),
    "whole journal and all rows from an older copy": (
        "it is what it was then: a signed head that somebody else holds shows what is missing",
        "SELECT 1",
    ),
}
"""What is not noticed: why that cannot be, and a statement."""


class _Undone(Exception):
    """Raised to take a tampering back."""


async def report_after(database: Database, statements: Sequence[str]) -> Report:
    """Verify a database after statements past the triggers, which are taken back again."""
    report = Report()

    async def tamper(session: AsyncSession) -> Report:
        if database.is_sqlite:
            await session.execute(text("PRAGMA defer_foreign_keys = ON"))
        else:
            await lift_guards(session, is_sqlite=False)
        for statement in statements:
            await session.execute(text(statement))
        return await verify(await session.connection())

    try:
        async with database.writing() as session:
            report = await tamper(session)
            raise _Undone
    except _Undone:
        return report


@pytest.fixture
async def acted(database: Database) -> Database:
    """A database in which nearly every kind of row was written by an act; on SQLite without its triggers."""
    await do_everything(database)
    if database.is_sqlite:
        async with database.writing() as session:
            await lift_guards(session, is_sqlite=True)
    return database


PORTIONS = 5
"""Into so many portions the tamperings are cut: one is tried in every run, all of them in a whole one."""


async def list_unnoticed(database: Database, tamperings: Mapping[str, Tampering]) -> dict[str, list[str]]:
    """Return the tamperings of which no fault speaks, each with the faults that there are."""
    unnoticed: dict[str, list[str]] = {}
    for name, (subject, statements) in tamperings.items():
        report = await report_after(database, statements)
        if not any(fault.subject.startswith(subject) for fault in report.faults):
            unnoticed[name] = [str(fault) for fault in report.faults]
    return unnoticed


@pytest.mark.long
@pytest.mark.parametrize(
    "portion", [0, *(pytest.param(portion, marks=pytest.mark.rest) for portion in range(1, PORTIONS))]
)
async def test_tampering_past_the_triggers_is_noticed_and_names_what_was_touched(acted: Database, portion: int) -> None:
    assert (await report_after(acted, ())).faults == []

    unnoticed = await list_unnoticed(acted, dict([*TAMPERINGS.items()][portion::PORTIONS]))

    assert len(TAMPERINGS) >= 60
    assert unnoticed == {}
    assert (await report_after(acted, ())).faults == []


@pytest.mark.rest
async def test_what_is_not_noticed_is_what_nothing_was_written_of(acted: Database) -> None:
    reports = {name: await report_after(acted, [statement]) for name, (_, statement) in UNNOTICED.items()}

    assert {name: report.faults for name, report in reports.items() if report.faults} == {}
    assert reports["delegate who was never accredited"].unbound["rows of delegates entered by no act"] == 1


@pytest.mark.rest
async def test_fault_says_since_when_the_row_cannot_be_trusted(acted: Database) -> None:

    report = await report_after(acted, [f"UPDATE comments SET text = 'Other' WHERE id = {FILED}"])

    by_subject = {fault.subject: fault for fault in report.faults}
    (name,) = {subject for subject in by_subject if subject.startswith("comments/")}
    async with acted.reading() as connection:
        filed = (
            await connection.execute(
                text(f"SELECT sequence FROM journal WHERE subject_id = {FILED} AND act = 'comment.submitted'")
            )
        ).one()
    assert (by_subject[name].since, by_subject[name].what) == (filed.sequence, f"{name} was altered")
