"""Issuing papers, on both databases."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from server.domain.papers import actions
from server.kernel.ids import new_id
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry
from server.models.papers import Paper
from server.models.texts import Instrument, TextVersion
from tests.factories.entries import said
from tests.factories.proposals import add_sitting
from tests.factories.workplan import rows_of, sizes
from tests.factories.world import NOW, World

INDICATORS: dict[str, Any] = {"series": "PC", "serial": 618, "language": "en", "title": " Indicators "}


async def issue(world: World, **changed: Any) -> str:
    """Issue the paper on indicators as the Secretariat."""
    return await world.do("secretariat", actions.issue_paper, **(INDICATORS | changed))


async def papers(world: World) -> list[Any]:
    """Every row of the table."""
    return await rows_of(world.database, *Paper.__table__.columns)


async def refused(world: World, who: str | None = "secretariat", **changed: Any) -> Refusal:
    """The refusal of an issue; nothing is written by it."""
    before = await sizes(world.database), await papers(world)

    with pytest.raises(Refusal) as refusal:
        await world.do(who, actions.issue_paper, **(INDICATORS | changed))

    assert (await sizes(world.database), await papers(world)) == before
    return refusal.value


async def test_issue_paper_keeps_what_it_is_for_and_what_it_carries(world: World) -> None:
    sitting = await add_sitting(world)

    paper = await issue(world, sitting_id=sitting, text_version_id=world.version)

    printed = ("PC", 618, "a", "E", "Indicators")
    assert await papers(world) == [(paper, *printed, sitting, world.version, NOW)]
    columns = (JournalEntry.subject_id, JournalEntry.act, JournalEntry.details)
    (entry,) = [row for row in await rows_of(world.database, *columns) if row[0] == paper]
    told = {"reference": "PC0618Ea", "title": "Indicators", "sitting": sitting, "version": world.version}
    assert (entry[1], said(entry[2])) == ("paper.issued", told)


async def test_issue_paper_again_gives_the_next_letter_of_that_number_only(world: World) -> None:
    for changed in ({}, {"title": "Indicators, revised"}, {"serial": 619}, {"series": "SP"}, {"language": "fr"}):
        await issue(world, **changed)

    columns = (Paper.series, Paper.serial, Paper.letter, Paper.language, Paper.title)
    assert await rows_of(world.database, *columns) == [
        ("PC", 618, "a", "E", "Indicators"),
        ("PC", 618, "b", "E", "Indicators, revised"),
        ("PC", 618, "c", "F", "Indicators"),
        ("PC", 619, "a", "E", "Indicators"),
        ("SP", 618, "a", "E", "Indicators"),
    ]


async def test_issue_paper_after_z_is_refused(world: World) -> None:
    await world.add(Paper(**(INDICATORS | {"letter": "z", "issued_at": NOW})))

    refusal = await refused(world)

    assert (refusal.kind, refusal.code) == (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)
    assert refusal.message == "This paper has all its versions, a to z. Take a new serial."


@pytest.mark.parametrize("who", ["japan", "canada", "upu", "gea"])
async def test_issue_paper_by_anyone_else_is_forbidden(world: World, who: str) -> None:
    refusal = await refused(world, who, text_version_id=world.version)

    assert (refusal.kind, refusal.code) == (RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN)


async def test_issue_paper_by_nobody_is_refused(world: World) -> None:
    assert (await refused(world, None)).code == RefusalCode.UNAUTHENTICATED


@pytest.mark.parametrize(("name", "noun"), [("sitting_id", "sitting"), ("text_version_id", "version")])
async def test_issue_paper_for_what_does_not_exist_is_not_found(world: World, name: str, noun: str) -> None:
    for identifier in ("", "nonsense", new_id("SIT"), new_id("VER")):
        refusal = await refused(world, **{name: identifier})
        assert (refusal.code, refusal.message) == (RefusalCode.NOT_FOUND, f"There is no such {noun} for you.")


async def working_version(world: World) -> str:
    """A version that is being made: hidden from delegates who lead nothing."""
    instrument = Instrument(title="Other text", short_title="Other")
    await world.add(instrument)
    version = TextVersion(instrument_id=instrument.id, number=1, label="Working", created_at=NOW)
    await world.add(version)
    return version.id


async def test_issue_paper_with_a_working_text_is_refused(world: World) -> None:
    refusal = await refused(world, text_version_id=await working_version(world))

    assert (refusal.kind, refusal.code) == (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)
    assert refusal.message == "This version is working; it would have to be issued."


async def test_issue_paper_with_a_text_that_is_hidden_does_not_say_that_it_exists(world: World) -> None:
    refusal = await refused(world, "japan", text_version_id=await working_version(world))

    assert (refusal.code, refusal.message) == (RefusalCode.NOT_FOUND, "There is no such version for you.")


async def test_issue_paper_that_is_not_well_formed_names_every_field(world: World) -> None:
    refusal = await refused(world, series="pc", serial=10_000, language="", title=" ")

    assert refusal.code == RefusalCode.INVALID
    assert [issue.path for issue in refusal.issues] == ["series", "serial", "language", "title"]


async def test_issue_paper_twice_at_once_gives_a_and_b_or_says_that_one_was_late(world: World) -> None:
    answers = await asyncio.gather(issue(world), issue(world), return_exceptions=True)

    late = [answer for answer in answers if isinstance(answer, Refusal)]
    issued = [answer for answer in answers if isinstance(answer, str)]
    letters = await rows_of(world.database, Paper.letter, Paper.issued_at)
    assert len(issued) + len(late) == 2
    assert [(refusal.kind, refusal.code) for refusal in late] == [(RefusalKind.STALE, RefusalCode.ALREADY_DONE)] * len(
        late
    )
    assert letters == [("a", NOW), ("b", NOW)][: len(issued)]
    assert len(await rows_of(world.database, JournalEntry.sequence)) == len(issued) >= 1


async def test_issue_paper_says_when(world: World) -> None:
    world.clock.now = datetime(2022, 3, 7, 9, 30, tzinfo=UTC)

    await issue(world)

    assert await rows_of(world.database, Paper.issued_at) == [(world.clock.now,)]
