"""Patterns of what a reader takes in as one: figures with sign and unit, dates, references, labels.

Half of a figure or of a reference means nothing, or something else: if only the half that changed were a change, two
proposals could be woven into an amount that nobody proposed. One word too many in a piece only strikes one word more,
so the lists of nouns and units are generous: Arabic, Chinese, English, French, Portuguese, Russian and Spanish.
"""

from server.wording.letters import CURRENCY_SYMBOL, LETTER, MARK, RUN, WORD

_GAP = "[ \u00a0\u2007\u2009\u202f]"  # white space inside a figure is one character and never a line break
_ENDS = f"(?!{LETTER}|{MARK}|['’\u2010\u2011-]{LETTER})"  # no unit is the beginning of a word


def _any_of(words: str, *, capital_too: bool = False) -> str:
    """Return a pattern of the words, which may be patterns, by first character so that a miss costs one look.

    With `capital_too`, a word may also begin with a capital letter.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(words.split(), reverse=True):  # the longer before its own beginning
        first = f"[{word[0]}{word[0].upper()}]" if capital_too and word[0].islower() else word[0]
        by_first.setdefault(first, []).append(word[1:])
    branches = (f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return f"(?:{'|'.join(branches)})".replace("_", _GAP)


# ISO 4217, and the units of account of international organizations.
_CURRENCY_CODE = _any_of(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DTS DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF
    SAR SBD SCR SDG SDR SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU
    UZS VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWG"""
)
_MEASURE = (
    _any_of(
        """mm cm dm m km mg g kg t ml mL cl dl l L hl ha kWh MWh GWh Wh kW MW GW kV Hz kHz MHz GHz kB KB MB GB TB
        kbit Mbit Gbit min h ms ft lb lbs oz dB px TEU"""
    )
    + "[²³23]?(?:/(?:kg|km|g|t|l|m|h|min|s)[²³]?)?"
)
_AFTER = _any_of(
    "per_cent percent pour_cent por_ciento في_المائة في_المئة بالمائة p\\.m\\. a\\.m\\. pm am UTC GMT CET CEST"
)
_ARABIC_UNIT = _any_of("دولار دولارا دولارات يورو ريال درهم دينار جنيه كغ كغم كجم غ كم م سم طن طنا لتر")
_SCALE = _any_of(
    """thousand million millions billion billions trillion mille milliard milliards mil millón millones billón billones
    bn mn ألف ألفا آلاف مليون مليونا ملايين مليار مليارا مليارات тысяч миллионов миллиардов млн млрд"""
)

# The sign of a currency before a figure is no unit of the figure before it.
_UNIT = (
    f"(?:h{_GAP}\\d{{2}}{_ENDS}|[%‰٪％°′″]{{1,2}}[CF]?{_ENDS}|(?:{_CURRENCY_CODE}|{CURRENCY_SYMBOL})(?!{_GAP}?\\d)(?:/{_MEASURE})?{_ENDS}"
    f"|(?:{_MEASURE}|{_AFTER}|{_ARABIC_UNIT}){_ENDS})"
)
_VULGAR = "(?:[¼-¾⅐-⅞]|\\d{1,2}[/⁄]\\d{1,2}(?![\\w/]))"
_BIS = f"(?:{_GAP}(?:bis|ter|quater|quinquies){_ENDS})?+"
_LABELS = "(?:\\((?:[a-z]{1,4}|[A-Z]|[ء-ي]|\\d{1,3})\\))"

# White space parts digits only in groups of three after one to three: "in 2018 500 parcels" holds two figures.
_GROUPED = f"\\d{{1,3}}(?:{_GAP}\\d{{3}}(?!{LETTER}))++(?:[.,٫·](?=\\d){RUN})?+"
_NUMBER = f"(?:{_GROUPED}|(?=\\d){WORD})"

