"""Pages: cursors, their limits, and walking a list from end to end."""

import base64
from typing import Any

import orjson
import pytest

from server.storage.database import Database
from tests.factories.world import World
from tests.reads.reading import Reader
from tests.reads.sample import REMARK_ORDERS, schema
from tests.reads.seed import seeded

WALK = """
query($first: Int, $after: String, $last: Int, $before: String, $order: RemarkOrder) {
  remarks(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}
"""
NESTED = """
query($first: Int, $after: String, $last: Int, $before: String) {
  speakers { nodes { id remarks(first: $first, after: $after, last: $last, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  } } }
}
"""


@pytest.fixture
async def reader(database: Database) -> Reader:
    """Build the sample schema over two rounds of thirteen comments."""
    return Reader(schema, await seeded(database, 13, rounds=2))


async def walked(reader: Reader, order: str | None, size: int, *, backwards: bool) -> list[str]:
    """Return the ids of all pages in the order of the list. Fail if the page information of one is wrong."""
    found: list[str] = []
    cursor = None
    while True:
        place = {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        page = (await reader.ask("secretariat", WALK, order=order, **place))["remarks"]
        ids = [node["id"] for node in page["nodes"]]
        found = ids + found if backwards else found + ids
        info = page["pageInfo"]
        assert info["hasNextPage" if not backwards else "hasPreviousPage"] == (len(found) < page["totalCount"])
        assert info["hasPreviousPage" if not backwards else "hasNextPage"] == (cursor is not None)
        if not info["hasPreviousPage" if backwards else "hasNextPage"]:
            return found
        cursor = info["startCursor" if backwards else "endCursor"]


async def test_walking_all_pages_gives_the_whole_list_once(reader: Reader) -> None:
    for order in (None, *(order.name for order in REMARK_ORDERS.paths)):
        whole = await walked(reader, order, 100, backwards=False)

        assert len(set(whole)) == 24
        for size in (1, 4, 7):
            assert await walked(reader, order, size, backwards=False) == whole
            assert await walked(reader, order, size, backwards=True) == whole


async def test_walking_the_pages_of_one_parent_gives_its_whole_list_once(reader: Reader) -> None:
    whole = (await reader.ask("secretariat", NESTED, first=100))["speakers"]["nodes"]
    for number, speaker in enumerate(whole):
        expected = [node["id"] for node in speaker["remarks"]["nodes"]]
        for backwards in (False, True):
            found: list[str] = []
            cursor, going = None, True
            while going:
                place = {"last": 2, "before": cursor} if backwards else {"first": 2, "after": cursor}
                answer = await reader.ask("secretariat", NESTED, **place)
                page = answer["speakers"]["nodes"][number]["remarks"]
                ids = [node["id"] for node in page["nodes"]]
                found = ids + found if backwards else found + ids
                cursor = page["pageInfo"]["startCursor" if backwards else "endCursor"]
                going = page["pageInfo"]["hasPreviousPage" if backwards else "hasNextPage"]
                assert page["totalCount"] == len(expected)
            assert found == expected


async def test_a_parent_beyond_its_last_row_still_has_its_total(reader: Reader) -> None:
    text = "{ speakers { nodes { remarks { edges { cursor } } } } }"
    whole = [each["remarks"]["edges"] for each in (await reader.ask("secretariat", text))["speakers"]["nodes"]]
    last = [edges[-1]["cursor"] for edges in whole if edges]

    for end in last:
        pages = [each["remarks"] for each in (await reader.ask("secretariat", NESTED, after=end))["speakers"]["nodes"]]
        assert [page["totalCount"] for page in pages] == [len(edges) for edges in whole]
        assert [] in [page["nodes"] for page, edges in zip(pages, whole, strict=True) if edges]


def forged(cursor: str, *values: Any) -> str:
    """Return a cursor of the same list with other values."""
    fingerprint = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    return base64.urlsafe_b64encode(orjson.dumps([fingerprint, *values])).decode().rstrip("=")


def wrong_cursors(cursor: str) -> list[str]:
    """Yield cursors that cannot be of `remarks` in the order of submission (instant, number, id)."""
    return [
        "",
        "x",
        "ä",
        "\ud800",
        "W10",
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
        forged(cursor),
        forged(cursor, "2018-01-01T00:00:00Z", 1),
        forged(cursor, "2018-01-01T00:00:00Z", 1, "CMT", 4),
        forged(cursor, "2018-01-01T00:00:00", 1, "CMT"),
        forged(cursor, "0001-01-01T00:00:00+14:00", 1, "CMT"),
        forged(cursor, 5, 1, "CMT"),
        forged(cursor, "yesterday", 1, "CMT"),
        forged(cursor, "2018-01-01T00:00:00Z", 2**31, "CMT"),
        forged(cursor, "2018-01-01T00:00:00Z", 2**63, "CMT"),
        forged(cursor, "2018-01-01T00:00:00Z", True, "CMT"),
        forged(cursor, "2018-01-01T00:00:00Z", 1.5, "CMT"),
        forged(cursor, "2018-01-01T00:00:00Z", [], {}),
        forged(cursor, "2018-01-01T00:00:00Z", None, "CMT"),
        forged(cursor, "2018-01-01T00:00:00Z", 1, "C\0T"),
        forged(cursor, None, None, None),
    ]


async def test_a_cursor_that_is_none_is_a_bad_request(reader: Reader) -> None:
    answer = await reader.ask("secretariat", WALK, order="SUBMISSION_ASC", first=1)
    cursor = answer["remarks"]["pageInfo"]["endCursor"]

    for wrong in wrong_cursors(cursor):
        errors = await reader.refused("secretariat", WALK, order="SUBMISSION_ASC", after=wrong)
        assert [code for code, _ in errors] == ["BAD_REQUEST"], wrong


async def test_a_cursor_of_another_list_order_or_filter_is_a_bad_request(reader: Reader) -> None:
    text = "{ remarks(first: 1) { pageInfo { endCursor } } gatherings(first: 1) { pageInfo { endCursor } } }"
    answer = await reader.ask("secretariat", text)
    of_remarks = answer["remarks"]["pageInfo"]["endCursor"]
    of_gatherings = answer["gatherings"]["pageInfo"]["endCursor"]
    elsewhere = "This cursor was made for another list or filter."
    otherwise = "This cursor was made in the order SPEAKER_ASC, not in STATUS_DESC: begin with the first page."

    assert await reader.refused("secretariat", WALK, after=of_gatherings) == [("BAD_REQUEST", elsewhere)]
    assert await reader.refused("secretariat", NESTED, after=of_remarks) == [("BAD_REQUEST", elsewhere)]
    assert await reader.refused("secretariat", WALK, before=of_remarks, order="STATUS_DESC") == [
        ("BAD_REQUEST", otherwise)
    ]
    assert await reader.refused("secretariat", WALK, before=of_remarks, order="SPEAKER_ASC") == []
    filtered = 'query($after: String) { remarks(after: $after, filter: {speaker: "Japan"}) { totalCount } }'
    assert await reader.refused("secretariat", filtered, after=of_remarks) == [("BAD_REQUEST", elsewhere)]
    with_null = "query($after: String) { remarks(after: $after, filter: {speaker: null}) { totalCount } }"
    assert await reader.refused("secretariat", with_null, after=of_remarks) == []


@pytest.mark.parametrize("arguments", ["first: 0", "first: -1", "first: 101", "last: 0", "last: 101"])
async def test_a_page_holds_1_to_100_items(reader: Reader, arguments: str) -> None:
    number = arguments.split()[1]
    expected = [("BAD_REQUEST", f"A page holds 1 to 100 items; {number} were asked for.")]

    assert await reader.refused("secretariat", f"{{ remarks({arguments}) {{ totalCount }} }}") == expected
    nested = f"{{ speakers {{ nodes {{ remarks({arguments}) {{ totalCount }} }} }} }}"
    assert await reader.refused("secretariat", nested) == expected


async def test_a_page_is_asked_for_from_one_end(reader: Reader) -> None:
    expected = [("BAD_REQUEST", "Ask for first/after or for last/before, not for both.")]

    assert await reader.refused("secretariat", WALK, first=1, last=1) == expected


async def test_filters_that_no_row_can_match_do_not_reach_the_driver(reader: Reader) -> None:
    text = "query($filter: RemarkFilter) { remarks(filter: $filter) { totalCount } }"

    for wrong in ({"speaker": "a\0b"}, {"speaker": "\ud800"}, {"words": "\0"}):
        errors = await reader.refused("secretariat", text, filter=wrong)
        assert [code for code, _ in errors] == ["BAD_REQUEST"], wrong
    assert await reader.ask("secretariat", text, filter={"types": []}) == {"remarks": {"totalCount": 0}}
    assert await reader.ask("secretariat", text, filter={"types": None}) == {"remarks": {"totalCount": 24}}
    assert await reader.ask("secretariat", text, filter=None) == {"remarks": {"totalCount": 24}}
    both = {"types": ["GENERAL", "SUBSTANTIVE"]}
    assert await reader.ask("secretariat", text, filter=both) == {"remarks": {"totalCount": 24}}


async def test_ids_that_are_none_find_nothing(reader: Reader) -> None:
    wrong = ["", "\0", "CMT_\0", "\ud800", "CMT_", "x" * 10_000, "PTY_00000000000000000000000000\n"]
    text = "query($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } remark(id: $id) { id } }"

    for each in wrong:
        answer = await reader.ask("secretariat", text, id=each, ids=wrong)
        assert answer == {"node": None, "nodes": [None] * len(wrong), "remark": None}


def test_an_order_runs_both_ways_and_the_first_key_ascending_is_the_default() -> None:
    ascending, descending = (REMARK_ORDERS.paths[REMARK_ORDERS.type[f"SUBMISSION_{way}"]] for way in ("ASC", "DESC"))

    assert REMARK_ORDERS.default.name == "SPEAKER_ASC"
    assert ascending == ("submitted_at", "-number", "id")
    assert descending == ("-submitted_at", "number", "-id")


async def test_the_default_page_is_printed_and_gives_way_to_last(reader: Reader) -> None:
    first = reader.schema.query_type.fields["remarks"].args["first"]  # type: ignore[union-attr]

    assert first.default_value == 50
    for arguments in ("last: 2", "first: 50, last: 2"):
        page = (await reader.ask("secretariat", f"{{ remarks({arguments}) {{ nodes {{ id }} }} }}"))["remarks"]
        assert len(page["nodes"]) == 2


async def test_one_value_of_a_list_is_that_value_and_many_are_refused(reader: Reader) -> None:
    text = (
        "query($filter: RemarkFilter) { remarks(filter: $filter) { nodes { id } pageInfo { endCursor } totalCount } }"
    )
    japan = await reader.ask("secretariat", text, filter={"speaker": "Japan"})

    assert japan == await reader.ask("secretariat", text, filter={"speaker": ["Japan"]})
    assert 0 < japan["remarks"]["totalCount"] < 24
    several = await reader.ask("secretariat", text, filter={"speaker": ["Japan", "UPU", "nobody"]})
    assert several["remarks"]["totalCount"] > japan["remarks"]["totalCount"]
    assert await reader.refused("secretariat", text, filter={"speaker": ["Japan"] * 101}) == [
        ("BAD_REQUEST", "The filter speaker takes 100 values at most.")
    ]


async def test_has_tells_rows_with_a_value_that_the_caller_sees_from_the_others(reader: Reader) -> None:
    text = "query($filter: RemarkFilter) { remarks(filter: $filter) { nodes { verdict } totalCount } }"

    for person in ("secretariat", "japan"):
        whole = (await reader.ask(person, text))["remarks"]
        having = (await reader.ask(person, text, filter={"hasVerdict": True}))["remarks"]
        lacking = (await reader.ask(person, text, filter={"hasVerdict": False}))["remarks"]

        assert having["totalCount"] + lacking["totalCount"] == whole["totalCount"]
        assert having["totalCount"] > 0 < lacking["totalCount"]
        assert all(node["verdict"] for node in having["nodes"])
        assert not any(node["verdict"] for node in lacking["nodes"])


async def test_an_id_of_another_noun_is_not_found(reader: Reader, database: Database) -> None:
    world: World = reader.world
    text = "query($id: ID!) { node(id: $id) { __typename } remark(id: $id) { id } }"

    answer = await reader.ask("japan", text, id=world.parties["japan"])

    assert answer == {"node": {"__typename": "Speaker"}, "remark": None}


async def test_words_are_found_whatever_the_case_of_their_letters(reader: Reader) -> None:
    text = "query($filter: RemarkFilter) { remarks(filter: $filter) { totalCount } }"

    for words, number in (("ÄMTER ALIKE", 24), ("ämter", 24), ("comment 1:", 2), ("amter", 0), ("%", 0), ("", 24)):
        assert (await reader.ask("secretariat", text, filter={"words": words}))["remarks"]["totalCount"] == number


async def test_alternatives_are_met_by_one_of_them_besides_the_other_filters(reader: Reader) -> None:
    text = "query($filter: RemarkFilter) { remarks(filter: $filter) { totalCount } }"

    async def count(**filter_: Any) -> int:
        return int((await reader.ask("secretariat", text, filter=filter_))["remarks"]["totalCount"])

    japan, late = {"speaker": "Japan"}, {"numberFrom": 3}
    assert await count(**{"or": [japan, late]}) == await count(**japan) + await count(**late) - await count(
        **japan, **late
    )
    assert await count(speaker="UPU", **{"or": [japan, late]}) == await count(speaker="UPU", **late)
    assert await count(**{"or": [japan, {}]}) == await count()
    for wrong in ([], [japan] * 6, [{"or": [japan]}]):
        (error,) = await reader.refused("secretariat", text, filter={"or": wrong})
        assert error == ("BAD_REQUEST", "`or` takes 1 to 5 alternatives, which have none of their own.")
