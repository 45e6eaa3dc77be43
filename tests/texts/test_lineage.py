"""A second paper of a known instrument: aligned with the version before, confirmed by a person, then issued."""

from typing import Any

import pytest

from server.domain.consolidation.actions import correcting, issuing, making
from server.domain.rounds.actions.answering import record_disposition
from server.domain.texts import policy
from server.domain.texts.actions import importing, lineages
from server.domain.texts.rules.lineages import (
    LineageClaim,
    LineageFacts,
    LineageLine,
    check_claims,
    needs_confirmation,
    restate_lineage,
)
from server.domain.texts.rules.provisions import VersionFacts
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.vocabulary.rounds import DispositionVerdict
from server.vocabulary.texts import LineageKind, VersionStatus
from tests.factories.api import Api
from tests.factories.entries import said
from tests.factories.filled import statements
from tests.factories.rounds import code_of, everything, open_round, refusal_of, rows_of, submit
from tests.factories.world import NOW, WORDS, World

SECOND = f"""# {WORDS[0]}

1. {WORDS[1]}

New controls apply to high-risk consignments of every carrier.

2. Small parcels should be released within two hours of arrival where the risk is low.
"""
"""The next paper of the world's instrument: one provision is reworded, one new, one gone."""
Row = tuple[str, str, str | None, int, bool]


async def import_next(world: World, markdown: str = SECOND, **changed: Any) -> str:
    """Import another paper of the world's instrument."""
    names = {"title": "Framework", "short_title": "E-Commerce FoS", "label": "Draft 2", "language": "en"}
    return await world.do("secretariat", importing.import_text, **(names | {"markdown": markdown} | changed))


async def texts_of(world: World, version_id: str) -> list[dict[str, Any]]:
    """Return the provisions of a version in order."""
    rows = [row for row in await rows_of(world, "provision_texts") if row["text_version_id"] == version_id]
    return sorted(rows, key=lambda row: row["position"])


async def lines_of(world: World, version_id: str) -> list[Row]:
    """Return the kind, key, origin and whole score of each line of lineage, and whether it was confirmed."""
    rows = [row for row in await rows_of(world, "lineages") if row["text_version_id"] == version_id]
    rows.sort(key=lambda row: row["position"])
    return [
        (row["kind"], row["provision_id"], row["from_id"], int(row["score"]), row["confirmed_at"] is not None)
        for row in rows
    ]


async def version_of(world: World, version_id: str) -> dict[str, Any]:
    """Return the row of a version."""
    (row,) = [row for row in await rows_of(world, "text_versions") if row["id"] == version_id]
    return row


async def confirm(world: World, version_id: str, *claims: tuple[str, str | None], **changed: Any) -> str:
    """Confirm lines of lineage."""
    seen = (await version_of(world, version_id))["version"]
    sent = {"text_version_id": version_id, "lines": [LineageClaim(*each) for each in claims], "expected_revision": seen}
    return await world.do("secretariat", lineages.confirm_lineage, **(sent | changed))


async def issue(world: World, version_id: str) -> str:
    """Issue a version."""
    seen = (await version_of(world, version_id))["version"]
    return await world.do("secretariat", issuing.issue_version, text_version_id=version_id, expected_revision=seen)


async def confirmed(world: World) -> str:
    """Import the next paper and confirm every line as it is."""
    version_id = await import_next(world)
    await confirm(world, version_id, *[(key, origin) for _, key, origin, _, _ in await lines_of(world, version_id)])
    return version_id


async def test_a_second_paper_keeps_the_keys_of_what_it_goes_on_with(world: World) -> None:
    version_id = await import_next(world)

    version, texts = await version_of(world, version_id), await texts_of(world, version_id)
    assert (version["number"], version["base_id"], version["status"]) == (2, world.version, "WORKING")
    new = texts[2]["provision_id"]
    assert [row["provision_id"] for row in texts] == [world.keys[0], world.keys[1], new, world.keys[3]]
    assert new not in world.keys
    assert [row["parent_id"] for row in texts] == [None, *[world.keys[0]] * 3]
    assert await lines_of(world, version_id) == [
        ("UNCHANGED", world.keys[0], world.keys[0], 100, False),
        ("UNCHANGED", world.keys[1], world.keys[1], 100, False),
        ("INSERTED", new, None, 0, False),
        ("REWORDED", world.keys[3], world.keys[3], 87, False),
        ("DELETED", world.keys[2], world.keys[2], 0, False),
    ]
    assert {row["from_version_id"] for row in await rows_of(world, "lineages")} == {world.version}


