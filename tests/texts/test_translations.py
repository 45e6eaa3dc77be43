"""Translations: the keys of the original, what they owe when it changes, and corrections that touch one language."""

from datetime import timedelta
from typing import Any

import pytest

from server.domain.consolidation.actions import correcting, issuing, making, translating
from server.domain.proposals.actions import drafting
from server.domain.proposals.rules.contents import ProposalContent
from server.domain.rounds.actions import calling
from server.domain.texts.actions import lineages
from server.domain.texts.rules.lineages import LineageClaim
from server.kernel.refusals import RefusalCode as Code
from server.kernel.refusals import RefusalKind as Kind
from server.vocabulary.consolidation import CorrectionKind
from server.wording.alignment import Kind as Pair
from server.wording.alignment import Pairing
from server.wording.skeletons import Bone, pair_languages
from tests.consolidation.test_actions import decided
from tests.factories.api import Api, document
from tests.factories.proposals import open_cycle
from tests.factories.rounds import call, code_of, everything, refusal_of, rows_of
from tests.factories.world import World
from tests.texts.test_lineage import confirm, import_next, issue, lines_of, texts_of, version_of

ORIGINAL = """# Data

1. Customs should exchange data.

2. Parcels are small.

| Step | Days |
|---|---|
| Filing | 10 |
"""
FRENCH = """# Données

1. Les douanes devraient échanger des données.

2. Les colis sont petits.

| Étape | Jours |
|---|---|
| Dépôt | 10 |
"""
CHANGED = ORIGINAL.replace("should exchange", "shall exchange").replace(
    "2. Parcels are small.", "2. Letters wait.\n\n3. New."
)
NAMES = {"title": "Data", "short_title": "Data"}


async def original(world: World, markdown: str = ORIGINAL) -> str:
    """Import and issue a version of the original."""
    version_id = await import_next(world, markdown, **NAMES)
    waiting = [(key, origin) for _, key, origin, score, _ in await lines_of(world, version_id) if score < 90]
    if waiting:
        await confirm(world, version_id, *waiting)
    return await issue(world, version_id)


async def translation(world: World, translates: str, markdown: str = FRENCH, **changed: Any) -> str:
    """Import a translation into French."""
    return await import_next(world, markdown, language="fr", translates_id=translates, **(NAMES | changed))


async def translated(world: World) -> tuple[str, str]:
    """Return an issued version of the original and its issued translation."""
    first = await original(world)
    return first, await issue(world, await translation(world, first))


async def open_next(world: World, version_id: str) -> str:
    """Make the next version of a language."""
    return await world.do("secretariat", translating.open_language_version, text_version_id=version_id)


async def translate(world: World, version_id: str, key: str, text: str) -> str:
    """Translate a provision."""
    seen = (await version_of(world, version_id))["version"]
    sent = {"text_version_id": version_id, "provision_key": key, "text": text, "expected_revision": seen}
    return await world.do("secretariat", translating.translate_provision, **sent)


async def correct(world: World, version_id: str, key: str, words: str, replacement: str) -> str:
    """Correct the language of a translation."""
    seen = (await version_of(world, version_id))["version"]
    sent = {"words": words, "replacement": replacement, "reason": "Style.", "expected_revision": seen}
    return await world.do(
        "secretariat", correcting.correct_linguistically, text_version_id=version_id, provision_key=key, **sent
    )


async def keys_of(world: World, version_id: str) -> list[str]:
    """Return the keys of a version in order."""
    return [row["provision_id"] for row in await texts_of(world, version_id)]


async def test_a_translation_of_the_same_shape_has_the_keys_of_the_original_and_owes_nothing(world: World) -> None:
    first = await original(world)

    version_id = await translation(world, first)

    version = await version_of(world, version_id)
    assert (version["language"], version["number"], version["base_id"], version["follows_id"]) == ("fr", 1, None, first)
    assert await keys_of(world, version_id) == await keys_of(world, first)
    digests = [row["digest"] for row in await texts_of(world, first)]
    assert [row["original_digest"] for row in await texts_of(world, version_id)] == digests
    assert {line[0] for line in await lines_of(world, version_id)} == {"UNCHANGED"}
    await issue(world, version_id)
    assert await translation(world, first) == version_id


