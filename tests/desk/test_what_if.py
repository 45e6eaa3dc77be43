"""What a text would be, by its page: chosen and ordered by a form that needs no scripts, and two choices compared."""

from typing import Any

import pytest

from tests.desk.phrases import read
from tests.factories import proposals as make
from tests.neighbours.test_actions import two
from tests.neighbours.test_api import SOFT, draft, rewording

pytestmark = pytest.mark.database


async def test_a_delegate_chooses_tries_and_compares(desk: Any) -> None:
    canada = await desk("canada")
    own, other = await two(canada.world)
    page = f"/texts/{canada.world.version}/what-if"

    choosing = await canada.get(page)
    alone = await read(canada, f"{page}?item={own}")
    both = await read(canada, f"{page}?item={own}&item={other}&at-{other}=1")
    compared = await read(canada, f"{page}?item={own}&other={other}")

    assert f'name="item" value="{own}"' in choosing.text
    assert f'name="at-{other}"' in choosing.text
    assert "What would stand, with 1 amendment" in alone
    assert "Nothing collides." in alone
    assert "Collisions (1)" in both
    assert "Left open; until somebody settles it, this stands: should" in both
    assert "The text would stay as it is." in both
    assert "The two give different texts." in compared
    assert "Collisions: 0 in the first, 0 in the second." in compared
    assert f"{page}?item={own}" in (await canada.get(f"/proposals/{own}")).text


async def test_what_cannot_be_tried_is_said_and_nothing_hidden_is_told(desk: Any) -> None:
    canada = await desk("canada")
    world = canada.world
    cycle_id = await make.open_cycle(world)
    hidden = await draft(world, "china", cycle_id, rewording(world, SOFT))
    page = f"/texts/{world.version}/what-if"

    answers = [await canada.get(f"{page}?item={each}") for each in (hidden, "PRP_nothing")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("nothing that fits here has this identifier" in answer.text for answer in answers)
    assert "No amendment is pending on this version." in answers[0].text
    assert (await canada.get(f"/texts/{world.keys[0]}/what-if")).status_code == 404
