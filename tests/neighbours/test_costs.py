"""What comparing amendments costs: never more than a budget, once for an operation, and nothing where places decide."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.outline import TextTree
from server.domain.neighbours.queries.meeting import MOST_SHOWN, Pending, any_meet, meet_all
from server.domain.neighbours.queries.ordering import group_pending, measure_turns
from server.domain.neighbours.rules.budgets import MOST_CHARACTERS, CharacterBudget
from server.domain.neighbours.rules.meeting import MeetingPoint, relate
from server.domain.neighbours.rules.ordering import TakenTurn, count_characters
from server.models.proposals import Amendment, AmendmentProposal
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import hunks_between
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.world import World
from tests.neighbours.test_actions import INVALID, refused
from tests.neighbours.test_api import SOFT, draft, registered, rewording

LONG = "Members shall report. " * 1_000
TEXT = (BaseText("p1", "PARAGRAPH", 0, "", LONG), BaseText("p2", "PARAGRAPH", 0, "", "Parcels."))


def pending(
    source: str, wording: str, key: str = "p1", proposal: str = "", kind: AmendmentKind = AmendmentKind.MODIFY
) -> Pending:
    """Return a pending amendment that rewords a provision, of a proposal of its own unless one is named."""
    proposal_id = proposal or f"proposal {source}"
    amendment = Amendment(id=source, proposal_id=proposal_id, kind=kind, provision_id=key, wording=wording)
    proposer = AmendmentProposal(id=proposal_id, party_id=f"party {source}", is_severable=True)
    return Pending(amendment, amendment, proposer)


def calls_of(function: Callable[..., Any], work: Callable[[], object]) -> int:
    """Return how often `work` calls a function in this thread."""
    count = 0

    def note(frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        count += event == "call" and frame.f_code is function.__code__

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_whether_two_proposals_meet_is_asked_of_their_places() -> None:
    own = pending("own", f"{LONG}So.")
    others = [pending(f"other {number}", f"{LONG}No {number}.") for number in range(5)]

    assert any_meet(TEXT, [own, *others], "proposal own") is True
    assert any_meet(TEXT, [own, pending("other", "Letters.", "p2")], "proposal own") is False
    assert any_meet(TEXT, [own, pending("more", "Words.", proposal="proposal own")], "proposal own") is False
    assert calls_of(relate, lambda: any_meet(TEXT, [own, *others], "proposal own")) == 0


def test_the_words_that_are_compared_have_a_budget() -> None:
    own = pending("own", f"{LONG}So.")
    each = 3 * len(LONG) + 10
    others = [pending(f"other {number}", f"{LONG}No.") for number in range(MOST_CHARACTERS // each + 9)]

    within = meet_all(TEXT, [own, *others[:9]], "proposal own")
    beyond = meet_all(TEXT, [own, *others], "proposal own")

    assert (within.is_complete, len(within.pairs)) == (True, 9)
    assert (beyond.is_complete, len(beyond.pairs)) == (False, MOST_CHARACTERS // (each - 4))
    # Each of ten is put in its place and then compared with the text once, however many it meets.
    assert calls_of(hunks_between, lambda: meet_all(TEXT, [own, *others[:9]], "proposal own")) == 10 + 10


def test_an_amendment_that_meets_nothing_is_not_compared() -> None:
    changes = [pending("own", f"{LONG}So."), pending("other", "Letters.", "p2")]

    # Once each by its place, against its own wording.
    assert calls_of(hunks_between, lambda: meet_all(TEXT, changes, "proposal own")) == 2


def test_the_words_of_a_place_are_cut() -> None:
    own, other = pending("own", "Letters. " * 1_000), pending("other", "Parcels.")

    (pair,) = meet_all(TEXT, [own, other], "proposal own").pairs

    (place,) = pair.places
    assert [len(words) for words in place[1:3]] == [MOST_SHOWN, MOST_SHOWN]
    assert (place.own_words[:9], place.own_words[-1]) == ("Letters. ", "…")
    assert MeetingPoint("p1", "abcd", "abcde", "").shorten(4) == MeetingPoint("p1", "abcd", "abc…", "")


async def test_proposals_of_one_party_are_refused_before_the_text_is_read(world: World) -> None:
    cycle_id = await make.open_cycle(world)
    own = await draft(world, "canada", cycle_id, rewording(world))
    second = await draft(world, "canada", cycle_id, rewording(world, SOFT))
    other = await registered(world, cycle_id, rewording(world, SOFT))

    with statements(world.database) as refusing:
        answer = await refused(world, own, second)
    with statements(world.database) as inviting:
        missed = await refused(world, own, other)

    assert answer == INVALID
    assert missed != INVALID
    reads_text = ["FROM provision_texts" in " ".join(each) for each in (refusing, inviting)]
    assert reads_text == [False, True]


TWICE = """
query Twice($proposal: ID!, $version: ID!) {
  a: neighbours(proposalId: $proposal) { isComplete }
  b: neighbours(proposalId: $proposal) { pairs(first: 1) { totalCount } }
  c: takingOrder(textVersionId: $version) { provisions(first: 2) { totalCount } }
  d: takingOrder(textVersionId: $version) {
    x: provisions(first: 1) { nodes { key amendments { distance } } }
    y: provisions(first: 2) { nodes { key amendments { distance } } }
  }
}
"""


@pytest.mark.own_sql
async def test_what_aliases_ask_of_one_proposal_and_version_is_read_once(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    await registered(world, cycle_id, rewording(world, SOFT))
    own = await draft(world, "canada", cycle_id, rewording(world))

    with statements(world.database) as seen:
        answer = await api.send("canada", TWICE, {"proposal": own, "version": world.version})

    data = answer["data"]
    assert (data["a"], data["b"]) == ({"isComplete": True}, {"pairs": {"totalCount": 1}})
    assert data["d"]["x"]["nodes"] == data["d"]["y"]["nodes"][:1]
    assert sum("ORDER BY provision_texts.position" in " ".join(each.split()) for each in seen) == 2


async def test_a_provision_is_ordered_once(world: World) -> None:
    order = group_pending("version", TEXT, [pending("own", "So."), pending("other", "No.", "p2")])

    first = await order.take(["p1"])
    both = await order.take(["p1", "p2"])

    assert both[0] is first[0]
    assert [each.key for each in both] == ["p1", "p2"]


async def test_the_words_of_a_taking_order_have_a_budget() -> None:
    each = len(f"{LONG}No 1.") + len(LONG)
    most = MOST_CHARACTERS // each
    others = [pending(f"{number}", f"{LONG}No {number % 10}.") for number in range(most + 2)]
    order = group_pending("version", TEXT, [*others, pending("letters", "Letters.", "p2")])

    (beyond,) = await order.take(["p1"])
    (after,) = await order.take(["p2"])

    assert [each.distance for each in beyond.amendments] == [3] * most + [None, None]
    assert [each.source for each in beyond.amendments[most:]] == [str(most), str(most + 1)]
    assert (beyond.is_complete, after.is_complete) == (False, False)
    assert calls_of(hunks_between, lambda: order._take("p2")) == 1


def test_what_goes_with_a_section_counts_in_the_budget() -> None:
    section = (BaseText("h1", "HEADING", 1, "", "Scope"), TEXT[0]._replace(parent="h1"))
    outline = TextTree(section)
    deleted = pending("own", "", "h1", kind=AmendmentKind.DELETE)

    assert count_characters(outline, deleted.outlined()) == len("Scope") + len(LONG)
    (turn,) = measure_turns(outline, [deleted], CharacterBudget(len(LONG)))
    assert turn == TakenTurn("own", None)
