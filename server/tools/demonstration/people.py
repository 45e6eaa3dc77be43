"""The first data of the demonstration: parties of the table, delegates, bodies, past sittings, mechanisms.

Names, numbers and dates are those of the papers; where a paper gives only a month, the financial year (July to June)
bounds a mandate. Everything after this is done by acts, as people would do it.
"""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.models.bodies import Body, Mandate, Sitting
from server.models.parties import Delegate, Party, PartyName, Person
from server.models.proposals import Mechanism
from server.vocabulary.bodies import BodyKind
from server.vocabulary.known_parties import known_parties
from server.vocabulary.proposals import CycleKind
from server.wording.folding import fold_name

OFFICER, CANADA, CHINA, JAPAN, EXPERT = (
    "officer@wco.example",
    "canada@wco.example",
    "china@wco.example",
    "japan@wco.example",
    "japan.expert@wco.example",
)
EU, AUSTRALIA, UPU, GEA, AMAZON = (
    "eu@wco.example",
    "australia@wco.example",
    "upu@wco.example",
    "gea@wco.example",
    "amazon@wco.example",
)
PEOPLE = (
    (OFFICER, "Secretariat officer: registers, records, consolidates, issues", "Secretariat", True),
    (CANADA, "Canada, focal point; coordinator of the groups on flow charts and on reporting", "Canada", True),
    (CHINA, "China, focal point; coordinator of the groups on flow charts and on roles", "China", True),
    (JAPAN, "Japan, focal point", "Japan", True),
    (EXPERT, "Japan, expert who drafts and cannot submit", "Japan", False),
    (EU, "European Union, focal point; coordinator of the group on measures and of two others", "EU", True),
    (AUSTRALIA, "Australia, focal point; chair of the working group on data quality", "Australia", True),
    (UPU, "Universal Postal Union, focal point of an observer; coordinator of the group on training", "UPU", True),
    (GEA, "Global Express Association, focal point of a private-sector body", "GEA", True),
    (AMAZON, "Amazon, focal point; coordinator of the groups on roles and on reporting, a company", "Amazon", True),
)
"""(e-mail, who they are, short name of the party, focal point)."""

BODIES = (
    ("Council", "WCO Council", BodyKind.COUNCIL, None),
    ("PC", "Policy Commission", BodyKind.POLICY_COMMISSION, "Council"),
    ("PTC", "Permanent Technical Committee", BodyKind.TECHNICAL_COMMITTEE, "Council"),
    ("EC", "Enforcement Committee", BodyKind.TECHNICAL_COMMITTEE, "Council"),
    ("WGEC", "Working Group on E-Commerce", BodyKind.WORKING_GROUP, "PTC"),
)
"""(short name, name, kind, parent)."""

SITTINGS = (
    ("WGEC", 4, None, date(2018, 10, 8), date(2018, 10, 12)),
    ("PTC", 225, 226, date(2019, 10, 28), date(2019, 10, 31)),
    ("WGEC", 6, None, date(2020, 2, 12), date(2020, 2, 14)),
    ("PTC", 235, 236, date(2022, 4, 25), date(2022, 4, 29)),
    ("PTC", 237, 238, date(2022, 10, 25), date(2022, 10, 27)),
    ("PTC", 239, 240, date(2023, 4, 25), date(2023, 4, 27)),
    ("Council", 143, 144, date(2024, 6, 27), date(2024, 6, 29)),
)
"""(body, session number, second session number, first day, last day)."""

MANDATES = (
    ("Term extended by the Policy Commission and the Council of June 2018", date(2018, 7, 1), date(2019, 6, 30)),
    ("Second extension by a year, to work virtually; PTC and EC carry on", date(2019, 7, 1), date(2020, 6, 30)),
)

PATH = [BodyKind.TECHNICAL_COMMITTEE.value, BodyKind.POLICY_COMMISSION.value, BodyKind.COUNCIL.value]
MECHANISMS = (
    ("First mechanism: yearly reviews of parts and a review of everything every four years", date(2020, 12, 1),
     date(2023, 6, 22), [CycleKind.ANNUAL.value, CycleKind.PERIODIC.value]),
    ("Revised mechanism: one review of the whole package every four years", date(2023, 6, 23), None,
     [CycleKind.PERIODIC.value, CycleKind.AD_HOC.value]),
)  # fmt: skip
"""(title, valid from, valid until, kinds of cycles): PTC 237/238 amended the mechanism, the Council confirmed it."""


async def add_people(session: AsyncSession) -> dict[str, str]:
    """Add the parties and the delegates, and return the persons' ids by e-mail."""
    parties: dict[str, str] = {}
    for entry in known_parties():
        columns = ("name", "short_name", "kind", "capacity", "region", "language")
        party = Party(**{name: getattr(entry, name) for name in columns})
        session.add(party)
        await session.flush()
        parties[entry.short_name] = party.id
        session.add_all(PartyName(name=name, party_id=party.id) for name in {fold_name(name) for name in entry.names})
    persons: dict[str, str] = {}
    for email, who, short_name, is_focal_point in PEOPLE:
        person = Person(name=_name_of(email, who), email=email)
        session.add(person)
        await session.flush()
        persons[email] = person.id
        session.add(
            Delegate(
                person_id=person.id,
                party_id=parties[short_name],
                focal_point_from=date(2018, 1, 1) if is_focal_point else None,
                starts_on=date(2018, 1, 1),
            )
        )
    return persons


def _name_of(email: str, who: str) -> str:
    role = "officer" if email.startswith("officer") else "expert" if "expert" in email else "delegate"
    return f"{who.split(',')[0].split(':')[0].replace(' officer', '')} {role}"


async def add_bodies(session: AsyncSession) -> dict[str, str]:
    """Add the bodies, the mandates of the working group, past sittings and the mechanisms.

    Return the bodies' ids by short name.
    """
    bodies: dict[str, Body] = {}
    for short_name, name, kind, parent in BODIES:
        above = bodies[parent].id if parent else None
        bodies[short_name] = Body(kind=kind, name=name, short_name=short_name, parent_id=above)
        session.add(bodies[short_name])
        await session.flush()
    bodies["WGEC"].successor_id = bodies["PTC"].id
    rows: list[Any] = [
        Mandate(body_id=bodies["WGEC"].id, terms=terms, starts_on=starts_on, ends_on=ends_on)
        for terms, starts_on, ends_on in MANDATES
    ]
    rows += [
        Sitting(body_id=bodies[body].id, first_number=first, second_number=second, starts_on=starts_on, ends_on=ends_on)
        for body, first, second, starts_on, ends_on in SITTINGS
    ]
    rows += [
        Mechanism(title=title, valid_from=start, valid_until=end, approval_path=PATH, cycle_kinds=kinds)
        for title, start, end, kinds in MECHANISMS
    ]
    session.add_all(rows)
    return {short_name: body.id for short_name, body in bodies.items()}