# A hyphen is a sign only where nothing stands before it that it could join.
_SIGN = f"(?:(?<!{LETTER})(?<![)\\]%.,])[-+−–＋－]|[±≤≥<>~≈#]|(?<!\\d)[%٪])"
_CURRENCY = f"(?:{_CURRENCY_CODE}(?!{LETTER})|[A-Z]{{0,3}}+{CURRENCY_SYMBOL})"
_BEFORE = f"(?:{_SIGN}?{_CURRENCY}{_GAP}?{_SIGN}?|{_SIGN})"

# Chinese and Japanese numerals, and what is written behind them without a space.
_NUMERAL = "[〇零一二三四五六七八九十百千万萬亿億两兩廿卅壹贰叁肆伍陆柒捌玖拾佰仟]"
_DATE_PART = "[年月日号號时時点點分秒]"
_COUNTED = _any_of(
    "年 月 日 号 號 时 時 分 秒 元 圆 円 天 倍 次 件 票 个 個 吨 克 米 度 公斤 千克 公里 小时 分钟 美元 欧元"
)
_NEXT_PART = f"(?:{_GAP}?(?:\\d++|{_NUMERAL}++){_GAP}?{_DATE_PART})"

FIGURE = (
    f"{_BEFORE}?+{_NUMBER}{_BIS}(?:{_LABELS}++|(?:{_GAP}{_VULGAR})?+(?:{_GAP}?{_SCALE}{_ENDS})?+"
    f"(?:{_GAP}?{_UNIT}|/{_MEASURE}{_ENDS}|{_NUMERAL}*+{_GAP}?{_COUNTED}{_NEXT_PART}*+|{_NUMERAL}++)?+)"
)
"""A figure with its separators, sign, currency and unit: `EUR 1,000`, `10.5 %`, `−5 °C`, `17:30 UTC`, `5(2)(a)`."""

_RANKED = "[条條款项項章节節段号號部分届屆类類页]"
_RANK = f"(?:[(（](?:\\d++|{_NUMERAL}++|[a-z])[)）]|\\d++|{_NUMERAL}++)"
UNSPACED_FIGURE = (
    f"(?:(?:第{_GAP}?{_RANK}{_GAP}?{_RANKED}(?:之{_NUMERAL}++)?+)++|[百千万]分之(?:\\d++|{_NUMERAL}++)|附(?:件|录|錄|表){_GAP}?(?:\\d++|{_NUMERAL}++)"
    f"|一月{_NEXT_PART}*+|(?:{_NUMERAL}{{2,}}+|(?!一){_NUMERAL})(?:点{_NUMERAL}++)?{_COUNTED}?+{_NEXT_PART}*+)"
)
"""A figure, a date or a reference in Chinese or Japanese: `五千元`, `二〇一八年五月`, `第五条第二款`."""

_MONTH = _any_of(
    """January February March April May June July August September October November December
    Jan\\.? Feb\\.? Mar\\.? Apr\\.? Jun\\.? Jul\\.? Aug\\.? Sept\\.? Sep\\.? Oct\\.? Nov\\.? Dec\\.?
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"""
)
_DAY = f"\\d{{1,2}}(?:st|nd|rd|th|er|\\.?[ºª])?(?!{LETTER})"
_YEAR = f"\\d{{4}}(?!{LETTER})"
_OF = f"(?:{_GAP}(?:of|de))?+"
DATE = (
    f"(?:{_DAY}\\.?{_OF}{_GAP}{_MONTH}{_ENDS}(?:,?{_OF}{_GAP}{_YEAR})?+"
    f"|{_MONTH}{_ENDS}{_OF}{_GAP}(?:{_YEAR}|{_DAY}(?:,?{_GAP}{_YEAR})?+))"
)
"""A date with its month in words: `15 May 2018`, `May 2018`, `1er janvier`, `15 de mayo de 2018`."""

