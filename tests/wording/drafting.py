"""Provisions of five languages, made of words of which it is known where each begins and what it is part of.

A figure, a date and a reference are one word each, whatever is written inside them. `<5|6|7>` in them is a part that
can be one thing or another, so that two people can want different parts of one figure to change.
"""

import re
from random import Random
from typing import NamedTuple

_PART = re.compile("<([^<>]*)>")


class Word(NamedTuple):
    """A word, the mark printed right after it, and for a figure the pattern that it was made from."""

    text: str
    mark: str = ""
    pattern: str = ""


class Negation(NamedTuple):
    """The same words of an obligation as one person finds them, and as two others want them."""

    base: str
    first: str
    second: str


class Language(NamedTuple):
    """What provisions are made of. A blank parts two words, also where the language prints none."""

    blank: str
    comma: str
    stop: str
    slots: tuple[tuple[str, ...], ...]
    """Phrases in the order of a sentence; `#` is a figure, `@` a date or time, `&` a reference."""
    fresh: str
    """Words that stand in no phrase, parted by blanks."""
    negations: tuple[Negation, ...]
    figures: tuple[str, ...]
    dates: tuple[str, ...]
    references: tuple[str, ...]


def _negations(*lines: str) -> tuple[Negation, ...]:
    return tuple(Negation(*line.split(" > ")) for line in lines)


ENGLISH = Language(
    " ",
    ",",
    ".",
    (
        ("Each carrier", "The operators", "Every broker", "National authorities", "The importer", "Postal agencies"),
        ("shall", "may", "should", "shall not", "may not", "must never"),
        ("accept", "refuse", "release", "keep", "exchange", "return"),
        ("the small parcels", "their early data", "this declaration", "all consignments", "the duty"),
        ("under &", "as & requires", "except where & applies"),
        ("below #", "up to # each", "at a rate of #", "weighing # or less"),
        ("from @ on", "before @ at latest", "until @ only"),
        ("without delay", "at no cost", "where risks stay low", "and tell the sender why", "on request"),
    ),
    """promptly lawfully vessels notably gradually forms holders twice jointly wherever harbour weekly
    simple records clearly tariffs agents sealed""",
    _negations(
        "may not > may > shall not",
        "shall > shall not > may",
        "must never > must > should never",
        "shall not refuse > shall refuse > shall not accept",
        "may keep > may not keep > may return",
        "should > should not > should always",
        "cannot > can > could not",
    ),
    (
        "EUR <1|2|3>,<000|500|750>",
        "<10|11|12>.<0|5|7> %",
        "<10|15|20> per cent",
        "SDR <100|150|300>",
        "€<2|4|6>.<20|50|80>/kg",
        "US$ <3|5|8> <million|billion>",
        "<2|3|5>–<7|9|12> kg",
        "<−|+><5|15|25> °C",
        "<1|2|4>/<3|5|7>",
        "<1|2|3> ½ kg",
        "<4|5|7> <000|500|250> kg",
        "<two|three|five> hundred and <fifty|sixty|twelve>",
        "<twenty|thirty|forty>-<one|two|five>",
    ),
    (
        "<10|15|20> <May|June|July> <2018|2019|2020>",
        "<May|June|July> <5|6|7>, <2018|2019|2020>",
        "<2018|2019|2020>-<05|06|07>-<10|15|20>",
        "<30|29|28>.<06|09|11>",
        "<15|16|17>:<30|45|50> <UTC|GMT>",
        "<4|5|6>.<10|30|50> p.m.",
        "<1st|2nd|3rd> <May|June> <2018|2019>",
        "<1st|2nd|3rd> of <May|June>",
    ),
    (
        "Article <4|5|6>.<1|2|3>",
        "Article <4|5|6>(<1|2|3>)(<a|b|c>)",
        "paragraph <1|2|3> of Article <4|5|6>",
        "Annex <II|III|IV>",
        "Standard <7|8|9>",
        "Section <A|B|C>.<1|2|3>",
        "ISO <9001|9004|9007>:<2015|2016|2018>",
        "Rule <5|6|7> (<a|b|c>)",
    ),
)

