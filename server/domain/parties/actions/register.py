"""Admitting parties and correcting what is known of them. The Secretariat records capacities; none is ever guessed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy, queries
from server.domain.parties.rules import register
from server.domain.parties.rules.facts import PartyFacts
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, ensure_current, ensure_well_formed, invalid
from server.models.parties import Party, PartyName
from server.vocabulary.known_parties import KnownParty, known_parties
from server.vocabulary.parties import PartyKind, Region
from server.wording.folding import fold_name, looks_of, plain_name


class PartyCorrection(NamedTuple):
    """The corrections of a party; None leaves a field as it is.

    `further_names` is the whole list of names beside the full and the short name.
    """

    name: str | None = None
    short_name: str | None = None
    kind: PartyKind | None = None
    capacity: Capacity | None = None
    further_names: tuple[str, ...] | None = None
    region: Region | None = None
    language: str | None = None


async def admit_party(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    name: str,
    short_name: str,
    kind: PartyKind,
    capacity: Capacity,
    further_names: tuple[str, ...] = (),
    region: Region | None = None,
    language: str | None = None,
) -> str:
    """Enter a party under its full name, its short name and further names, and return its id.

    The further names are others that papers print. Refuses a name that belongs to another party, and a capacity that
    the kind cannot have.
    """
    policy.admit_party.ensure(actor, None, now)
    issues = register.check_names(name, short_name, further_names) + register.check_capacity(kind, capacity)
    issues += register.check_single_secretariat(None, capacity)
    printed = _fold_names(name, short_name, further_names)
    issues += await _check_names_of_others(session, printed, party_id=None)
    ensure_well_formed(issues)
    names = {"name": plain_name(name), "short_name": plain_name(short_name)}
    party = Party(**names, kind=kind, capacity=capacity, region=region, language=language)
    session.add(party)
    await session.flush()
    await add_names(session, party.id, printed)
    await record(session, actor, policy.admit_party, party.id, now, name=party.name, kind=kind, capacity=capacity)
    return party.id


async def correct_party(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    party_id: str,
    correction: PartyCorrection,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct a party's names, kind, capacity, region or language, with a reason, and return its id.

    An old full or short name stays a name of the party unless the further names are given anew, so that earlier papers
    are still understood. Refuses a correction that changes nothing.
    """
    party = await queries.get_party(session, actor, now, party_id)
    facts = facts_of(PartyFacts, party)
    policy.correct_party.ensure(actor, facts, now)
    ensure_current("party", party.id, expected=expected_revision, current=party.revision)
    if not reason.strip():
        raise invalid(Issue("reason", IssueCode.REASON_MISSING), code=RefusalCode.REASON_REQUIRED)
    before = _read_state(party, await queries.names_of(session, party.id))
    after = _apply_correction(before, correction)
    further = correction.further_names or ()
    issues = register.check_names(after.name, after.short_name, further) + register.check_capacity(
        after.kind, after.capacity
    )
    issues += register.check_single_secretariat(facts, after.capacity)
    issues += await _check_names_of_others(session, after.printed, party_id=party.id)
    if after.details() == before.details():
        issues.append(Issue("partyId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    party.name, party.short_name, party.kind, party.capacity = after[:4]
    party.region, party.language = after.region, after.language
    party.revision += 1
    await session.execute(delete(PartyName).where(PartyName.party_id == party.id))
    await add_names(session, party.id, after.printed)
    details = {"reason": reason.strip(), "before": before.details(), "after": after.details()}
    await record(session, actor, policy.correct_party, party.id, now, **details)
    return party.id


class _State(NamedTuple):
    """The fields of a party that can be corrected; `printed` maps each folded name to the field it was sent in."""

    name: str
    short_name: str
    kind: PartyKind
    capacity: Capacity
    printed: dict[str, str]
    region: Region | None
    language: str | None

    def details(self) -> dict[str, object]:
        """Return the fields as the journal keeps them."""
        return self._asdict() | {"printed": sorted(self.printed)}


def _read_state(party: Party, names: Iterable[str]) -> _State:
    """Return the fields of a party as they are on record."""
    printed = _fold_names(party.name, party.short_name, ()) | dict.fromkeys(names, "furtherNames")
    return _State(party.name, party.short_name, party.kind, party.capacity, printed, party.region, party.language)


def _apply_correction(before: _State, correction: PartyCorrection) -> _State:
    """Return the fields of a party after a correction."""
    name = before.name if correction.name is None else plain_name(correction.name)
    short_name = before.short_name if correction.short_name is None else plain_name(correction.short_name)
    further_names = before.printed if correction.further_names is None else correction.further_names
    printed = _fold_names(name, short_name, further_names)
    return _State(
        name,
        short_name,
        correction.kind or before.kind,
        correction.capacity or before.capacity,
        printed,
        correction.region or before.region,
        correction.language or before.language,
    )


def _fold_names(name: str, short_name: str, further: Iterable[str]) -> dict[str, str]:
    """Return the folded names with the field each was sent in."""
    fields = [(other, "furtherNames") for other in further] + [(short_name, "shortName"), (name, "name")]
    return {fold_name(printed): field for printed, field in fields if printed.strip()}


async def _check_names_of_others(
    session: AsyncSession, printed: dict[str, str], *, party_id: str | None
) -> list[Issue]:
    """Return every fault of names that belong to another party."""
    others = {name: holder for name, holder in (await queries.ids_by_name(session)).items() if holder != party_id}
    by_looks = {looks_of(name): name for name in others}
    issues = []
    for name, field in printed.items():
        if name in others:
            issues.append(Issue(field, IssueCode.NAME_TAKEN, name=name))
        elif (other := by_looks.get(looks_of(name))) is not None:
            issues.append(Issue(field, IssueCode.NAME_LOOKS_TAKEN, name=other))
    return issues


async def add_names(session: AsyncSession, party_id: str, printed: Iterable[str]) -> None:
    """Add folded names of a party."""
    await session.execute(insert(PartyName), [{"name": name, "party_id": party_id} for name in printed])


async def admit_known_parties(
    session: AsyncSession, actor: Actor, now: datetime, *, short_names: tuple[str, ...]
) -> str:
    """Enter parties of the packaged table with all their names, and return the id of the first one.

    Refuses a name that is not in the table, and a party that is on record under any of its names.
    """
    policy.admit_known_parties.ensure(actor, None, now)
    on_record = await queries.ids_by_name(session)
    table = {fold_name(party.short_name): party for party in known_parties()}
    issues = [] if 1 <= len(short_names) <= len(table) else [Issue("shortNames", IssueCode.COUNT, limit=len(table))]
    wanted = dict.fromkeys(fold_name(name) for name in short_names)
    for index, short_name in enumerate(short_names):
        known = table.get(fold_name(short_name))
        if known is None:
            issues.append(Issue(f"shortNames.{index}", IssueCode.PARTY_UNKNOWN, name=short_name))
        elif known.capacity == Capacity.SECRETARIAT:
            issues.append(Issue(f"shortNames.{index}", IssueCode.SECRETARIAT_STAYS))
        elif printed := next((name for name in known.names if fold_name(name) in on_record), None):
            issues.append(Issue(f"shortNames.{index}", IssueCode.NAME_TAKEN, name=printed))
    ensure_well_formed(issues)
    parties = [await enter_known(session, table[name]) for name in wanted]
    names = [party.short_name for party in parties]
    await record(session, actor, policy.admit_known_parties, parties[0].id, now, names=names)
    return parties[0].id


async def enter_known(session: AsyncSession, known: KnownParty) -> Party:
    """Enter a party of the packaged table with all its names, and return it."""
    named = {"name": known.name, "short_name": known.short_name}
    works = {"region": known.region, "language": known.language}
    party = Party(**named, kind=known.kind, capacity=known.capacity, **works)
    session.add(party)
    await session.flush()
    await add_names(session, party.id, dict.fromkeys(map(fold_name, known.names)))
    return party
