"""Calling, correcting, extending, completing and cancelling rounds."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.rounds import life, policy, queries
from server.domain.rounds.actions.steps import check_reason, take_step
from server.domain.rounds.rules import checks, terms
from server.domain.rounds.rules.facts import CitedFacts, OpeningFacts, RoundFacts, cite
from server.domain.rounds.rules.late import LATE_RULE
from server.domain.rounds.rules.terms import RoundSettings, Terms
from server.domain.rounds.rules.window import phase_of
from server.domain.texts.queries import reading as texts
from server.journal.actions import hold_journal, record, record_part
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.kernel.zones import say_instant
from server.models.rounds import Comment, Round, RoundExtension
from server.models.texts import TextVersion
from server.vocabulary.calling import RoundScope, RoundStepKind
from server.vocabulary.rounds import COMMENT_LIFECYCLE, ROUND_LIFECYCLE, CommentStatus, RoundPhase, RoundVisibility
from server.vocabulary.threads import ReplyMode

NO_SETTINGS = RoundSettings()


async def open_round(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    body_id: str,
    title: str,
    opens_at: datetime | None,
    closes_at: datetime,
    zone: str,
    visibility: RoundVisibility,
    audience: frozenset[Capacity],
    settings: RoundSettings = NO_SETTINGS,
    code: str | None = None,
    replies: ReplyMode = ReplyMode.FOCAL_POINTS,
) -> str:
    """Ask for comments on a version from `opens_at` (None: now); return the round's id. Without `code` it gets one."""
    version = await texts.get_version(session, actor, now, text_version_id)
    body = await bodies.get_body(session, actor, now, body_id)
    opening = OpeningFacts(body.id, version.status, body.concluded_on, body.mandated_until)
    policy.open_round.ensure(actor, opening, now)
    await texts.ensure_latest(session, version.id)
    wanted = Terms(title, opens_at or now, closes_at, zone, visibility, audience, settings)
    final = await _check(session, actor, now, version, wanted, code=code)
    round_ = Round(
        text_version_id=version.id,
        body_id=body.id,
        replies=replies,
        status=ROUND_LIFECYCLE.initial,
        called_by_id=actor.delegate_id,
        called_at=now,
        code=code or await life.make_code(session),
        **terms.columns_of(final),
    )
    session.add(round_)
    details = _details_of(round_, final) | {"code": round_.code, "replies": round_.replies}
    await record(session, actor, policy.open_round, round_.id, now, **details)
    return round_.id


