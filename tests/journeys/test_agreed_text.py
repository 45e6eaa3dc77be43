# ruff: noqa: RUF001
"""Nobody's words but theirs: what was agreed is what stands, tried as delegates, coordinators and officers would."""

from typing import Any

import pytest

from tests.factories.api import Api
from tests.journeys.drafting import Drafting, lines

# What it tries is tried of each part by itself in `make test`.
pytestmark = pytest.mark.rest

COMPETING = (
    ("Gifts worth up to 800 SDR pass.", "Gifts worth up to 900 SDR pass.", "Gifts worth up to 850 SDR pass."),
    ("The charge is 7.25 % of it.", "The charge is 7.75 % of it.", "The charge is 8.25 % of it."),
    ("Un seuil de 12 500,50 DTS vaut.", "Un seuil de 12 800,50 DTS vaut.", "Un seuil de 12 500,75 DTS vaut."),
    ("Le taux est de 5,5 pour cent.", "Le taux est de 6,5 pour cent.", "Le taux est de 5,0 pour cent."),
    ("الحد الأدنى ١٬٥٠٠ دينار.", "الحد الأدنى ١٬٧٠٠ دينار.", "الحد الأدنى ٢٬٥٠٠ دينار."),
    ("价值不超过5,000元的免税。", "价值不超过6,000元的免税。", "价值不超过5,500元的免税。"),
    ("货物应在三十日内申报。", "货物应在二十日内申报。", "货物应在三十五日内申报。"),
    ("Bags weigh up to 30 kg each.", "Bags weigh up to 30 lb each.", "Bags weigh up to 20 kg each."),
    ("Keep serum at -18 °C or below.", "Keep serum at -20 °C or below.", "Keep serum at +18 °C or below."),
    ("Send it before 14:30 UTC today.", "Send it before 14:45 UTC today.", "Send it before 16:30 UTC today."),
    ("Reply by 5 March 2021 at last.", "Reply by 15 March 2021 at last.", "Reply by 5 May 2021 at last."),
    ("Reply by 2021-03-05 at last.", "Reply by 2021-03-15 at last.", "Reply by 2021-05-05 at last."),
    ("Répondre le 1er juillet 2022.", "Répondre le 15 juillet 2022.", "Répondre le 1er octobre 2022."),
    ("报告于2020年6月30日提交。", "报告于2020年9月30日提交。", "报告于2021年6月30日提交。"),
    ("It follows Article 7.3 as such.", "It follows Article 7.4 as such.", "It follows Article 8.3 as such."),
    ("It follows line 4(b) as such.", "It follows line 4(c) as such.", "It follows line 5(b) as such."),
    ("Allow 1–3 days for sorting.", "Allow 2–3 days for sorting.", "Allow 1–5 days for sorting."),
    ("Stock 1/2 of the seals there.", "Stock 1/3 of the seals there.", "Stock 3/2 of the seals there."),
    ("The fee of €2 m is due.", "The fee of €3 m is due.", "The fee of £2 m is due."),
    ("Carriers shall not open mail.", "Carriers shall open mail.", "Carriers shall not delay mail."),
    ("Hubs cannot scan bags.", "Hubs can scan bags.", "Hubs should scan bags."),
    ("Nobody may scan bags.", "Anybody may scan bags.", "Nobody shall scan bags."),
    ("Ils ne doivent pas ouvrir.", "Ils doivent ouvrir.", "Ils ne peuvent pas ouvrir."),
    ("Il n’est pas tenu de payer.", "Il est tenu de payer.", "Il n’est pas libre de payer."),
    ("成员不得拒绝邮件。", "成员可以拒绝邮件。", "成员不得退回邮件。"),
    ("لا يجوز للناقل فتح الطرود.", "يجوز للناقل فتح الطرود.", "لا يحق للناقل فتح الطرود."),
    (
        "The list is open. It is long. We keep it.",
        "The list is open. We keep it.",
        "The list is shut. It is long. We keep it.",
    ),
    (
        "The list is open. It is long. We keep it.",
        "The list is open. We keep it.",
        "The list is open. It is long. They keep it.",
    ),
    (
        "The list is open. It is long. We keep it.",
        "The list is open. We keep it.",
        "The list is open. It is short. We keep it.",
    ),
    ("Post, where apt, sends data.", "Post sends data.", "Post, where apt and cheap, sends data."),
    ("Post, where apt, sends data.", "Post sends data.", "Post, where apt, gets data."),
    ("A bag of letters goes by sea.", "A sack of letters goes by sea.", "A big bag of letters goes by sea."),
    ("The duty officer signs.", "The chief officer signs.", "The duty inspector signs."),
    ("Take the sealed bag away.", "Take the bag away.", "Take the sealed box away."),
)
"""Base, wording of one party, wording of another: what they ask for cannot both stand."""


async def test_wordings_that_compete_are_conflicts(api: Api) -> None:
    text = await Drafting(api).begin(lines(*(base for base, _, _ in COMPETING)))
    for side, who in enumerate(("japan", "china"), start=1):
        asked = [(f"{number}.", case[side], "") for number, case in enumerate(COMPETING, start=1)]
        await text.comments(who, *asked)
    await text.accept_all()

    made = await text.consolidate()

    conflicts = {conflict["provisionKey"] for conflict in made["consolidation"]["conflicts"]["nodes"]}
    missed = [words for node, words in zip(text.nodes, COMPETING, strict=True) if node["key"] not in conflicts]
    assert missed == []
    assert await text.words() == [base for base, _, _ in COMPETING]
    assert (await text.try_issue())["code"] == "CONFLICTS_OPEN"


