"""Edits of which it is known what became of every word: the words of a text carry the place that they had at first."""

from itertools import chain
from random import Random
from typing import NamedTuple

PARTS = (
    ("The carrier", "The broker", "Members", "Operators", "Customs administrations", "The importer"),
    ("shall report", "should report", "shall exchange", "may provide", "should release", "shall inform"),
    ("the goods", "advance data", "small parcels", "the authorities", "the duty", "each consignment"),
    ("at once.", "on arrival.", "before departure.", "where the risk is low.", "each year.", "in full."),
)
"""Few words, so that they repeat in many sentences."""
LARGEST_QUOTATION = 5


class Word(NamedTuple):
    """A word, and its place in the first text; None for a word that came in later, which is unlike all others."""

    place: int | None
    text: str

    @property
    def ends_sentence(self) -> bool:
        return self.text.endswith(".")


class Span(NamedTuple):
    """A range of a text in code points; `end` is exclusive."""

    start: int
    end: int


def drafted(rng: Random, sentences: int) -> list[Word]:
    """Write a text of sentences, no two of them alike."""
    written: dict[str, None] = {}
    while len(written) < sentences:
        written[" ".join(rng.choice(part) for part in PARTS)] = None
    return [Word(place, text) for place, text in enumerate(" ".join(written).split())]


def printed(words: list[Word]) -> str:
    """Return the text of the words."""
    return " ".join(word.text for word in words)


def spans_of(words: list[Word]) -> dict[int, Span]:
    """Return the span of every first word that stands, by its place."""
    spans, offset = {}, 0
    for word in words:
        if word.place is not None:
            spans[word.place] = Span(offset, offset + len(word.text))
        offset += len(word.text) + 1
    return spans


def span_of(words: list[Word], first: int, last: int) -> Span | None:
    """Return the span of the first words from `first` to `last`, None unless all of them stand side by side."""
    places = [word.place for word in words]
    wanted = list(range(first, last + 1))
    if first not in places or places[places.index(first) :][: len(wanted)] != wanted:
        return None
    spans = spans_of(words)
    return Span(spans[first].start, spans[last].end)


def edited(rng: Random, words: list[Word], times: int) -> list[Word]:
    """Edit a text several times: replace, add and delete words; add, delete and move sentences."""
    for _ in range(times):
        words = rng.choice((_replace, _add, _delete, _add_sentence, _delete_sentence, _move_sentence))(rng, words)
    return words


def _fresh(rng: Random, number: int) -> list[Word]:
    return [Word(None, f"new{rng.randrange(10**9)}") for _ in range(number)]


def _replace(rng: Random, words: list[Word]) -> list[Word]:
    chosen = set(rng.sample(range(len(words)), min(len(words), rng.randint(1, 3))))
    return [_fresh(rng, 1)[0] if index in chosen else word for index, word in enumerate(words)]


def _add(rng: Random, words: list[Word]) -> list[Word]:
    index = rng.randint(0, len(words))
    return [*words[:index], *_fresh(rng, rng.randint(1, 3)), *words[index:]]


def _delete(rng: Random, words: list[Word]) -> list[Word]:
    first = rng.randrange(len(words))
    last = min(len(words), first + rng.randint(1, 3))
    # "the goods where the risk" without "goods where the" reads the same as without "the goods where".
    same_after = last < len(words) and words[first].text == words[last].text
    same_before = first > 0 and words[first - 1].text == words[last - 1].text
    return words if same_after or same_before or last - first == len(words) else [*words[:first], *words[last:]]


def _sentences_of(words: list[Word]) -> list[list[Word]]:
    sentences: list[list[Word]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if word.ends_sentence:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _add_sentence(rng: Random, words: list[Word]) -> list[Word]:
    sentences = _sentences_of(words)
    sentences.insert(rng.randint(0, len(sentences)), [*_fresh(rng, 6), Word(None, f"new{rng.randrange(10**9)}.")])
    return list(chain.from_iterable(sentences))


def _delete_sentence(rng: Random, words: list[Word]) -> list[Word]:
    sentences = _sentences_of(words)
    if len(sentences) > 1:
        del sentences[rng.randrange(len(sentences))]
    return list(chain.from_iterable(sentences))


def _move_sentence(rng: Random, words: list[Word]) -> list[Word]:
    sentences = _sentences_of(words)
    sentences.insert(rng.randrange(len(sentences)), sentences.pop(rng.randrange(len(sentences))))
    return list(chain.from_iterable(sentences))


def quoted(rng: Random, words: list[Word]) -> tuple[int, int]:
    """Choose up to five words of one sentence, by the places of the first and the last."""
    first = last = rng.randrange(len(words))
    for _ in range(rng.randrange(LARGEST_QUOTATION)):
        if last + 1 < len(words) and not words[last].ends_sentence:
            last += 1
    return first, last
