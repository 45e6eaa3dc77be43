"""What a list of acts costs: objects with equal facts are judged once."""

import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, get_type_hints

import pytest
from sqlalchemy import JSON

from server.kernel.acts import Act
from server.kernel.facts import paths_of
from server.schema.reads.kinds import NOUNS, Computed, read_of
from server.schema.reads.offers import OFFER
from server.schema.reads.shape import Shape
from server.schema.root import schema
from tests.bench.checkout import LISTING_WITH_ACTS
from tests.bench.seed import add_round
from tests.factories.api import Api
from tests.factories.world import World

PARTIES = 4
"""The parties that take turns in a round of the measurements; the facts of one party's comments are equal."""


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)  # SQLite renders in a thread of its own
async def test_comments_with_equal_facts_are_judged_once(world: World, api: Api) -> None:
    round_id = await add_round(world, 24)
    await api.send("japan", LISTING_WITH_ACTS, {"round": round_id})
    judged = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal judged
        judged += event == "call" and frame.f_code is Act.verdict.__code__

    sys.setprofile(count)
    answer = await api.send("japan", LISTING_WITH_ACTS, {"round": round_id})
    sys.setprofile(None)

    nodes = answer["data"]["comments"]["nodes"]
    assert len(nodes) == 24
    assert judged == PARTIES * len(nodes[0]["availableActs"])


@pytest.mark.parametrize("name", sorted(noun for noun in NOUNS if OFFER in schema._schema.type_map[noun].fields))
def test_facts_of_verdicts_that_are_no_single_values_are_lists_of_ids(name: str) -> None:
    """They are looked up as tuples, and a tuple of a dictionary would be its keys."""
    noun: Any = schema._schema.type_map[name]
    read = read_of(noun.fields[OFFER])
    assert isinstance(read, Computed)
    facts: Any = read.facts
    hints = get_type_hints(facts)

    columns = {
        fact: Shape.of(noun).column(path, asking=False)[0]
        for fact, path in zip(facts._fields, paths_of(facts), strict=True)
    }

    assert {hints[fact] for fact, column in columns.items() if isinstance(column.type, JSON)} <= {Sequence[str]}