async def test_same_words_concur_and_more_besides_stands(api: Api) -> None:
    cases = (
        ("Hubs should keep logs.", "Hubs must keep logs for six years.", "Hubs must keep logs."),
        ("Fees of 3 EUR are due on arrival.", "Fees of 4 EUR are due.", "Fees of 4 EUR are due on arrival."),
        ("邮政应当保存记录。", "邮政必须保存记录。", "邮政必须保存全部记录。"),
        ("Le courrier part lundi.", "Le courrier part mardi.", "Le courrier part mardi."),
        ("Send it. Keep a copy.", "Send it.", "Send it."),
    )
    text = await Drafting(api).begin(lines(*(base for base, _, _ in cases)))
    for side, who in enumerate(("japan", "china"), start=1):
        await text.comments(who, *((f"{number}.", case[side], "") for number, case in enumerate(cases, start=1)))
    await text.accept_all()

    made = await text.consolidate()

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert await text.words() == [cases[0][1], cases[1][1], cases[2][2], cases[3][1], "Send it."]
    assert made["reconciliation"]["acceptedButUnchanged"] == []


async def test_independent_changes_stand_exactly(api: Api) -> None:
    cases = (
        (
            "Posts should send item data before departure, and hubs should answer within a day.",
            ("japan", "item data", "item-level data"),
            ("china", "a day", "two hours"),
            ("upu", "Posts", "Designated operators"),
            "Designated operators should send item-level data before departure, and hubs should answer "
            "within two hours.",
        ),
        (
            "Keep it between 10 °C and 25 °C, always.",
            ("japan", "10 °C", "12 °C"),
            ("china", "25 °C", "30 °C"),
            ("upu", "it", "serum"),
            "Keep serum between 12 °C and 30 °C, always.",
        ),
        (
            "邮政应在离港前发送数据，海关应在一日内答复。",
            ("japan", "离港", "起运"),
            ("china", "一日", "两小时"),
            ("upu", "海关", "海关机构"),
            "邮政应在起运前发送数据，海关机构应在两小时内答复。",
        ),
        (
            "Les postes envoient les données avant le départ ; la douane répond sous un jour.",
            ("japan", "postes", "opérateurs désignés"),
            ("china", "un jour", "deux heures"),
            ("upu", "avant le départ ", "sans délai "),
            "Les opérateurs désignés envoient les données sans délai ; la douane répond sous deux heures.",
        ),
    )
    text = await Drafting(api).begin(lines(*(case[0] for case in cases)))
    for number, (_, *asked, _) in enumerate(cases, start=1):
        for who, quoted, wording in asked:
            await text.comment(who, f"{number}.", wording, quoted)
    await text.accept_all()

    made = await text.consolidate()

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert await text.words() == [case[-1] for case in cases]
    assert len(made["reconciliation"]["woven"]) == 4


FIVE = lines("Posts sort mail.", "Posts scan bags.", "Posts keep logs.", "Posts pay dues.", "Posts file claims.")


