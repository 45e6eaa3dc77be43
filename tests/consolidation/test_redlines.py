"""The redline as a reader gets it: who asked and why, what moved, the table, and only what they may see."""

from typing import Any

from server.domain.consolidation.actions.making import consolidate as consolidate_next
from server.domain.proposals.rules.contents import AmendmentContent
from server.kernel.actor import Capacity
from server.vocabulary.proposals import AmendmentKind, GroupView
from server.wording.anchors import Quotation
from tests.consolidation.test_actions import MAY, SHALL, accepted, answer, consolidate, issue, settle
from tests.factories.api import Api
from tests.factories.proposals import concluded
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.world import WORDS

ASKED = """
  changedCount
  provisions { nodes {
    key change printedNumber numberBefore numberAfter sentences
    row { provision current proposed whoAndWhy }
    move { oldAfterKey newAfterKey oldPlace newPlace sources { ...Sources } }
    runs { kind text sources { ...Sources } }
  } }
"""
SOURCES = """fragment Sources on RunSource {
  source { ... on Comment { id } ... on Amendment { id } } party { shortName } reason settledBy { name }
}"""


def flat(redline: Any) -> Any:
    """Return a redline with its provisions as a list, their rows apart, and the sources of each without nesting."""
    if redline is None:
        return None
    provisions = redline["provisions"]["nodes"]
    for each in provisions:
        for run in (each["move"], *each["runs"]) if each["move"] else each["runs"]:
            run["sources"] = [_flat_source(source) for source in run["sources"]]
    rows = [row for each in provisions if (row := each.pop("row"))]
    return {"changedCount": redline["changedCount"], "provisions": provisions, "rows": rows}


def _flat_source(source: Any) -> dict[str, Any]:
    return {
        "source": source["source"] and source["source"]["id"],
        "party": source["party"] and source["party"]["shortName"],
        "reason": source["reason"],
        "settledBy": source["settledBy"] and source["settledBy"]["name"],
    }


async def redline_of(api: Api, who: str | None, version_id: str) -> Any:
    """What a person sees of the redline of a version."""
    answer = await api.send(
        who, f"query($id: ID!) {{ redline(textVersionId: $id) {{ {ASKED} }} }} {SOURCES}", {"id": version_id}
    )
    assert "errors" not in answer, answer
    return flat(answer["data"]["redline"])


async def comparison_of(api: Api, who: str | None, base_id: str, version_id: str) -> Any:
    """What a person sees of the comparison of two versions."""
    document = (
        f"query($base: ID!, $id: ID!) {{ comparison(baseId: $base, textVersionId: $id) {{ {ASKED} }} }} {SOURCES}"
    )
    answer = await api.send(who, document, {"base": base_id, "id": version_id})
    assert "errors" not in answer, answer
    return flat(answer["data"]["comparison"])


async def test_redline_of_a_move_says_from_where_to_where_and_who_asked(api: Api) -> None:
    world = api.world
    amendments = (
        AmendmentContent(AmendmentKind.MOVE, world.keys[3], after_id=world.keys[0]),
        AmendmentContent(AmendmentKind.DELETE, world.keys[2]),
    )
    await concluded(world, GroupView.AGREED, GroupView.AGREED, amendments=amendments)
    made = await consolidate(world)

    redline = await redline_of(api, "secretariat", made.target_id)

    moved, deleted = redline["provisions"]
    ids = {row["kind"]: row["id"] for row in await rows_of(world, "amendments")}
    (proposal,) = await rows_of(world, "amendment_proposals")
    source = {"source": ids["MOVE"], "party": "Japan", "reason": proposal["rationale"], "settledBy": None}
    assert redline["changedCount"] == 2
    assert (moved["key"], moved["change"]) == (world.keys[3], "MOVED")
    assert moved["move"] == {
        "oldAfterKey": world.keys[2],
        "newAfterKey": world.keys[0],
        "oldPlace": "after 2.",
        "newPlace": "after “Scope”",
        "sources": [source],
    }
    assert moved["sentences"] == ["move paragraph 3. from after 2. to after “Scope”"]
    assert moved["runs"] == [{"kind": "KEEP", "text": WORDS[3], "sources": []}]
    assert (deleted["change"], deleted["printedNumber"], deleted["numberBefore"], deleted["numberAfter"]) == (
        *("DELETED", "2.", "2."),
        None,
    )
    why = f"Japan: {proposal['rationale']}"
    assert redline["rows"] == [
        {
            "provision": "3. (move paragraph 3. from after 2. to after “Scope”)",
            "current": WORDS[3],
            "proposed": WORDS[3],
            "whoAndWhy": why,
        },
        {"provision": "2. (delete paragraph 2.)", "current": WORDS[2], "proposed": None, "whoAndWhy": why},
    ]


async def test_redline_of_a_new_provision_says_after_which(api: Api) -> None:
    world = api.world
    addition = AmendmentContent(AmendmentKind.ADD, world.keys[1], wording="Data are exchanged once.")
    await concluded(world, GroupView.AGREED, amendments=(addition,))
    made = await consolidate(world)

    (added,) = (await redline_of(api, "secretariat", made.target_id))["provisions"]

    assert (added["change"], added["numberBefore"], added["sentences"]) == (
        "INSERTED",
        None,
        ["new paragraph after 1."],
    )