async def test_the_same_second_paper_twice_is_the_same_version(world: World) -> None:
    first = await import_next(world)
    before = await everything(world)

    assert await import_next(world) == first
    assert await everything(world) == before


async def test_a_paper_while_another_version_is_being_made_is_refused(world: World) -> None:
    await import_next(world)
    before = await everything(world)

    refused = await refusal_of(import_next(world, SECOND + "\nMore.\n"))

    assert refused is not None
    assert (refused.kind, refused.code) == (Kind.NOT_NOW, Code.WRONG_STATE)
    assert await everything(world) == before


async def test_after_a_second_version_is_given_up_another_paper_follows_the_issued_one(world: World) -> None:
    given_up = await import_next(world)
    sent = {"text_version_id": given_up, "reason": "Another paper came.", "expected_revision": 1}
    await world.do("secretariat", issuing.abandon_version, **sent)

    version_id = await import_next(world)

    version = await version_of(world, version_id)
    assert (version["number"], version["base_id"], version_id != given_up) == (3, world.version, True)


async def test_rows_of_a_table_are_paired_by_their_words(world: World) -> None:
    table = "# Fees\n\n| Step | Days |\n|---|---|\n| Filing | 10 |\n| Answer | 20 |\n| Appeal | 30 |\n"
    first = await import_next(world, table, short_title="Fees")
    await issue(world, first)
    second = await import_next(world, table.replace("| Answer | 20 |\n", ""), short_title="Fees")

    old = [row["provision_id"] for row in await texts_of(world, first)]
    new = [row["provision_id"] for row in await texts_of(world, second)]
    assert new == [*old[:4], old[5]]
    assert [line[0] for line in await lines_of(world, second)] == ["UNCHANGED"] * 5 + ["DELETED"]


async def test_a_version_is_not_issued_before_uncertain_lines_are_confirmed(world: World) -> None:
    version_id = await import_next(world)
    new = (await texts_of(world, version_id))[2]["provision_id"]
    await confirm(world, version_id, (world.keys[3], world.keys[3]))
    before = await everything(world)

    refused = await refusal_of(issue(world, version_id))

    assert refused is not None
    assert (refused.kind, refused.code) == (Kind.NOT_NOW, Code.LINEAGE_UNCONFIRMED)
    assert [issue.place for issue in refused.issues] == [new, world.keys[2]]
    assert await everything(world) == before
    await confirm(world, version_id, (new, None), (world.keys[2], None))
    await issue(world, version_id)
    assert (await version_of(world, version_id))["status"] == "ISSUED"


async def test_a_version_is_not_issued_while_comments_on_the_one_before_wait(world: World) -> None:
    round_id = await open_round(world)
    comment_id = await submit(world, "upu", round_id)
    version_id = await confirmed(world)
    before = await everything(world)

    assert await code_of(issue(world, version_id)) == Code.DISPOSITIONS_OPEN
    assert await everything(world) == before
    world.clock.move(days=8)
    said = {"verdict": DispositionVerdict.NOTED, "reason": "Noted.", "wording": None, "expected_revision": 1}
    await world.do("secretariat", record_disposition, comment_id=comment_id, **said)
    await issue(world, version_id)


async def test_confirming_says_who_and_when(world: World) -> None:
    version_id = await import_next(world)

    await confirm(world, version_id, (world.keys[3], world.keys[3]))

    rows = {row["provision_id"]: row for row in await rows_of(world, "lineages")}
    line = rows.pop(world.keys[3])
    assert (line["confirmed_by_id"], line["confirmed_at"]) == (world.delegates["secretariat"], NOW)
    assert {row["confirmed_by_id"] for row in rows.values()} == {None}
    assert (await version_of(world, version_id))["version"] == 2
    entry = max(await rows_of(world, "journal"), key=lambda row: row["sequence"])
    assert (entry["act"], entry["subject_id"]) == ("lineage.confirmed", version_id)
    assert said(entry["details"]) == {"lines": 1, "keys": {}}