FRENCH = Language(
    " ",
    ",",
    ".",
    (
        ("Chaque transporteur", "Les opérateurs", "L'importateur", "Toute administration"),
        ("doit", "peut", "devrait", "ne doit pas", "ne peut jamais"),
        ("accepter", "refuser", "conserver", "rendre", "communiquer"),
        ("les petits colis", "l'envoi déclaré", "ces données anticipées", "d'autres formulaires"),
        ("selon &", "sauf si & s'applique", "comme & l'exige"),
        ("au-dessous de #", "à hauteur de #", "pesant # au plus"),
        ("dès le @", "avant le @ inclus"),
        ("sans retard", "à titre gratuit", "lorsque le risque reste faible", "et en avertir l'expéditeur"),
    ),
    """rapidement légalement navires notamment peu dossiers chargeurs ensemble d'abord agents clairement
    simples tarifs scellés partout souvent""",
    _negations(
        "ne doit pas > doit > ne peut pas",
        "doit > ne doit pas > peut",
        "ne peut jamais > peut > ne doit jamais",
        "doit refuser > ne doit pas refuser > doit accepter",
        "n'accepte pas > accepte > n'accepte jamais",
    ),
    (
        "<1|2|3>\u202f<000|500|750>\u00a0€",
        "<10|11|12>,<0|5|7>\u00a0%",
        "<1|2|3> <000|500|750> EUR",
        "<10|15|20> pour cent",
        "<1|2|3>,<25|50|75> kg",
        "<3|5|8> <millions|milliards>",
        "<deux|trois|cinq> cent <vingt|trente|douze>",
    ),
    (
        "<10|15|20> <mai|juin|juillet> <2018|2019|2020>",
        "1er <mai|juin|juillet> <2018|2019|2020>",
        "<10|15|20>/<05|06|07>/<2018|2019|2020>",
        "<15|16|17> h <10|30|50>",
        "<15|16|17>h<10|30|50>",
    ),
    (
        "l'article <4|5|6>.<1|2|3>",
        "l'article <4|5|6> <bis|ter>",
        "paragraphe <1|2|3> de l'article <4|5|6>",
        "l'alinéa <a|b|c>) de l'article <4|5|6>",
        "l'annexe <II|III|IV>",
        "norme <7|8|9>",
        "n°\u00a0<5|6|7>/<2018|2019>",
        "point <1|2|3> de la section <4|5|6>",
    ),
)

SPANISH = Language(
    " ",
    ",",
    ".",
    (
        ("Cada transportista", "Los operadores", "El importador", "Toda administración"),
        ("deberá", "podrá", "debería", "no deberá", "nunca podrá"),
        ("aceptar", "rechazar", "conservar", "devolver", "comunicar"),
        ("los pequeños paquetes", "sus datos anticipados", "esta declaración", "otros formularios"),
        ("según &", "salvo que se aplique &", "como exige &"),
        ("por debajo de #", "hasta # cada uno", "con peso de # como máximo"),
        ("desde el @", "antes del @ inclusive"),
        ("sin demora", "a título gratuito", "cuando el riesgo sea bajo", "y avisar al remitente"),
    ),
    """prontamente buques legalmente registros cargadores juntos primero agentes claramente simples
    aranceles sellados siempre semanal puerto dondequiera""",
    _negations(
        "no deberá > deberá > no podrá",
        "deberá > no deberá > podrá",
        "nunca podrá > podrá > nunca deberá",
        "deberá rechazar > no deberá rechazar > podrá rechazar",
        "no podrá aceptar > no deberá aceptar > no podrá rechazar",
    ),
    (
        "<1|2|3>.<000|500|750>,<25|50|75> EUR",
        "<10|11|12>,<0|5|7> %",
        "<10|15|20> por ciento",
        "US$ <1|2|3>.<000|500|750>",
        "<1|2|3> <000|500|750> kg",
        "<3|5|8> <millones|billones>",
        "<mil|tres mil|cinco mil> <doscientos|trescientos|quinientos>",
    ),
    (
        "<10|15|20> de <mayo|junio|julio> de <2018|2019|2020>",
        "<10|15|20> de <mayo|junio|julio>",
        "<10|15|20>/<05|06|07>/<2018|2019|2020>",
        "1.º de <mayo|junio> de <2018|2019>",
        "<15|16|17>:<10|30|50> UTC",
    ),
    (
        "artículo <4|5|6>.<1|2|3>",
        "apartado <1|2|3> del artículo <4|5|6>",
        "párrafo <1|2|3> del anexo <II|III|IV>",
        "anexo <II|III|IV>",
        "norma <7|8|9>",
        "párrafo <1|2|3> de la sección <4|5|6>",
    ),
)

