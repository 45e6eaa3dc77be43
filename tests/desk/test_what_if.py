"""What a text would be, by its page: chosen and ordered by a form that needs no scripts, and two choices compared."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from server.domain.proposals.rules.contents import AmendmentContent
from server.vocabulary.proposals import AmendmentKind
from tests.desk.phrases import read
from tests.factories import proposals as make
from tests.neighbours.test_actions import two
from tests.neighbours.test_api import SOFT, draft, registered, rewording
from tests.pages.browser import words_of

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
    assert "Collisions (1) Paragraph 1: different words for one place" in both
    assert "Left open; until somebody settles it, this stands: should" in both
    assert "The text would stay as it is." in both
    assert "The two give different texts." in compared
    assert "Collisions: 0 in the first, 0 in the second." in compared
    assert both.index("1 collision") < both.index("Collisions (1)") < both.index("Choose and order")
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


async def test_a_form_without_a_tick_says_so_and_nothing_is_tried(desk: Any) -> None:
    canada = await desk("canada")
    own, other = await two(canada.world)
    page = f"/texts/{canada.world.version}/what-if"

    answers = [await read(canada, f"{page}?{query}") for query in ("", f"at-{own}=", f"other={other}")]

    assert ["Nothing is ticked under “First”." in answer for answer in answers] == [False, True, True]
    assert [answer for answer in answers if "What would stand" in answer or "side by side" in answer] == []


async def test_the_next_page_of_a_what_if_tries_the_same_amendments(desk: Any) -> None:
    canada = await desk("canada")
    world = canada.world
    cycle_id = await make.open_cycle(world)
    new = [AmendmentContent(AmendmentKind.ADD, world.keys[2], wording=f"Letter {number}.") for number in range(50)]
    firm = await registered(world, cycle_id, rewording(world))
    letters = await registered(world, cycle_id, *new)
    page = await canada.get(f"/texts/{world.version}/what-if?item={firm}&at-{firm}=1&item={letters}")

    (onward,) = re.findall(r'href="([^"]*after=[^"]*)"', page.text)

    assert unescape(onward).count("item=") == 2
    assert "What would stand, with 51 amendments" in await read(canada, unescape(onward))


@pytest.mark.parametrize("rubbish", ["<script>", "\u202e.", "\u0661", "-1", "", "x" * 3_000])
async def test_rubbish_in_an_address_is_refused_or_passed_over(desk: Any, rubbish: str) -> None:
    canada = await desk("canada")
    own, _ = await two(canada.world)
    page = f"/texts/{canada.world.version}/what-if"
    queries = ({"item": rubbish}, {"item": own, "other": rubbish}, {"item": own, "after": rubbish})

    answers = [await canada.get(f"{page}?{urlencode(query)}") for query in queries]
    placed = await canada.get(f"{page}?{urlencode({'item': own, f'at-{own}': rubbish, f'at-{rubbish}': 'x'})}")

    assert [answer.status_code for answer in answers] == [422, 422, 400]
    assert [answer for answer in (*answers, placed) if "<script>" in answer.text] == []
    assert [answer for answer in answers if "x" * 3_000 in words_of(answer)] == []
    assert placed.status_code == 200


async def test_what_is_hidden_and_what_is_nothing_give_one_answer(desk: Any) -> None:
    canada = await desk("canada")
    world = canada.world
    own, _ = await two(world)
    hidden = await draft(world, "china", await make.open_cycle(world), rewording(world, SOFT))
    page = f"/texts/{world.version}/what-if"

    answers = [await canada.get(f"{page}?item={own}&other={each}") for each in (hidden, f"PRP_{'0' * 26}")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert words_of(answers[0]) == words_of(answers[1])


async def test_a_thousand_parameters_are_refused_in_words(desk: Any) -> None:
    canada = await desk("canada")
    own, other = await two(canada.world)
    page = f"/texts/{canada.world.version}/what-if"
    many = [("item", f"PRP_{number:026}") for number in range(1_000)]

    crowd = await canada.get(f"{page}?{urlencode(many)}")
    twice = await read(canada, f"{page}?item={own}&item={own}&item={other}&item={other}")

    assert crowd.status_code == 422
    assert "200" in words_of(crowd)
    assert "What would stand, with 2 amendments" in twice