async def test_another_origin_gives_the_provision_its_key_and_ends_the_deletion(world: World) -> None:
    version_id = await import_next(world)
    new = (await texts_of(world, version_id))[2]["provision_id"]

    await confirm(world, version_id, (new, world.keys[2]))

    assert [row["provision_id"] for row in await texts_of(world, version_id)] == world.keys
    lines = await lines_of(world, version_id)
    assert [line[:3] for line in lines] == [
        ("UNCHANGED", world.keys[0], world.keys[0]),
        ("UNCHANGED", world.keys[1], world.keys[1]),
        ("REWORDED", world.keys[2], world.keys[2]),
        ("REWORDED", world.keys[3], world.keys[3]),
    ]
    assert [line[4] for line in lines] == [False, False, True, False]


async def test_no_origin_gives_a_key_of_its_own_and_the_old_provision_waits_as_deleted(world: World) -> None:
    version_id = await import_next(world)
    before = await texts_of(world, version_id)
    corrected = {"provision_key": world.keys[0], "words": "Scope", "replacement": "Scopes", "reason": "Plural."}
    await world.do(
        "secretariat", correcting.correct_editorially, text_version_id=version_id, expected_revision=1, **corrected
    )

    await confirm(world, version_id, (world.keys[0], None))

    texts = await texts_of(world, version_id)
    key = texts[0]["provision_id"]
    assert key not in world.keys
    assert [row["parent_id"] for row in texts] == [None, key, key, key]
    assert [row["id"] for row in texts] == [row["id"] for row in before]
    (correction,) = await rows_of(world, "text_corrections")
    assert correction["provision_id"] == key
    lines = await lines_of(world, version_id)
    assert (lines[0], lines[-1]) == (
        ("INSERTED", key, None, 0, True),
        ("DELETED", world.keys[0], world.keys[0], 0, False),
    )


async def test_two_provisions_change_places_in_one_act(world: World) -> None:
    version_id = await import_next(world)

    await confirm(world, version_id, (world.keys[1], world.keys[3]), (world.keys[3], world.keys[1]))

    texts = await texts_of(world, version_id)
    assert [texts[1]["provision_id"], texts[3]["provision_id"]] == [world.keys[3], world.keys[1]]
    kinds = {key: (kind, origin) for kind, key, origin, _, _ in await lines_of(world, version_id)}
    assert sorted(kinds[world.keys[1]] + kinds[world.keys[3]]) == sorted(
        ["MOVED", world.keys[1], "REWORDED", world.keys[3]]
    )


SPLIT = """# Scope

Customs administrations should exchange advance electronic data with e-commerce operators.

Operators may provide the data in a simplified form. Small parcels should be released on arrival where the risk is low.
"""


async def test_a_merged_provision_says_into_which_and_follows_its_key(world: World) -> None:
    version_id = await import_next(world, SPLIT)
    whole = (await texts_of(world, version_id))[2]["provision_id"]
    merged = {row["provision_id"]: row for row in await rows_of(world, "lineages") if row["kind"] == "MERGED_INTO"}
    (gone,) = merged
    assert {whole, gone} == {world.keys[2], world.keys[3]}
    assert merged[gone]["into_id"] == whole

    await confirm(world, version_id, (whole, None), (gone, gone))

    key = (await texts_of(world, version_id))[2]["provision_id"]
    (line,) = [row for row in await rows_of(world, "lineages") if row["kind"] == "MERGED_INTO"]
    assert (line["into_id"], line["provision_id"], line["confirmed_at"]) == (key, gone, NOW)


