"""The history of one provision and the origin of its words, for everybody who may see a part of it."""

from datetime import timedelta
from typing import Any

from server.domain.consolidation.actions import issuing, making, revising
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.rounds.actions.answering import record_disposition
from server.vocabulary.proposals import AmendmentKind, GroupView
from server.vocabulary.rounds import DispositionVerdict, RoundVisibility
from server.wording.anchors import Quotation
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.proposals import amendments_of, concluded
from tests.factories.rounds import open_round, rows_of, submit
from tests.factories.world import WORDS, World

SHALL = ("upu", 1, "should exchange", "shall exchange")
EVERY = ("gea", 1, "operators", "every operator")
CLOSED = RoundVisibility.SECRETARIAT_AND_COORDINATORS
FIRST = WORDS[1]
SECOND = FIRST.replace("should", "shall")
THIRD = SECOND.replace("operators", "every operator")


async def row(world: World, table: str, **where: Any) -> dict[str, Any]:
    (one,) = [each for each in await rows_of(world, table) if where.items() <= each.items()]
    return one


async def accepted(
    world: World, version_id: str, said: tuple[str, int, str, str], visibility: RoundVisibility
) -> tuple[str, str]:
    """Hold a round with one comment that is accepted, and return the ids of round and comment."""
    who, place, quoted, wording = said
    provision = await row(world, "provision_texts", text_version_id=version_id, provision_id=world.keys[place])
    closes_at = world.clock.now + timedelta(days=7)
    round_id = await open_round(world, text_version_id=version_id, closes_at=closes_at, visibility=visibility)
    proposed = {"quotation": Quotation(quoted), "proposed_wording": wording}
    comment_id = await submit(world, who, round_id, provision_id=provision["id"], **proposed)
    world.clock.move(days=8)
    answer = {"verdict": DispositionVerdict.ACCEPTED, "reason": "A firm rule.", "wording": None}
    await world.do("secretariat", record_disposition, comment_id=comment_id, expected_revision=1, **answer)
    return round_id, comment_id


async def consolidated(world: World, version_id: str, label: str) -> str:
    """Consolidate a version, and return the id of the version being made."""
    made = await world.do("secretariat", making.consolidate, text_version_id=version_id, label=label)
    return str((await row(world, "consolidations", id=made))["target_id"])


async def issued(world: World, version_id: str) -> str:
    """Issue a version, and return its id."""
    seen = (await row(world, "text_versions", id=version_id))["version"]
    return await world.do("secretariat", issuing.issue_version, text_version_id=version_id, expected_revision=seen)


async def told(world: World, source_id: str, party: str, **origin: str) -> dict[str, Any]:
    """Return the change of an accepted comment as it is told to those who see it."""
    disposition = await row(world, "dispositions", comment_id=source_id)
    change = {"kind": "MODIFY", "source": source_id, "party": party, "decision": disposition["id"]}
    return {"reason": "A firm rule.", **change, **origin}


def flat(changes: list[Any]) -> list[dict[str, Any]]:
    """Return changes without nesting: the ids of source and decision, the party's short name, and the source's home."""
    return [
        {
            "kind": change["kind"],
            "source": change["source"] and change["source"]["id"],
            "party": change["party"] and change["party"]["shortName"],
            "decision": change["decision"] and change["decision"]["id"],
            "reason": change["reason"],
        }
        | {name: change["source"][name]["id"] for name in ("round", "proposal") if name in (change["source"] or ())}
        for change in changes
    ]


def origin_of(run: Any) -> tuple[str, str, list[dict[str, Any]]]:
    """Return a run of a blame as its words, the version they came in with, and the changes behind it."""
    return run["text"], run["textVersion"]["id"], flat(run["changes"])


