"""Every list of the application is ordered and filtered in one form."""

from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, get_named_type, get_nullable_type

from server.schema.reads.pages import DEFAULT_PAGE
from server.schema.root import schema
from tests.factories.api import Api
from tests.factories.listing import Root, root_lists
from tests.factories.rounds import open_round, submit

LISTS = [root for root in root_lists() if root.name.startswith("Query.")]
SINGLE = ("From", "Before", "Until")


def field_of(root: Root) -> Any:
    """The field of a list."""
    return schema._schema.query_type.fields[root.name.partition(".")[2]]  # type: ignore[union-attr]


def test_every_connection_prints_its_default_page() -> None:
    pages = [
        field.args["first"]
        for each in schema._schema.type_map.values()
        for field in getattr(each, "fields", {}).values()
        if "first" in getattr(field, "args", {})
    ]

    assert len(pages) > 60
    assert {argument.default_value for argument in pages} == {DEFAULT_PAGE}


@pytest.mark.parametrize("root", LISTS, ids=lambda root: root.name)
def test_list_has_an_order_for_both_directions_and_a_filter(root: Root) -> None:
    arguments = field_of(root).args
    enumeration, filter_ = get_named_type(arguments["orderBy"].type), get_named_type(arguments["filter"].type)

    assert isinstance(enumeration, GraphQLEnumType)
    assert isinstance(filter_, GraphQLInputObjectType)
    names = set(enumeration.values)
    assert names == {f"{name.rpartition('_')[0]}_{way}" for name in names for way in ("ASC", "DESC")}
    assert arguments["orderBy"].default_value in [value.value for value in enumeration.values.values()]
    assert all(value.description for value in enumeration.values.values())
    assert "or" in filter_.fields


@pytest.mark.parametrize("root", LISTS, ids=lambda root: root.name)
def test_fields_of_a_filter_have_one_of_the_forms(root: Root) -> None:
    filter_: Any = get_named_type(field_of(root).args["filter"].type)

    for name, field in filter_.fields.items():
        kind, is_list = get_named_type(field.type).name, isinstance(get_nullable_type(field.type), GraphQLList)
        if name == "or":
            assert is_list
        elif name.endswith(SINGLE):
            assert (kind, is_list) == ("Date" if name.endswith("Until") else kind, False)
            assert kind in ("Date", "DateTime")
        elif name == "text" or name.endswith("Text"):
            assert (kind, is_list) == ("String", False)
        else:
            assert is_list is (kind != "Boolean"), name


@pytest.mark.parametrize("root", LISTS, ids=lambda root: root.name)
async def test_list_is_empty_for_nobody(api: Api, root: Root) -> None:
    await submit(api.world, "japan", await open_round(api.world))
    name = root.name.partition(".")[2]

    answers = [await api.send(who, f"{{ {name} {{ totalCount nodes {{ id }} }} }}") for who in (None, "secretariat")]

    assert answers[0] == {"data": {name: {"totalCount": 0, "nodes": []}}}
    assert "errors" not in answers[1]


async def test_journal_is_read_from_its_end_and_by_round_act_party_and_instant(api: Api) -> None:
    world = api.world
    first = await open_round(world)
    second = await open_round(world)
    middle = world.clock.move(minutes=1)
    comments = [await submit(world, who, where) for who in ("japan", "canada") for where in (first, second)]

    async def subjects(**filter_: Any) -> list[str]:
        told = await api.ask("secretariat", "JournalList", orderBy="ACTED_AT_DESC", filter=filter_)
        return [node["subjectId"] for node in told["journalEntries"]["nodes"]]

    everything = await subjects()
    assert set(everything[:4]) == set(comments)
    assert set(everything[4:]) >= {first, second}
    assert set(await subjects(roundId=first)) == {first, comments[0], comments[2]}
    assert set(await subjects(roundId=[first, second], act="OPEN_ROUND")) == {first, second}
    assert set(await subjects(partyId=[world.parties["japan"]])) == {comments[0], comments[1]}
    assert set(await subjects(actedFrom=middle.isoformat())) == set(comments)
    assert set(await subjects(actedBefore=middle.isoformat(), act=["OPEN_ROUND", "SUBMIT_COMMENT"])) == {
        first,
        second,
    }
    assert await subjects(act=[]) == []
