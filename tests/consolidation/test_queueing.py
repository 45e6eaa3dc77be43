"""The queue of a consolidation, and the versions to begin with: rules, and what is told to whom."""

import pytest

from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.queueing import Addition, Backlog, build_queue
from server.domain.consolidation.rules.redlining import pair_provisions
from server.kernel.actor import Capacity
from server.vocabulary.consolidation import QueueState
from server.vocabulary.rounds import DispositionVerdict
from server.vocabulary.texts import UnitKind
from server.wording.anchors import Quotation
from tests.consolidation.test_actions import (
    FIRM,
    SEND,
    SHALL,
    accepted,
    addition,
    agreed,
    answer,
    consolidate,
    file,
    issue,
)
from tests.factories.api import Api
from tests.factories.proposals import open_cycle
from tests.factories.rounds import open_round, submit


def texts(*words: str, numbers: tuple[str, ...] = ()) -> list[BaseText]:
    """Return provisions of which the key is the first letter."""
    return [
        BaseText(each[0], UnitKind.PARAGRAPH, 0, numbers[place] if numbers else "", each, None)
        for place, each in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("waiting", "state"),
    [
        (Backlog(), QueueState.READY),
        (Backlog(elsewhere=1), QueueState.WAITING),
        (Backlog(unread=1, elsewhere=1), QueueState.UNREAD),
        (Backlog(unexplained=1, unread=1, elsewhere=1), QueueState.UNEXPLAINED),
        (Backlog(conflicts=1, unexplained=1, unread=1, elsewhere=1), QueueState.CONFLICT),
    ],
)
def test_a_provision_waits_for_what_has_to_be_done_first(waiting: Backlog, state: QueueState) -> None:
    assert waiting.state == state


def test_the_queue_has_what_changed_and_what_waits_in_reading_order() -> None:
    pairs = pair_provisions(texts("a one", "b two", "c three", "d four"), texts("a one", "b other", "d four"))
    additions = [Addition("n", "a", "new"), Addition("f", None, "first"), Addition("l", "gone", "last")]

    queue = build_queue(pairs, additions, {"d": Backlog(unread=1)}, {"b": ["P1", "P2", "P1"]})

    assert [(each.key, each.state, each.words) for each in queue] == [
        ("f", QueueState.READY, "first"),
        ("n", QueueState.READY, "new"),
        ("b", QueueState.READY, "b other"),
        ("c", QueueState.READY, "c three"),
        ("d", QueueState.UNREAD, "d four"),
        ("l", QueueState.READY, "last"),
    ]
    assert [each.party_ids for each in queue if each.key == "b"] == [["P1", "P2"]]


def test_the_queue_leaves_out_what_only_got_another_number() -> None:
    pairs = pair_provisions(
        texts("a one", "b two", numbers=("1.", "3.")), texts("a one", "b two", numbers=("1.", "2."))
    )

    assert build_queue(pairs, [], {}, {}) == []


@pytest.mark.database
async def test_the_queue_names_conflicts_sentences_and_who_asked(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL, SEND, FIRM)
    made = await consolidate(world)

    answered = await api.ask("secretariat", "ConsolidationQueue", consolidationId=made.id)

    queue = answered["consolidationQueue"]
    assert [
        (each["key"], each["state"], each["openConflictCount"], [party["shortName"] for party in each["parties"]])
        for each in queue["provisions"]
    ] == [(world.keys[1], "CONFLICT", 1, ["UPU", "GEA"]), (world.keys[2], "READY", 0, ["Japan"])]
    assert not queue["reconciliation"]["isClean"]
    offers = {each["act"]: each["isAllowed"] for each in answered["consolidation"]["availableActs"]}
    assert offers == {"CONFIRM_READING": True, "REVISE_PROVISION": True}


@pytest.mark.database
async def test_what_waits_for_a_conflict_elsewhere_is_no_disagreement_to_explain(api: Api) -> None:
    world = api.world
    cycle = await open_cycle(world)
    await agreed(world, cycle, addition(world, "One."))
    await agreed(world, cycle, addition(world, "Another."))
    made = await consolidate(world)

    queue = (await api.ask("secretariat", "ConsolidationQueue", consolidationId=made.id))["consolidationQueue"]

    assert sorted((each["state"], each["unexplainedCount"]) for each in queue["provisions"]) == [
        ("CONFLICT", 0),
        ("WAITING", 0),
    ]


@pytest.mark.database
async def test_the_queue_hides_who_asked_from_those_who_do_not_see_the_comment(api: Api) -> None:
    world = api.world
    round_id = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    said = {"provision_id": world.provisions[2], "quotation": Quotation("may"), "proposed_wording": "should"}
    japan = await submit(world, "japan", round_id, **said)
    world.clock.move(days=8)
    await answer(world, japan)
    made = await consolidate(world)
    hidden = await api.ask("japan", "ConsolidationQueue", consolidationId=made.id)
    await issue(world, made.target_id)

    shown = {
        who: (await api.ask(who, "ConsolidationQueue", consolidationId=made.id))["consolidationQueue"]["provisions"]
        for who in ("canada", "gea")
    }

    assert hidden == {"consolidation": None, "consolidationQueue": None}
    assert [party["shortName"] for party in shown["canada"][0]["parties"]] == ["Japan"]
    assert shown["gea"][0]["parties"] == []
    assert shown["gea"][0]["words"] == shown["canada"][0]["words"]


@pytest.mark.database
async def test_candidates_are_told_to_the_secretariat_with_what_waits(api: Api) -> None:
    world = api.world
    before = await api.ask("secretariat", "ConsolidationCandidates")
    upu, _ = await file(world, SHALL, SEND)
    waiting = await api.ask("secretariat", "ConsolidationCandidates")
    await answer(world, upu, DispositionVerdict.ACCEPTED)
    half = await api.ask("secretariat", "ConsolidationCandidates")

    told = [each["consolidationCandidates"][0] for each in (before, waiting, half)]
    assert [(each["acceptedCount"], each["undisposedCount"], each["openRoundCount"]) for each in told] == [
        (0, 0, 0),
        (0, 2, 0),
        (1, 1, 0),
    ]
    assert [each["availableActs"][0]["code"] for each in told] == [None, "DISPOSITIONS_OPEN", "DISPOSITIONS_OPEN"]
    assert (await api.ask("canada", "ConsolidationCandidates"))["consolidationCandidates"] == []


@pytest.mark.database
async def test_candidates_say_why_they_cannot_be_consolidated_now(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL)
    made = await consolidate(world)

    working = (await api.ask("secretariat", "ConsolidationCandidates"))["consolidationCandidates"]
    await issue(world, made.target_id)
    issued = (await api.ask("secretariat", "ConsolidationCandidates"))["consolidationCandidates"]

    assert [(each["textVersion"]["id"], each["availableActs"][0]["code"]) for each in working] == [
        (world.version, "WRONG_STATE")
    ]
    assert [(each["textVersion"]["id"], each["acceptedCount"]) for each in issued] == [(made.target_id, 0)]


@pytest.mark.database
async def test_agreed_amendments_count_as_accepted(api: Api) -> None:
    await agreed(api.world, await open_cycle(api.world), addition(api.world, "One."), addition(api.world, "Two."))

    (told,) = (await api.ask("secretariat", "ConsolidationCandidates"))["consolidationCandidates"]

    assert told["acceptedCount"] == 2
