"""What is refused, and what is not possible now: said on pages in the language and the zone of the reader."""

import pytest
from sqlalchemy import update

from server.models.parties import Person
from server.vocabulary.parties import Language
from tests.desk.desks import forms_of
from tests.desk.phrases import phrases_of, read
from tests.factories.rounds import CLOSES, open_round
from tests.factories.world import World

pytestmark = pytest.mark.database
ANNOUNCED = {
    Language.ENGLISH: "closed on Mon 1 October 2018, 11:00 Brussels time (18:00 in Tokyo). Only the coordinators",
    Language.FRENCH: "close le lun. 1 octobre 2018, 11:00, heure de Bruxelles (18:00, heure de Tokyo). Seuls les coord",
}


async def settle_in_tokyo(world: World, language: Language) -> None:
    """Give everybody a language and the zone of Tokyo."""
    async with world.database.writing() as session:
        await session.execute(update(Person).values(language=language, zone="Asia/Tokyo"))


@pytest.mark.parametrize("language", Language)
async def test_a_late_comment_reads_when_the_round_closed_in_both_zones(desk, world: World, language: Language) -> None:
    await open_round(world)
    await settle_in_tokyo(world, language)
    visitor = await desk("japan")
    path = f"/texts/{world.version}?on=general"
    (form,) = [each for each in forms_of(await visitor.get(path)) if "text" in each.fields]
    world.clock.now = CLOSES

    refused = await (await desk("japan")).send(path, form, text="Too late.", _act="submitComment")

    assert refused.status_code == 422
    assert ANNOUNCED[language] in phrases_of(refused)
    assert "UTC" not in phrases_of(refused)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, "The round is open until Mon 1 October 2018, 11:00 Brussels time (18:00 in Tokyo)."),
        (Language.FRENCH, "jusqu’au lun. 1 octobre 2018, 11:00, heure de Bruxelles (18:00, heure de Tokyo)."),
    ],
)
async def test_what_is_not_possible_yet_says_until_when_in_both_zones(
    desk, world: World, language: Language, words: str
) -> None:
    round_id = await open_round(world)
    await settle_in_tokyo(world, language)

    assert words in await read(await desk("canada"), f"/rounds/{round_id}")