async def test_a_provision_without_a_partner_is_not_issued_before_it_is_confirmed(world: World) -> None:
    first = await original(world)
    version_id = await translation(world, first, FRENCH.replace("2. Les colis", "Note du traducteur.\n\n2. Les colis"))
    keys = await keys_of(world, version_id)
    (note,) = set(keys) - set(await keys_of(world, first))
    before = await everything(world)

    refused = await refusal_of(issue(world, version_id))

    assert refused is not None
    assert (refused.kind, refused.code) == (Kind.NOT_NOW, Code.LINEAGE_UNCONFIRMED)
    assert note in [issue.place for issue in refused.issues]
    assert await everything(world) == before
    waiting = [(key, origin) for _, key, origin, score, _ in await lines_of(world, version_id) if score < 90]
    await confirm(world, version_id, *waiting)
    await issue(world, version_id)


async def test_a_person_says_which_provision_of_the_original_one_stands_for(world: World) -> None:
    first = await original(world)
    version_id = await translation(world, first, FRENCH.replace("1. Les", "Les").replace("2. Les", "Les"))
    english, french = await keys_of(world, first), await keys_of(world, version_id)
    said = [LineageClaim(french[1], english[2]), LineageClaim(french[2], english[1])]
    seen = {"text_version_id": version_id, "expected_revision": 1}

    await world.do("secretariat", lineages.confirm_lineage, lines=said, **seen)

    rows = await texts_of(world, version_id)
    digests = {row["provision_id"]: row["digest"] for row in await texts_of(world, first)}
    assert [row["provision_id"] for row in rows][1:3] == [english[2], english[1]]
    assert [row["original_digest"] for row in rows] == [digests[row["provision_id"]] for row in rows]


async def test_import_of_a_translation_when_refused_writes_nothing(world: World) -> None:
    first = await original(world)
    french = await issue(world, await translation(world, first))
    working = await import_next(world, CHANGED, **NAMES)
    before = await everything(world)
    cases: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
        "no original named": ({"language": "es"}, (Code.INVALID, "translatesId")),
        "another instrument": ({"language": "es", "translates_id": world.version}, (Code.INVALID, "translatesId")),
        "a translation": ({"language": "es", "translates_id": french}, (Code.INVALID, "translatesId")),
        "not issued": ({"language": "es", "translates_id": working}, (Code.INVALID, "translatesId")),
        "the same language": ({"translates_id": first}, (Code.INVALID, "language")),
        "none such": ({"language": "es", "translates_id": "VER_" + "0" * 26}, (Code.NOT_FOUND,)),
    }

    told = {}
    for name, (changed, _) in cases.items():
        refused = await refusal_of(import_next(world, FRENCH, **(NAMES | changed)))
        told[name] = refused and (refused.code, *(issue.place for issue in refused.issues))

    assert told == {name: expected for name, (_, expected) in cases.items()}
    assert await everything(world) == before


async def test_a_changed_original_opens_debt_that_is_paid_provision_by_provision(api: Api) -> None:
    world = api.world
    first, french = await translated(world)
    second = await original(world, CHANGED)
    owed = (await api.ask("japan", "TranslationDebtOfVersion", textVersionId=french))["textVersion"]
    opened = await api.act("secretariat", "openLanguageVersion", textVersionId=french)
    version_id = opened["textVersion"]["id"]
    refused = await api.act("secretariat", "issueVersion", textVersionId=version_id, expectedRevision=1)
    debt = (await api.ask("secretariat", "TranslationDebtOfVersion", textVersionId=version_id))["textVersion"][
        "translationDebt"
    ]
    words = ["Les douanes échangent des données.", "Les lettres attendent.", "Nouveau."]
    for number, (node, text) in enumerate(zip(debt["nodes"], words, strict=True), start=1):
        sent = {"provisionKey": node["provisionKey"], "text": text, "expectedRevision": number}
        done = await api.act("secretariat", "translateProvision", textVersionId=version_id, **sent)
    issued = await api.act("secretariat", "issueVersion", textVersionId=version_id, expectedRevision=4)
    paid = (await api.ask("japan", "TranslationDebtOfVersion", textVersionId=version_id))["textVersion"]

    assert (owed["isOriginal"], owed["instrument"]["originalLanguage"], owed["follows"]["id"]) == (False, "en", first)
    told = [
        (node["originalBefore"], node["originalNow"], node["translation"]) for node in owed["translationDebt"]["nodes"]
    ]
    assert sorted(told, key=repr) == sorted(
        [
            (
                "Customs should exchange data.",
                "Customs shall exchange data.",
                "Les douanes devraient échanger des données.",
            ),
            ("Parcels are small.", None, "Les colis sont petits."),
            (None, "Letters wait.", None),
            (None, "New.", None),
        ],
        key=repr,
    )
    assert (opened["__typename"], opened["textVersion"]["number"], opened["textVersion"]["language"]) == (
        "TranslationOpened",
        2,
        "fr",
    )
    assert (refused["kind"], refused["code"]) == ("NOT_NOW", "TRANSLATION_DEBT")
    assert [node["translation"] for node in debt["nodes"]] == [
        "Les douanes devraient échanger des données.",
        "Letters wait.",
        "New.",
    ]
    assert (done["__typename"], issued["__typename"]) == ("ProvisionTranslated", "VersionIssued")
    assert paid["translationDebt"]["totalCount"] == 0
    assert (paid["follows"]["id"], paid["base"]["id"]) == (second, french)
    texts = await texts_of(world, version_id)
    assert [(row["provision_id"], row["parent_id"], row["kind"]) for row in texts] == [
        (row["provision_id"], row["parent_id"], row["kind"]) for row in await texts_of(world, second)
    ]
    assert [row["text"] for row in texts] == ["Données", *words, "", "Étape | Jours", "Dépôt | 10"]


