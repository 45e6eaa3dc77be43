"""What a plan makes of a selection: merging, fragments, directives, hidden rows, values, statements."""

import json
from typing import Any

import pytest
import strawberry
from graphql import parse

from server.models import rounds
from server.schema.reads.kinds import NOUNS, Node, Noun, noun, to_one
from server.schema.reads.plan import Compiler
from server.schema.reads.selection import Selection
from server.schema.root import schema as application
from server.storage.database import Database
from tests.factories.api import document
from tests.reads.reading import Reader, counted
from tests.reads.sample import SAMPLE, everyone, schema, visible_answers
from tests.reads.seed import add_round, seeded


@pytest.fixture
async def reader(database: Database) -> Reader:
    """Build the sample schema over one round of twelve comments."""
    return Reader(schema, await seeded(database, 12))


async def test_the_plans_of_a_document_hold_for_the_values_of_its_directives(reader: Reader) -> None:
    text = """query($a: Boolean! = true, $b: Boolean = false, $c: Boolean!) { remarks(first: 1) {
      ...Some @include(if: $a) totalCount @skip(if: $b) nodes { id @skip(if: $c) @include(if: $a) number } } }
      fragment Some on RemarkConnection { edges { cursor @include(if: $c) node @skip(if: $b) { number } } }"""

    def shown(data: Any) -> Any:
        page = data["remarks"]
        edge = page.get("edges", [None])[0]
        return (list(page), edge and list(edge), list(page["nodes"][0]))

    for _ in range(2):
        assert shown(await reader.ask("japan", text, c=False)) == (
            ["edges", "totalCount", "nodes"],
            ["node"],
            ["id", "number"],
        )
        assert shown(await reader.ask("japan", text, c=True)) == (
            ["edges", "totalCount", "nodes"],
            ["cursor", "node"],
            ["number"],
        )
        assert shown(await reader.ask("japan", text, a=False, c=False)) == (["totalCount", "nodes"], None, ["number"])
        assert shown(await reader.ask("japan", text, b=True, c=True)) == (["edges", "nodes"], ["cursor"], ["number"])
        assert shown(await reader.ask("japan", text, a=False, b=True, c=True)) == (["nodes"], None, ["number"])


async def test_one_field_selected_twice_is_merged(reader: Reader) -> None:
    text = """{ remarks(first: 1) { nodes { speaker { shortName } ...More speaker { capacity } } }
      remarks(first: 1) { nodes { other: speaker { id shortName } } } }
      fragment More on Remark { speaker { __typename shortName } outline { words { text } }
      outline { words { size } } }"""
    (remark,) = (await reader.ask("secretariat", text))["remarks"]["nodes"]

    assert remark["speaker"] == {"shortName": "UPU", "__typename": "Speaker", "capacity": "OBSERVER"}
    assert list(remark["other"]) == ["id", "shortName"]
    assert list(remark) == ["speaker", "outline", "other"]


async def test_a_relation_is_joined_once_for_the_keys_and_once_however_often_it_is_selected(reader: Reader) -> None:
    text = """{ remarks(filter: {speaker: "Japan"}) { nodes { a: speaker { id } b: speaker { shortName }
      speaker { capacity }       status outline { seenBy } answer { verdict } c: answer { by } verdict } } }"""

    with counted() as seen:
        await reader.ask("secretariat", text)

    keys, _, shown = seen[-1].partition("AS page_keys")
    assert keys.count("JOIN parties") == 1  # for the filter, and for the order
    assert keys.count("JOIN dispositions") == 0
    assert shown.count("JOIN parties") == 1
    assert shown.count("JOIN dispositions") == 2  # as the caller sees it, and as the rules see it


async def test_two_aliases_of_one_list_have_their_own_arguments(reader: Reader) -> None:
    text = """query($few: Int) { speakers { nodes { shortName some: remarks(first: $few) { nodes { number } }
      end: remarks(last: 1) { nodes { number } } remarks { totalCount nodes { number } } } } }"""

    for few in (1, 2):
        for speaker in (await reader.ask("secretariat", text, few=few))["speakers"]["nodes"]:
            whole = [node["number"] for node in speaker["remarks"]["nodes"]]
            assert [node["number"] for node in speaker["some"]["nodes"]] == whole[:few]
            assert [node["number"] for node in speaker["end"]["nodes"]] == whole[-1:]
            assert speaker["remarks"]["totalCount"] == len(whole)


DEEP = """{ gatherings { nodes { remarks(first: 100) { totalCount nodes { supporter supportCount speaker {
  remarks(last: 1) {  nodes { answer { verdict } } } } backings { pageInfo { hasNextPage } edges { node { speaker {
  remarks(first: 1) { nodes { number } } } } } } } } } } }"""