async def test_confirm_lineage_when_refused_writes_nothing(world: World) -> None:
    version_id = await import_next(world)
    new = (await texts_of(world, version_id))[2]["provision_id"]
    other = (await import_next(world, short_title="Other"), (await rows_of(world, "provisions"))[-1]["id"])
    before = await everything(world)
    good: dict[str, Any] = {
        "text_version_id": version_id,
        "lines": [LineageClaim(new, None)],
        "expected_revision": 1,
    }
    forbidden, invalid = (Kind.FORBIDDEN, Code.FORBIDDEN), (Kind.INVALID, Code.INVALID)
    cases: dict[str, tuple[str | None, dict[str, Any], tuple[Any, ...]]] = {
        "nobody": (None, {}, (Kind.NOT_FOUND, Code.NOT_FOUND)),
        "a delegate": ("japan", {}, (Kind.NOT_FOUND, Code.NOT_FOUND)),
        "one who leads": ("canada", {}, forbidden),
        "no such version": ("secretariat", {"text_version_id": "VER_" + "0" * 26}, (Kind.NOT_FOUND, Code.NOT_FOUND)),
        "issued": ("secretariat", {"text_version_id": world.version}, (Kind.NOT_NOW, Code.WRONG_STATE)),
        "stale": ("secretariat", {"expected_revision": 7}, (Kind.STALE, Code.STALE_REVISION)),
        "no lines": ("secretariat", {"lines": []}, (*invalid, "lines")),
        "too many": ("secretariat", {"lines": [LineageClaim(new, None)] * 1_001}, (*invalid, "lines")),
        "twice": (
            "secretariat",
            {"lines": [LineageClaim(new, None), LineageClaim(new, world.keys[2])]},
            (*invalid, "lines.0.provisionKey", "lines.1.provisionKey"),
        ),
        "no line of it": ("secretariat", {"lines": [LineageClaim(other[1], None)]}, (*invalid, "lines.0.provisionKey")),
        "first version": ("secretariat", {"text_version_id": other[0]}, (*invalid, "lines.0.provisionKey")),
        "no provision before": ("secretariat", {"lines": [LineageClaim(new, new)]}, (*invalid, "lines.0.fromKey")),
        "taken": ("secretariat", {"lines": [LineageClaim(new, world.keys[1])]}, (*invalid, "lines.0.fromKey")),
        "both": (
            "secretariat",
            {"lines": [LineageClaim(new, world.keys[2]), LineageClaim(world.keys[1], world.keys[2])]},
            (*invalid, "lines.0.fromKey", "lines.1.fromKey"),
        ),
        "gone": ("secretariat", {"lines": [LineageClaim(world.keys[2], world.keys[1])]}, (*invalid, "lines.0.fromKey")),
    }

    found = {}
    for name, (who, changed, _) in cases.items():
        refused = await refusal_of(world.do(who, lineages.confirm_lineage, **(good | changed)))
        found[name] = refused and (refused.kind, refused.code, *(issue.path for issue in refused.issues))

    assert found == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before


async def count_statements(world: World, count: int) -> tuple[int, int]:
    """Return the statements of a second import with so many provisions, and of confirming that all are new."""
    name = f"List of {count}"
    paper = "# List\n\n" + "".join(f"The measure numbered {n} {'x' * n} applies.\n\n" for n in range(count))
    await issue(world, await import_next(world, paper, short_title=name))
    with statements(world.database) as importing_it:
        version_id = await import_next(world, paper.replace("# List", "# Lists of measures"), short_title=name)
    keys = [(key, None) for kind, key, _, _, _ in await lines_of(world, version_id) if kind != "DELETED"]
    with statements(world.database) as confirming:
        await confirm(world, version_id, *keys)
    return len(importing_it), len(confirming)


async def test_import_and_confirmation_take_the_same_statements_whatever_the_length(world: World) -> None:
    assert await count_statements(world, 2) == await count_statements(world, 60)


async def test_history_and_comparison_follow_a_provision_over_the_imported_version(api: Api) -> None:
    version_id = await confirmed(api.world)
    await issue(api.world, version_id)

    told = (await api.ask("japan", "ProvisionHistory", provisionKey=api.world.keys[3]))["provisionHistory"]
    gone = (await api.ask("japan", "ProvisionHistory", provisionKey=api.world.keys[2]))["provisionHistory"]
    sent = {"baseId": api.world.version, "textVersionId": version_id}
    shown = (await api.ask("japan", "ComparisonOfVersions", **sent))["comparison"]
    blamed = await api.ask("japan", "ProvisionBlame", provisionKey=api.world.keys[3], textVersionId=version_id)

    assert [entry["change"] for entry in told["entries"]] == ["INSERTED", "REWORDED"]
    assert [entry["change"] for entry in gone["entries"]] == ["INSERTED", "DELETED"]
    assert [each["change"] for each in shown["provisions"]["nodes"]] == ["DELETED", "INSERTED", "REWORDED"]
    runs = blamed["provisionBlame"]["runs"]
    assert {run["textVersion"]["id"] for run in runs} == {api.world.version, version_id}