async def test_versions_are_numbered_superseded_and_worked_on_per_language(world: World) -> None:
    _, french = await translated(world)
    second = await original(world, CHANGED)
    third = await import_next(world, ORIGINAL.replace("Data", "Figures"), **NAMES)

    opened = await open_next(world, french)

    numbers = [(await version_of(world, each))["number"] for each in (french, second, third, opened)]
    assert numbers == [1, 2, 3, 2]


async def test_work_on_a_translation_is_refused_and_names_the_original(world: World) -> None:
    _, french = await translated(world)
    cycle_id = await open_cycle(world)
    decision_id = await decided(world, french, "council")
    before = await everything(world)
    tries = {
        "open_round": ("canada", calling.open_round, call(world, text_version_id=french)),
        "consolidate": ("secretariat", making.consolidate, {"text_version_id": french, "label": "Next"}),
        "draft_proposal": (
            "japan",
            drafting.draft_proposal,
            {"cycle_id": cycle_id, "text_version_id": french, "content": ProposalContent("Title", "Why", [])},
        ),
        "publish_edition": (
            "secretariat",
            issuing.publish_edition,
            {"text_version_id": french, "decision_id": decision_id, "label": "2018"},
        ),
    }

    told = {}
    for name, (who, action, sent) in tries.items():
        refused = await refusal_of(world.do(who, action, **sent))
        told[name] = refused and (refused.code, "follows version 1 of the original" in refused.message)

    assert told == dict.fromkeys(tries, (Code.WRONG_STATE, True))
    assert await everything(world) == before


async def test_open_language_version_when_refused_writes_nothing(world: World) -> None:
    first, french = await translated(world)
    second = await open_next(world, french)
    before = await everything(world)
    good = {"text_version_id": french}
    cases: dict[str, tuple[str | None, dict[str, Any], Code]] = {
        "nobody": (None, {}, Code.NOT_FOUND),
        "a delegate": ("japan", {}, Code.FORBIDDEN),
        "one who leads": ("canada", {}, Code.FORBIDDEN),
        "none such": ("secretariat", {"text_version_id": "VER_" + "0" * 26}, Code.NOT_FOUND),
        "the original": ("secretariat", {"text_version_id": first}, Code.WRONG_STATE),
        "not issued": ("secretariat", {"text_version_id": second}, Code.WRONG_STATE),
        "one is being made": ("secretariat", {}, Code.WRONG_STATE),
    }

    told = {
        name: await code_of(world.do(who, translating.open_language_version, **(good | changed)))
        for name, (who, changed, _) in cases.items()
    }

    assert told == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before
    await issue(world, second)
    assert await code_of(open_next(world, french)) == Code.WRONG_STATE


