"""A text as at an instant: the version issued last, and the edition in force."""

from datetime import date, datetime, timedelta
from typing import Any

from server.models.bodies import Decision
from server.models.texts import Edition, TextVersion
from server.vocabulary.bodies import Outcome
from server.vocabulary.texts import VersionStatus
from tests.factories.api import Api
from tests.factories.proposals import add_sitting
from tests.factories.rounds import rows_of
from tests.factories.world import NOW, World

ISSUED = NOW - timedelta(days=2)
"""The instant at which the first version of the world was issued."""


async def instrument_of(world: World) -> str:
    (instrument,) = await rows_of(world, "instruments")
    return str(instrument["id"])


async def add_version(world: World, number: int, issued_at: datetime | None, **changed: Any) -> str:
    """Add a version, issued where an instant is given."""
    status = VersionStatus.ISSUED if issued_at else VersionStatus.WORKING
    said = {"number": number, "label": f"Draft {number}", "created_at": ISSUED, "status": status, **changed}
    version = TextVersion(instrument_id=await instrument_of(world), issued_at=issued_at, **said)
    await world.add(version)
    return version.id


async def version_at(api: Api, instant: datetime, who: str | None = "japan") -> Any:
    sent = {"instrumentId": await instrument_of(api.world), "at": instant.isoformat(), "on": "2000-01-01"}
    version = (await api.ask(who, "TextAsAt", **sent))["textVersionAt"]
    return version and version["number"]


async def test_text_version_at_is_the_one_issued_last_by_then(api: Api) -> None:
    second = ISSUED + timedelta(days=1)
    await add_version(api.world, 2, second)
    await add_version(api.world, 3, None)

    instants = (ISSUED - timedelta(microseconds=1), ISSUED, second - timedelta(microseconds=1), second, NOW)
    found = [await version_at(api, instant) for instant in instants]

    assert found == [None, 1, 1, 2, 2]
    assert await version_at(api, NOW, "secretariat") == 2
    assert await version_at(api, NOW, None) is None


async def test_text_version_at_of_two_issued_at_once_is_the_later_number(api: Api) -> None:
    await add_version(api.world, 2, ISSUED)

    assert await version_at(api, ISSUED) == 2


async def test_edition_at_is_the_one_adopted_last_by_that_day(api: Api) -> None:
    world = api.world
    instrument_id = await instrument_of(world)
    sitting_id = await add_sitting(world, "council")
    recorder = world.delegates["secretariat"]
    adopted = Decision(
        sitting_id=sitting_id,
        subject_id=world.version,
        verb="adopted",
        outcome=Outcome.ADOPTED,
        text="Adopted.",
        recorded_at=NOW,
        recorded_by_id=recorder,
    )
    await world.add(adopted)
    versions = [world.version, await add_version(world, 2, NOW), await add_version(world, 3, NOW)]
    for version_id, label, adopted_on in zip(
        versions, ("2018", "2020", "2022"), (date(2018, 6, 28), date(2020, 6, 25), date(2022, 6, 23)), strict=True
    ):
        edition = Edition(instrument_id=instrument_id, text_version_id=version_id, label=label, adopted_on=adopted_on)
        edition.decision_id, edition.published_at = adopted.id, NOW
        await world.add(edition)

    days = ("2018-06-27", "2018-06-28", "2020-06-24", "2020-06-25", "2030-01-01")
    sent = {"instrumentId": instrument_id, "at": NOW.isoformat()}
    found = [(await api.ask("japan", "TextAsAt", on=day, **sent))["editionOn"] for day in days]

    assert [edition and edition["label"] for edition in found] == [None, "2018", "2018", "2020", "2022"]
    assert (await api.ask(None, "TextAsAt", on="2030-01-01", **sent))["editionOn"] is None


async def test_text_as_at_of_what_is_no_instrument_is_null(api: Api) -> None:
    for wrong in (api.world.version, "INS_" + "0" * 26, "\0"):
        answer = await api.ask("japan", "TextAsAt", instrumentId=wrong, at=NOW.isoformat(), on="2030-01-01")
        assert answer == {"textVersionAt": None, "editionOn": None}
