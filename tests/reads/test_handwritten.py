"""What our reads are measured against, which nothing else runs."""

import ast
import importlib
import inspect
import pkgutil

import orjson
import pytest
from graphql import GraphQLSyntaxError, parse, validate
from sqlalchemy import text

import tests.bench
from server.schema.root import schema
from tests.bench import rows
from tests.bench.checkout import LISTING
from tests.bench.peer import comments_in
from tests.bench.seed import add_round
from tests.factories.api import Api
from tests.factories.world import World

NAMES = sorted(module.name for module in pkgutil.iter_modules(tests.bench.__path__) if not module.ispkg)
OTHERS = {"peer": 1}
"""How many documents of a module are for another server than ours."""


def documents_of(source: str) -> list[str]:
    """Return the operations that are written in the source of a module."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [each for each in texts if isinstance(each, str) and each.split()[:1] and is_operation(each)]


def is_operation(words: str) -> bool:
    """Return whether words are a document of GraphQL."""
    try:
        return bool(words.strip().startswith(("query", "mutation", "subscription")) and parse(words))
    except GraphQLSyntaxError:
        return False


@pytest.mark.parametrize("name", NAMES)
def test_module_that_measures_can_be_imported_and_asks_for_what_is_there(name: str) -> None:
    module = importlib.import_module(f"tests.bench.{name}")

    documents = documents_of(inspect.getsource(module))

    assert sum(bool(validate(schema._schema, parse(each))) for each in documents) == OTHERS.get(name, 0)


async def test_rows_by_hand_are_the_comments_that_we_list(world: World, api: Api) -> None:
    round_id = await add_round(world, 6)
    ours = await api.send("japan", LISTING, {"round": round_id})

    async with world.database.reading() as session:
        result = await session.execute(text(rows.SELECT.format(parameter=":round", page=50)), {"round": round_id})

    assert comments_in(orjson.loads(rows.page_of(result.all()))) == comments_in(ours)