async def test_translate_provision_when_refused_writes_nothing(world: World) -> None:
    first, french = await translated(world)
    version_id = await open_next(world, french)
    keys = await keys_of(world, version_id)
    before = await everything(world)
    good: dict[str, Any] = {
        "text_version_id": version_id,
        "provision_key": keys[1],
        "text": "Mots.",
        "expected_revision": 1,
    }
    cases: dict[str, tuple[str | None, dict[str, Any], tuple[Any, ...]]] = {
        "nobody": (None, {}, (Code.NOT_FOUND,)),
        "one who leads": ("canada", {}, (Code.FORBIDDEN,)),
        "the original": ("secretariat", {"text_version_id": first}, (Code.WRONG_STATE,)),
        "issued": ("secretariat", {"text_version_id": french}, (Code.WRONG_STATE,)),
        "stale": ("secretariat", {"expected_revision": 3}, (Code.STALE_REVISION,)),
        "no such provision": ("secretariat", {"provision_key": world.keys[0]}, (Code.INVALID, "provisionKey")),
        "empty": ("secretariat", {"text": " "}, (Code.INVALID, "text")),
        "too long": ("secretariat", {"text": "x" * 50_001}, (Code.INVALID, "text")),
        "other cells": ("secretariat", {"provision_key": keys[-1], "text": "Dépôt"}, (Code.INVALID, "text")),
    }

    told = {}
    for name, (who, changed, _) in cases.items():
        refused = await refusal_of(world.do(who, translating.translate_provision, **(good | changed)))
        told[name] = refused and (refused.code, *(issue.place for issue in refused.issues))

    assert told == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before


async def test_a_linguistic_correction_touches_one_language_and_is_listed(api: Api) -> None:
    world = api.world
    first, french = await translated(world)
    english = await texts_of(world, first)
    version_id = await open_next(world, french)
    key = english[1]["provision_id"]
    sent = {"provisionKey": key, "words": "devraient", "replacement": "doivent", "reason": "Obligation."}

    done = await api.act("secretariat", "correctLinguistically", textVersionId=version_id, expectedRevision=1, **sent)
    listed = await api.ask("secretariat", "CorrectionList", filter={"textVersionId": version_id})
    await issue(world, version_id)

    assert done["__typename"] == "TranslationCorrected"
    (correction,) = listed["textCorrections"]["nodes"]
    assert (correction["kind"], correction["before"], correction["replacement"]) == (
        "LINGUISTIC",
        "devraient",
        "doivent",
    )
    assert (await texts_of(world, version_id))[1]["text"] == "Les douanes doivent échanger des données."
    assert await texts_of(world, first) == english


async def test_a_correction_objected_to_after_issue_is_taken_back_in_the_next_version(world: World) -> None:
    _, french = await translated(world)
    version_id = await open_next(world, french)
    key = (await keys_of(world, version_id))[1]
    correction_id = await correct(world, version_id, key, "devraient", "doivent")
    await issue(world, version_id)
    world.clock.now += timedelta(hours=1)
    await world.do("japan", correcting.object_to_correction, correction_id=correction_id, reason="Not agreed.")

    third = await open_next(world, version_id)

    assert (await texts_of(world, third))[1]["text"] == "Les douanes devraient échanger des données."


async def test_a_new_translation_of_a_provision_ends_its_corrections(world: World) -> None:
    _, french = await translated(world)
    version_id = await open_next(world, french)
    key = (await keys_of(world, version_id))[1]
    await correct(world, version_id, key, "devraient", "doivent")

    await translate(world, version_id, key, "Autrement.")

    (correction,) = await rows_of(world, "text_corrections")
    assert (correction["kind"], correction["status"]) == (CorrectionKind.LINGUISTIC, "LAPSED")


async def test_correct_linguistically_when_refused_writes_nothing(world: World) -> None:
    first, french = await translated(world)
    second = await import_next(world, CHANGED, **NAMES)
    version_id = await open_next(world, french)
    keys = await keys_of(world, version_id)
    before = await everything(world)
    good: dict[str, Any] = {
        "text_version_id": version_id,
        "provision_key": keys[1],
        "words": "devraient",
        "replacement": "doivent",
        "reason": "Style.",
        "expected_revision": 1,
    }
    cases: dict[str, tuple[str | None, dict[str, Any], tuple[Any, ...]]] = {
        "nobody": (None, {}, (Code.NOT_FOUND,)),
        "one who leads": ("canada", {}, (Code.FORBIDDEN,)),
        "the original": ("secretariat", {"text_version_id": second}, (Code.WRONG_STATE,)),
        "issued": ("secretariat", {"text_version_id": french}, (Code.WRONG_STATE,)),
        "stale": ("secretariat", {"expected_revision": 3}, (Code.STALE_REVISION,)),
        "no such provision": ("secretariat", {"provision_key": world.keys[0]}, (Code.INVALID, "provisionKey")),
        "no such words": ("secretariat", {"words": "should"}, (Code.INVALID, "words")),
        "nothing changed": ("secretariat", {"replacement": "devraient"}, (Code.INVALID, "replacement")),
        "too long": ("secretariat", {"replacement": "x" * 2_001}, (Code.INVALID, "replacement")),
        "no reason": ("secretariat", {"reason": " "}, (Code.REASON_REQUIRED, "reason")),
    }

    told = {}
    for name, (who, changed, _) in cases.items():
        refused = await refusal_of(world.do(who, correcting.correct_linguistically, **(good | changed)))
        told[name] = refused and (refused.code, *(issue.place for issue in refused.issues))

    assert told == {name: expected for name, (_, _, expected) in cases.items()}
    assert await everything(world) == before
    assert first != second