ARABIC = Language(
    " ",
    "،",
    ".",
    (
        ("كل ناقل", "جميع المشغلين", "كل مستورد", "الإدارات الوطنية"),
        ("يجب عليه", "يجوز له", "ينبغي له", "لا يجوز له", "لا ينبغي له"),
        ("قبول", "رفض", "حفظ", "إعادة", "تبادل"),
        ("الطرود الصغيرة", "البيانات المسبقة", "هذا التصريح", "سائر النماذج"),
        ("وفق &", "ما لم تنطبق &", "كما تقتضي &"),
        ("دون #", "بما يصل إلى # لكل منها", "بوزن # كحد أقصى"),
        ("اعتبارا من @", "قبل @ على الأكثر"),
        ("دون تأخير", "من غير مقابل", "حيث يكون الخطر منخفضا", "مع إخطار المرسل"),
    ),
    """سريعا قانونا السفن خاصة تدريجيا السجلات مرتين معا أولا الوكلاء بوضوح أسبوعيا بسيطة المرفأ التعريفات
    مختومة""",
    _negations(
        "لا يجوز > يجوز > لا يجب",
        "يجوز > لا يجوز > يجب",
        "لا ينبغي > ينبغي > لا يمكن",
        "لا يجب رفض > لا يجوز رفض > لا يجب قبول",
    ),
    (
        "<١|٢|٣>٬<٠٠٠|٥٠٠|٧٥٠>٫<٠|٥> دولار",
        "<١٠|١١|١٢>٫<٠|٥|٧> ٪",
        "<١٠|١٥|٢٠>٪",
        "<1|2|3>,<000|500|750> EUR",
        "<10|15|20> كغ",
        "<3|5|8> <ملايين|مليارات> دولار",
        "<10|15|20> في المائة",
    ),
    (
        "<10|15|20> <مايو|يونيو|يوليو> <2018|2019|2020>",
        "<١٠|١٥|٢٠> <مايو|يونيو|يوليو> <٢٠١٨|٢٠١٩>",
        "<٢٠١٨|٢٠١٩>/<٠٥|٠٦|٠٧>/<١٠|١٥|٢٠>",
        "<10|15|20>/<05|06|07>/<2018|2019|2020>",
        "<15|16|17>:<10|30|50>",
    ),
    (
        "المادة <4|5|6>.<1|2|3>",
        "الفقرة <1|2|3> من المادة <4|5|6>",
        "المادة <٤|٥|٦> (<أ|ب|ج>)",
        "الملحق <2|3|4>",
        "المعيار <7|8|9>",
        "الفقرة (<1|2|3>) من المادة <4|5|6>",
    ),
)

CHINESE = Language(
    "",
    "，",
    "。",
    (
        ("各承运人", "国内 海关", "所有 邮政 机构", "进口 商号"),
        ("应当", "可以", "必须", "不得", "不应"),
        ("接受", "拒绝", "放行", "退还", "交换"),
        ("小型 包裹", "有关 数据", "报关 单据", "其他 表格"),
        ("依照 & 规定", "除非 & 适用", "根据 & 要求"),
        ("限额 不超过 #", "价值 达到 # 以下", "重量 低于 # 之内"),
        ("自从 @ 开始", "直至 @ 为止"),
        ("立即 办理", "免费 处理", "如果 风险 较低", "并且 通知 寄件人"),
    ),
    """迅速 合法 船舶 特别 逐步 档案 两次 共同 首先 代理 明确 每周 简易 港口 税率 封存 数目 报告 单位 包装""",
    _negations(
        "不得 > 应当 > 可以",
        "不得 拒绝 > 可以 拒绝 > 不得 接受",
        "应当 > 不应 > 应可",
        "不应 放行 > 应当 放行 > 不应 退还",
        "可以 > 不可以 > 必须",
    ),
    (
        "<1|2|3>,<000|500|750>元",
        "<１|２|３>，<０００|５００>元",
        "<五|六|七>千<五|六|七>百元",
        "百分之<五|六|七>",
        "<10|11|12>.<0|5|7>%",
        "<3|5|8><万|亿>元",
        "<二|三|五>公斤",
        "<20|30|40><公斤|千克>",
        "人民币<1|2|3>,<000|500|750>元",
    ),
    (
        "<2018|2019|2020>年<5|6|7>月<10|15|20>日",
        "二〇一<八|九>年<五|六|七>月<十|二十>日",
        "<5|6|7>月<10|15|20>日",
        "<15|16|17>时<10|30|50>分",
        "下午<4|5|6>时<10|30|50>分",
        "<2018|2019|2020> 年 <5|6|7> 月 <10|15|20> 日",
    ),
    (
        "第<四|五|六>条",
        "第<四|五|六>条第<一|二|三>款",
        "第<4|5|6>条第<1|2|3>款第(<1|2|3>)项",
        "附件<二|三|四>",
        "标准<7|8|9>",
        "附件<二|三|四>第<1|2|3>段",
        "第<十一|十二|二十>条之<一|二>",
    ),
)