async def test_redline_of_a_compromise_names_all_sides_and_the_officer(api: Api) -> None:
    world = api.world
    upu, gea = await accepted(world, SHALL, MAY)
    made = await consolidate(world)
    await settle(world, "will")

    redline = await redline_of(api, "secretariat", made.target_id)

    (provision,) = redline["provisions"]
    inserted = next(run for run in provision["runs"] if run["kind"] == "INSERT")
    (officer,) = [row["name"] for row in await rows_of(world, "persons") if row["id"] == world.persons["secretariat"]]
    said = {"reason": "Clearer.", "settledBy": officer}
    assert inserted["text"] == "will"
    assert sorted(inserted["sources"], key=lambda source: source["party"]) == [
        {"source": gea, "party": "GEA", **said},
        {"source": upu, "party": "UPU", **said},
    ]
    assert sorted(redline["rows"][0]["whoAndWhy"].splitlines()) == [
        f"GEA, settled by {officer}: Clearer.",
        f"UPU, settled by {officer}: Clearer.",
    ]


async def test_redline_of_a_compromise_does_not_tell_that_a_hidden_comment_was_a_side(api: Api) -> None:
    world = api.world
    members = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    everybody = await open_round(world)
    hidden, shown = [
        await submit(world, who, round_id, provision_id=world.provisions[1], quotation=Quotation("should exchange"),
                     proposed_wording=wording)
        for who, round_id, wording in (("japan", members, "shall exchange"), ("upu", everybody, "may exchange"))
    ]  # fmt: skip
    world.clock.move(days=8)
    for comment_id in (hidden, shown):
        await answer(world, comment_id)
    made = await consolidate(world)
    await settle(world, "will")
    await issue(world, made.target_id)

    seen = {who: await redline_of(api, who, made.target_id) for who in ("gea", "china")}

    parties = {
        who: [source["party"] for run in redline["provisions"][0]["runs"] for source in run["sources"]]
        for who, redline in seen.items()
    }
    assert parties == {"gea": ["UPU"] * 2, "china": ["Japan", "UPU"] * 2}
    assert "Japan" not in str(seen["gea"])
    assert hidden not in str(seen["gea"])


async def test_comparison_of_any_two_versions_is_for_those_who_see_both(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL)
    second = await consolidate(world)
    await issue(world, second.target_id)
    made = await world.do("secretariat", consolidate_next, text_version_id=second.target_id, label="Draft 3")
    third = next(row["target_id"] for row in await rows_of(world, "consolidations") if row["id"] == made)
    ids = (world.version, third)

    seen = {who: await comparison_of(api, who, *ids) for who in (None, "japan", "secretariat")}
    one_step = await comparison_of(api, "japan", world.version, second.target_id)
    back = await comparison_of(api, "japan", second.target_id, world.version)
    none = await comparison_of(api, "japan", world.version, "VER_" + "0" * 26)

    assert (seen[None], seen["japan"], none) == (None, None, None)
    (provision,) = seen["secretariat"]["provisions"]
    assert provision["sentences"] == ["replace “should” by “shall”"]
    # More than one step lies between: nobody is named.
    assert [run["sources"] for run in provision["runs"]] == [[]] * 4
    assert [source["party"] for run in one_step["provisions"][0]["runs"] for source in run["sources"]] == ["UPU"] * 2
    assert back["provisions"][0]["sentences"] == ["replace “shall” by “should”"]


async def test_redline_is_read_in_pages_that_join_without_gaps(api: Api) -> None:
    world = api.world
    await accepted(world, SHALL)
    made = await consolidate(world)
    document = """query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
      redline(textVersionId: $id) { provisions(
        isChanged: null, first: $first, after: $after, last: $last, before: $before
      ) { totalCount nodes { key } edges { cursor node { key } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""

    async def page(**sent: Any) -> Any:
        answer = await api.send("secretariat", document, {"id": made.target_id, **sent})
        return answer["data"]["redline"]["provisions"]

    whole = await page()
    keys = [node["key"] for node in whole["nodes"]]
    assert whole["totalCount"] == len(keys) == len(WORDS)
    for size in (1, 3):
        forwards, cursor = [], None
        while len(forwards) < len(keys):
            part = await page(first=size, after=cursor)
            forwards += [edge["node"]["key"] for edge in part["edges"]]
            cursor = part["pageInfo"]["endCursor"]
            assert part["pageInfo"]["hasNextPage"] == (len(forwards) < len(keys))
        assert forwards == keys
        backwards, cursor = [], None
        while len(backwards) < len(keys):
            part = await page(last=size, before=cursor)
            backwards = [node["key"] for node in part["nodes"]] + backwards
            cursor = part["pageInfo"]["startCursor"]
            assert part["pageInfo"]["hasPreviousPage"] == (len(backwards) < len(keys))
        assert backwards == keys
    for wrong in ({"first": 0}, {"first": 101}, {"after": "x"}, {"first": 1, "last": 1}):
        refused = await api.send("secretariat", document, {"id": made.target_id, **wrong})
        assert [error["extensions"]["code"] for error in refused["errors"]] == ["BAD_REQUEST"]