async def test_an_imported_version_is_consolidated_as_any_other(world: World) -> None:
    version_id = await confirmed(world)
    await issue(world, version_id)

    await world.do("secretariat", making.consolidate, text_version_id=version_id, label="Draft 3")

    (made,) = await rows_of(world, "consolidations")
    target = await version_of(world, made["target_id"])
    assert (target["number"], target["base_id"]) == (3, version_id)
    assert [row["provision_id"] for row in await texts_of(world, target["id"])] == [
        row["provision_id"] for row in await texts_of(world, version_id)
    ]
    assert await code_of(world.do("secretariat", making.consolidate, text_version_id=world.version, label="x")) == (
        Code.WRONG_STATE
    )


async def test_lineage_is_listed_and_confirmed_over_http(api: Api) -> None:
    version_id = await import_next(api.world)

    waiting = await api.ask("canada", "VersionLineage", textVersionId=version_id, filter={"needsConfirmation": True})
    certain = await api.ask("canada", "VersionLineage", textVersionId=version_id, filter={"needsConfirmation": False})
    reworded = await api.ask("canada", "VersionLineage", textVersionId=version_id, filter={"kind": "REWORDED"})
    nothing = await api.ask("japan", "VersionLineage", textVersionId=version_id)
    nodes = waiting["textVersion"]["lineage"]["nodes"]
    lines = [{"provisionKey": node["provisionKey"], "fromKey": node["fromKey"]} for node in nodes]
    done = await api.act("secretariat", "confirmLineage", textVersionId=version_id, lines=lines, expectedRevision=1)
    after = await api.ask("secretariat", "VersionLineage", textVersionId=version_id)
    refused = await api.act("secretariat", "confirmLineage", textVersionId=version_id, lines=lines, expectedRevision=1)

    assert [node["kind"] for node in nodes] == ["INSERTED", "REWORDED", "DELETED"]
    assert [node["fromText"] for node in nodes] == [None, WORDS[3], WORDS[2]]
    assert [node["provision"] and node["provision"]["position"] for node in nodes] == [3, 4, None]
    assert certain["textVersion"]["lineage"]["totalCount"] == 2
    assert [node["id"] for node in reworded["textVersion"]["lineage"]["nodes"]] == [nodes[1]["id"]]
    assert nothing["textVersion"] is None
    assert (done["__typename"], done["textVersion"]["revision"]) == ("LineageConfirmed", 2)
    told = [
        (node["needsConfirmation"], node["confirmedBy"] and node["confirmedBy"]["name"])
        for node in after["textVersion"]["lineage"]["nodes"]
    ]
    officer = "Delegate secretariat"
    assert told == [(False, None), (False, None), (False, officer), (False, officer), (False, officer)]
    assert refused["code"] == "STALE_REVISION"


@pytest.mark.parametrize(("score", "at", "waits"), [(89.99, None, True), (90.0, None, False), (0.0, NOW, False)])
def test_a_line_waits_for_a_person_below_ninety(score: float, at: Any, waits: bool) -> None:
    assert needs_confirmation(LineageFacts(score, at)) is waits


@pytest.mark.parametrize("status", VersionStatus)
def test_lineage_is_confirmed_while_the_version_is_being_made(status: VersionStatus) -> None:
    (rule,) = policy.confirm_lineage.when

    assert (rule(VersionFacts(status), NOW) is None) == (status == VersionStatus.WORKING)


def test_a_part_that_was_cut_out_may_be_confirmed_or_called_new() -> None:
    lines = {
        "a": LineageLine(LineageKind.REWORDED, "a", "a", None, 60.0),
        "p": LineageLine(LineageKind.SPLIT_FROM, "p", "a", None, 100.0),
    }
    old, new = {"a": "One two."}, {"a": "One.", "p": "Two."}
    same, other = [LineageClaim("p", "a")], [LineageClaim("p", None)]

    assert check_claims(same, lines, old, new) == check_claims(other, lines, old, new) == []
    assert restate_lineage(same, lines, old, new, ["n"]) == ({}, {"p": lines["p"]}, set(), [])
    assert restate_lineage(other, lines, old, new, ["n"]) == (
        {},
        {"p": LineageLine(LineageKind.INSERTED, "p")},
        set(),
        [],
    )