async def test_history_and_blame_tell_each_change_to_those_who_see_its_comment(api: Api) -> None:
    world = api.world
    round_id, of_upu = await accepted(world, world.version, SHALL, RoundVisibility.IMMEDIATE)
    second = await issued(world, await consolidated(world, world.version, "Draft 2"))
    closed_id, of_gea = await accepted(world, second, EVERY, CLOSED)
    third = await issued(world, await consolidated(world, second, "Draft 3"))
    upu = await told(world, of_upu, "UPU", round=round_id)
    gea = await told(world, of_gea, "GEA", round=closed_id)
    hidden = {"kind": "MODIFY", "source": None, "party": None, "decision": None, "reason": None}
    key = world.keys[1]

    history = {who: await api.ask(who, "ProvisionHistory", provisionKey=key) for who in ("japan", "secretariat")}
    blame = {
        who: await api.ask(who, "ProvisionBlame", provisionKey=key, textVersionId=third)
        for who in ("japan", "secretariat")
    }

    for who, last in (("japan", hidden), ("secretariat", gea)):
        shown = history[who]["provisionHistory"]
        assert [
            (
                each["textVersion"]["id"],
                each["textVersion"]["number"],
                each["change"],
                each["text"],
                flat(each["changes"]),
            )
            for each in shown["entries"]
        ] == [
            (world.version, 1, "INSERTED", FIRST, []),
            (second, 2, "REWORDED", SECOND, [upu]),
            (third, 3, "REWORDED", THIRD, [last]),
        ]
        runs = [run | {"changes": flat(run["changes"])} for run in shown["entries"][2]["runs"]]
        assert runs == [
            {"kind": "KEEP", "text": SECOND.removesuffix("operators."), "changes": []},
            {"kind": "DELETE", "text": "operators", "changes": [last]},
            {"kind": "INSERT", "text": "every operator", "changes": [last]},
            {"kind": "KEEP", "text": ".", "changes": []},
        ]
        assert [(run["kind"], run["text"], flat(run["changes"])) for run in shown["runs"]] == [
            ("KEEP", "Customs administrations ", []),
            ("DELETE", "should", [upu]),
            ("INSERT", "shall", [upu]),
            ("KEEP", " exchange advance electronic data with e-commerce ", []),
            ("DELETE", "operators", [last]),
            ("INSERT", "every operator", [last]),
            ("KEEP", ".", []),
        ]
        assert [origin_of(run) for run in blame[who]["provisionBlame"]["runs"]] == [
            ("Customs administrations ", world.version, []),
            ("shall", second, [upu]),
            (" exchange advance electronic data with e-commerce ", world.version, []),
            ("every operator", third, [last]),
            (".", world.version, []),
        ]
        assert "".join(run["text"] for run in blame[who]["provisionBlame"]["runs"]) == THIRD
    assert of_gea in history["secretariat"]["provisionHistory"]["markdown"]
    assert of_gea not in history["japan"]["provisionHistory"]["markdown"]
    assert "GEA" not in history["japan"]["provisionHistory"]["markdown"]


