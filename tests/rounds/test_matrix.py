"""Who sees what of a round: role x phase x visibility, from a table written by hand and not from the code.

The table says who sees a filed comment of Japan. A draft is seen by the delegates of Japan alone, always; the round by
everybody but those whom it does not concern. Every cell is asked by id, by node, by list and by count.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.rounds.actions import answering, calling
from server.kernel.actor import Capacity
from server.kernel.scopes import EVERY_SCOPE
from server.models.parties import Delegate, Person
from server.vocabulary.rounds import DispositionVerdict, RoundVisibility
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, draft, open_round, submit
from tests.factories.world import START, World

ASKED = frozenset({Capacity.MEMBER, Capacity.OBSERVER})
CALLERS: dict[str, tuple[str | None, Any]] = {
    "author": ("japan-assistant", EVERY_SCOPE),
    "focal point": ("japan", EVERY_SCOPE),
    "program of the party": ("japan", ["comment"]),
    "other Member": ("china", EVERY_SCOPE),
    "program of another": ("china", ["read"]),
    "observer": ("upu", EVERY_SCOPE),
    "not asked": ("gea", EVERY_SCOPE),
    "coordinator": ("canada", EVERY_SCOPE),
    "program of the coordinator": ("canada", ["read"]),
    "Secretariat": ("secretariat", EVERY_SCOPE),
    "program without content": ("secretariat", ["administer"]),
    "former delegate": ("formerly-japan", EVERY_SCOPE),
    "nobody": (None, ()),
}
"""The person, and the scopes of the program that asks in their name."""
OWN = {"author", "focal point", "program of the party"}
PEERS = {"other Member", "program of another", "observer"}
LEADERS = {"coordinator", "program of the coordinator"}
OFFICERS = {"Secretariat"}
NEVER = {"not asked", "program without content", "former delegate", "nobody"}
EVERYBODY = OWN | PEERS | LEADERS | OFFICERS
PHASES = ("open", "closed", "completed", "cancelled", "cancelled, after its close")
SEE_FILED: dict[tuple[str, str], set[str]] = {
    ("IMMEDIATE", "open"): EVERYBODY,
    ("IMMEDIATE", "closed"): EVERYBODY,
    ("IMMEDIATE", "completed"): EVERYBODY,
    ("IMMEDIATE", "cancelled"): EVERYBODY,
    ("IMMEDIATE", "cancelled, after its close"): EVERYBODY,
    ("AFTER_CLOSE", "open"): OWN | OFFICERS,
    ("AFTER_CLOSE", "closed"): EVERYBODY,
    ("AFTER_CLOSE", "completed"): EVERYBODY,
    ("AFTER_CLOSE", "cancelled"): OWN | OFFICERS,
    ("AFTER_CLOSE", "cancelled, after its close"): OWN | OFFICERS,
    ("SECRETARIAT_AND_COORDINATORS", "open"): OWN | OFFICERS | LEADERS,
    ("SECRETARIAT_AND_COORDINATORS", "closed"): OWN | OFFICERS | LEADERS,
    ("SECRETARIAT_AND_COORDINATORS", "completed"): OWN | OFFICERS | LEADERS,
    ("SECRETARIAT_AND_COORDINATORS", "cancelled"): OWN | OFFICERS | LEADERS,
    ("SECRETARIAT_AND_COORDINATORS", "cancelled, after its close"): OWN | OFFICERS | LEADERS,
}
"""Who sees a filed comment of Japan, by visibility and phase."""
QUESTION = """
query($round: ID!, $filed: ID!, $draft: ID!) {
  round(id: $round) { id commentCount comments { nodes { id } } }
  filed: comment(id: $filed) { id }
  draft: comment(id: $draft) { id }
  nodes(ids: [$filed, $draft]) { id }
  comments(filter: {roundId: [$round]}) { totalCount nodes { id } }
}
"""


async def add_former_delegate(world: World) -> None:
    """Accredit a person for Japan until the day before the world begins."""
    person = Person(name="Formerly of Japan", email="formerly@example.org")
    await world.add(person)
    await world.add(
        Delegate(
            person_id=person.id,
            party_id=world.parties["japan"],
            focal_point_from=START,
            starts_on=START,
            ends_on=date(2018, 9, 1),
        )
    )
    world.persons["formerly-japan"] = person.id


async def bring_to(world: World, round_id: str, comment_id: str, phase: str) -> None:
    """Bring a round that is open to a phase."""
    if phase.startswith("cancelled"):
        calling_off = {"round_id": round_id, "reason": "Called by mistake.", "expected_revision": 1}
        await world.do("secretariat", calling.cancel_round, **calling_off)
    if phase in ("closed", "completed", "cancelled, after its close"):
        world.clock.now = CLOSES
    if phase == "completed":
        noted = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None, "expected_revision": 1}
        await world.do("secretariat", answering.record_disposition, comment_id=comment_id, **noted)
        await world.do("secretariat", calling.complete_round, round_id=round_id, expected_revision=1)


async def sight_of(api: Api, caller: str, variables: dict[str, str]) -> tuple[bool, set[str]]:
    """Return whether a caller sees the round, and which comments, having seen that every path says the same."""
    person, scopes = CALLERS[caller]
    headers = {"authorization": f"Bearer {await api.token(person, scopes)}"} if person else {}
    response = await api._client.post("/graphql", json={"query": QUESTION, "variables": variables}, headers=headers)
    data = response.json().get("data")
    if not data:  # a person without a standing is told so and nothing else
        return False, set()
    round_ = data["round"]
    listed = {each["id"] for each in data["comments"]["nodes"]}
    by_id = {data[name]["id"] for name in ("filed", "draft") if data[name]}
    by_node = {each["id"] for each in data["nodes"] if each}
    of_round = {each["id"] for each in round_["comments"]["nodes"]} if round_ else set()
    assert listed == by_id == by_node == of_round
    assert data["comments"]["totalCount"] == len(listed)
    if round_:
        assert round_["commentCount"] == len(listed - {variables["draft"]})
    return round_ is not None, listed


def test_table_has_every_cell_and_every_caller() -> None:
    cells = {(visibility.value, phase) for visibility in RoundVisibility for phase in PHASES}

    assert SEE_FILED.keys() == cells
    assert CALLERS.keys() == EVERYBODY | NEVER
    assert set() == EVERYBODY & NEVER


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("visibility", RoundVisibility)
async def test_every_caller_sees_what_the_table_says(world: World, visibility: RoundVisibility, phase: str) -> None:
    await add_former_delegate(world)
    round_id = await open_round(world, visibility=visibility, audience=ASKED)
    variables = {
        "round": round_id,
        "filed": await submit(world, "japan", round_id),
        "draft": await draft(world, "japan-assistant", round_id),
    }
    await bring_to(world, round_id, variables["filed"], phase)

    async with Api(world) as api:
        seen = {caller: await sight_of(api, caller, variables) for caller in CALLERS}

    filed, drafted = variables["filed"], variables["draft"]
    assert {caller for caller, (sees_round, _) in seen.items() if sees_round} == EVERYBODY
    assert {caller for caller, (_, ids) in seen.items() if filed in ids} == SEE_FILED[visibility.value, phase]
    assert {caller for caller, (_, ids) in seen.items() if drafted in ids} == OWN


async def test_round_that_is_planned_is_seen_by_those_whom_it_concerns(world: World) -> None:
    await add_former_delegate(world)
    opens = {"opens_at": world.clock.now + timedelta(days=1)}
    round_id = await open_round(world, audience=ASKED, **opens)

    async with Api(world) as api:
        nothing = {"round": round_id, "filed": "CMT_" + "z" * 26, "draft": "CMT_" + "z" * 26}
        seen = {caller: await sight_of(api, caller, nothing) for caller in CALLERS}

    assert {caller for caller, (sees_round, _) in seen.items() if sees_round} == EVERYBODY
    assert all(ids == set() for _, ids in seen.values())
