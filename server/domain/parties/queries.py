"""Reading parties, persons, delegates, invitations and representations, each under the visibility of its noun."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import contains_eager

from server.domain.parties.rules.accrediting import invitation_is_open
from server.domain.parties.rules.facts import InvitationFacts
from server.identity.secrets import digest_of
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import (
    EVERY_DELEGATE,
    Within,
    actor_party,
    actor_person,
    is_administrator,
    is_own_focal_point,
    is_secretariat,
    parents,
    sight,
    signed_in,
)
from server.models.parties import Delegate, Invitation, Party, PartyName, Person, Representation
from server.storage.lines import Lines
from server.storage.rows import WANTED, get_row
from server.wording.folding import fold_name

ADMINISTRATORS = "technical administrators"


def visible_parties(party: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a party: every delegate and every technical administrator does."""
    return or_(sight(EVERY_DELEGATE, signed_in), sight(ADMINISTRATORS, is_administrator))


def visible_delegates(delegate: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an accreditation: every delegate and technical administrator does."""
    return or_(sight(EVERY_DELEGATE, signed_in), sight(ADMINISTRATORS, is_administrator))


def visible_persons(person: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a person.

    Everybody who sees delegates sees persons, and all people see themselves, accredited or not. The settings of a
    person are not part of the row that others see.
    """
    themself = sight("the person themself", person.id == actor_person)
    return or_(sight(EVERY_DELEGATE, signed_in), sight(ADMINISTRATORS, is_administrator), themself)


def visible_invitations(invitation: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an invitation.

    The focal points of the inviting party and the Secretariat do. Nobody sees its secret.
    """
    own = and_(is_own_focal_point, invitation.party_id == actor_party)
    return or_(sight("the Secretariat", is_secretariat), sight("the focal points of the party", own))


def visible_participant_lists(participant_list: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a list of participants as it was imported: the Secretariat does."""
    return sight("the Secretariat", is_secretariat)


def visible_representations(representation: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a representation: every delegate does."""
    return signed_in


_PARTY = select(Party).where(Party.id == WANTED, visible_parties(Party))
_PARTY_LOCKED = _PARTY.with_for_update(key_share=True)


async def get_party(session: AsyncSession, actor: Actor, now: datetime, party_id: str, *, lock: bool = True) -> Party:
    """Return the party, or refuse that there is none for this actor. It is locked for change unless `lock` is off."""
    return await get_row(session, actor, now, _PARTY_LOCKED if lock else _PARTY, party_id, "party")


_DELEGATE = (
    select(Delegate)
    .where(Delegate.id == WANTED, visible_delegates(Delegate))
    .join(Delegate.person)
    .join(Delegate.party)
    .options(contains_eager(Delegate.person), contains_eager(Delegate.party))
    # FOR NO KEY UPDATE: comments and other rows that refer to the delegate or the party can still be inserted.
    .with_for_update(key_share=True, of=(Delegate, Party))
)


async def get_delegate(session: AsyncSession, actor: Actor, now: datetime, delegate_id: str) -> Delegate:
    """Return the delegate with person and party, or refuse that there is none for this actor.

    Delegate and party are locked for change: if two focal points release each other at the same moment, one stays.
    """
    return await get_row(session, actor, now, _DELEGATE, delegate_id, "delegate")


_PERSON = select(Person).where(Person.id == WANTED, visible_persons(Person)).with_for_update(key_share=True)


async def get_person(session: AsyncSession, actor: Actor, now: datetime, person_id: str) -> Person:
    """Return the person, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _PERSON, person_id, "person")


_INVITATION = select(Invitation).where(Invitation.id == WANTED, visible_invitations(Invitation)).with_for_update()


async def get_invitation(session: AsyncSession, actor: Actor, now: datetime, invitation_id: str) -> Invitation:
    """Return the invitation, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _INVITATION, invitation_id, "invitation")


_REPRESENTATION = (
    select(Representation).where(Representation.id == WANTED, visible_representations(Representation)).with_for_update()
)


async def get_representation(
    session: AsyncSession, actor: Actor, now: datetime, representation_id: str
) -> Representation:
    """Return the representation, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _REPRESENTATION, representation_id, "representation")


class OpenInvitation(NamedTuple):
    """The part of an invitation that the holder of its link may know: inviter, party, days and what it offers."""

    id: str
    name: str
    email: str
    party: str
    inviter: str
    is_focal_point: bool
    is_administrator: bool
    starts_on: date
    ends_on: date | None
    expires_at: datetime


async def find_invitation(session: AsyncSession | AsyncConnection, secret: str, now: datetime) -> OpenInvitation | None:
    """Return the open invitation behind the secret of a link, None where there is none.

    None alike for a secret that is unknown, expired, withdrawn or taken up. The secret was sent to one person only, so
    no visibility predicate is asked.
    """
    columns = {
        "id": Invitation.id,
        "name": Invitation.name,
        "email": Invitation.email,
        "party": Party.name,
        "inviter": Person.name,
        "is_focal_point": Invitation.is_focal_point,
        "is_administrator": Invitation.is_administrator,
        "starts_on": Invitation.starts_on,
        "ends_on": Invitation.ends_on,
        "expires_at": Invitation.expires_at,
    }
    statement = (
        select(*(column.label(name) for name, column in columns.items()))
        .add_columns(Invitation.party_id, Invitation.accepted_at, Invitation.withdrawn_at)
        .join(Party, Party.id == Invitation.party_id)
        .join(Delegate, Delegate.id == Invitation.invited_by_id)
        .join(Person, Person.id == Delegate.person_id)
        .where(Invitation.secret_digest == digest_of(secret))
    )
    row = (await session.execute(statement)).mappings().first()
    if row is None or invitation_is_open(InvitationFacts(*(row[name] for name in InvitationFacts._fields)), now):
        return None
    return OpenInvitation(**{name: row[name] for name in columns})


async def claim_invitation(session: AsyncSession, secret: str) -> Invitation | None:
    """Return the invitation behind the secret of a link with its party, locked so that it is taken up once."""
    of_secret = select(Invitation).where(Invitation.secret_digest == digest_of(secret))
    with_party = of_secret.join(Invitation.party).options(contains_eager(Invitation.party))
    return await session.scalar(with_party.with_for_update(key_share=True, of=(Invitation, Party)))


async def is_invited(session: AsyncSession, party_id: str, email: str, now: datetime) -> bool:
    """Return whether an invitation for this party to this address is open."""
    own = (Invitation.party_id == party_id, Invitation.email == email)
    return await session.scalar(select(Invitation.id).where(*own, *is_open_at(now)).limit(1)) is not None


def is_open_at(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an invitation is open: `rules.accrediting.invitation_is_open` in SQL."""
    is_waiting = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > now)
    return (*is_waiting, or_(Invitation.ends_on.is_(None), Invitation.ends_on >= now.date()))


async def invited_since(session: AsyncSession, party_id: str, email: str, since: datetime) -> list[datetime]:
    """Return when an address was invited for a party since an instant, oldest first, withdrawn or not."""
    own = (Invitation.party_id == party_id, Invitation.email == email, Invitation.invited_at > since)
    return list(await session.scalars(select(Invitation.invited_at).where(*own).order_by(Invitation.invited_at)))


async def ids_by_name(session: AsyncSession) -> dict[str, str]:
    """Return the id of the party for each folded name: full names, short names and further names."""
    ids: dict[str, str] = {}
    for party_id, name, short_name in (await session.execute(select(Party.id, Party.name, Party.short_name))).all():
        ids[fold_name(name)] = ids[fold_name(short_name)] = party_id
    for name, party_id in (await session.execute(select(PartyName.name, PartyName.party_id))).all():
        ids.setdefault(name, party_id)  # a full or short name wins over a further name of another party
    return ids


async def names_of(session: AsyncSession, party_id: str) -> set[str]:
    """Return the folded names that are on record for a party."""
    return set((await session.scalars(select(PartyName.name).where(PartyName.party_id == party_id))).all())


async def find_person(session: AsyncSession, email: str) -> Person | None:
    """Return the person with this e-mail address in lower case, None where there is none."""
    return await session.scalar(select(Person).where(Person.email == email))


async def is_accredited(session: AsyncSession, person_id: str, party_id: str, today: date) -> bool:
    """Return whether a person is accredited for a party today or from a later day on."""
    of_party = select(Delegate.id).where(Delegate.person_id == person_id, Delegate.party_id == party_id)
    return await session.scalar(of_party.where(lasts(Delegate, today)).limit(1)) is not None


async def is_represented(session: AsyncSession, party_id: str, by_party_id: str, today: date) -> bool:
    """Return whether a party has given another a mandate that lasts today or begins on a later day."""
    between = (Representation.party_id == party_id, Representation.by_party_id == by_party_id)
    statement = select(Representation.id).where(*between, lasts(Representation, today))
    return await session.scalar(statement.limit(1)) is not None


async def is_officer(session: AsyncSession, person_id: str, secretariat: str, today: date) -> bool:
    """Return whether a person is accredited for the Secretariat today, and not as a technical administrator."""
    begun = (Delegate.person_id == person_id, Delegate.party_id == secretariat, Delegate.starts_on <= today)
    statement = select(Delegate.id).where(*begun, lasts(Delegate, today), Delegate.is_administrator.is_(False))
    return await session.scalar(statement.limit(1)) is not None


async def has_other(
    session: AsyncSession, party_id: str, person_id: str, day: date, *, focal_point: bool = False
) -> bool:
    """Return whether a party has on a day another delegate than this person who can sign in.

    Such a delegate has an address, is not suspended and is no technical administrator. With `focal_point`, the delegate
    has to be a focal point on that day.
    """
    others = (
        select(Delegate.id)
        .join(Person, Person.id == Delegate.person_id)
        .where(
            Delegate.party_id == party_id,
            Delegate.person_id != person_id,
            Delegate.starts_on <= day,
            lasts(Delegate, day),
            Delegate.is_administrator.is_(False),
            Person.suspended_at.is_(None),
            Person.email.is_not(None),
        )
    )
    if focal_point:
        until = Delegate.focal_point_until
        others = others.where(Delegate.focal_point_from <= day, or_(until.is_(None), until >= day))
    return await session.scalar(others.limit(1)) is not None


async def find_secretariat(session: AsyncSession, *, lock: bool = True) -> str | None:
    """Return the id of the party that is the Secretariat, None where there is none; with `lock` for change."""
    statement = select(Party.id).where(Party.capacity == Capacity.SECRETARIAT).order_by(Party.id).limit(1)
    return await session.scalar(statement.with_for_update(key_share=True) if lock else statement)


def lasts(row: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that something dated has not ended on a day; it may begin later."""
    return and_(row.ended_at.is_(None), or_(row.ends_on.is_(None), row.ends_on >= day))


def is_printed_as(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for parties with a name on record, a former or a further one too, that matches."""
    named = (PartyName.party_id == column_at("id"), matches(PartyName.name))
    return select(PartyName.name).where(*named).exists()


def names_per_party() -> Any:
    """Return the query for (party, its folded names) of the parties in `parents`."""
    names = type_coerce(func.aggregate_strings(PartyName.name, "\n"), Lines)
    owner = PartyName.party_id
    of_visible = Within("party_id", Party, visible_parties)
    return select(owner, names).where(owner.in_(parents), of_visible(PartyName)).group_by(owner)


def keeps_accounts(_: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the condition of the list of persons: it is for the Secretariat and technical administrators only."""
    return or_(is_secretariat, is_administrator)
