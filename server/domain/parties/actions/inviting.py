"""Inviting delegates.

A person who is invited becomes a delegate by accepting, in `server.domain.bodies.actions`: with a seat that is handed
over go the functions that it held.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager

from server.delivery.outbox.letters import build_letter, write_letter
from server.domain.parties import policy, queries
from server.domain.parties.actions.letters import Offer, invitation_letter, undelivered_letter
from server.domain.parties.rules import accrediting
from server.domain.parties.rules.accrediting import InvitationTerms, Invited
from server.domain.parties.rules.facts import AppointmentFacts, InvitationFacts, PartyFacts
from server.identity.secrets import digest_of, new_secret
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.outbox import Letter
from server.models.parties import Delegate, Invitation, Party, Person
from server.vocabulary.parties import Language
from server.wording.folding import plain_name

INVITATIONS_A_DAY, A_DAY = 5, timedelta(days=1)
"""How many letters with an invitation for one party an address gets within a day, although each was withdrawn."""
LINK = "{issuer}/invitation?secret={secret}"


async def invite_delegate(
    session: AsyncSession, actor: Actor, now: datetime, *, party_id: str, invited: Invited, terms: InvitationTerms
) -> str:
    """Offer somebody an accreditation for a party by a letter with a link, and return the invitation's id.

    A focal point offers it for the own party and not for longer than they are one. The link's secret is in the letter
    only.
    """
    party = await queries.get_party(session, actor, now, party_id)
    policy.invite_delegate.ensure(actor, facts_of(PartyFacts, party), now)
    invited = invited._replace(email=invited.email.strip())
    issues = accrediting.check_invited(invited, now.date()) + accrediting.check_administrator(invited, party.capacity)
    if not actor.is_secretariat:
        issues += accrediting.check_within(invited.ends_on, await find_last_focal_day(session, actor))
    ensure_well_formed(issues)
    invitation = await add_invitation(session, actor, now, party=party, invited=invited, terms=terms)
    await record(session, actor, policy.invite_delegate, invitation.id, now, **details_of(invitation))
    return invitation.id


async def withdraw_invitation(
    session: AsyncSession, actor: Actor, now: datetime, *, invitation_id: str, expected_revision: int
) -> str:
    """Take back an invitation that nobody has accepted, and return its id. Its link no longer works."""
    invitation = await queries.get_invitation(session, actor, now, invitation_id)
    policy.withdraw_invitation.ensure(actor, facts_of(InvitationFacts, invitation), now)
    ensure_current("invitation", invitation.id, expected=expected_revision, current=invitation.revision)
    invitation.withdrawn_at = now
    invitation.revision += 1
    await record(session, actor, policy.withdraw_invitation, invitation.id, now, party=invitation.party_id)
    return invitation.id


async def add_invitation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    party: Party,
    invited: Invited,
    terms: InvitationTerms,
    predecessor: Delegate | None = None,
) -> Invitation:
    """Add an invitation and its letter, and return it, for an act that keeps its own journal entry.

    Refuses somebody who is invited or accredited for the party already. `predecessor` comes with its person.
    """
    email = invited.email.casefold()
    person = await queries.find_person(session, email)
    await _ensure_new(session, now, party, email, person)
    # A person who is not known yet has neither language nor zone: those of the inviter are the better guess.
    reader = person if person is not None else await session.get_one(Person, actor.person_id)
    invitation, letter = build_invitation(
        actor, now, party=party, invited=invited, terms=terms, reader=reader, predecessor=predecessor
    )
    session.add_all([letter, invitation])
    await session.flush()
    return invitation


def build_invitation(
    actor: Actor,
    now: datetime,
    *,
    party: Party,
    invited: Invited,
    terms: InvitationTerms,
    reader: Person,
    language: Language | None = None,
    predecessor: Delegate | None = None,
) -> tuple[Invitation, Letter]:
    """Return an invitation and its letter, which the caller adds. The link's secret is in the letter only.

    `reader` is the person whose zone the letter is in, and whose language unless another `language` is given.
    """
    secret, email = new_secret(), invited.email.casefold()
    invitation = Invitation(
        **invited._asdict() | {"name": plain_name(invited.name), "email": email},
        party_id=party.id,
        predecessor_id=predecessor.id if predecessor else None,
        secret_digest=digest_of(secret),
        invited_at=now,
        invited_by_id=actor.delegate_id,
        expires_at=now + timedelta(days=terms.days),
    )
    link = LINK.format(issuer=terms.issuer, secret=secret)
    words = invitation_letter(
        _build_offer(invitation, actor.name, party.name, link, predecessor), language or reader.language, reader.zone
    )
    letter = build_letter(address=email, subject=words.subject, text=words.text, now=now)
    invitation.letter_id = letter.id
    return invitation, letter


async def tell_inviter(session: AsyncSession, letter_id: str, now: datetime) -> None:
    """Write to the person whose invitation could not be delivered. Do nothing about any other letter."""
    statement = (
        select(Invitation)
        .where(Invitation.letter_id == letter_id, Invitation.withdrawn_at.is_(None), Invitation.accepted_at.is_(None))
        .join(Invitation.invited_by)
        .join(Delegate.person)
        .join(Invitation.party)
        .options(contains_eager(Invitation.invited_by, Delegate.person), contains_eager(Invitation.party))
    )
    invitation = await session.scalar(statement)
    if invitation is None:
        return
    inviter = invitation.invited_by.person
    if inviter.email and inviter.suspended_at is None:
        words = undelivered_letter(invitation.name, invitation.email, invitation.party.name, inviter.language)
        await write_letter(session, address=inviter.email, subject=words.subject, text=words.text, now=now)


def _build_offer(invitation: Invitation, inviter: str, party: str, link: str, predecessor: Delegate | None) -> Offer:
    """Return what the letter of an invitation tells."""
    return Offer(
        name=invitation.name,
        inviter=inviter,
        party=party,
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
        link=link,
        expires_at=invitation.expires_at,
        is_focal_point=invitation.is_focal_point,
        is_administrator=invitation.is_administrator,
        takes_over_from=predecessor.person.name if predecessor else "",
    )


def details_of(invitation: Invitation) -> dict[str, object]:
    """Return what the journal keeps of an invitation: no name and no address, for it keeps them for ever."""
    return {
        "party": invitation.party_id,
        "focal_point": invitation.is_focal_point,
        "administrator": invitation.is_administrator,
        "starts_on": invitation.starts_on.isoformat(),
        "ends_on": invitation.ends_on and invitation.ends_on.isoformat(),
    }


async def _ensure_new(session: AsyncSession, now: datetime, party: Party, email: str, person: Person | None) -> None:
    """Raise a refusal if the person is accredited for the party, or the address is invited or was too often."""
    is_there = person is not None and await queries.is_accredited(session, person.id, party.id, now.date())
    if obstacle := accrediting.not_accredited(AppointmentFacts(party.short_name, is_there), now):
        raise Refusal(RefusalKind.NOT_NOW, obstacle.code, obstacle.message, rule=obstacle.rule, reason=obstacle.reason)
    if await queries.is_invited(session, party.id, email, now):
        message = f"An invitation to this address is open for {party.short_name} already. Withdraw it first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    sent = await queries.invited_since(session, party.id, email, now - A_DAY)
    if len(sent) >= INVITATIONS_A_DAY:
        message = f"This address got {INVITATIONS_A_DAY} invitations for {party.short_name} within a day."
        rule = "A party writes to an address a few times a day at most."
        raise Refusal(
            RefusalKind.NOT_NOW,
            RefusalCode.ALREADY_DONE,
            message,
            rule=rule,
            unlocks_at=sent[-INVITATIONS_A_DAY] + A_DAY,
        )


async def find_last_focal_day(session: AsyncSession, actor: Actor) -> date | None:
    """Return the last day on which the actor is a focal point, None while it is open."""
    delegate = await session.get_one(Delegate, actor.delegate_id)
    return min((day for day in (delegate.ends_on, delegate.focal_point_until) if day), default=None)
