"""Define the tables of parties, the names they are printed under, persons, delegates, invitations, representations."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.kernel.actor import Capacity
from server.models.base import (
    OPTIONAL,
    Base,
    Identified,
    Named,
    choice,
    lock,
    order_key,
    reference,
    to,
    unique_while_open,
)
from server.models.outbox import Letter
from server.vocabulary.notices import MORNING
from server.vocabulary.parties import Enrolment, Language, Notices, PartyKind, Region

if TYPE_CHECKING:
    from server.models.delegations import ClearancePractice


class Party(Named, Identified, Base):
    """A Member administration, a union, an international organization, a private-sector body or the Secretariat.

    `region` and `language`, the tag of the language in which it works (BCP 47), are null where nobody said them.
    """

    __tablename__ = "parties"
    prefix = "PTY"
    name: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[str] = order_key("name")
    short_name: Mapped[str] = mapped_column(String(40), unique=True)
    short_name_key: Mapped[str] = order_key("short_name")
    kind: Mapped[PartyKind] = choice(PartyKind)
    capacity: Mapped[Capacity] = choice(Capacity)
    region: Mapped[Region | None] = choice(Region)
    language: Mapped[str | None] = mapped_column(String(35))
    revision: Mapped[int] = lock()
    practice: Mapped["ClearancePractice | None"] = relationship(
        foreign_keys="[ClearancePractice.party_id]", lazy="raise", viewonly=True, uselist=False, info={OPTIONAL: True}
    )


class PartyName(Base):
    """A name under which a party is printed in papers. `name` is folded: lower case, single spaces."""

    __tablename__ = "party_names"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    party_id: Mapped[str] = reference("parties")


class Person(Named, Identified, Base):
    """A person who can sign in, or a service account.

    There is no capacity or party here, because a person speaks only as a delegate. A person is identified by (issuer,
    subject), never by the e-mail address, to which letters are sent; a service account has none. While `suspended_at`
    is set they can do nothing at all, even with valid tokens and sessions. `former_names` are the names before
    corrections, each under the instant until which it was theirs. `digest_hour` is the hour in `zone` at which the
    letter with the notices of a day goes out.
    """

    __tablename__ = "persons"
    prefix = "PER"
    name: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[str] = order_key("name")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    zone: Mapped[str] = mapped_column(String(64), default="Europe/Brussels")
    language: Mapped[Language] = choice(Language, default=Language.ENGLISH)
    notices: Mapped[Notices] = choice(Notices, default=Notices.DAILY)
    digest_hour: Mapped[int] = mapped_column(default=MORNING, server_default=str(MORNING))
    suspended_at: Mapped[datetime | None]
    former_names: Mapped[dict[str, Any] | None]
    email_corrected_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()


class Delegate(Identified, Base):
    """A person accredited for a party, from `starts_on` until and including `ends_on`.

    It ends at `ended_at` if it was ended early. The function of focal point has dates of its own within these.
    `is_administrator` makes it the accreditation of a technical administrator, who keeps the server running and sees no
    content; `is_service` that of a service account. `predecessor` is the delegate who handed the seat over.
    """

    __tablename__ = "delegates"
    __table_args__ = (unique_while_open("uq_open_delegates", "person_id", "party_id", "starts_on"),)
    prefix = "DEL"
    person_id: Mapped[str] = reference("persons")
    party_id: Mapped[str] = reference("parties")
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    focal_point_from: Mapped[date | None]
    focal_point_until: Mapped[date | None]
    is_administrator: Mapped[bool] = mapped_column(Boolean, default=False)
    is_service: Mapped[bool] = mapped_column(Boolean, default=False)
    predecessor_id: Mapped[str | None] = reference("delegates")
    revision: Mapped[int] = lock()
    person: Mapped[Person] = to("Delegate.person_id")
    party: Mapped[Party] = to("Delegate.party_id")
    predecessor: Mapped["Delegate | None"] = to("Delegate.predecessor_id", remote="Delegate.id")


class Invitation(Identified, Base):
    """An offer of an accreditation; any holder of the link can take it up.

    Only the digest of the secret in the link is stored; the link itself goes out in one letter. `predecessor` is the
    delegate who hands the seat over, `delegate` is the accreditation that came of it, `letter` the one with the link.
    """

    __tablename__ = "invitations"
    prefix = "INV"
    party_id: Mapped[str] = reference("parties")
    name: Mapped[str]
    email: Mapped[str] = mapped_column(String(254))
    is_focal_point: Mapped[bool] = mapped_column(Boolean, default=False)
    is_administrator: Mapped[bool] = mapped_column(Boolean, default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    predecessor_id: Mapped[str | None] = reference("delegates")
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime] = mapped_column(index=True)
    invited_by_id: Mapped[str] = reference("delegates")
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    delegate_id: Mapped[str | None] = reference("delegates")
    letter_id: Mapped[str | None] = reference("letters")
    revision: Mapped[int] = lock()
    party: Mapped[Party] = to("Invitation.party_id")
    letter: Mapped[Letter | None] = to("Invitation.letter_id")
    predecessor: Mapped[Delegate | None] = to("Invitation.predecessor_id")
    invited_by: Mapped[Delegate] = to("Invitation.invited_by_id")
    delegate: Mapped[Delegate | None] = to("Invitation.delegate_id")


class Representation(Identified, Base):
    """A mandate of `party` to `by_party` to speak on its behalf, with dates.

    `evidence` names the letter or note in which the party gave it.
    """

    __tablename__ = "representations"
    prefix = "REP"
    party_id: Mapped[str] = reference("parties")
    by_party_id: Mapped[str] = reference("parties")
    evidence: Mapped[str] = mapped_column(String(400))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    granted_by_id: Mapped[str] = reference("delegates")
    revision: Mapped[int] = lock()
    party: Mapped[Party] = to("Representation.party_id")
    by_party: Mapped[Party] = to("Representation.by_party_id")
    granted_by: Mapped[Delegate] = to("Representation.granted_by_id")


class ParticipantList(Identified, Base):
    """A list of participants that was imported from a sheet.

    The digest says which sheet it was; the counts, of how many people it made what: invited, accredited, or known
    already.
    """

    __tablename__ = "participant_lists"
    prefix = "PAL"
    source_name: Mapped[str] = mapped_column(String(200))
    source_digest: Mapped[str] = mapped_column(String(64), index=True)
    enrolment: Mapped[Enrolment] = choice(Enrolment)
    invited_count: Mapped[int]
    accredited_count: Mapped[int]
    known_count: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(index=True)
    imported_by_id: Mapped[str] = reference("delegates")
    imported_by: Mapped[Delegate] = to("ParticipantList.imported_by_id")
