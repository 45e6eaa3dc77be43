"""What-ifs over HTTP, with the published operations: what each person may try, and what comes out."""

from typing import Any

import pytest

from server.domain.consolidation.actions import making
from server.domain.proposals.rules.contents import AmendmentContent
from server.journal.chain import sha256_of
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import UnitKind, VersionStatus
from tests.factories import proposals as make
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.world import NOW, WORDS
from tests.neighbours.test_api import FIRM, SOFT, draft, registered, rewording


async def what_if(api: Api, who: str, *items: str, **sent: Any) -> Any:
    """Return what somebody is told of amendments that they try."""
    return (await api.ask(who, "WhatIf", textVersionId=api.world.version, pendingIds=list(items), **sent))["whatIf"]


async def amendments_of(api: Api, proposal_id: str) -> list[str]:
    """Return the ids of the amendments of a proposal."""
    answer = await api.ask("japan", "ProposalDetail", id=proposal_id)
    return [each["id"] for each in answer["proposal"]["amendments"]["nodes"]]


@pytest.mark.own_sql
async def test_a_delegate_tries_proposals_and_nothing_is_written(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    gone = AmendmentContent(AmendmentKind.DELETE, world.keys[3])
    new = AmendmentContent(AmendmentKind.ADD, world.keys[2], wording="Letters are free.")
    first = await registered(world, cycle_id, rewording(world), title="Firm")
    second = await registered(world, cycle_id, gone, new, title="Letters")

    answer = await what_if(api, "canada", first, second)

    assert answer["amendmentCount"] == 3
    assert [(each["key"], each["before"], each["after"]) for each in answer["provisions"]["nodes"]] == [
        (world.keys[1], WORDS[1], FIRM),
        (world.keys[3], WORDS[3], None),
        ("PRV" + (await amendments_of(api, second))[1][3:], None, "Letters are free."),
    ]
    shown = answer["provisions"]["nodes"][0]
    assert [each["proposal"]["title"] for each in shown["amendments"]] == ["Firm"]
    assert [run["text"] for run in shown["runs"] if run["kind"] != "KEEP"] == ["should", "shall"]
    assert (answer["collisions"]["totalCount"], answer["waiting"]) == (0, [])
    turned = await what_if(api, "japan", second, first)
    assert (turned["digest"], turned["textDigest"]) == (answer["digest"], answer["textDigest"])


async def test_collisions_say_what_each_leaves_open(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    first = await registered(world, cycle_id, rewording(world), title="Firm")
    second = await registered(world, cycle_id, rewording(world, SOFT), title="Soft")

    answer = await what_if(api, "upu", first, *await amendments_of(api, second))

    (collision,) = answer["collisions"]["nodes"]
    assert (collision["kind"], collision["key"], collision["baseWords"]) == ("WORDS", world.keys[1], "should")
    sides = {each["amendment"]["proposal"]["title"]: each["words"] for each in collision["sides"]}
    assert sides == {"Firm": "shall", "Soft": "may"}
    assert sorted(each["proposal"]["title"] for each in answer["waiting"]) == ["Firm", "Soft"]
    (meeting,) = answer["meetings"]["nodes"]
    assert (meeting["relation"], meeting["places"][0]["ownWords"]) == ("CONFLICTS", "shall")
    assert answer["provisions"]["nodes"] == []


async def refused(api: Api, who: str, *items: str) -> list[tuple[str, str]]:
    """Return the faults for which trying amendments is refused."""
    answer = await what_if(api, who, *items)
    assert answer["kind"] == "INVALID"
    return [(".".join(issue["path"]), issue["message"]) for issue in answer["issues"]]


async def test_what_one_does_not_see_is_refused_like_what_does_not_exist(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    hidden = await draft(world, "china", cycle_id, rewording(world))
    filed = await make.submitted(world, cycle_id=cycle_id)
    unknown = "nothing that fits here has this identifier"

    assert await refused(api, "canada", hidden, filed, world.keys[1]) == [
        (f"pendingIds.{place}", unknown) for place in range(3)
    ]
    assert await refused(api, "secretariat", hidden) == [("pendingIds.0", unknown)]
    assert await refused(api, "canada") == [("pendingIds", "1 to 200 entries")]
    assert (await what_if(api, "china", hidden))["amendmentCount"] == 1
    assert (await what_if(api, "secretariat", filed))["amendmentCount"] == 2
    answer = await api.ask("canada", "WhatIf", textVersionId=world.keys[0], pendingIds=[hidden])
    assert answer["whatIf"] is None


async def test_two_what_ifs_are_compared(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    first = await registered(world, cycle_id, rewording(world), rewording(world, "Gone.", 3))
    second = await registered(world, cycle_id, rewording(world, SOFT), rewording(world, "Gone.", 3))
    sent = {"textVersionId": world.version, "pendingIds": [first], "otherPendingIds": [second]}

    answer = (await api.ask("canada", "WhatIfComparison", **sent))["whatIfComparison"]

    assert answer["isSameText"] is False
    assert [(each["key"], each["first"], each["second"], each["isSame"]) for each in answer["provisions"]["nodes"]] == [
        (world.keys[1], FIRM, SOFT, False),
        (world.keys[3], "Gone.", "Gone.", True),
    ]
    assert [run["text"] for run in answer["provisions"]["nodes"][0]["runs"] if run["kind"] != "KEEP"] == [
        "shall",
        "may",
    ]
    same = (await api.ask("canada", "WhatIfComparison", **sent | {"otherPendingIds": [first]}))["whatIfComparison"]
    assert (same["isSameText"], same["firstDigest"]) == (True, same["secondDigest"])
    faulty = (await api.ask("canada", "WhatIfComparison", **sent | {"otherPendingIds": [first, first]}))[
        "whatIfComparison"
    ]
    assert [issue["path"] for issue in faulty["issues"]] == [["otherPendingIds", "1"]]


async def test_a_consolidation_makes_the_text_that_was_tried(api: Api) -> None:
    world = api.world
    added = AmendmentContent(AmendmentKind.ADD, world.keys[2], wording="Letters are free.")
    proposal_id = await make.concluded(world, amendments=(rewording(world), added))
    tried = await what_if(api, "secretariat", proposal_id)

    await world.do("secretariat", making.consolidate, text_version_id=world.version, label="Next")
    answer = await api.ask("secretariat", "ConsolidationList", first=1)

    on = answer["consolidations"]["nodes"][0]["target"]["id"]
    text = (await api.ask("secretariat", "ProvisionList", id=on, first=10))["textVersion"]["provisions"]["nodes"]
    made = {each["key"]: each["text"] for each in text}
    assert all(made.get(each["key"]) == each["after"] for each in tried["provisions"]["nodes"])
    assert len(made) == len(WORDS) + 1


async def test_a_translation_would_owe_what_it_does_not_render(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    first = await registered(world, cycle_id, rewording(world), AmendmentContent(AmendmentKind.DELETE, world.keys[3]))
    async with world.database.writing() as session:
        original = await session.get_one(TextVersion, world.version)
        french = TextVersion(
            instrument_id=original.instrument_id,
            number=1,
            label="Projet 1",
            language="fr",
            follows_id=original.id,
            created_at=NOW,
        )
        session.add(french)
        await session.flush()
        session.add_all(
            ProvisionText(
                text_version_id=french.id,
                provision_id=world.keys[place],
                position=place + 1,
                kind=UnitKind.PARAGRAPH,
                level=0,
                printed_number="",
                text=f"Texte {place}",
                digest=sha256_of(f"Texte {place}"),
                original_digest=sha256_of(rendered),
            )
            for place, rendered in ((1, FIRM), (2, WORDS[2]), (3, WORDS[3]))
        )
        await session.flush()
        french.status = VersionStatus.ISSUED

    answer = (await what_if(api, "canada", first))["translationDebt"]

    # The translation of the first paragraph renders what would stand already.
    assert [(each["key"], each["language"]) for each in answer["nodes"]] == [(world.keys[3], "fr")]
    assert answer["nodes"][0]["textVersion"]["label"] == "Projet 1"


@pytest.mark.own_sql
async def test_statements_do_not_grow_with_what_is_tried(api: Api) -> None:
    world = api.world
    cycle_id = await make.open_cycle(world)
    items: list[str] = []
    counts = []
    for number in range(3):
        items.append(await registered(world, cycle_id, rewording(world, f"Other words {number}."), title=f"{number}"))
        items.append(await registered(world, cycle_id, rewording(world, f"No words {number}.", 3)))
        with statements(world.database) as seen:
            await what_if(api, "canada", *items)
            sent = {"textVersionId": world.version, "pendingIds": items, "otherPendingIds": items[:1]}
            await api.ask("canada", "WhatIfComparison", **sent)
        counts.append(len(seen))

    assert counts[1] == counts[2]