_NOUN = "(?:[lLdDnN]['’])?" + _any_of(
    """article articles art\\. arts\\. annex annexes annexe appendix appendices alinéa anexo anexos artículo artículos
    apartado letra inciso lettre amendment chapter chapters chapitre chapitres capítulo clause clauses case cuadro
    criterion decision
    decisions directive element edition example figure figures fig\\. footnote footnotes form field item items line
    lines level levels no\\. nos\\. note notes n° nº № norme normes norma numéro option options objective
    paragraph paragraphs paragraphe paragraphes para\\.? paras\\.? párrafo párrafos part parts parte partie page pages
    phase phases pillar point points principle principles punto question recital recitals recommendation
    recommendations regulation resolution rule rules row revision section sections sect\\. sec\\. sección schedule
    standard standards step steps stage stages sub-?paragraph sub-?paragraphs sub-?section sub-?item sentence table
    tables tableau title titre topic version versions volume vol\\. § §§
    ANNEX ARTICLE CHAPTER SECTION STANDARD PART HS ISO IEC IEEE EN RFC UN WCO PTC CCC
    статья статьи статье пункт пункта пункте приложение приложения приложении глава главы главе раздел раздела разделе
    стандарт стандарта المادة والمادة بالمادة للمادة الفقرة والفقرة للفقرة الملحق والملحق للملحق المرفق البند والبند
    للبند القسم الفصل المعيار والمعيار للمعيار الجدول التوصية""",
    capital_too=True,
)
_ROMAN = f"[IVXLCDM]++(?:[./-](?:\\d++|[A-Z](?!{LETTER})))*+{_ENDS}"
_CAPITAL = f"[A-Z](?:[.-]\\d++)*+{_ENDS}"
_LABEL = f"(?:(?:(?=\\d){WORD}|{_ROMAN}|{_CAPITAL}){_BIS}(?:{_GAP}?{_LABELS})*+|{_LABELS}++|[a-z]\\))"
_NAMED = f"{_NOUN}(?:{_GAP}|(?<=[§№°º.])){_LABEL}"
REFERENCE = f"{_NAMED}(?:,?{_GAP}(?:of|to|de|du|del|من){_GAP}(?:(?:the|la){_GAP})?{_NAMED})*+"
"""A reference with its noun: `Article 5.2`, `Annex II`, `paragraph 4 (a) of Article 5`, `ISO 9001`."""

_UNITS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen un une deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize
    uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"""
_TENS = """twenty thirty forty fifty sixty seventy eighty ninety vingt vingts trente quarante cinquante soixante
    veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"""
_HUNDREDS = """hundred thousand million billion cent cents mille millions milliard milliards ciento cien mil millón
    millones doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"""
_UNIT_WORD, _TEN_WORD, _HUNDRED_WORD, _NUMBER_WORD = (
    f"{_any_of(words, capital_too=True)}{_ENDS}"
    for words in (_UNITS, _TENS, _HUNDREDS, " ".join((_UNITS, _TENS, _HUNDREDS)))
)
_PART_IN_WORDS = f"(?:{_any_of(_TENS)}(?:[-‐‑]{_any_of('et ' + _UNITS)})+{_ENDS}|{_NUMBER_WORD})"
IN_WORDS = (
    f"(?={_any_of(' '.join((_UNITS, _TENS, _HUNDREDS)), capital_too=True)}[ \\- ‐‑])"
    f"(?:(?:{_HUNDRED_WORD}{_GAP}and{_GAP}|{_TEN_WORD}{_GAP}(?:et|y){_GAP}(?={_UNIT_WORD})|{_PART_IN_WORDS}{_GAP})"
    f"(?={_PART_IN_WORDS}))++{_PART_IN_WORDS}"
)
"""A figure of several words: `two hundred and fifty`, `trois cent vingt`, `treinta y cinco`."""

_ARTICLES = {"one", "un", "une", "una", "uno"}
_NUMBERS = " ".join(word for word in f"{_UNITS} {_TENS}".split() if word not in _ARTICLES)
NUMBER_IN_WORDS = f"(?:{_any_of(_NUMBERS, capital_too=True)}{_ENDS})"
"""A number of one word: `two`, `trente`. `une` is more often an article, and `million` stands beside a number."""

LABEL = "\\((?:[a-zA-Z]|[ivx]{1,5}|\\d{1,3})\\)"
"""A label in parentheses: `(a)`, `(iv)`, `(12)`."""
