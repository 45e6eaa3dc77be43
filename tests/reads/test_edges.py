"""Edges to rows of several nouns, and pages of plain values: what is hidden is null, whoever asks."""

from typing import Any

import pytest
from sqlalchemy import update

from server.kernel.actor import Capacity
from server.models.consolidation import TextConflict
from server.schema.journal.types import JournalEntry, TagFacts
from server.schema.reads.kinds import READ
from server.wording.anchors import Quotation
from tests.consolidation.test_actions import MAY, SHALL, accepted, answer, consolidate, issue, settle
from tests.factories.api import Api
from tests.factories.proposals import add_sitting
from tests.factories.rounds import open_round, submit
from tests.factories.world import NOW

MEMBERS = frozenset({Capacity.MEMBER})
SUBJECT = "subject { __typename id }"
DECISION = {"verb": "noted", "outcome": "NOTED", "text": "It took note."}


async def asked(api: Api, who: str | None, text: str, **variables: Any) -> Any:
    """Return what a document gives somebody."""
    answered = await api.send(who, text, variables)
    assert "errors" not in answered, answered
    return answered["data"]


async def test_subject_of_a_decision_is_null_for_those_who_do_not_see_it(api: Api) -> None:
    members = await open_round(api.world, audience=MEMBERS)
    sent = {"sittingId": await add_sitting(api.world), "subjectId": members, **DECISION}
    recorded = (await api.act("secretariat", "recordDecision", **sent))["decision"]
    text = f"query($id: ID!) {{ decision(id: $id) {{ outcome {SUBJECT} }} }}"

    seen = {who: (await asked(api, who, text, id=recorded["id"]))["decision"] for who in ("japan", "upu")}

    assert recorded["subject"] == {"__typename": "Round", "id": members}
    assert seen == {
        "japan": {"outcome": "NOTED", "subject": recorded["subject"]},
        "upu": {"outcome": "NOTED", "subject": None},
    }


