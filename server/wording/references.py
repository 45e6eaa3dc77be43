"""Find where a text refers to provisions, of itself or of another instrument, and change the number of a reference."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from server.wording.hunks import Hunk
from server.wording.labels import NumberLabel, parse_label, print_core, restyle
from server.wording.mentions import Mention, read_mentions
from server.wording.provision_words import rank_of_kind


class Reference(NamedTuple):
    """One provision that a text refers to; `paragraphs 2 to 4` are two, the second with `through`.

    `start` to `end` are its words, `number_start` to `number_end` the number alone, without marks. `kind` is the sort
    of provision, "" for the (a) of `paragraph 5 (a)`. `label` is None for `this Article`; then `relative` is `this`,
    `preceding` or `following`; beside a number it is `above` or `below`. `within` is the place, among the references of
    the text, of the one that contains the target. `instrument` names another text, "" if none is named.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    words: str
    kind: str
    label: NumberLabel | None
    through: bool
    relative: str
    within: int | None
    instrument: str


_OF = re.compile(
    r"\s(?:of|in|to|under|from|de|du|des|del|dell[aeo]|der|von|в)\s(?:(?:the|that|la|le|les|der|des)\s)?|\sde\sl['’]|\sof\s"
)
_BESIDE = re.compile(r"(?:\s?,)?\s{0,2}")
_LONGEST_LINK = 20  # characters between a reference and the one that contains it
_SHORT = 2_000
"""Characters of a text of which the references are kept: of 4,000 such texts, most of which are a few hundred long."""


def find_references(text: str) -> tuple[Reference, ...]:
    """Return the references of a text in their order. The time is linear in its length.

    `paragraph 5 (a) (i)` gives three, each within the one before; `paragraph 2 of Article 5` two, the first within the
    second. A word in lower case that also means other things (standard, part, point) needs a number that is not the
    figure of an amount. Years, amounts and `2 paragraphs` are no references.
    """
    return _read_short(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> tuple[Reference, ...]:
    mentions = list(read_mentions(text))
    for left, right in pairwise(mentions):
        between = text[left.end : right.start]
        if len(between) <= _LONGEST_LINK and (_OF.fullmatch(between) or (between == " " and _contains(right, left))):
            left.within = right
        elif len(between) <= _LONGEST_LINK and _BESIDE.fullmatch(between) and _contains(left, right):
            right.within = left
    _spread_instruments(mentions)
    return tuple(_list_references(text, mentions))


# A version and what would become of it are read one after the other, and differ in few provisions.
_read_short = lru_cache(maxsize=4_000)(_read)


def _contains(left: Mention, right: Mention) -> bool:
    return bool(left.numbers) and rank_of_kind(left.kind) < rank_of_kind(right.kind)


def _spread_instruments(mentions: list[Mention]) -> None:
    """Give what is contained the instrument of what contains it, and the other way round."""
    for mention in reversed(mentions):
        if mention.within:
            mention.instrument = mention.within.instrument = mention.instrument or mention.within.instrument
    for mention in mentions:
        if mention.within:
            mention.instrument = mention.within.instrument


def _list_references(text: str, mentions: list[Mention]) -> Iterator[Reference]:
    """Yield the references of the mentions; each knows the place of the one that contains it."""
    places: dict[int, int] = {}
    count = 0
    for mention in mentions:
        places[id(mention)] = count
        count += len(mention.numbers) or 1
    for mention in mentions:
        first = places[id(mention)]
        outer = None
        if mention.within:
            outer = places[id(mention.within)]
            is_before = mention.within.start < mention.start
            outer += max(len(mention.within.numbers) - 1, 0) if is_before or _is_chain(mention.within) else 0
        if mention.relative and not mention.numbers:
            words = text[mention.start : mention.end]
            yield Reference(
                mention.start,
                mention.end,
                mention.end,
                mention.end,
                words,
                mention.kind,
                None,
                False,
                mention.relative,
                outer,
                "",
            )
        for place, (number, through, container) in enumerate(mention.numbers):
            start = number.start if place else mention.start
            within = outer if container is None else first + container
            kind = mention.kind if container is None else ""
            yield Reference(
                *(start, number.end, number.core_start, number.core_end, text[start : number.end], kind, number.label),
                *(through, mention.relative, within, mention.instrument),
            )


def _is_chain(mention: Mention) -> bool:
    """Return whether each number of a mention is within the one before: 5 (a) (i), and not 5 and 6."""
    return all(container is not None for _, _, container in mention.numbers[1:])


def rewrite(text: str, reference: Reference, number: str) -> Hunk:
    """Return the hunk that gives a reference another number, as printed on the provision: only the number changes.

    The marks, figures and words of the reference stay: 3 becomes 4 in `第3条` for `第四条`. Raise ValueError if the
    reference has no number, or `number` is none.
    """
    label = parse_label(number)
    if label is None or reference.label is None:
        raise ValueError(f"no number to write in {reference.words!r}: {number!r}")
    return rewrite_label(reference, label)


def rewrite_label(reference: Reference, label: NumberLabel) -> Hunk:
    """Return the hunk that prints `label` in the place of the number of a reference that has one."""
    model = reference.label or label
    core = print_core(restyle(label, model)._replace(middle=model.middle))
    return Hunk(reference.number_start, reference.number_end, core)