@pytest.mark.parametrize("schema_of", ["application", "sample"])
async def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(
    database: Database, schema_of: str
) -> None:
    world = await seeded(database, 0)
    text = document("CommentList") if schema_of == "application" else DEEP
    reader = Reader(application._schema if schema_of == "application" else schema, world)
    numbers = []

    for comments in (1, 3, 50):
        await add_round(world, comments, 0)
        with counted() as seen:
            await reader.ask("secretariat", text)
        numbers.append(len(seen))

    most = {"application": 4, "sample": 9}[schema_of]
    assert numbers[-1] == numbers[-2] <= most
    assert numbers[0] <= most


async def test_what_a_hidden_row_says_is_nowhere(reader: Reader) -> None:
    text = """query($filter: RemarkFilter, $order: RemarkOrder) { remarks(filter: $filter, orderBy: $order) { totalCount
      nodes { id status verdict answer { id verdict stage } } } }"""
    everything = (await reader.ask("secretariat", text))["remarks"]["nodes"]
    shown = (await reader.ask("japan", text))["remarks"]["nodes"]
    proposed = {each["id"] for each in everything if each["answer"] and each["answer"]["stage"] == "PROPOSED"}

    assert {each["id"] for each in shown} & proposed == proposed - {None}
    assert [each["answer"] for each in shown if each["id"] in proposed] == [None] * len(proposed)
    assert [each["verdict"] for each in shown if each["id"] in proposed] == [None] * len(proposed)
    for verdict in ("ACCEPTED", "ACCEPTED_WITH_MODIFICATION", "NOT_ACCEPTED"):
        found = (await reader.ask("japan", text, filter={"verdict": verdict}))["remarks"]
        assert {each["verdict"] for each in found["nodes"]} <= {verdict}
        assert found["totalCount"] == len(found["nodes"])
    ordered = (await reader.ask("japan", text, order="VERDICT_ASC"))["remarks"]["nodes"]
    verdicts = [each["verdict"] or "" for each in ordered]
    assert verdicts == sorted(verdicts)


async def test_one_document_gives_each_caller_what_is_theirs(reader: Reader) -> None:
    text = """{ remarks { totalCount nodes { id number verdict outline { seenBy } } } speakers { nodes { shortName
      remarks { totalCount } } } }"""
    alone = {}
    for person in ("secretariat", "japan", "gea", None):
        alone[person] = await Reader(schema, reader.world).ask(person, text)
    drafts = {person: sum(n["number"] is None for n in data["remarks"]["nodes"]) for person, data in alone.items()}

    assert drafts == {"secretariat": 0, "japan": 1, "gea": 0, None: 0}
    for person in (None, "gea", "japan", "secretariat", "japan", None):
        assert await reader.ask(person, text) == alone[person]


async def test_nodes_of_several_types_have_their_own_plans(reader: Reader) -> None:
    world = reader.world
    remark = (await reader.ask("japan", "{ remarks(last: 1) { nodes { id number } } }"))["remarks"]["nodes"][0]
    text = """query($ids: [ID!]!, $one: ID!) { nodes(ids: $ids) { __typename ...OfRemark ... on Speaker { shortName }
      ... on Node { same: id } } node(id: $one) { ... on Gathering { title } ...OfRemark } }
      fragment OfRemark on Remark { number speaker { id } }"""
    ids = [world.parties["upu"], remark["id"], "nonsense", world.parties["upu"], world.bodies["group"]]

    answer = await reader.ask("japan", text, ids=ids, one=remark["id"])

    party = {"__typename": "Speaker", "shortName": "UPU", "same": ids[0]}
    of_remark = {"number": remark["number"], "speaker": {"id": answer["node"]["speaker"]["id"]}}
    assert answer["nodes"] == [
        party,
        {"__typename": "Remark", **of_remark, "same": remark["id"]},
        None,
        party,
        None,
    ]
    assert answer["node"] == of_remark


async def test_values_are_rendered_in_depth(reader: Reader) -> None:
    text = """{ remarks(filter: {verdict: ACCEPTED}) { nodes { outline { __typename first { __typename text size }
      words { s: size } sizes grid seenAt } } } }"""

    first = (await reader.ask("secretariat", text))["remarks"]["nodes"][0]["outline"]

    assert first == {
        "__typename": "Outline",
        "first": {"__typename": "Word", "text": "Comment", "size": "LARGE"},
        "words": [{"s": "LARGE"}, {"s": "SMALL"}, {"s": "SMALL"}],
        "sizes": ["LARGE", "SMALL", "SMALL"],
        "grid": [[1, 2], [], [3]],
        "seenAt": reader.world.clock.now,
    }


async def test_a_selection_that_joins_too_much_is_refused(database: Database) -> None:
    reader = Reader(application._schema, await seeded(database, 1))
    fragments = " ".join(
        f"fragment F{n} on WorkingBody {{ id parent {{ ...F{n + 1} }} successor {{ ...F{n + 1} }} }}" for n in range(5)
    )
    text = f"{{ rounds {{ nodes {{ body {{ ...FROM }} }} }} }} {fragments} fragment F5 on WorkingBody {{ id }}"
    message = "One list follows more than 50 relations: ask for less at once."

    for levels, expected in ((4, []), (5, [("LIMIT_EXCEEDED", message)])):
        start = f"F{5 - levels}"
        unused = "".join(f'unused{n}: workingBody(id: "") {{ ...F{n} }} ' for n in range(5 - levels))
        asked = text.replace("FROM", start).replace("{ rounds", "{ " + unused + "rounds")
        assert await reader.refused("secretariat", asked) == expected