async def test_another_paper_of_a_translation_is_aligned_with_the_translation_before(world: World) -> None:
    first, french = await translated(world)

    version_id = await import_next(world, FRENCH.replace("petits", "très petits"), language="fr", **NAMES)

    version = await version_of(world, version_id)
    assert (version["number"], version["base_id"], version["follows_id"]) == (2, french, first)
    assert await keys_of(world, version_id) == await keys_of(world, first)
    await confirm(
        world, version_id, *[(key, key) for _, key, _, score, _ in await lines_of(world, version_id) if score < 90]
    )
    await issue(world, version_id)


async def test_the_text_as_at_an_instant_is_of_the_original_or_of_a_language(api: Api) -> None:
    first, french = await translated(api.world)
    (instrument,) = {row["instrument_id"] for row in await rows_of(api.world, "text_versions") if row["id"] == first}
    sent = {"instrumentId": instrument, "at": "2019-01-01T00:00:00Z", "on": "2019-01-01"}

    plain = await api.ask("japan", "TextAsAt", **sent)
    in_french = await api.ask("japan", "TextAsAt", **sent, language="FR")
    in_spanish = await api.ask("japan", "TextAsAt", **sent, language="es")
    in_none = await api.send("japan", document("TextAsAt"), {**sent, "language": "Words\0"})

    answers = (plain, in_french, in_spanish)
    assert [error["extensions"]["code"] for error in in_none["errors"]] == ["BAD_USER_INPUT"]
    found = [answer["textVersionAt"] and answer["textVersionAt"]["id"] for answer in answers]
    assert found == [first, french, None]


async def test_history_tells_of_the_original_only(api: Api) -> None:
    first, _ = await translated(api.world)
    key = (await keys_of(api.world, first))[1]

    told = (await api.ask("japan", "ProvisionHistory", provisionKey=key))["provisionHistory"]

    assert [entry["textVersion"]["id"] for entry in told["entries"]] == [first]


HEADING, ITEM, PARAGRAPH = Bone("HEADING", 1, ""), Bone("LIST_ITEM", 1, "1."), Bone("PARAGRAPH", 0, "")


def test_texts_of_one_shape_are_paired_for_certain_also_with_words_in_their_numbers() -> None:
    english = [HEADING, Bone("STANDARD", 2, "Standard 1"), Bone("ARTICLE", 3, "Article 1"), PARAGRAPH]
    french = [HEADING, Bone("STANDARD", 2, "Norme 1"), Bone("ARTICLE", 3, "Article premier"), PARAGRAPH]

    assert pair_languages(english, french) == tuple(Pairing(n, n, Pair.UNCHANGED, 100.0) for n in range(4))


@pytest.mark.parametrize(
    ("english", "french", "expected"),
    [
        ([], [], ()),
        ([HEADING], [], (Pairing(0, None, Pair.DELETED, 0.0),)),
        ([], [HEADING], (Pairing(None, 0, Pair.INSERTED, 0.0),)),
        (
            [HEADING, ITEM, PARAGRAPH],
            [HEADING, ITEM],
            (
                Pairing(0, 0, Pair.REWORDED, 75.0),
                Pairing(1, 1, Pair.UNCHANGED, 100.0),
                Pairing(2, None, Pair.DELETED, 0.0),
            ),
        ),
        ([ITEM], [Bone("LIST_ITEM", 1, "2.")], (Pairing(0, 0, Pair.REWORDED, 50.0),)),
        (
            [Bone("TABLE_ROW", 1, "", 2)],
            [Bone("TABLE_ROW", 1, "", 3)],
            (Pairing(0, 0, Pair.REWORDED, 50.0),),
        ),
    ],
)
def test_texts_of_other_shapes_are_paired_as_far_as_shape_number_and_kind_tell(
    english: list[Bone], french: list[Bone], expected: tuple[Pairing, ...]
) -> None:
    assert pair_languages(english, french) == expected
