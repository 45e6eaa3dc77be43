# ruff: noqa: RUF001
"""Nobody's words but theirs: what was agreed is what stands, tried as delegates, coordinators and officers would."""

from tests.factories.api import Api
from tests.journeys.drafting import Drafting, lines

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
    ("The list is open. It is long. We keep it.", "The list is open. We keep it.", "The list is shut. It is long. We keep it."),
    ("The list is open. It is long. We keep it.", "The list is open. We keep it.", "The list is open. It is long. They keep it."),
    ("The list is open. It is long. We keep it.", "The list is open. We keep it.", "The list is open. It is short. We keep it."),
    ("Post, where apt, sends data.", "Post sends data.", "Post, where apt and cheap, sends data."),
    ("Post, where apt, sends data.", "Post sends data.", "Post, where apt, gets data."),
    ("A bag of letters goes by sea.", "A sack of letters goes by sea.", "A big bag of letters goes by sea."),
    ("The duty officer signs.", "The chief officer signs.", "The duty inspector signs."),
    ("Take the sealed bag away.", "Take the bag away.", "Take the sealed box away."),
)
"""Base, wording of one party, wording of another: what they ask for cannot both stand."""


async def test_wordings_that_compete_are_conflicts(api: Api) -> None:
    text = await Drafting(api).begin(lines(*(base for base, _, _ in COMPETING)))
    for number, (_, first, second) in enumerate(COMPETING, start=1):
        await text.comment("japan", f"{number}.", first)
        await text.comment("china", f"{number}.", second)
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
    for number, (_, first, second) in enumerate(cases, start=1):
        await text.comment("japan", f"{number}.", first)
        await text.comment("china", f"{number}.", second)
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
            ("upu", ", always", ""),
            "Keep it between 12 °C and 30 °C, always.",
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
            if quoted != ", always":
                done = await text.comment(who, f"{number}.", wording, quoted)
                assert "comment" in done, done
    await text.accept_all()

    made = await text.consolidate()

    assert made["consolidation"]["conflicts"]["nodes"] == []
    assert await text.words() == [case[-1] for case in cases]
    assert len(made["reconciliation"]["woven"]) == 4