async def test_journal_names_the_act_and_the_chains_tag_and_is_filtered_by_the_act(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    comment = await submit(world, "japan", round_id)
    text = (
        f"query($filter: JournalEntryFilter) {{ journalEntries(filter: $filter) {{ nodes {{ act tag {SUBJECT} }} }} }}"
    )

    everything = (await asked(api, "secretariat", text))["journalEntries"]["nodes"]
    filed = (await asked(api, "secretariat", text, filter={"act": "SUBMIT_COMMENT"}))["journalEntries"]["nodes"]
    own = (await asked(api, "japan", text))["journalEntries"]["nodes"]

    entry = {"act": "SUBMIT_COMMENT", "tag": "comment.submitted", "subject": {"__typename": "Comment", "id": comment}}
    opened = {"act": "OPEN_ROUND", "tag": "round.opened", "subject": {"__typename": "Round", "id": round_id}}
    assert (everything, filed, own) == ([opened, entry], [entry], [entry])


async def test_prevailing_changes_are_in_their_order_and_without_those_that_are_hidden(api: Api) -> None:
    world = api.world
    hidden = await submit(world, "japan", await open_round(world, audience=MEMBERS))
    shown = await submit(world, "japan", await open_round(world))
    last = await submit(world, "china", await open_round(world))
    await accepted(world, SHALL, MAY)
    for comment in (hidden, shown, last):
        await answer(world, comment)
    made = await consolidate(world)
    async with world.database.writing() as session:
        await session.execute(update(TextConflict).values(standing_ids=[last, hidden, shown]))
    await settle(world, "will")
    await issue(world, made.target_id)
    text = """query($id: ID!) { consolidation(id: $id) { conflicts { nodes {
      prevailing { ... on Comment { id } } } } } }"""

    seen = {who: (await asked(api, who, text, id=made.id))["consolidation"] for who in ("canada", "upu")}

    assert {
        who: [each["id"] for each in found["conflicts"]["nodes"][0]["prevailing"]] for who, found in seen.items()
    } == {
        "canada": [last, hidden, shown],
        "upu": [last, shown],
    }


async def test_changes_show_source_and_decision_to_those_who_see_them(api: Api) -> None:
    world = api.world
    closed = await open_round(world, audience=MEMBERS)
    here = {"provision_id": world.provisions[1]}
    comment = await submit(world, "japan", closed, **here, quotation=Quotation("should"), proposed_wording="shall")
    world.clock.move(days=8)
    await answer(world, comment)
    made = await consolidate(world)
    await issue(world, made.target_id)
    text = """query($id: ID!) { consolidation(id: $id) { changes { nodes {
      replacement source { __typename ... on Comment { id } } decision { __typename ... on Disposition { verdict } }
    } } } }"""

    seen = {who: (await asked(api, who, text, id=made.id))["consolidation"] for who in ("china", "gea")}
    changes = {who: found["changes"]["nodes"] for who, found in seen.items()}

    assert [change["source"] for change in changes["china"]] == [{"__typename": "Comment", "id": comment}]
    assert [change["decision"] for change in changes["china"]] == [{"__typename": "Disposition", "verdict": "ACCEPTED"}]
    assert [(change["source"], change["decision"]) for change in changes["gea"]] == [(None, None)]


PROVISIONS = """query($id: ID!, $is: Boolean, $first: Int, $after: String, $last: Int, $before: String) {
  redline(textVersionId: $id) { changedCount textVersion { id } base { id }
    provisions(isChanged: $is, first: $first, after: $after, last: $last, before: $before) {
      nodes { key change } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } } }"""


async def test_redline_is_read_in_pages_forwards_and_backwards(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL)
    made = await consolidate(world)
    question = {"id": made.target_id, "is": None}

    async def page(**more: Any) -> Any:
        return (await asked(api, "secretariat", PROVISIONS, **question, **more))["redline"]["provisions"]

    whole = await page()
    first = await page(first=2)
    second = await page(first=2, after=first["pageInfo"]["endCursor"])
    back = await page(last=1, before=whole["edges"][2]["cursor"])
    changed = (await asked(api, "secretariat", PROVISIONS, id=made.target_id, **{"is": True}))["redline"]

    keys = [node["key"] for node in whole["nodes"]]
    assert (changed["changedCount"], changed["textVersion"]["id"], changed["base"]["id"]) == (
        1,
        made.target_id,
        world.version,
    )
    assert [node["change"] for node in changed["provisions"]["nodes"]] == ["REWORDED"]
    assert (whole["totalCount"], first["totalCount"], len(keys)) == (len(keys),) * 3
    assert [node["key"] for node in first["nodes"] + second["nodes"]] == keys[:4]
    assert (first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (True, False)
    assert ([node["key"] for node in back["nodes"]], back["pageInfo"]["hasPreviousPage"]) == (keys[1:2], True)


async def test_cursor_of_another_page_of_values_is_refused(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL)
    made = await consolidate(world)
    whole = await asked(api, "secretariat", PROVISIONS, id=made.target_id, **{"is": None})
    cursor = whole["redline"]["provisions"]["edges"][0]["cursor"]

    for sent in ({"is": True, "after": cursor}, {"is": None, "after": "nonsense"}, {"is": None, "first": 0}):
        refused = await api.send("secretariat", PROVISIONS, {"id": made.target_id, **sent})
        assert [error["extensions"]["code"] for error in refused["errors"]] == ["BAD_REQUEST"], sent


def test_act_that_this_release_does_not_know_is_null() -> None:
    definition = JournalEntry.__strawberry_definition__  # type: ignore[attr-defined]
    read = next(field for field in definition.fields if field.python_name == "act").metadata[READ]

    assert [read.of(None, TagFacts(tag), NOW) for tag in ("round.opened", "round.reopened")] == ["round.opened", None]


@pytest.mark.parametrize("who", ["upu", None])
async def test_audience_has_no_answer_for_others(api: Api, who: str | None) -> None:
    text = "query($id: ID!) { audience(objectId: $id) { object { id } onlookers { totalCount } } }"

    assert (await asked(api, who, text, id=api.world.version))["audience"] is None