async def test_same_addition_stands_once_with_every_name(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    for who in ("japan", "china", "canada"):
        await text.propose(who, {"kind": "ADD", "provisionKey": text.at("2.")["key"], "wording": "Posts seal bags."})

    made = await text.consolidate()
    redline = await api.ask("japan", "RedlineOfVersion", textVersionId=(await text.go_on()).version["id"])

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert [node["text"] for node in text.nodes].count("Posts seal bags.") == 1
    assert text.nodes[2]["text"] == "Posts seal bags."
    (added,) = redline["redline"]["provisions"]["nodes"]
    names = {source["party"]["shortName"] for run in added["runs"] for source in run["sources"]}
    assert names == {"Japan", "China", "Canada"}
    assert added["sentences"] == ["new list item after 2."]


async def test_other_additions_at_one_place_wait_for_an_order(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    place = text.at("5.")["key"]
    first = await text.propose("japan", {"kind": "ADD", "provisionKey": place, "wording": "Posts train staff."})
    second = await text.propose("china", {"kind": "ADD", "provisionKey": place, "wording": "Posts weigh bags."})

    made = await text.consolidate()
    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    refused = await text.try_issue()
    sides = {side["party"]["shortName"]: side["source"]["id"] for side in conflict["sides"]["nodes"]}
    settled = await text.settle(conflict, "settleStructure", standingIds=[sides["China"], sides["Japan"]])

    assert conflict["kind"] == "ORDER"
    assert refused["code"] == "CONFLICTS_OPEN"
    assert settled["__typename"] == "StructureSettled"
    assert (await text.words())[-2:] == ["Posts weigh bags.", "Posts train staff."]
    assert (first["status"], second["status"]) == ("AGREED", "AGREED")


async def test_moves_in_a_ring_are_a_conflict(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    keys = [node["key"] for node in text.nodes]
    ring = (("japan", 0, 2), ("china", 2, 3), ("canada", 3, 0))
    for who, moved, after in ring:
        await text.propose(who, {"kind": "MOVE", "provisionKey": keys[moved], "afterKey": keys[after]})

    made = await text.consolidate()

    kinds = {conflict["kind"] for conflict in made["consolidation"]["conflicts"]["nodes"]}
    assert kinds == {"PLACE"}
    assert [node["key"] for node in await text.made()] == keys


async def test_two_places_for_one_provision_are_a_conflict(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    keys = [node["key"] for node in text.nodes]
    await text.propose("japan", {"kind": "MOVE", "provisionKey": keys[1], "afterKey": keys[3]})
    await text.propose("china", {"kind": "MOVE", "provisionKey": keys[1], "afterKey": keys[4]})

    made = await text.consolidate()

    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    assert conflict["kind"] == "PLACE"
    assert {side["party"]["shortName"] for side in conflict["sides"]["nodes"]} == {"Japan", "China"}
    assert [node["key"] for node in await text.made()] == keys


async def test_moving_and_rewording_one_provision_both_stand(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    keys = [node["key"] for node in text.nodes]
    await text.propose("japan", {"kind": "MOVE", "provisionKey": keys[0], "afterKey": keys[3]})
    await text.propose("china", {"kind": "MODIFY", "provisionKey": keys[0], "wording": "Hubs sort mail."})

    made = await text.consolidate()
    await text.go_on()
    redline = await api.ask("upu", "RedlineOfVersion", textVersionId=text.version["id"])

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert [node["key"] for node in text.nodes] == [*keys[1:4], keys[0], keys[4]]
    (moved,) = [each for each in redline["redline"]["provisions"]["nodes"] if each["key"] == keys[0]]
    assert moved["move"] is not None
    assert {source["party"]["shortName"] for source in moved["move"]["sources"]} == {"Japan"}
    assert "replace “Posts” by “Hubs”" in moved["sentences"]
    assert len(moved["sentences"]) == 2


async def test_moving_what_another_deletes_is_a_conflict(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    keys = [node["key"] for node in text.nodes]
    await text.propose("japan", {"kind": "MOVE", "provisionKey": keys[4], "afterKey": keys[0]})
    await text.propose("china", {"kind": "DELETE", "provisionKey": keys[4]})

    made = await text.consolidate()
    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    source = next(s["source"]["id"] for s in conflict["sides"]["nodes"] if s["kind"] == "DELETE")
    await text.settle(conflict, "settleStructure", standingIds=[source])

    assert conflict["kind"] == "REMOVAL"
    assert [node["key"] for node in await text.made()] == keys[:4]
    assert (await text.look())["reconciliation"]["isClean"] is True


async def test_rewording_or_quoting_what_another_deletes_is_a_conflict(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    await text.propose("japan", {"kind": "DELETE", "provisionKey": text.at("3.")["key"]})
    await text.comment("gea", "3.", "archives", "logs")
    await text.accept_all()

    made = await text.consolidate()

    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    assert {side["party"]["shortName"] for side in conflict["sides"]["nodes"]} == {"Japan", "GEA"}
    assert (await text.words())[2] == "Posts keep logs."


async def test_addition_after_what_another_deletes_is_not_lost(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    keys = [node["key"] for node in text.nodes]
    await text.propose("japan", {"kind": "DELETE", "provisionKey": keys[2]})
    await text.propose("china", {"kind": "ADD", "provisionKey": keys[2], "wording": "Logs last ten years."})

    made = await text.consolidate()

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert (await text.words())[1:4] == ["Posts scan bags.", "Logs last ten years.", "Posts pay dues."]


SECTIONS = """# Parcels

## 1. Sending

1.1. Posts sort mail.

1.2. Posts scan bags.

## 2. Receiving

2.1. Hubs keep logs.

2.2. Hubs pay dues:

(a) in cash; or

(b) by transfer.

## 3. Returns

3.1. Senders pay for returns.
"""


async def test_change_in_a_section_that_goes_is_a_conflict(api: Api) -> None:
    text = await Drafting(api).begin(SECTIONS)
    await text.propose("japan", {"kind": "DELETE", "provisionKey": text.at("Receiving")["key"]})
    deep = {"kind": "MODIFY", "provisionKey": text.at("(b)")["key"], "wording": "by wire transfer."}
    await text.propose("china", deep)

    made = await text.consolidate()

    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    assert conflict["kind"] == "REMOVAL"
    assert {side["party"]["shortName"] for side in conflict["sides"]["nodes"]} == {"Japan", "China"}
    assert len(await text.made()) == len(text.nodes)


async def test_addition_into_a_section_that_goes_is_a_conflict(api: Api) -> None:
    text = await Drafting(api).begin(SECTIONS)
    await text.propose("japan", {"kind": "DELETE", "provisionKey": text.at("Receiving")["key"]})
    into = {"kind": "ADD", "provisionKey": text.at("(a)")["key"], "wording": "by cheque; or"}
    await text.propose("china", into)

    made = await text.consolidate()

    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    assert conflict["kind"] == "REMOVAL"
    assert len(await text.made()) == len(text.nodes)


async def test_section_goes_and_moves_as_a_whole(api: Api) -> None:
    text = await Drafting(api).begin(SECTIONS)
    last = text.nodes[-1]["key"]
    await text.propose("japan", {"kind": "DELETE", "provisionKey": text.at("Receiving")["key"]})
    away = {"kind": "MOVE", "provisionKey": text.at("Sending")["key"], "afterKey": text.at("Returns")["key"]}
    await text.propose("china", {**away, "afterKey": last})

    made = await text.consolidate()

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert [node["text"] for node in await text.made()] == [
        "Parcels",
        "Returns",
        "Senders pay for returns.",
        "Sending",
        "Posts sort mail.",
        "Posts scan bags.",
    ]


TABLE = """# Elements

| Element | Source | When |
| --- | --- | --- |
| Value | Vendor | Before export |
| Weight | Post | At entry |
"""


async def test_row_never_loses_or_gains_a_cell(api: Api) -> None:
    text = await Drafting(api).begin(TABLE)
    row = text.at("Value | Vendor")
    across = await text.comment("japan", "Value | Vendor", "Worth, Vendor", "Value | Vendor")
    more = await text.comment("china", "Value | Vendor", "Vendor | Carrier", "Vendor")
    none = await text.comment("upu", "Value | Vendor", "", "Value | ")
    fewer = await text.draft("gea", {"kind": "MODIFY", "provisionKey": row["key"], "wording": "Value | Before export"})

    assert [done["__typename"] for done in (across, more, none, fewer)] == ["Refusal"] * 4
    assert [cell["text"] for cell in row["cells"]] == ["Value", "Vendor", "Before export"]
    assert "3 cells" in across["message"] + str(across["issues"])


async def test_added_row_has_the_cells_of_its_table(api: Api) -> None:
    text = await Drafting(api).begin(TABLE)
    short = {"kind": "ADD", "provisionKey": text.at("Value | Vendor")["key"], "wording": "Origin | Vendor"}

    done = await text.draft("japan", short)

    assert done["__typename"] == "Refusal"


async def test_section_moved_into_itself_never_stands(api: Api) -> None:
    text = await Drafting(api).begin(SECTIONS)
    into = {"kind": "MOVE", "provisionKey": text.at("Sending")["key"], "afterKey": text.at("1.2.")["key"]}
    await text.propose("china", into)

    await text.consolidate()

    assert (await text.try_issue())["code"] == "CONFLICTS_OPEN"
    assert await text.words() == [node["text"] for node in text.nodes]


async def test_cells_of_one_row_change_independently(api: Api) -> None:
    text = await Drafting(api).begin(TABLE)
    await text.comment("japan", "Value | Vendor", "Customs value", "Value")
    await text.comment("china", "Value | Vendor", "Before loading", "Before export")
    await text.comment("upu", "Weight | Post", "On arrival", "At entry")
    await text.accept_all()

    made = await text.consolidate()

    assert made["consolidation"]["conflicts"]["nodes"] == []
    rows = [[cell["text"] for cell in node["cells"]] for node in await text.made() if node["cells"]]
    assert rows[1:] == [["Customs value", "Vendor", "Before loading"], ["Weight", "Post", "On arrival"]]


SPLIT = lines("Posts keep logs. They keep them for five years.", "Hubs scan bags.")


async def _split_and_reworded(text: Drafting, **said: Any) -> None:
    """Let one party part a provision into two by one proposal, and another reword the part that goes."""
    key = text.at("1.")["key"]
    parted = {"kind": "MODIFY", "provisionKey": key, "wording": "Posts keep logs."}
    added = {"kind": "ADD", "provisionKey": key, "wording": "Logs are kept for five years."}
    await text.propose("japan", parted, added, **said)
    reworded = "Posts keep logs. They keep them for nine years."
    await text.propose("china", {"kind": "MODIFY", "provisionKey": key, "wording": reworded})


async def test_proposal_waits_as_a_whole_and_falls_as_a_whole(api: Api) -> None:
    text = await Drafting(api).begin(SPLIT)
    await _split_and_reworded(text)

    made = await text.consolidate()
    before = await text.words()
    (conflict,) = [each for each in made["consolidation"]["conflicts"]["nodes"] if each["kind"] == "WORDS"]
    words = next(side["words"] for side in conflict["sides"]["nodes"] if side["party"]["shortName"] == "China")
    settled = await text.settle(conflict, words=words)
    after = await text.look()

    assert before == [node["text"] for node in text.nodes]
    assert settled["__typename"] == "ConflictSettled", settled
    assert await text.words() == ["Posts keep logs. They keep them for nine years.", "Hubs scan bags."]
    assert after["reconciliation"]["isClean"] is True
    assert len(after["reconciliation"]["acceptedButUnchanged"]) == 2


async def test_proposal_stands_as_a_whole_when_it_prevails(api: Api) -> None:
    text = await Drafting(api).begin(SPLIT)
    await _split_and_reworded(text)

    made = await text.consolidate()
    (conflict,) = made["consolidation"]["conflicts"]["nodes"]
    words = next(side["words"] for side in conflict["sides"]["nodes"] if side["party"]["shortName"] == "Japan")
    await text.settle(conflict, words=words)

    assert await text.words() == ["Posts keep logs.", "Logs are kept for five years.", "Hubs scan bags."]


async def test_severable_proposal_stands_in_part(api: Api) -> None:
    text = await Drafting(api).begin(SPLIT)
    await _split_and_reworded(text, isSeverable=True)

    made = await text.consolidate()

    assert await text.words() == [SPLIT.splitlines()[0][3:], "Logs are kept for five years.", "Hubs scan bags."]
    assert made["reconciliation"]["proposalInPart"] == []


async def test_proposal_agreed_in_part_is_listed(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    one = {"kind": "MODIFY", "provisionKey": text.at("1.")["key"], "wording": "Posts sort all mail."}
    two = {"kind": "DELETE", "provisionKey": text.at("2.")["key"]}
    await text.propose("japan", one, two, views=("AGREED", "NOT_AGREED"))

    made = await text.consolidate()

    words = await text.words()
    if words[0] == "Posts sort all mail.":
        assert len(made["reconciliation"]["proposalInPart"]) > 0
    else:
        assert words == [node["text"] for node in text.nodes]


async def test_woven_sentence_waits_for_a_reader(api: Api) -> None:
    text = await Drafting(api).begin(
        lines("Posts keep logs for a year at every hub. Hubs scan bags.", "Posts pay dues.")
    )
    await text.comment("japan", "1.", "Carriers", "Posts")
    await text.comment("china", "1.", "each depot", "every hub")
    await text.comment("upu", "1.", "boxes", "bags")
    await text.comment("upu", "2.", "fees", "dues")
    await text.accept_all()

    made = await text.consolidate()
    (woven,) = made["reconciliation"]["woven"]
    refused = await text.try_issue()
    forbidden = await api.act(
        "japan", "confirmReading", consolidationId=text.consolidation["id"], digests=[woven["digest"]]
    )
    read = await text.read_all()
    after = (await text.look())["reconciliation"]
    journal = await api.ask("secretariat", "JournalList", first=100)
    issued = await text.try_issue()
    redline = await api.ask("upu", "RedlineOfVersion", textVersionId=issued["textVersion"]["id"])

    assert woven["words"].strip() == "Carriers keep logs for a year at each depot."
    assert refused["code"] == "SENTENCES_UNREAD"
    assert forbidden["code"] in ("FORBIDDEN", "NOT_FOUND")
    assert read["__typename"] == "SentencesRead"
    assert after["isClean"] is True
    assert after["woven"][0]["readBy"]["id"] == api.world.delegates["secretariat"]
    assert "CONFIRM_READING" in [entry["act"] for entry in journal["journalEntries"]["nodes"]]
    first, second = redline["redline"]["provisions"]["nodes"]
    assert [each["words"] for each in first["woven"]] == [woven["words"]]
    assert second["woven"] == []


async def test_woven_sentence_is_the_one_that_stands_after_a_correction(api: Api) -> None:
    text = await Drafting(api).begin(lines("Posts keep lgos for a year at every hub.", "Posts pay dues."))
    await text.comment("japan", "1.", "Carriers", "Posts")
    await text.comment("china", "1.", "each depot", "every hub")
    await text.accept_all()
    await text.consolidate()
    await text.read_all()

    target = (await text.look())["consolidation"]["target"]
    sent = {"textVersionId": target["id"], "expectedRevision": target["revision"], "provisionKey": text.nodes[0]["key"]}
    corrected = await api.act(
        "secretariat", "correctEditorially", **sent, words="lgos", replacement="logs", reason="A typing error."
    )
    (woven,) = (await text.look())["reconciliation"]["woven"]

    assert corrected["__typename"] == "TextCorrected", corrected
    assert woven["words"] == (await text.words())[0]


async def test_correction_is_listed_and_undone_by_an_objection(api: Api) -> None:
    text = await Drafting(api).begin(lines("Posts recieve mail in 3 days.", "Posts may pay dues."))
    await text.comment("japan", "2.", "fees", "dues")
    await text.accept_all()
    await text.consolidate()
    target = (await text.look())["consolidation"]["target"]

    async def correct(at: int, words: str, replacement: str) -> dict[str, Any]:
        sent = {"textVersionId": target["id"], "provisionKey": text.nodes[at]["key"], "reason": "A typing error."}
        version = (await text.look())["consolidation"]["target"]["revision"]
        said = {"words": words, "replacement": replacement, "expectedRevision": version}
        return dict(await api.act("secretariat", "correctEditorially", **sent, **said))

    refused = [await correct(0, "3", "5"), await correct(1, "may", "must"), await correct(1, "may pay", "may not pay")]
    done = await correct(0, "recieve", "receive")
    check = (await text.look())["reconciliation"]
    await text.go_on()
    redline = await api.ask("gea", "RedlineOfVersion", textVersionId=text.version["id"])
    api.world.clock.move(hours=1)
    objected = await api.act(
        "gea",
        "objectToCorrection",
        correctionId=done["correction"]["id"],
        reason="It is meant so.",
    )
    await text.comment("japan", "2.", "shall", "may")
    await text.accept_all()
    again = await text.consolidate()

    assert [each["__typename"] for each in refused] == ["Refusal"] * 3
    assert [each["words"] for each in check["corrected"]] != []
    assert "replace “recieve” by “receive”" in redline["redline"]["provisions"]["nodes"][0]["sentences"]
    assert objected["__typename"] == "CorrectionObjected", objected
    assert (await text.words())[0] == "Posts recieve mail in 3 days."
    assert again["consolidation"]["conflicts"]["nodes"] == []


REFERRING = """# Rules

“Parcel” means an item of up to 30 kg.

1. Each Parcel is scanned.

2. Posts pay dues as set out in paragraph 4.

3. Hubs may waive dues.

4. Dues follow Annex I and Article 9 of the Convention.

5. Paragraphs 3 and 4 apply to hubs.

## Annex I

6. A Parcel pays 2 SDR.
"""


async def test_references_are_data_and_say_where_they_lead(api: Api) -> None:
    text = await Drafting(api).begin(REFERRING)
    found = {}
    for node in text.nodes:
        shown = (await api.ask("japan", "ReferencesOfProvision", id=node["id"]))["provision"]
        for each in shown["references"]["nodes"]:
            led = each["target"] and each["target"]["printedNumber"]
            found[node["printedNumber"], each["words"]] = (each["status"], led or each["instrumentName"])

    assert found == {
        ("2.", "paragraph 4"): ("RESOLVED", "4."),
        ("4.", "Annex I"): ("RESOLVED", "Annex I"),
        ("4.", "Article 9"): ("EXTERNAL", "Convention"),
        ("5.", "Paragraphs 3"): ("RESOLVED", "3."),
        ("5.", "4"): ("RESOLVED", "4."),
    }


async def test_renumbering_is_shown_before_and_references_follow(api: Api) -> None:
    text = await Drafting(api).begin(REFERRING)
    keys = {node["printedNumber"]: node["key"] for node in text.nodes}
    await text.propose("japan", {"kind": "DELETE", "provisionKey": keys["3."]})

    made = await text.consolidate()
    target = text.consolidation["target"]
    before = [(node["printedNumber"], node["text"]) for node in await text.made()]
    preview = (await api.ask("secretariat", "RenumberingOfVersion", textVersionId=target["id"]))["renumbering"]
    sent = {"textVersionId": target["id"], "expectedRevision": target["revision"]}
    done = await api.act("secretariat", "renumberVersion", **sent)
    refused = await text.try_issue()
    after = [(node["printedNumber"], node["text"]) for node in await text.made()]
    stale = await api.act("secretariat", "renumberVersion", **sent)

    (dangling,) = made["reconciliation"]["danglingReferences"]
    assert (dangling["provisionKey"], dangling["words"]) == (keys["5."], "Paragraphs 3")
    assert [(each["before"], each["after"]) for each in preview["numbers"]] == [
        ("4.", "3."),
        ("5.", "4."),
        ("6.", "5."),
    ]
    assert [(each["before"], each["after"]) for each in preview["references"]] == [
        ("paragraph 4", "paragraph 3"),
        ("4", "3"),
    ]
    assert [each["words"] for each in preview["dangling"]] == ["Paragraphs 3"]
    assert ("2.", "Posts pay dues as set out in paragraph 4.") in before
    assert done["__typename"] == "VersionRenumbered"
    assert ("2.", "Posts pay dues as set out in paragraph 3.") in after
    assert refused["code"] == "UNRECONCILED"
    assert stale["code"] == "STALE_REVISION"


async def test_dangling_reference_is_corrected_with_a_reason(api: Api) -> None:
    text = await Drafting(api).begin(REFERRING)
    await text.propose("japan", {"kind": "DELETE", "provisionKey": text.at("3.")["key"]})
    await text.consolidate()

    target = text.consolidation["target"]
    sent = {"textVersionId": target["id"], "expectedRevision": target["revision"], "provisionKey": text.at("5.")["key"]}
    said = {"words": "Paragraphs 3", "replacement": "Paragraphs 2", "reason": "It was about dues."}
    corrected = await api.act("secretariat", "correctReference", **sent, **said)
    issued = await text.try_issue()
    redline = await api.ask("gea", "RedlineOfVersion", textVersionId=target["id"])

    assert corrected["__typename"] == "ReferenceCorrected", corrected
    assert issued["__typename"] == "VersionIssued"
    assert [each["sentences"] for each in redline["redline"]["provisions"]["nodes"]] == [
        ["delete list item 3."],
        ["replace “Paragraphs 3” by “Paragraphs 2”"],
    ]


async def test_changed_definition_lists_its_uses(api: Api) -> None:
    text = await Drafting(api).begin(REFERRING)
    term = {"kind": "MODIFY", "provisionKey": text.nodes[1]["key"], "wording": "“Parcel” means an item of up to 20 kg."}
    await text.propose("china", term)

    made = await text.consolidate()
    terms = await api.ask("upu", "DefinedTerms", textVersionId=text.version["id"])

    (defined,) = terms["definedTerms"]
    assert [use["key"] for use in defined["uses"]] == [text.at("1.")["key"], text.at("6.")["key"]]
    (changed,) = made["reconciliation"]["definitionsChanged"]
    assert changed["words"] == "Parcel"
    assert "1." in changed["explanation"]
    assert "6." in changed["explanation"]


READING = """query ($input: ReadDocumentInput!) { readDocument(input: $input) { __typename
  ... on DocumentRead { units { kind level printedNumber text parentPosition } doubts { kind words suggestion } }
  ... on Refusal { code } } }"""


async def _read(api: Api, markdown: str, *mends: dict[str, object]) -> dict[str, Any]:
    """Return what the server reads in a document."""
    sent = {"input": {"markdown": markdown, "mends": list(mends)}}
    return dict((await api.send("secretariat", READING, sent))["data"]["readDocument"])


def _seen(read: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Return level, number and words of every unit that was read."""
    return [(unit["level"], unit["printedNumber"] or "", unit["text"]) for unit in read["units"]]


ODD_PAPERS = (
    (
        "7. Carriers shall:\n  (a) weigh:\n      (i) bags;\n      (ii) boxes; and\n  (b) report.\n8. Hubs may refuse.",
        [
            (1, "7.", "Carriers shall:"),
            (2, "(a)", "weigh:"),
            (3, "(i)", "bags;"),
            (3, "(ii)", "boxes; and"),
            (2, "(b)", "report."),
            (1, "8.", "Hubs may refuse."),
        ],
    ),
    (
        "1. A hub may join:\n\na) by letter; or\n\nb) by deed.\n2. It is open.\n3. Hubs say so.",
        [
            (1, "1.", "A hub may join:"),
            (2, "a)", "by letter; or"),
            (2, "b)", "by deed."),
            (1, "2.", "It is open."),
            (1, "3.", "Hubs say so."),
        ],
    ),
    ("\t2.\tBags.\n\t(a)\tred\n\t(b)\tblue", [(1, "2.", "Bags."), (2, "(a)", "red"), (2, "(b)", "blue")]),
    ("3 ter. Appeals are heard.", [(1, "3 ter.", "Appeals are heard.")]),
    ("Art. 12. Costs are shared.", [(1, "Art. 12.", "Costs are shared.")]),
    ("第十二条 邮件", [(1, "第十二条", "邮件")]),
    ("§ 7 Fristen", [(1, "§ 7", "Fristen")]),
    ("R. 415-3 of the Code applies.", [(0, "", "R. 415-3 of the Code applies.")]),
    ("2018 was a good year.", [(0, "", "2018 was a good year.")]),
    ("5.1 Scope\n\n5.1.1 Depth\n\n5.2 Use", [(1, "5.1", "Scope"), (2, "5.1.1", "Depth"), (1, "5.2", "Use")]),
    ("Il paie 10\u00a0% du prix\u202f; voilà.", [(0, "", "Il paie 10\u00a0% du prix\u202f; voilà.")]),
    ("```\n# no heading\n__init__ = 1\n```", [(0, "", "# no heading\n__init__ = 1")]),
    ("\ufeff# Scope\n\nWords.", [(1, "", "Scope"), (0, "", "Words.")]),
)


async def test_odd_papers_are_read_right(api: Api) -> None:
    seen = [_seen(await _read(api, markdown)) for markdown, _ in ODD_PAPERS]

    assert seen == [right for _, right in ODD_PAPERS]


async def test_what_is_unsure_is_a_doubt_with_its_words(api: Api) -> None:
    struck = await _read(api, "Hubs <s>may</s> <ins>must</ins> scan bags.")
    front = await _read(api, "---\nauthor: X\n---\n\nScope\n=====\n\nWords.")
    note = await _read(api, "One[^a].\n\n[^a]: Tied.\n\n[^c]: Loose.")

    words = " ".join(doubt["words"] for doubt in struck["doubts"])
    assert {doubt["kind"] for doubt in struck["doubts"]} == {"TRACKED_CHANGE"}
    assert "may" in words
    assert "must" in words
    assert [doubt["kind"] for doubt in front["doubts"]] == ["FRONT_MATTER"]
    assert _seen(front) == [(1, "", "Scope"), (0, "", "Words.")]
    assert [doubt["kind"] for doubt in note["doubts"]] == ["UNTIED_NOTE"]
    assert all(doubt["suggestion"] for read in (struck, front, note) for doubt in read["doubts"])


async def test_mends_are_seen_before_and_stored_on_import(api: Api) -> None:
    markdown = "1. Hubs scan bags. They seal them.\n\nand weigh them.\n\nScope of it"
    mends = (
        {"act": "JOIN", "position": 1},
        {"act": "SPLIT", "position": 1, "offset": 16},
        {"act": "SET", "position": 3, "kind": "HEADING", "level": 1, "printedNumber": "II."},
    )
    seen = _seen(await _read(api, markdown, *mends))
    wrong = await _read(api, markdown, {"act": "JOIN", "position": 9})
    text = await Drafting(api).begin(markdown, mends=list(mends))

    assert seen == [(1, "1.", "Hubs scan bags."), (1, "", "They seal them. and weigh them."), (1, "II.", "Scope of it")]
    assert wrong["code"] == "INVALID"
    assert [(node["level"], node["printedNumber"] or "", node["text"]) for node in text.nodes] == seen


async def test_pending_proposals_and_open_comments_go_along(api: Api) -> None:
    text = await Drafting(api).begin(
        lines("Posts sort mail in 3 days.", "Hubs seal bags.", "Posts pay dues.", "Hubs wait.")
    )
    keys, first = [node["key"] for node in text.nodes], text.version
    stale = await text.file("gea", {"kind": "MODIFY", "provisionKey": keys[0], "wording": "Posts sort mail in 2 days."})
    exact = await text.file("upu", {"kind": "MODIFY", "provisionKey": keys[3], "wording": "Hubs wait a day."})
    await text.comment("japan", "1.", "5 days", "3 days")
    await text.comment("china", "3.", "charges", "dues")
    await text.comment("upu", "2.", "sacks", "bags")
    await text.accept_all(China="DEFERRED", UPU="DEFERRED")
    await text.propose("canada", {"kind": "DELETE", "provisionKey": keys[2]})

    await text.consolidate()
    await text.go_on()
    states = {}
    for who, proposal in (("gea", stale), ("upu", exact)):
        shown = (await api.ask(who, "ProposalDetail", id=proposal["id"]))["proposal"]
        states[who] = shown["amendments"]["nodes"][0]["carried"]["state"]
    comments = (await api.ask("secretariat", "CommentList", first=50))["comments"]["nodes"]
    pending = (await api.ask("gea", "ProposalDetail", id=stale["id"]))["proposal"]
    (amendment,) = pending["amendments"]["nodes"]
    sent = {"amendmentId": amendment["id"], "expectedRevision": pending["revision"]}
    viewed = await api.act("canada", "recordView", **sent, view="AGREED")
    version = viewed["proposal"]["revision"]
    refused = await api.act("canada", "concludeConsideration", proposalId=stale["id"], expectedRevision=version)
    sent["expectedRevision"] = version
    restated = await api.act(
        "gea", "restateAmendment", **sent, answer={"restate": {"wording": "Posts sort mail in 2 days."}}
    )
    compared = await api.ask("upu", "ComparisonOfVersions", baseId=first["id"], textVersionId=text.version["id"])

    assert states == {"gea": "STALE", "upu": "EXACT"}
    places = {each["party"]["shortName"]: each["carriedTo"] and each["carriedTo"]["state"] for each in comments}
    assert places == {"Japan": None, "China": "ORPHAN", "UPU": "EXACT"}
    assert refused["code"] == "AMENDMENTS_STALE"
    assert restated["__typename"] == "AmendmentRestated", restated
    assert [each["sentences"] for each in compared["comparison"]["provisions"]["nodes"]] == [
        ["replace “3” by “5”"],
        ["delete list item 3."],
    ]


async def test_blame_history_and_as_at_tell_who_and_when(api: Api) -> None:
    text = await Drafting(api).begin(lines("Posts keep logs for a year.", "Posts pay dues."))
    key, first, began = text.nodes[0]["key"], text.version, api.world.clock.now
    await text.comment("japan", "1.", "Carriers", "Posts")
    await text.accept_all()
    await text.consolidate()
    await text.go_on()
    await text.comment("china", "1.", "two years", "a year")
    await text.accept_all()
    await text.consolidate()
    await text.go_on()

    blame = (await api.ask("gea", "ProvisionBlame", provisionKey=key, textVersionId=text.version["id"]))[
        "provisionBlame"
    ]
    history = (await api.ask("gea", "ProvisionHistory", provisionKey=key))["provisionHistory"]
    instrument = first["instrument"]["id"]
    asked = {"instrumentId": instrument, "at": began.isoformat(), "on": "2018-09-24"}
    then = (await api.ask("gea", "TextAsAt", **asked))["textVersionAt"]

    told = [(run["text"], [change["party"]["shortName"] for change in run["changes"]]) for run in blame["runs"]]
    assert told == [("Carriers", ["Japan"]), (" keep logs for ", []), ("two years", ["China"]), (".", [])]
    assert all(
        change["source"]["round"]["id"] and change["decision"]["id"]
        for run in blame["runs"]
        for change in run["changes"]
    )
    assert [entry["text"] for entry in history["entries"]] == [
        "Posts keep logs for a year.",
        "Carriers keep logs for a year.",
        "Carriers keep logs for two years.",
    ]
    assert "two years" in history["markdown"]
    assert then["id"] == first["id"]


async def test_whole_figures_are_shown_in_runs_sentences_and_table(api: Api) -> None:
    pairs = (("The fee is EUR 2,400 a day.", "2,900"), ("The rate is 3.25 % of it.", "3.75 %"))
    text = await Drafting(api).begin(lines(*(base for base, _ in pairs)))
    await text.comment("japan", "1.", "2,900", "2,400")
    await text.comment("japan", "2.", "3.75 %", "3.25 %")
    await text.accept_all()
    await text.consolidate()
    await text.go_on()

    redline = (await api.ask("gea", "RedlineOfVersion", textVersionId=text.version["id"]))["redline"]
    table = (await api.ask("gea", "TableOfChanges", textVersionId=text.version["id"]))["redline"]["provisions"]["nodes"]

    changed = redline["provisions"]["nodes"]
    said = [(run["kind"], run["text"]) for each in changed for run in each["runs"] if run["kind"] != "KEEP"]
    assert [kind for kind, _ in said] == ["DELETE", "INSERT"] * 2
    assert "2,400" in said[0][1]
    assert "2,900" in said[1][1]
    assert "3.25" in said[2][1]
    assert "3.75" in said[3][1]
    assert [each["row"]["current"] for each in table] == [base for base, _ in pairs]
    assert all(each["row"]["whoAndWhy"].startswith("Japan") for each in table)


async def test_history_tells_of_a_renumbering(api: Api) -> None:
    text = await Drafting(api).begin(FIVE)
    await text.propose("japan", {"kind": "DELETE", "provisionKey": text.at("3.")["key"]})
    await text.consolidate()
    target = text.consolidation["target"]
    sent = {"textVersionId": target["id"], "expectedRevision": target["revision"]}
    await api.act("secretariat", "renumberVersion", **sent)
    last = text.nodes[-1]["key"]
    await text.go_on()

    shown = await api.ask("gea", "RedlineOfVersion", textVersionId=text.version["id"])
    redline = shown["redline"]["provisions"]["nodes"]
    history = (await api.ask("gea", "ProvisionHistory", provisionKey=last))["provisionHistory"]

    assert [each["change"] for each in redline if each["key"] == last] == ["RENUMBERED"]
    assert [entry["printedNumber"] for entry in history["entries"]] == ["5.", "4."]
    assert [entry["change"] for entry in history["entries"]] == ["INSERTED", "RENUMBERED"]


@pytest.mark.parametrize("markdown", ["1. Bags\n2. Boxes\n4. Sacks", "1. For hubs\n1.1. scan\n1.2. seal\n2. For posts"])
async def test_number_read_as_words_is_a_doubt(api: Api, markdown: str) -> None:
    read = await _read(api, markdown)

    assert len(read["units"]) == len(markdown.splitlines()) or "UNCERTAIN_NUMBER" in str(read["doubts"])


@pytest.mark.parametrize(("after", "wording"), [("1.", "2. Posts weigh bags."), ("3.", "3 bis. Posts weigh bags.")])
async def test_number_copied_into_an_addition_is_not_printed_twice(api: Api, after: str, wording: str) -> None:
    text = await Drafting(api).begin(FIVE)
    await text.propose("japan", {"kind": "ADD", "provisionKey": text.at(after)["key"], "wording": wording})

    await text.consolidate()

    assert "Posts weigh bags." in await text.words()
