"""Who speaks: parties, the names they are printed under, persons, and delegates."""

from datetime import date

from sqlalchemy import Boolean, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.access.actor import Capacity
from server.models.base import Base, Identified, choice, reference, to
from server.parties.rules import PartyKind


class Party(Identified, Base):
    """A Member administration, a union, an international organization, a private-sector body or the Secretariat."""

    __tablename__ = "parties"
    prefix = "PTY"
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[PartyKind] = choice(PartyKind)
    capacity: Mapped[Capacity] = choice(Capacity)
    version: Mapped[int] = mapped_column(default=1)


class PartyName(Base):
    """A name under which a party is printed in papers. `name` is folded: lower case, single spaces."""

    __tablename__ = "party_names"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    party_id: Mapped[str] = reference("parties")


class Person(Identified, Base):
    """A person who can sign in. Neither capacity nor party is here: a person speaks only as a delegate."""

    __tablename__ = "persons"
    prefix = "PER"
    name: Mapped[str]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    zone: Mapped[str] = mapped_column(String(64), default="Europe/Brussels")


class Delegate(Identified, Base):
    """A person accredited for a party, from `starts_on` until and including `ends_on`."""

    __tablename__ = "delegates"
    __table_args__ = (UniqueConstraint("person_id", "party_id", "starts_on"),)
    prefix = "DEL"
    person_id: Mapped[str] = reference("persons")
    party_id: Mapped[str] = reference("parties")
    is_focal_point: Mapped[bool] = mapped_column(Boolean, default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    person: Mapped[Person] = to("Delegate.person_id")
    party: Mapped[Party] = to("Delegate.party_id")
