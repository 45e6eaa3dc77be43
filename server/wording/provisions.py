"""Compare the wording that somebody gives for a whole provision with what stands there."""

import re
import unicodedata

_UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]+")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_OPENINGS, _CLOSINGS = "([（［", ".)]:．）］、:"


def same_words(one: str, other: str) -> bool:
    """Return whether two texts say the same, letter by letter.

    Composed and decomposed accents are the same letter, and so are runs of spaces, tabs and line breaks; a no-break
    space is another character, because it is set on purpose. Characters that show nothing between two letters, such as
    U+200B, do not count, as in quotations.
    """
    return _canonical(one) == _canonical(other)


def _canonical(text: str) -> str:
    """Return the text in composed form, with what shows left, single spaces between words and none around."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip(" ")


def without_label(wording: str, printed_number: str) -> str:
    """Return the wording without the number of its provision, copied together with the words.

    `1. Members report` is `Members report` where the printed number is `1.`, and so are `1) Members` and `(1) Members`.
    A number without a mark after it counts only before a capital letter or a script without capitals: `5 kg` and
    `1.5 %` are figures. What is only a number stays.
    """
    number = printed_number.strip()
    core = number.strip(_OPENINGS + _CLOSINGS + " ")
    if not core:
        core = number
    if not number:
        return wording
    marked = f"[{re.escape(_OPENINGS)}]?{re.escape(core)}[{re.escape(_CLOSINGS)}]{{1,2}}"
    match = re.match(rf"\s*(?:{re.escape(number)}|{marked}|{re.escape(core)})(?=\s)", wording, re.IGNORECASE)
    rest = wording[match.end() :].strip() if match else ""
    if not match or not rest:
        return wording
    is_bare = match.group().strip()[-1:].isalnum()
    return wording if is_bare and (rest[0].islower() or not rest[0].isalpha()) else rest
