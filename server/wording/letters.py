"""What a letter, a mark and a plain word are: the ground that words, figures and references are built on."""

import unicodedata
from collections.abc import Callable


def _ranges_of(belongs: Callable[[str], bool]) -> str:
    """Return the characters of the basic plane that belong, as ranges of a character class, which compile fast."""
    points = [point for point in range(0xA0, 0x10000) if belongs(unicodedata.category(chr(point)))]
    members = set(points)
    firsts = [point for point in points if point - 1 not in members]
    lasts = [point for point in points if point + 1 not in members]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))


# A mark belongs to the character it stands on, and joiners and skin tones to the emoji or letter they follow:
# `re` counts none of them as part of a word, and a change must not cut an accent from its letter.
MARK = f"[{_ranges_of(lambda category: category[0] == 'M')}\u200c\u200d\U0001f3fb-\U0001f3ff]"

CURRENCY_SYMBOL = f"[${_ranges_of(lambda category: category == 'Sc')}]"

# Thai, Lao, Burmese, Khmer, Japanese and Chinese put no space between words. A run of them would be one huge word,
# so that changing one character would strike the whole clause; there a character is a word.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
LETTER = rf"[^\W{UNSPACED}]"
"""A letter or digit of a script that puts spaces between words, or `_`."""

RUN = f"{LETTER}++(?:{MARK}++{LETTER}*+)*+"
"""Letters and digits with their marks, without anything between."""

OTHER = rf"\S{MARK}*+(?:(?<=\u200d)\S{MARK}*+)*+"
"""One character with its marks, or several emoji that joiners make one."""

HYPHEN = "\\-\u2010\u2011"
_INNER = f"['\u2019{HYPHEN}\u00ad]"  # apostrophes, hyphens, soft hyphen
# Between digits: separators of thousands, decimals, dates, times, fractions, ranges and levels of a number, also those
# of Arabic and of full width.
_BETWEEN_DIGITS = ".,:/\u00b7\u2044\u2013\u2212\u066b\u066c\uff0c\uff0e\uff0f\uff1a"
JOINED = f"(?:{_INNER}{RUN}|(?<=\\d)[{_BETWEEN_DIGITS}](?=\\d){RUN})*+"
"""The rest of a word after its first run: more runs, joined by a hyphen, an apostrophe or a separator of a figure."""

WORD = RUN + JOINED
"""A word with its inner apostrophes and hyphens, or a figure without unit: `e-commerce`, `1,000`, `15.05.2018`."""
