"""Count things in words: `the second sentence`, `la troisième ligne`, in English and French."""

_ENGLISH = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_FRENCH = (
    *("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième"),
    *("dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième", "dix-septième"),
    *("dix-huitième", "dix-neuvième", "vingtième"),
)
LAST = -1
VALUES = (
    {word: place for place, word in enumerate(_ENGLISH, start=1)}
    | {word: place for place, word in enumerate(_FRENCH, start=1)}
    | {"première": 1, "second": 2, "seconde": 2, "last": LAST, "final": LAST, "dernier": LAST, "dernière": LAST}
)
"""The value of each ordinal in words; -1 is the last."""
ORDINAL = "(?:" + "|".join(sorted(VALUES, key=len, reverse=True)) + r"|[0-9]{1,3}(?:st|nd|rd|th|ère|ers?|re|ème|e))"
"""Matches an ordinal in words or in figures."""


def value_of(ordinal: str) -> int:
    """Return the value of an ordinal that `ORDINAL` matches; -1 is the last."""
    return VALUES.get(ordinal.lower()) or int("".join(filter(str.isdecimal, ordinal)))


def print_ordinal(value: int, language: str, *, is_feminine: bool = False) -> str:
    """Return an ordinal from 1 in words, beyond twenty in figures."""
    if language == "fr":
        if value == 1 and is_feminine:
            return "première"
        return _FRENCH[value - 1] if value <= len(_FRENCH) else f"{value}e"
    if value <= len(_ENGLISH):
        return _ENGLISH[value - 1]
    tail = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value % 100 not in (11, 12, 13) else "th"
    return f"{value}{tail}"