LANGUAGES = {"English": ENGLISH, "French": FRENCH, "Spanish": SPANISH, "Arabic": ARABIC, "Chinese": CHINESE}


def drafted(rng: Random, language: Language, sentences: int) -> list[Word]:
    """Write a provision of a number of sentences, no two of them alike."""
    written: dict[tuple[Word, ...], None] = {}
    while len(written) < sentences:
        written[tuple(write_sentence(rng, language))] = None
    return [word for sentence in written for word in sentence]


def write_sentence(rng: Random, language: Language) -> list[Word]:
    """Write a sentence; up to two of the phrases that it can do without are left out."""
    left_out = set(rng.sample(range(4, len(language.slots)), rng.randint(0, 2)))
    words = []
    for place, phrases in enumerate(language.slots):
        if place not in left_out:
            words += [write_word(rng, language, text) for text in rng.choice(phrases).split()]
            if 4 <= place < len(language.slots) - 1 and rng.random() < 0.2:
                words[-1] = words[-1]._replace(mark=language.comma)
    words[-1] = words[-1]._replace(mark=language.stop)
    return words


def write_word(rng: Random, language: Language, text: str) -> Word:
    """Return a word of a phrase, or a figure in its place."""
    kinds = {"#": language.figures, "@": language.dates, "&": language.references}
    return write_figure(rng, rng.choice(kinds[text])) if text in kinds else Word(text)


def write_figure(rng: Random, pattern: str) -> Word:
    """Return a figure of a pattern."""
    return Word(_PART.sub(lambda part: rng.choice(part[1].split("|")), pattern), "", pattern)


def change_figure(rng: Random, word: Word, times: int) -> list[Word]:
    """Return a number of other figures of the same pattern, each with one part unlike the first."""
    parts = [part.split("|") for part in _PART.findall(word.pattern)]
    now = _choices_of(word, parts)
    others = {
        _fill(word.pattern, [*now[:place], choice, *now[place + 1 :]])
        for place, choices in enumerate(parts)
        for choice in choices
        if choice != now[place]
    }
    return [word._replace(text=text) for text in rng.sample(sorted(others), times)]


def _fill(pattern: str, choices: list[str]) -> str:
    """Return a figure with a choice for each part of its pattern."""
    literals = _PART.sub("\0", pattern).split("\0")
    return "".join(literal + choice for literal, choice in zip(literals, [*choices, ""], strict=True))


def _choices_of(word: Word, parts: list[list[str]]) -> list[str]:
    """Return what stands in each part of a figure."""
    literals = [re.escape(literal) for literal in _PART.sub("\0", word.pattern).split("\0")]
    groups = [f"({'|'.join(map(re.escape, choices))})" for choices in parts]
    pattern = literals[0] + "".join(group + literal for group, literal in zip(groups, literals[1:], strict=True))
    match = re.fullmatch(pattern, word.text)
    assert match
    return list(match.groups())


def printed(language: Language, words: list[Word]) -> str:
    """Return the text of the words."""
    blank = language.blank
    return "".join(word.text + word.mark + blank for word in words).removesuffix(blank or "\0")


def sentences_of(language: Language, words: list[Word]) -> list[str]:
    """Return the sentences of a text as they are printed."""
    sentences: list[list[Word]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if word.mark == language.stop:
            sentences.append([])
    return [printed(language, sentence) for sentence in sentences if sentence]
