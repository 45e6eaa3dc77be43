"""Where the edges of rounds and comments lead: who has filed, who has not, and what became of a comment."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from server.domain.rounds import policy
from server.domain.rounds.rules.facts import RoundFacts
from server.domain.rounds.rules.outcomes import OutcomeFacts, runs_of, share_of
from server.kernel.actor import Actor, Capacity
from server.vocabulary.rounds import RoundStatus, RoundVisibility
from tests.consolidation.test_actions import MAY, SHALL, accepted, consolidate, issue, settle
from tests.factories.api import Api
from tests.factories.rounds import CLOSES, draft, open_round, submit
from tests.factories.world import WORDS

WHO_HAS_FILED = """query($id: ID!) { round(id: $id) {
  answered { totalCount nodes { shortName } } silent { totalCount nodes { shortName } }
  comments(orderBy: SUBMITTED_AT_DESC) { totalCount nodes { id } }
} }"""
EVERYBODY = {"China", "Canada", "Japan", "UPU"}
"""The Members and observers of the world, whom the round addresses."""


async def filed_in(api: Api, who: str | None, round_id: str) -> tuple[set[str], set[str]] | None:
    """Who has filed and who has not, as somebody may know; None for somebody who does not see the round."""
    answer = await api.send(who, WHO_HAS_FILED, {"id": round_id})
    assert "errors" not in answer, answer
    shown = answer["data"]["round"]
    if shown is None:
        return None
    for part in ("answered", "silent"):
        assert shown[part]["totalCount"] == len(shown[part]["nodes"])
    return tuple({node["shortName"] for node in shown[part]["nodes"]} for part in ("answered", "silent"))  # type: ignore[return-value]


@pytest.mark.own_sql
@pytest.mark.parametrize("visibility", RoundVisibility)
async def test_who_has_filed_is_known_to_those_who_see_what_was_filed(api: Api, visibility: RoundVisibility) -> None:
    world = api.world
    asked = frozenset({Capacity.MEMBER, Capacity.OBSERVER})
    round_id = await open_round(world, visibility=visibility, audience=asked)
    for who in ("japan", "japan", "upu"):
        await submit(world, who, round_id)
    await draft(world, "china", round_id)
    everything = ({"Japan", "UPU"}, {"Canada", "China"})
    own = {"japan": ({"Japan"}, set()), "china": (set(), {"China"}), "upu": ({"UPU"}, set()), "gea": None, None: None}
    sees_all = {"secretariat"}
    if visibility is not RoundVisibility.AFTER_CLOSE:
        sees_all.add("canada")

    for moment in (world.clock.now, CLOSES - timedelta(microseconds=1), CLOSES):
        world.clock.now = moment
        openly = visibility is RoundVisibility.IMMEDIATE or (
            visibility is RoundVisibility.AFTER_CLOSE and moment == CLOSES
        )
        for who in ("secretariat", "canada", "japan", "china", "upu", "gea", None):
            known = await filed_in(api, who, round_id)
            if who in ("gea", None):
                assert known is None
            elif openly or who in sees_all:
                assert known == everything, (who, moment)
            elif who == "canada":
                assert known == (set(), {"Canada"})
            else:
                assert known == own[who], (who, moment)


async def test_sealed_round_gives_the_same_answers_whether_or_not_others_have_filed(api: Api) -> None:
    world = api.world
    empty = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    full = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    for who in ("japan", "upu", "gea"):
        await submit(world, who, full)

    for who in ("canada", "china"):
        first, second = await filed_in(api, who, empty), await filed_in(api, who, full)
        assert first == second == (set(), {who.title()})


FILINGS = """query($id: ID!) { round(id: $id) { canSeeOthers
  members: filings(filter: {capacity: MEMBER}) { totalCount nodes { commentCount party { shortName } } }
  filings { nodes { party { shortName } } }
} }"""


@pytest.mark.own_sql
@pytest.mark.parametrize("visibility", RoundVisibility)
async def test_filings_are_told_to_those_whom_the_round_shows_others(api: Api, visibility: RoundVisibility) -> None:
    world = api.world
    round_id = await open_round(world, visibility=visibility)
    for who in ("japan", "japan", "upu", "canada"):
        await submit(world, who, round_id)

    for moment in (world.clock.now, CLOSES - timedelta(microseconds=1), CLOSES):
        world.clock.now = moment
        for who in ("secretariat", "canada", "japan", "china", "gea"):
            answer = (await api.send(who, FILINGS, {"id": round_id}))["data"]["round"]
            members = {node["party"]["shortName"]: node["commentCount"] for node in answer["members"]["nodes"]}
            own = {who.title(): count for who_filed, count in (("japan", 2), ("canada", 1)) if who == who_filed}
            assert answer["members"]["totalCount"] == len(members)
            assert members == ({"Canada": 1, "Japan": 2} if answer["canSeeOthers"] else own), (who, moment)
            assert ("UPU" in {node["party"]["shortName"] for node in answer["filings"]["nodes"]}) is answer[
                "canSeeOthers"
            ]


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("visibility", RoundVisibility)
def test_a_round_shows_others_as_its_visibility_says(
    capacity: Capacity, leads: bool, visibility: RoundVisibility
) -> None:
    actor = Actor(party_id="PTY", capacity=capacity, leads=frozenset({"BOD"} if leads else ()))
    opens, immediate = CLOSES - timedelta(days=7), visibility is RoundVisibility.IMMEDIATE
    asked = capacity in (Capacity.MEMBER, Capacity.OBSERVER)

    def shown(now: datetime, status: RoundStatus = RoundStatus.CALLED) -> bool:
        return policy.shows_others(actor, RoundFacts(status, "BOD", opens, CLOSES, True, True, False, visibility), now)

    if capacity is Capacity.SECRETARIAT:
        assert shown(opens)
    elif visibility is RoundVisibility.SECRETARIAT_AND_COORDINATORS:
        assert {shown(opens), shown(CLOSES), shown(CLOSES, RoundStatus.CANCELLED)} == {leads}
    else:
        assert shown(CLOSES - timedelta(microseconds=1)) is (immediate and (leads or asked))
        assert shown(CLOSES) is (leads or asked)
        assert shown(CLOSES, RoundStatus.CANCELLED) is (immediate and (leads or asked))


def facts(**changed: Any) -> OutcomeFacts:
    """A comment on a sentence of which it quotes two words."""
    before = "Customs should exchange data."
    known: dict[str, Any] = dict.fromkeys(OutcomeFacts._fields)
    quoted = {"wording": "shall exchange", "before": before, "start": 8, "end": 23, "after": before}
    return OutcomeFacts(**(known | quoted | changed))


@pytest.mark.parametrize(
    ("changed", "share"),
    [
        ({"after": "Customs shall exchange data."}, 100),
        ({}, 0),
        ({"after": "Customs may exchange data."}, 50),
        ({"after": "Posts shall exchange all data."}, 100),
        ({"after": None}, 50),
        ({"wording": None}, None),
        ({"wording": "should exchange"}, None),
        ({"before": None, "after": None}, None),
        ({"wording": "", "after": "Customs data."}, 100),
        (
            {
                "start": None,
                "end": None,
                "wording": "Customs shall exchange data.",
                "after": "Customs shall exchange data.",
            },
            100,
        ),
        (
            {
                "is_carried": "CCM",
                "carried_before": "All should exchange.",
                "carried_start": 4,
                "carried_end": 19,
                "after": "All shall exchange.",
            },
            100,
        ),
    ],
)
def test_share_is_what_stands_of_the_words_that_were_asked_for(changed: dict[str, Any], share: int | None) -> None:
    assert share_of(facts(**changed)) == share


def test_runs_join_to_the_words_then_and_now_and_mark_what_was_asked_for() -> None:
    runs = runs_of(facts(after="Customs shall exchange all data."))

    assert "".join(run.text for run in runs if run.kind != "INSERT") == "Customs should exchange data."
    assert "".join(run.text for run in runs if run.kind != "DELETE") == "Customs shall exchange all data."
    assert [(run.kind, run.text.strip(), run.as_asked) for run in runs if run.kind != "KEEP"] == [
        ("DELETE", "should", True),
        ("INSERT", "shall", True),
        ("INSERT", "all", False),
    ]


OUTCOMES = """{ comments { nodes { party { shortName }
  outcome { textVersion { id status } provision { text } share runs { kind text isAsAsked } }
  conflicts { totalCount nodes { status } } changes { totalCount nodes { replacement } }
} } }"""


async def test_outcome_of_a_comment_is_seen_with_the_version_that_was_made(api: Api) -> None:
    world = api.world
    ids = await accepted(world, SHALL, MAY)
    made = await consolidate(world)

    async def seen(who: str) -> dict[str, Any]:
        answer = await api.send(who, OUTCOMES)
        assert "errors" not in answer, answer
        return {node.pop("party")["shortName"]: node for node in answer["data"]["comments"]["nodes"]}

    working, hidden = await seen("secretariat"), await seen("japan")
    assert len(working) == len(ids)
    assert {node["outcome"]["textVersion"]["id"] for node in working.values()} == {made.target_id}
    assert [node["outcome"] for node in hidden.values()] == [None] * len(ids)
    assert {(node["conflicts"]["totalCount"], node["changes"]["totalCount"]) for node in hidden.values()} == {(0, 0)}
    conflicting = [node for node in working.values() if node["conflicts"]["totalCount"]]
    if conflicting:
        await settle(world, "shall")
    await issue(world, made.target_id)
    issued = await seen("japan")
    shares = sorted(node["outcome"]["share"] for node in issued.values())
    assert shares[-1] == 100
    for node in issued.values():
        assert node["outcome"]["textVersion"]["status"] == "ISSUED"
        before = "".join(run["text"] for run in node["outcome"]["runs"] if run["kind"] != "INSERT")
        assert before in WORDS
        after = "".join(run["text"] for run in node["outcome"]["runs"] if run["kind"] != "DELETE")
        assert after == node["outcome"]["provision"]["text"]


async def test_page_of_500_is_refused_whatever_is_selected_of_it(api: Api) -> None:
    for selected in ("totalCount", "nodes { id }", "__typename", "pageInfo { endCursor }"):
        answer = await api.send("japan", f"{{ comments(first: 500) {{ {selected} }} }}")
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_REQUEST"], selected
    nested = await api.send("japan", "{ rounds { nodes { comments(first: 500) { totalCount } } } }")
    assert [error["extensions"]["code"] for error in nested["errors"]] == ["BAD_REQUEST"]
