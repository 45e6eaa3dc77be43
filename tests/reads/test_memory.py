"""What documents fill is bounded by their weight, and the weight is not less than what is really allocated."""

from collections.abc import Iterator

import pytest
from graphql import is_required_argument

from server.schema.root import schema
from server.transport.documents import DocumentCache
from server.transport.limits import Limits
from server.transport.shelves import Shelf
from tests.factories.api import Api
from tests.factories.memory import allocated
from tests.transport.hostile import aliases_of_comments, comment_by_id, list_of_round

SHELF = 3_000_000
SLACK = 1_000_000
"""What else a request leaves behind: compiled statements, which are a bounded number, and counters."""


@pytest.mark.rest
def test_syntax_trees_of_many_documents_fill_no_more_than_they_weigh() -> None:
    documents = DocumentCache(schema._schema, Limits(), strangers=SHELF)
    documents.prepare(comment_by_id(0))

    with allocated() as sizes:
        for number in range(1, 40):
            documents._share_of_strangers.use("", -1.0)
            documents.prepare(comment_by_id(number))
            documents.prepare(f"{{ unknown{number} }}")

    assert sizes[0] <= documents.weight <= SHELF + SLACK


@pytest.fixture
def shelves(api: Api) -> Iterator[DocumentCache]:
    """Give the documents of the application, with shelves that a few lists fill."""
    documents: DocumentCache = api.app.state.server.pipeline.documents
    good, strangers = documents._good, documents._strangers
    documents._good, documents._strangers = Shelf(SHELF), Shelf(SHELF)
    yield documents
    documents._good, documents._strangers = good, strangers


@pytest.mark.rest
async def test_plans_of_many_documents_fill_no_more_than_they_weigh(api: Api, shelves: DocumentCache) -> None:
    person = "secretariat"
    await api.send(person, list_of_round(0))

    with allocated() as sizes:
        for number in range(1, 7):
            answer = await api.send(person, list_of_round(number))
            assert answer == {"data": {"comments": {"nodes": []}}}

    assert shelves.weight <= SHELF + SLACK
    assert sizes[0] <= shelves.weight + SLACK


LISTS = sorted(
    name
    for name, field in schema._schema.query_type.fields.items()  # type: ignore[union-attr]
    if str(field.type).endswith("Connection!") and not any(is_required_argument(each) for each in field.args.values())
)


@pytest.mark.rest
async def test_the_plan_of_every_list_fills_no_more_than_it_weighs(api: Api, shelves: DocumentCache) -> None:
    heavier = {}
    for name in LISTS:
        query = f"{{ {name}(first: 2) {{ totalCount nodes {{ id }} }} }}"
        await api.send("secretariat", query)
        before = shelves.weight
        with allocated() as sizes:
            for number in range(3):
                assert "errors" not in await api.send("secretariat", f"{query} # {number}")
        weight = shelves.weight - before
        assert weight > 0
        if sizes[0] > weight:
            heavier[name] = (sizes[0] // 3, weight // 3)
        for shelf in (shelves._good, shelves._strangers):
            while len(shelf):
                shelf.take(next(iter(shelf._entries)))

    assert len(LISTS) > 20
    assert heavier == {}


async def test_hostile_documents_leave_nothing_behind(api: Api, shelves: DocumentCache) -> None:
    await api.send(None, aliases_of_comments(0, first=100))

    with allocated() as sizes:
        for number in range(1, 21):
            answer = await api.send(None, aliases_of_comments(number, first=100))
            assert answer["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"

    assert sizes[0] < SLACK