async def test_history_tells_what_was_added_moved_and_deleted(api: Api) -> None:
    world = api.world
    added = AmendmentContent(AmendmentKind.ADD, world.keys[1], wording="Data are exchanged once.")
    moved = AmendmentContent(AmendmentKind.MOVE, world.keys[2], after_id=world.keys[0])
    deleted = AmendmentContent(AmendmentKind.DELETE, world.keys[3])
    proposal = await concluded(world, *(GroupView.AGREED,) * 3, amendments=(added, moved, deleted))
    second = await issued(world, await consolidated(world, world.version, "Draft 2"))
    amendments = await amendments_of(world, proposal)
    new_key = "PRV" + amendments[0][3:]

    histories = [
        (await api.ask("japan", "ProvisionHistory", provisionKey=key))["provisionHistory"]
        for key in (world.keys[1], new_key, world.keys[2], world.keys[3])
    ]
    shown = [each["entries"] for each in histories]
    blame = await api.ask("japan", "ProvisionBlame", provisionKey=new_key, textVersionId=second)
    gone = await api.ask("japan", "ProvisionBlame", provisionKey=world.keys[3], textVersionId=second)

    assert [
        [(each["textVersion"]["number"], each["change"], each["text"]) for each in entries] for entries in shown
    ] == [
        [(1, "INSERTED", WORDS[1]), (2, "UNCHANGED", WORDS[1])],
        [(2, "INSERTED", "Data are exchanged once.")],
        [(1, "INSERTED", WORDS[2]), (2, "MOVED", WORDS[2])],
        [(1, "INSERTED", WORDS[3]), (2, "DELETED", None)],
    ]
    assert [[(run["kind"], run["text"]) for run in each["runs"]] for each in histories] == [
        [("KEEP", WORDS[1])],
        [("KEEP", "Data are exchanged once.")],
        [("KEEP", WORDS[2])],
        [("DELETE", WORDS[3])],
    ]
    changes = [[(c["kind"], c["source"], c["proposal"], c["reason"]) for c in flat(e[-1]["changes"])] for e in shown]
    assert changes == [
        [],
        [("ADD", amendments[0], proposal, "Heard.")],
        [("MOVE", amendments[1], proposal, "Heard.")],
        [("DELETE", amendments[2], proposal, "Heard.")],
    ]
    (run,) = blame["provisionBlame"]["runs"]
    assert (run["text"], run["textVersion"]["id"], [c["party"] for c in flat(run["changes"])]) == (
        "Data are exchanged once.",
        second,
        ["Japan"],
    )
    assert gone == {"provisionBlame": None}


async def test_words_without_a_recorded_change_are_those_of_the_version(api: Api) -> None:
    world = api.world
    round_id, of_upu = await accepted(world, world.version, SHALL, RoundVisibility.IMMEDIATE)
    target = await consolidated(world, world.version, "Draft 2")
    consolidation = await row(world, "consolidations", target_id=target)
    revision = {"provision_key": world.keys[1], "text": SECOND.replace("data", "facts"), "reason": "Style."}
    said = {"consolidation_id": consolidation["id"], "decision_id": None, "expected_revision": 1}
    await world.do("secretariat", revising.revise_provision, **said, **revision)

    blame = await api.ask("secretariat", "ProvisionBlame", provisionKey=world.keys[1], textVersionId=target)
    by_others = await api.ask("japan", "ProvisionBlame", provisionKey=world.keys[1], textVersionId=target)
    history = await api.ask("secretariat", "ProvisionHistory", provisionKey=world.keys[1])

    assert [origin_of(run) for run in blame["provisionBlame"]["runs"]][1:4] == [
        ("shall", target, [await told(world, of_upu, "UPU", round=round_id)]),
        (" exchange advance electronic ", world.version, []),
        ("facts", target, []),
    ]
    assert by_others == {"provisionBlame": None}
    assert [each["textVersion"]["number"] for each in history["provisionHistory"]["entries"]] == [1]


async def test_what_is_not_there_is_null(api: Api) -> None:
    world = api.world
    unknown = "PRV_" + "0" * 26

    for who, key in (("japan", unknown), ("japan", world.version), ("japan", "\0"), (None, world.keys[1])):
        assert await api.ask(who, "ProvisionHistory", provisionKey=key) == {"provisionHistory": None}
        assert await api.ask(who, "ProvisionBlame", provisionKey=key, textVersionId=world.version) == {
            "provisionBlame": None
        }
    assert await api.ask("japan", "ProvisionBlame", provisionKey=world.keys[1], textVersionId=unknown) == {
        "provisionBlame": None
    }


async def test_history_takes_the_same_statements_for_two_versions_as_for_three(api: Api) -> None:
    world = api.world
    counts = []
    version = world.version
    for said in (SHALL, EVERY):
        await accepted(world, version, said, RoundVisibility.IMMEDIATE)
        version = await issued(world, await consolidated(world, version, said[3]))
        with statements(world.database) as seen:
            await api.ask("japan", "ProvisionHistory", provisionKey=world.keys[1])
            await api.ask("japan", "ProvisionBlame", provisionKey=world.keys[1], textVersionId=version)
        counts.append(len(seen))

    assert counts[0] == counts[1]
