"""Names as they are kept and compared, however a paper prints them or a keyboard sends them."""

import unicodedata
from typing import NamedTuple

UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that show nothing although they count as letters, marks or symbols."""
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing (Unicode Standard Annex 9): they make a name look like another."""
LINE_ENDS = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


def fold_name(name: str) -> str:
    """Fold a printed name for comparison: fold its case, collapse white space, drop a leading "the".

    Forms of one character that Unicode calls compatible are one (NFKC), and what shows nothing is left out.
    """
    is_plain = name.isascii() and name.isprintable()
    words = (name.casefold() if is_plain else _fold_letters(name)).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def shows_nothing(text: str) -> bool:
    """Return whether a text has characters and none that is seen; one of white space alone is kept as it is."""
    return not text.isascii() and not text.isspace() and all(each.isspace() or _is_unseen(each) for each in text)


LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c3\u03c4\u03c5\u03c7\u0131\u0142",
    "abekmhopctyxijshdqwabezhikmvopctyxil",
)
"""Letters of Cyrillic, Greek and Latin that are drawn like letters of ASCII, large or small."""


def looks_of(name: str) -> str:
    """Return a name as it looks: folded, without accents, and with look-alikes of other alphabets made one letter."""
    folded = fold_name(name)
    if folded.isascii():
        return folded
    bare = "".join(each for each in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(each))
    return bare.translate(LOOKALIKES)


def plain_name(name: str) -> str:
    """Return a name as it is kept: in one Unicode form (NFC), without white space around it."""
    return unicodedata.normalize("NFC", name).strip()


class NameFault(NamedTuple):
    """What is wrong with a name: in words, as a code, and with which value."""

    words: str
    code: str
    parameters: dict[str, str | int]


def fault_of_name(name: str, limit: int) -> NameFault | None:
    """Return what is wrong with a name that somebody types, None if it is good.

    Good is one line of 1 to `limit` characters that are all seen, with plain spaces between them.
    """
    if not fold_name(name):
        return NameFault("must not be empty", "EMPTY", {})
    if len(plain_name(name)) > limit:
        return NameFault(f"at most {limit} characters", "TOO_LONG", {"limit": limit})
    strange = next((letter for letter in name if not letter.isprintable() or letter in UNSEEN), None)
    if strange is None:
        return None
    number = f"U+{ord(strange):04X}"
    if strange in LINE_ENDS:
        words, code = "on one line: leave the line end out", "NAME_HAS_LINE_END"
    elif strange in TURNING:
        words, code = "leave out the character that turns the direction of writing", "NAME_TURNS"
    elif strange.isspace():
        words, code = "with plain spaces: leave out the space of another kind", "NAME_HAS_OTHER_SPACE"
    else:
        words, code = "leave out the character that cannot be seen", "NAME_HAS_UNSEEN"
    return NameFault(f"{words} ({number})", code, {"character": number})


def _fold_letters(name: str) -> str:
    # folded twice, because each of the two steps can undo the other (Unicode Standard, section 3.13, D146)
    compatible = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).casefold()
    return "".join(letter for letter in compatible if not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    """Return whether a character shows nothing; white space does not count, because it parts words."""
    return letter in UNSEEN or (unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace())
