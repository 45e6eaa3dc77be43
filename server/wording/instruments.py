"""Find the name of the instrument that a reference points to: Article 7.4 of the TFA, WCO Framework Standard 3."""

import re

from server.wording.provision_words import kind_of_word

_ACRONYM = r"(?:(?![IVXLC]+(?!\w))[A-Z]{2,}[A-Za-z0-9&-]{0,20}|[A-Z][a-z]{1,20}[A-Z][A-Za-z0-9]{0,20})"
_CAPITAL = r"[A-ZÀ-Þ][\w’'&-]{0,30}"
_LITTLE = r"(?:of|on|for|and|the|to|in|de|des|du|la|le|les|sur|et|pour|der|die|über|del|y)"
_NAME = rf"{_CAPITAL}(?:\s(?:{_LITTLE}\s){{0,3}}(?:{_CAPITAL}|[0-9]{{1,4}}(?:/[0-9]{{1,4}})?(?!\w))){{0,9}}"
_OF_THE = re.compile(
    r"\s(?:of|to|in|under|from)\s(?:the|that)\s(?P<the>" + _NAME + ")"
    r"|\s(?:de\sla|du|de\sl['’]|des|de\sles|del|de\sel|der|des|della|dell['’])\s?(?P<la>" + _NAME + ")"
    r"|\s(?:of|to|under|de|von)\s(?P<bare>" + _NAME + ")"
)
_DIRECT = re.compile(
    rf"\s\(?(?P<name>{_ACRONYM}(?:\s(?:{_ACRONYM}|Framework|Agreement|Convention|Code|Guidelines|Standards|[0-9]{{4}}))"
    rf"{{0,4}})(?!\w)"
)
_BEFORE = re.compile(
    rf"(?:^|(?<!\w))(?P<name>{_ACRONYM}(?:\s{_ACRONYM}|\sFramework|\sAgreement|\sConvention|\s[0-9]{{4}}){{0,3}}"
    rf"|{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}(?=['’]s\s))(?:['’]s)?\s$"
)
_LONGEST_BEFORE = 60  # characters before a reference in which its instrument may stand
_EMPHASIS = frozenset({"SHALL", "SHOULD", "MUST", "MAY", "NOT", "AND", "OR", "IS", "ARE", "TO", "OF", "IN", "WILL"})


def instrument_around(text: str, start: int, end: int, word: str) -> str:
    """Return the name of another instrument directly after a reference, or directly before it; "" if there is none.

    `this Convention` is the text itself and no other. `word` is the word for provisions of the reference: where it is
    all in capitals, capitals before it are no name.
    """
    after = _OF_THE.match(text, end)
    if after:
        name = after["the"] or after["la"] or after["bare"]
        is_marked = not after["bare"] or re.search(r"[0-9]|[A-Z]{2}", name)
        if is_marked and not kind_of_word(name.split()[0]):
            return _trim(name)
        return ""
    direct = _DIRECT.match(text, end)
    if direct and direct["name"].split()[0] not in _EMPHASIS and not kind_of_word(direct["name"].split()[0]):
        return direct["name"]
    if word.isupper() and word.isalpha():
        return ""
    before = _BEFORE.search(text[max(0, start - _LONGEST_BEFORE) : start])
    if before and before["name"].split()[0] not in _EMPHASIS and not kind_of_word(before["name"].split()[0]):
        return before["name"]
    return ""


def _trim(name: str) -> str:
    """Return a name without a possessive at its end."""
    return re.sub(r"['’]s?$", "", name)