async def revise_round(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    title: str,
    opens_at: datetime | None,
    closes_at: datetime,
    zone: str,
    visibility: RoundVisibility,
    audience: frozenset[Capacity],
    settings: RoundSettings = NO_SETTINGS,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the terms of a round, with a reason, and return its id. `opens_at` of None leaves the opening instant.

    Before it opens everything can be corrected, afterwards what takes nothing away.
    """
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    facts = facts_of(RoundFacts, round_)
    policy.revise_round.ensure(actor, facts, now)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    version = await texts.get_version(session, actor, now, round_.text_version_id)
    before = terms.terms_of(round_)
    wanted = Terms(title, opens_at or round_.opens_at, closes_at, zone, visibility, audience, settings)
    final = await _check(session, actor, now, version, wanted, round_=round_)
    issues = terms.check_correction(before, final, has_opened=phase_of(facts, now) != RoundPhase.PLANNED)
    ensure_well_formed(issues + check_reason(reason))
    changed = [terms.FIELDS[name] for name in terms.changes_between(before, final)]
    await take_step(session, actor, now, round_, RoundStepKind.REVISED, reason, after=final.closes_at, changed=changed)
    for name, value in terms.columns_of(final).items():
        setattr(round_, name, value)
    details = _details_of(round_, final) | {"changed": changed, "reason": reason.strip()}
    await record(session, actor, policy.revise_round, round_.id, now, **details)
    return round_.id


async def _check(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    version: TextVersion,
    wanted: Terms,
    *,
    code: str | None = None,
    round_: Round | None = None,
) -> Terms:
    """Return the terms as they are kept, with the provisions in their scope. Refuse every fault of them.

    `round_` is the round that is corrected; a closing instant that stays may have been announced before.
    """
    issues = terms.check_terms(wanted, now) + (terms.check_code(code) if code is not None else [])
    if wanted.settings.group_id:
        await bodies.get_body(session, actor, now, wanted.settings.group_id)
    # From here to the commit nobody else calls a round: a code is given once, and a title once on a version.
    await hold_journal(session)
    if code and await life.is_code_taken(session, code):
        issues.append(Issue("code", IssueCode.CODE_TAKEN, taken=code))
    for other in await life.find_titles(session, version.id, but=round_.id if round_ else ""):
        if terms.is_same_title(other.title, wanted.title):
            issues.append(Issue("title", IssueCode.TITLE_TAKEN, reference=other.code or other.title))
            break
    ensure_well_formed(issues)
    final = terms.arrange(wanted)
    keys = await _find_scope(session, actor, now, version, final.settings)
    return final._replace(settings=final.settings._replace(provision_keys=keys))


async def _find_scope(
    session: AsyncSession, actor: Actor, now: datetime, version: TextVersion, settings: RoundSettings
) -> tuple[str, ...]:
    """Return the permanent keys of the provisions in a scope, none for the whole text. Refuse what does not exist."""
    if settings.scope == RoundScope.WHOLE:
        return ()
    here = await life.texts_by_key(session, version.id)
    if settings.scope == RoundScope.NAMED:
        unknown = [number for number, key in enumerate(settings.provision_keys) if key not in here]
        ensure_well_formed([Issue(f"settings.provisionKeys.{number}", IssueCode.KEY_UNKNOWN) for number in unknown])
        return terms.keys_within(settings.provision_keys, {key: parent for key, (_, parent) in here.items()})
    since = settings.since_version_id or ""
    if since != version.id and not await texts.are_comparable(session, actor, now, since, version.id):
        raise invalid(Issue("settings.sinceVersionId", IssueCode.ANOTHER_INSTRUMENT))
    there = await life.texts_by_key(session, since)
    words = ({key: text for key, (text, _) in each.items()} for each in (there, here))
    keys = terms.keys_changed(*words)
    ensure_well_formed([] if keys else [Issue("settings.sinceVersionId", IssueCode.NOTHING_CHANGES)])
    return keys


def _details_of(round_: Round, final: Terms) -> dict[str, Any]:
    """Return what the journal keeps of the terms of a round."""
    names = ("title", "zone", "visibility", "opens_at", "closes_at")
    settings = final.settings
    further = {
        "group": settings.group_id,
        "scope": None if settings.scope == RoundScope.WHOLE else settings.scope,
        "compared_with": settings.since_version_id,
        "types": list(settings.types) or None,
    }
    return {
        "version": round_.text_version_id,
        "body": round_.body_id,
        "audience": sorted(final.audience),
        **{name: getattr(final, name) for name in names},
        **{name: value for name, value in further.items() if value is not None},
    }


async def extend_round(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    closes_at: datetime,
    reason: str,
    expected_revision: int,
) -> str:
    """Move the closing instant later, for everyone, with a reason, and return the round's id.

    The instant before stays in the history. A round that was closed early is announced anew by it.
    """
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.extend_round.ensure(actor, facts_of(RoundFacts, round_), now)
    await texts.ensure_latest(session, round_.text_version_id)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    issues = checks.check_window(round_.opens_at, closes_at, now)
    issues += terms.check_offset("closesAt", closes_at, round_.zone)
    if closes_at <= round_.closes_at:
        issues.append(Issue("closesAt", IssueCode.WINDOW_SHORTER))
    ensure_well_formed(issues + check_reason(reason))
    before, closes_at = round_.closes_at, closes_at.astimezone(UTC)
    session.add(
        RoundExtension(
            round_id=round_.id,
            closed_at_before=before,
            closes_at_after=closes_at,
            reason=reason.strip(),
            extended_by_id=actor.delegate_id,
            extended_at=now,
        )
    )
    await session.flush()  # the database takes another closing instant only with an extension that says so
    round_.closes_at, round_.announced_closes_at = closes_at, None
    round_.revision += 1
    await record(session, actor, policy.extend_round, round_.id, now, before=before, after=closes_at, reason=reason)
    return round_.id


async def complete_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, expected_revision: int
) -> str:
    """Declare a closed round complete, and return its id.

    Refuses while a comment has no recorded disposition, and while a party may still file late.
    """
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.complete_round.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    for party, until in await life.find_running(session, round_.id, now):
        message = (
            f"{party} was admitted to file late until {say_instant(until, round_.zone)}, and has neither filed nor "
            "declared that it has no comment."
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ROUND_NOT_OPEN, message, rule=LATE_RULE, unlocks_at=until)
    if waiting := await life.find_waiting(session, round_.id):
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.DISPOSITIONS_OPEN, _describe_waiting(waiting))
    round_.status = ROUND_LIFECYCLE.target("complete_round", round_.status)
    round_.revision += 1
    await record(session, actor, policy.complete_round, round_.id, now)
    return round_.id


def _describe_waiting(waiting: list[Comment]) -> str:
    """Return which comments wait for their recorded disposition, the first of them by name."""
    names = [cite(facts_of(CitedFacts, comment)) or "" for comment in waiting]
    named, more = ", ".join(names[: life.NAMED_AT_MOST]), len(names) - life.NAMED_AT_MOST
    if len(names) == 1:
        return f"One comment of this round has no recorded disposition yet: {named}."
    rest = f" and {more} more" if more > 0 else ""
    return f"{len(names)} comments of this round have no recorded disposition yet: {named}{rest}."


async def cancel_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, reason: str, expected_revision: int
) -> str:
    """Call a round off, with a reason, and return its id. Its comments and drafts are closed with it.

    What was filed stays on record, and each party is told in the journal of its own comments.
    """
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.cancel_round.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    ensure_well_formed(check_reason(reason))
    await take_step(session, actor, now, round_, RoundStepKind.CANCELLED, reason)
    round_.status = ROUND_LIFECYCLE.target("cancel_round", round_.status)
    for work in await life.find_unanswered(session, round_.id):
        act = policy.close_draft if work.status == CommentStatus.DRAFT else policy.close_comment
        work.status = COMMENT_LIFECYCLE.target("cancel_round", work.status)
        work.revision += 1
        await record_part(session, actor, act, work.comment_id, now, round=round_.id, reason=reason.strip())
    await record(session, actor, policy.cancel_round, round_.id, now, reason=reason)
    return round_.id
