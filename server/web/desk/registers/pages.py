"""The registers: where they begin, and the parties and people in them."""

from typing import Any

from starlette.responses import Response

from server.vocabulary.parties import PartyKind, Region
from server.web.desk.filters import chosen, filled, one_of
from server.web.desk.pages import Page
from server.web.desk.places import place_of
from server.web.desk.registers.seats import state_of_invitation, state_of_seat
from server.web.desk.visits import Visit, found

CAPACITIES = ("MEMBER", "OBSERVER", "PRIVATE_SECTOR", "SECRETARIAT")
"""In the order in which they are always named."""
PARTY_ACTS = frozenset(
    {
        "correctParty",
        "inviteDelegate",
        "grantRepresentation",
        "endRepresentation",
        "appointFocalPoint",
        "releaseFocalPoint",
        "handOverSeat",
        "endAccreditation",
        "withdrawInvitation",
        "openServiceAccount",
    }
)
PERSON_ACTS = frozenset({"correctPerson", "suspendPerson", "restorePerson", "signOutPerson"})


async def show_registers(visit: Visit) -> Response:
    """Return the page from which all registers are reached, with what is new in them."""
    return visit.render("registers/registers.html", registers=await visit.read("Registers"), place_of=place_of)


async def show_parties(visit: Visit) -> Response:
    """Return the register of parties, with the form that admits one."""
    filters = chosen(visit, ("q", "capacity", "after"))
    filters["capacity"] = one_of(filters["capacity"], CAPACITIES)
    by_words = any_name(filters["q"])
    listed, begin, known = await visit.read_all(
        (
            "PartyList",
            {"filter": filled({"capacity": filters["capacity"]}) | by_words, "after": filters["after"] or None},
        ),
        ("ActsToBegin", {}),
        ("KnownPartyList", {}),
    )
    return visit.render(
        "registers/parties.html",
        known=await _not_admitted(visit, known["knownParties"]) if visit.is_secretariat else [],
        parties=listed["parties"],
        filters=filters,
        acts=begin["viewer"]["availableActs"],
        capacities=CAPACITIES,
        kinds=[kind.name for kind in PartyKind],
        regions=[region.name for region in Region],
    )


async def _not_admitted(visit: Visit, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the known parties that are not in the register."""
    names = [party["shortName"] for party in known]
    on_record = (await visit.read("PartyList", filter={"shortName": names}, first=100))["parties"]["nodes"]
    admitted = {party["shortName"] for party in on_record}
    return [party for party in known if party["shortName"] not in admitted]


def any_name(words: str) -> dict[str, Any]:
    """Return the filter for parties with words in any of their names, former and further ones included."""
    return {"or": [{name: words} for name in ("text", "shortText", "printedText")]} if words else {}


async def show_party(visit: Visit) -> Response:
    """Return the page of a party: its names, those who speak for it, and what may be done about them."""
    identifier, filters = visit.parameter("id"), chosen(visit, ("after", "seat", "by"))
    by_words = any_name(filters["by"]) or None
    detail, mandates, invitations, names, services = await visit.read_all(
        ("PartyDetail", {"id": identifier, "after": filters["after"] or None}),
        ("RepresentationList", {"filter": {"byPartyId": identifier}}),
        ("InvitationList", {"filter": {"partyId": identifier, "isAccepted": False, "isWithdrawn": False}, "first": 20}),
        ("PartyNames", {"filter": by_words, "first": 100}),
        ("ApplicationList", {"filter": {"partyId": identifier}}),
    )
    party = found(detail["party"])
    return visit.render(
        "registers/party.html",
        party=party,
        mandates=mandates["representations"]["nodes"],
        invitations=invitations["invitations"]["nodes"],
        names=names["parties"],
        services=services["clientApplications"]["nodes"],
        filters=filters,
        seat=next((each for each in party["delegates"]["nodes"] if each["id"] == filters["seat"]), None),
        capacities=CAPACITIES,
        kinds=[kind.name for kind in PartyKind],
        regions=[region.name for region in Region],
        further=further_names(party),
        state_of_seat=state_of_seat,
        state_of_invitation=state_of_invitation,
    )


def further_names(party: dict[str, list[str]]) -> list[str]:
    """Return the names by which papers print a party besides its full and its short one."""
    own = {str(party[name]).casefold().removeprefix("the ") for name in ("name", "shortName")}
    return [name for name in party["printedNames"] if name not in own]


async def show_people(visit: Visit) -> Response:
    """Return the register of people, for those who keep the accounts."""
    filters = chosen(visit, ("q", "view", "after"))
    suspended = {"isSuspended": True} if filters["view"] == "suspended" else {}
    listed = await visit.read(
        "PersonList", filter=filled({"text": filters["q"]}) | suspended, after=filters["after"] or None
    )
    return visit.render("registers/people.html", people=listed["persons"], filters=filters, state_of_seat=state_of_seat)


async def show_person(visit: Visit) -> Response:
    """Return the page of a person: for whom they speak, and what may be done about their account."""
    detail = await visit.read("PersonDetail", id=visit.parameter("id"))
    return visit.render("registers/person.html", person=found(detail["person"]), state_of_seat=state_of_seat)


async def show_invitations(visit: Visit) -> Response:
    """Return the invitations that the visitor sees, with how far each letter got."""
    filters = chosen(visit, ("view", "after"))
    views = {
        "open": {"isAccepted": False, "isWithdrawn": False},
        "accepted": {"isAccepted": True},
        "withdrawn": {"isWithdrawn": True},
    }
    listed = await visit.read("InvitationList", filter=views.get(filters["view"]), after=filters["after"] or None)
    return visit.render(
        "registers/invitations.html",
        invitations=listed["invitations"],
        filters=filters,
        state_of_invitation=state_of_invitation,
    )


def leave_seat(visit: Visit, act: str, fact: dict[str, Any]) -> str:
    """Return the first page to somebody who gave up their own seat: that of the party may be closed to them now."""
    if act == "handOverSeat":
        seat = fact["invitation"]["predecessor"]
    elif act == "endAccreditation":
        seat = fact["delegate"]
    else:
        return ""
    return "/" if visit.speaks and seat["id"] == visit.speaks["id"] else ""


REGISTER_PAGES = (
    Page("/registers", show_registers),
    Page(
        "/parties",
        show_parties,
        acts=frozenset({"admitParty", "admitKnownParties"}),
        onward=lambda _, act, fact: _to_party(fact) if act == "admitParty" else "/parties",
    ),
    Page("/parties/{id}", show_party, acts=PARTY_ACTS, onward=leave_seat, told_once=frozenset({"openServiceAccount"})),
    Page("/people", show_people),
    Page("/people/{id}", show_person, acts=PERSON_ACTS),
    Page("/invitations", show_invitations, acts=frozenset({"withdrawInvitation"})),
)


def _to_party(fact: dict[str, dict[str, str]]) -> str:
    return f"/parties/{fact['party']['id']}"
