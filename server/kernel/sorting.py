"""Order names as readers of the Latin alphabet look for them, the same in every database and in every page."""

import unicodedata

LONGEST_KEY = 200
"""Longest key, in characters."""
# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {
        **{"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "n", "ŧ": "t"},
        **{"\u0131": "i", "ĸ": "k"},
        **dict.fromkeys("'`\u00b4\u02bb\u02bc\u2018\u2019", ""),
    }
)


def sort_key(name: str) -> str:
    """Return the key by which a name is ordered: in small letters, without accents and punctuation.

    "Åland" is with A, "Česko" with C, "éire" with E. Other alphabets follow the Latin one.
    """
    letters = [each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)]
    plain = "".join(letters).translate(_PLAIN)
    spaced = "".join(" " if unicodedata.category(each).startswith("P") else each for each in plain)
    return " ".join(spaced.split())[:LONGEST_KEY]