def test_the_nouns_of_a_sample_are_not_those_of_the_application() -> None:
    assert set(SAMPLE) == {"Speaker", "Answer", "Backing", "Remark", "Gathering", "Ruling"}
    assert not set(SAMPLE) & set(NOUNS)


async def test_a_relation_that_may_be_hidden_must_be_nullable(database: Database) -> None:
    nouns: dict[str, Noun] = {}

    @noun(rounds.Disposition, visible_answers, among=nouns)
    class Reply(Node):
        """An answer."""

    @noun(rounds.CommentWork, everyone, among=nouns)
    class Work(Node):
        """A row that promises an answer that may be hidden."""

        disposition: Reply = to_one("")

    compiled = strawberry.Schema(strawberry.type(type("Query", (), {"__annotations__": {"work": Work}})))._schema
    (node,) = parse("{ work { disposition { id } } }").definitions[0].selection_set.selections
    compiler = Compiler(Selection(compiled, {}, None))

    with pytest.raises(TypeError, match=r"Work\.disposition may be hidden"):
        compiler.compile_rows(compiled.type_map["Work"], [node])


async def test_many_to_many_needs_the_link_and_the_row_at_its_end_to_be_seen(reader: Reader) -> None:
    text = "{ speakers { nodes { shortName backed { totalCount nodes { id number } } } } }"

    def shown(data: Any) -> dict[str, list[Any]]:
        return {
            each["shortName"]: [node["id"] for node in each["backed"]["nodes"]] for each in data["speakers"]["nodes"]
        }

    everything, others = shown(await reader.ask("secretariat", text)), shown(await reader.ask("japan", text))

    assert everything["Japan"]
    assert others["Japan"] == []
    assert others["UPU"]
    assert set(others["UPU"]) <= set(everything["UPU"])


async def test_a_field_of_several_nouns_is_the_row_with_the_id_or_null_where_it_is_hidden(reader: Reader) -> None:
    text = """{ rulings { nodes { text about { __typename ... on Node { id } ... on Remark { number speaker { id } }
      ... on Gathering { title } ... on Speaker { capacity } } } } }"""

    def shown(data: Any) -> dict[str, set[str]]:
        kinds: dict[str, set[str]] = {}
        for ruling in data["rulings"]["nodes"]:
            kinds.setdefault(ruling["text"], set()).add(json.dumps(ruling["about"], default=str))
        return kinds

    officer, japan = shown(await reader.ask("secretariat", text)), shown(await reader.ask("japan", text))

    assert {kind: {json.loads(each)["__typename"] for each in officer[kind] - {"null"}} for kind in officer} == {
        "On BOD": set(),  # a noun of another kind
        "On CMT": {"Remark"},
        "On PTY": {"Speaker"},
        "On RND": {"Gathering"},
    }
    assert "null" in officer["On RND"]  # there is none
    assert "null" in officer["On CMT"]  # a draft
    assert '"number": null' in "".join(japan["On CMT"])  # its own draft


async def test_a_field_of_several_nouns_takes_a_statement_for_each_noun(reader: Reader) -> None:
    text = "{ rulings { nodes { about { __typename ... on Node { id } } } } }"

    with counted() as seen:
        await reader.ask("secretariat", text)

    assert len(seen) == 1 + 3  # the list, and each noun


async def test_groups_count_and_sum_what_the_caller_sees(reader: Reader) -> None:
    text = """query($by: RemarkGroup!, $filter: RemarkFilter) {
      groups: remarkGroups(by: $by, filter: $filter) { value count total } remarks(filter: $filter) { totalCount } }"""

    async def counts(person: str, by: str, **filter_: Any) -> dict[str | None, tuple[int, Any]]:
        answer = await reader.ask(person, text, by=by, filter=filter_)
        assert sum(group["count"] for group in answer["groups"]) == answer["remarks"]["totalCount"]
        return {group["value"]: (group["count"], group["total"]) for group in answer["groups"]}

    assert await counts("secretariat", "BY_SPEAKER", speaker="UPU") == {"UPU": (3, 6.0)}
    shown, hidden = await counts("secretariat", "BY_VERDICT"), await counts("japan", "BY_VERDICT")
    assert (
        shown.keys() == hidden.keys() == {None, "ACCEPTED", "NOT_ACCEPTED", "ACCEPTED_WITH_MODIFICATION"} & shown.keys()
    )
    assert hidden[None][0] > shown[None][0]
    with counted() as seen:
        await reader.ask("japan", "{ remarkGroups(by: BY_TYPE) { value } }")
    assert len(seen) == 1
