"""The words that printed periods are made of, in English and in French. Pure."""

import re

MONTHS = (
    ("january", "jan", "janvier", "janv"),
    ("february", "feb", "février", "fevrier", "févr", "fevr", "fév"),
    ("march", "mar", "mars"),
    ("april", "apr", "avril", "avr"),
    ("may", "mai"),
    ("june", "jun", "juin"),
    ("july", "jul", "juillet", "juil"),
    ("august", "aug", "août", "aout"),
    ("september", "sep", "sept", "septembre"),
    ("october", "oct", "octobre"),
    ("november", "nov", "novembre"),
    ("december", "dec", "décembre", "decembre", "déc"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
SEASONS = {
    **dict.fromkeys(("spring", "printemps"), (3, 5)),
    **dict.fromkeys(("summer", "été", "ete"), (6, 8)),
    **dict.fromkeys(("autumn", "fall", "automne"), (9, 11)),
    **dict.fromkeys(("winter", "hiver"), (12, 14)),
}
"""First and last month of a season in the north; a winter is named after the year in which it begins."""
ORDINALS = {
    **dict.fromkeys(("first", "1st", "1", "1er", "1ère", "1re", "premier", "première"), 1),
    **dict.fromkeys(("second", "2nd", "2", "2e", "2ème", "deuxième", "seconde"), 2),
    **dict.fromkeys(("third", "3rd", "3", "3e", "3ème", "troisième"), 3),
    **dict.fromkeys(("fourth", "4th", "4", "4e", "4ème", "quatrième", "last"), 4),
}
THIRDS = {
    **dict.fromkeys(("early", "beginning", "start", "début", "debut"), 0),
    **dict.fromkeys(("mid", "middle", "mi", "milieu"), 1),
    **dict.fromkeys(("late", "end", "fin"), 2),
}
"""The thirds of a month, a quarter, a season or a year."""
UNDATED = frozenset(
    {
        *(
            "ongoing",
            "on-going",
            "continuous",
            "continuing",
            "permanent",
            "tbd",
            "tbc",
            "tba",
            "n/a",
            "to be determined",
        ),
        *("to be decided", "to be confirmed", "to be announced", "open", "open-ended", "as appropriate", "as required"),
        *(
            "-",
            "\u2013",
            "\u2014",
            "na",
            "asap",
            "as soon as possible",
            "as needed",
            "none",
            "regularly",
            "permanently",
        ),
        *("annually", "annual", "yearly", "every year", "quarterly", "monthly", "continuously", "to be agreed"),
        *("chaque année", "annuel", "annuellement", "dès que possible", "à convenir", "sans objet", "néant"),
        *("en cours", "en continu", "continu", "à déterminer", "à définir", "à confirmer", "selon les besoins"),
    }
)
"""Words that say on purpose that there is no day."""
# `beyond` marks the words that leave out the days that are named.
OPEN_END = re.compile(
    r"(?:from|since|not before|(?:no|not) earlier than|pas avant|au plus tôt(?: en| le)?"
    r"|(?P<beyond>after|après)|as of|as from|starting(?: in| from)?|beginning in|à partir d[eu']"
    r"|à compter d[eu']|dès|depuis)\s*"
)
ONWARDS = re.compile(r"(?P<beyond>(?!))?\s+(?:on|onwards?|and after|and later|at the earliest|et après|au plus tôt)$")
AT_LATEST = re.compile(r",?\s+(?:at (?:the )?latest|latest|au plus tard)$")
OPEN_BEGIN = re.compile(
    r"(?:until|till|through|to|by|(?P<beyond>before|prior to|avant)|up to|(?:no|not) later than"
    r"|jusqu['\u2019](?:à la|à l['\u2019]|à|en|au)"
    r"|d['\u2019]ici(?: à| au)?|au plus tard(?: en| le)?)\s+"
)
BETWEEN = re.compile(
    r"(?:between|entre|from|du|de)\s+(?P<first>.+?)\s+(?:and|et|to|until|till|au|à|through)\s+(?P<last>.+)"
)
SEPARATOR = re.compile(
    r"\s*,\s*(?:and|or|et|ou)\s+|\s*,\s*(?![\s0-9]{4})|\s*[/\u2013\u2014&]\s*|\s*-\s*"
    r"|\s+(?:to|until|till|through|and|or|à|au|et|ou)\s+"
)
EITHER = re.compile(r"[^,&/]+(?:\s*/\s*|\s+(?:or|ou)\s+)[^,&/]+")
"""Two points of which either is meant: `March/April 2019`."""
WEEK = re.compile(
    r"(?:the |la )?(?:(?P<nth>[\w]+) )?(?:week|semaine)(?: (?P<begins>beginning|starting|commencing|from))?"
    r"(?: (?:of|in|on|de|du|d['\u2019]))? ?(?P<point>.+)"
)
"""A week of a month (`first week of May 2019`), or the one with a day (`week of 8 October 2018`)."""
_WORD = r"[a-zà-ÿ]+"
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
POINT = re.compile(
    rf"(?:the\s+|la\s+|le\s+)?"
    rf"(?:(?P<third>{'|'.join(THIRDS)})(?:\s+of|\s+de|\s+du)?(?:\s+the)?\s+)?"
    rf"(?:"
    rf"(?:q|t)(?P<quarter>[1-4])|(?:(?P<nth_quarter>{_ORDINAL})\s+(?:quarter|trimestre))"
    rf"|(?:h|s)(?P<half>[12])|(?:(?P<nth_half>{_ORDINAL})\s+(?:half|semester|semestre|moitié))"
    rf"(?:\s+(?:of|de|d'|in)\s+(?P<month_of_half>{_WORD}))?"
    rf"|(?P<season>{'|'.join(SEASONS)})"
    rf"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|er)?(?:\s+(?:of\s+)?(?P<month_after>{_WORD})\.?)?"
    rf"|(?P<month>{_WORD})\.?(?:\s+(?P<day_after>[0-9]{{1,2}})(?:st|nd|rd|th|er)?(?![0-9]))?"
    rf")?"
    rf"(?:\s*,?\s*(?:of\s+|de\s+|in\s+)?(?P<year>[0-9]{{4}})(?:\s*/\s*(?P<next>[0-9]{{2,4}}))?)?"
)
"""One end of a period, in small letters, with single spaces."""
