"""Wordings that meet in one provision, of which it is known whether they compete and what text they make.

The answer is not asked from the code: provisions are lists of words, and who wants which of them to change is chosen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple

from server.wording.hunks import hunks_between
from server.wording.merge import Change, Merge, merge
from server.wording.sentences import find_woven, spans_of_sentences
from tests.wording.drafting import LANGUAGES, Language, Word, change_figure, drafted, printed, sentences_of

SEED = 20181022


class Edit(NamedTuple):
    """The words from `start` to `end` become others. `closes`: what is inserted stands before the mark, not after."""

    start: int
    end: int
    words: tuple[Word, ...] = ()
    closes: bool = False


class Meeting(NamedTuple):
    """Wordings of several people for one provision, by their names.

    `competing` are those who must be asked, none where all can stand. `text` is what stands then or meanwhile, None
    where one of several changes of a person may stand while another waits, and `sentences` are those of the text.
    `read` are the sentences that the base or one wording holds as they stand.
    """

    kind: str
    language: str
    base: str
    wordings: Mapping[str, str]
    competing: frozenset[str]
    text: str | None
    sentences: tuple[str, ...]
    read: frozenset[str]


class Draft(NamedTuple):
    """The words of a provision, and who wants which edits."""

    rng: Random
    language: Language
    words: list[Word]

    def fresh(self, number: int, taken: Sequence[Edit] = ()) -> tuple[Word, ...]:
        """Return words that stand neither in the provision nor in the edits."""
        standing = {word.text for edit in taken for word in edit.words} | {word.text for word in self.words}
        choice = [
            text for text in self.language.fresh.split() if text not in standing and text.capitalize() not in standing
        ]
        return tuple(Word(text) for text in self.rng.sample(choice, number))

    def runs(self, longest: int = 3) -> list[tuple[int, int]]:
        """Return the places of words side by side without a mark between them."""
        return [
            (start, end)
            for start in range(len(self.words))
            for end in range(start + 1, min(start + longest, len(self.words)) + 1)
            if not any(word.mark for word in self.words[start : end - 1])
        ]

    def replace(self, start: int, end: int, taken: Sequence[Edit] = ()) -> Edit:
        """Replace words by one to three others."""
        return Edit(start, end, self.fresh(self.rng.randint(1, 3), taken))

    def insert(self, place: int, taken: Sequence[Edit] = ()) -> Edit:
        """Insert one to three words before a place; where something was marked before it, some before the mark."""
        closes = place == len(self.words) or (
            place > 0 and bool(self.words[place - 1].mark) and self.rng.random() < 0.5
        )
        return Edit(place, place, self.fresh(self.rng.randint(1, 3), taken), closes)

    def change(self, start: int, end: int, taken: Sequence[Edit] = ()) -> Edit:
        """Replace words, or insert some if there are none."""
        return self.insert(start, taken) if start == end else self.replace(start, end, taken)

    def deletions(self) -> list[tuple[int, int]]:
        """Return the places of words that can be deleted in one way only, and of whole sentences."""
        starts = [0, *(place + 1 for place, word in enumerate(self.words) if word.mark == self.language.stop)]
        whole = list(pairwise(starts))
        inside = [
            (start, end)
            for start, end in self.runs(5)
            if not self.words[end - 1].mark and start > 0 and not self._can_slide(start, end)
        ]
        return inside if self.rng.random() < 0.7 or len(whole) == 1 else whole

    def _can_slide(self, start: int, end: int) -> bool:
        """Return whether the words beside a run repeat its own, so that deleting others reads the same."""
        before, first, last, after = (self.words[at].text for at in (start - 1, start, end - 1, end))
        return (
            (before[-1] == last[-1] or first[0] == after[0])
            if not self.language.blank
            else (before == last or first == after)
        )

    def apply(self, edits: Sequence[Edit]) -> list[Word]:
        """Return the words after edits that are apart."""
        words: list[Word] = []
        position = 0
        for start, end, new, closes in sorted(edits):
            words += self.words[position:start]
            position = end
            added = list(new)
            if closes and words:
                added[-1] = added[-1]._replace(mark=words[-1].mark)
                words[-1] = words[-1]._replace(mark="")
            elif new and start < end:
                added[-1] = added[-1]._replace(mark=self.words[end - 1].mark)
            is_first = not words or words[-1].mark == self.language.stop
            if added and is_first:
                added[0] = added[0]._replace(text=added[0].text[0].upper() + added[0].text[1:])
            words += added
        return words + self.words[position:]

    def separates(self, start: int, end: int) -> bool:
        """Return whether the words between two places part them: where no blanks are printed, more than a character."""
        return len("".join(word.text for word in self.words[start:end])) > (0 if self.language.blank else 1)

    def apart(self, taken: Sequence[Edit]) -> list[tuple[int, int]]:
        """Return the places of words, and between words, that an unchanged word parts from the edits."""
        places = [*self.runs(), *((place, place) for place in range(len(self.words) + 1))]
        return [
            (start, end)
            for start, end in places
            if all(
                (end < edit.start and self.separates(end, edit.start))
                or (edit.end < start and self.separates(edit.end, start))
                for edit in taken
            )
        ]

    def sentence_at(self, place: int) -> int:
        """Return the number of the sentence in which a word stands."""
        return sum(word.mark == self.language.stop for word in self.words[:place])


Wishes = tuple[list[Edit], ...]
"""The edits that each person asks for."""


def _neighbouring(draft: Draft) -> Wishes:
    start, middle = draft.rng.choice(draft.runs())
    first = draft.rng.choice((draft.replace(start, middle), draft.insert(middle)))
    ends = [end for begin, end in draft.runs() if begin == middle]
    end = draft.rng.choice([*ends, middle])
    return [first], [draft.change(middle, end, [first])]


def _negation(draft: Draft) -> Wishes:
    language = draft.language
    base, *others = ([Word(text) for text in side.split()] for side in draft.rng.choice(language.negations))
    subject = draft.rng.choice(language.slots[0]).split()
    rest = [Word(text) for text in draft.rng.choice(language.slots[3]).split()]
    place = len(subject)
    last = Word(draft.rng.choice(language.slots[-1]).split()[0], language.stop)
    draft.words[:0] = [*(Word(text) for text in subject), *base, *rest, last]
    return tuple([Edit(place, place + len(base), tuple(other))] for other in others)


def _figure(draft: Draft) -> Wishes:
    place = draft.rng.choice([at for at, word in enumerate(draft.words) if word.pattern])
    others = change_figure(draft.rng, draft.words[place], 2)
    return tuple([Edit(place, place + 1, (other,))] for other in others)


def _edge_of_deletion(draft: Draft) -> Wishes:
    start, end = draft.rng.choice(draft.deletions())
    beside = [(start, start), (end, end)]
    beside += [(first, last) for first, last in draft.runs() if last == start or first == end]
    return [Edit(start, end)], [draft.change(*draft.rng.choice(beside))]


def _overlap(draft: Draft) -> Wishes:
    start, end = draft.rng.choice([place for place in draft.deletions() if place[1] - place[0] > 1])
    overlapping = [
        (first, last) for first, last in draft.runs(4) if first < end and start < last and (first, last) != (start, end)
    ]
    deletion = Edit(start, end)
    first = draft.rng.choice([deletion, draft.replace(start, end)]) if end - start < 5 else deletion
    return [first], [draft.replace(*draft.rng.choice(overlapping), [first])]


def _moved(draft: Draft) -> Wishes:
    """One person moves a word or two behind what follows them, another changes one of them."""
    moves = [
        (start, start + length, start + length + passed)
        for length in (1, 2)
        for passed in range(length + 3, length + 7)
        for start in range(1, len(draft.words) - length - passed)
        if len({word.text for word in draft.words[start - 1 : start + length + passed + 1]}) == length + passed + 2
        and not any(word.mark for word in draft.words[start - 1 : start + length + passed])
    ]
    if not moves or not draft.language.blank:
        return _overlap(draft)
    start, end, target = draft.rng.choice(moves)
    moved = tuple(draft.words[start:end])
    place = draft.rng.randrange(start, end)
    return [Edit(start, end), Edit(target, target, moved)], [draft.replace(place, place + 1)]


def _edits_apart(draft: Draft, number: int, taken: Sequence[Edit] = ()) -> list[Edit]:
    """Return edits that an unchanged word parts from the others and from one another."""
    edits: list[Edit] = []
    for _ in range(number):
        places = draft.apart([*taken, *edits])
        if places:
            start, end = draft.rng.choice(places)
            deletes = (start, end) in draft.deletions() and draft.rng.random() < 0.3
            edits.append(Edit(start, end) if deletes else draft.change(start, end, [*taken, *edits]))
    return edits


def _independent(draft: Draft) -> Wishes:
    edits = _edits_apart(draft, draft.rng.randint(2, 4))
    draft.rng.shuffle(edits)
    return tuple(edits[person::2] for person in range(2)) if len(edits) > 1 else (edits,)


def _by_a_word(draft: Draft) -> Wishes:
    """One unchanged word stands between the two, and no more."""
    runs = draft.runs()
    starts = {start for start, _ in runs}
    start, middle = draft.rng.choice(
        [(start, end) for start, end in runs if end + 1 in starts and draft.separates(end, end + 1)]
    )
    end = draft.rng.choice([last for first, last in runs if first == middle + 1])
    first = draft.replace(start, middle)
    return [first], [draft.change(middle + 1, draft.rng.choice((middle + 1, end)), [first])]


def _elsewhere(draft: Draft) -> Wishes:
    """Two change different sentences."""
    first = _edits_apart(draft, 1)
    for _ in range(100):
        second = _edits_apart(draft, 1, first)
        if second and draft.sentence_at(second[0].start) != draft.sentence_at(first[0].start):
            return first, second
    return first, second


def _equal(draft: Draft) -> Wishes:
    edits = _edits_apart(draft, draft.rng.randint(1, 3))
    return tuple(edits for _ in range(draft.rng.randint(2, 3)))


def _more_besides(draft: Draft) -> Wishes:
    edits = _edits_apart(draft, 3)
    return (edits, edits[:2], edits[:1]) if draft.rng.random() < 0.5 else (edits[:2], edits[:1])


COMPETING: dict[str, Callable[[Draft], Wishes]] = {
    "neighbouring": _neighbouring,
    "negation": _negation,
    "figure": _figure,
    "edge of a deletion": _edge_of_deletion,
    "overlap": _overlap,
    "moved words": _moved,
}
LETTING: dict[str, Callable[[Draft], Wishes]] = {
    "equal": _equal,
    "more besides": _more_besides,
    "independent": _independent,
    "parted by one word": _by_a_word,
    "in other sentences": _elsewhere,
}
KINDS = (*COMPETING, *LETTING)
PARTED = ("negation", "moved words")
"""Here a person asks for several changes, of which one can stand while the other waits."""


def list_meetings(number: int, seed: int = SEED) -> Iterator[Meeting]:
    """Yield meetings of every kind and language by turns."""
    rng = Random(seed)
    for place in range(number):
        name = list(LANGUAGES)[place // len(KINDS) % len(LANGUAGES)]
        yield _meet(rng, KINDS[place % len(KINDS)], name)


def _meet(rng: Random, kind: str, name: str) -> Meeting:
    """Make a meeting. In every third one somebody else changes other words, which must stand."""
    language = LANGUAGES[name]
    words = drafted(rng, language, rng.randint(2, 4))
    while not any(word.pattern for word in words):
        words = drafted(rng, language, rng.randint(2, 4))
    draft = Draft(rng, language, words)
    wishes = (COMPETING | LETTING)[kind](draft)
    names = list("ABCD"[: len(wishes)])
    rng.shuffle(names)
    asked = dict(zip(names, wishes, strict=True))
    competing = frozenset(names) if kind in COMPETING else frozenset()
    everything = list(dict.fromkeys(edit for edits in wishes for edit in edits))
    standing = [] if kind in COMPETING else everything
    if rng.random() < 0.3:
        asked["E"] = _edits_apart(draft, 1, everything)
        standing = standing + asked["E"]
    written = {person: draft.apply(edits) for person, edits in asked.items()}
    result = draft.apply(standing)
    read = {sentence for each in (draft.words, *written.values()) for sentence in sentences_of(language, each)}
    return Meeting(
        kind,
        name,
        printed(language, draft.words),
        {person: printed(language, each) for person, each in sorted(written.items())},
        competing,
        None if kind in PARTED else printed(language, result),
        tuple(sentences_of(language, result)),
        frozenset(read),
    )


def judge(meeting: Meeting) -> set[str]:
    """Return what the merge does wrong."""
    base = meeting.base
    merged = merge(base, [Change(person, hunks_between(base, text)) for person, text in meeting.wordings.items()])
    asked = {side.source for conflict in merged.conflicts for side in conflict.changes}
    if asked != meeting.competing:
        return {"a missed conflict" if meeting.competing - asked else "a false conflict"}
    if meeting.text is not None and merged.text != meeting.text:
        return {"another text"}
    woven = [merged.text[start:end].strip() for start, end in find_woven(base, merged.applied)]
    faults = set()
    if any(words in meeting.read for words in woven):
        faults.add("a needless reading")
    if meeting.text is not None:
        unseen = [words for words in meeting.sentences if words not in meeting.read]
        if any(all(words not in each for each in woven) for words in unseen):
            faults.add("an unread sentence")
    if any(words not in woven for words in _list_unproposed(meeting, merged)):
        faults.add("unread words")
    return faults


def _list_unproposed(meeting: Meeting, merged: Merge) -> list[str]:
    """Return the sentences that stand in no wording as they are, and about which no conflict asks."""
    conflicts = []
    for start, end, _ in merged.conflicts:
        before = [hunk for hunk, _ in merged.applied if hunk.end <= start]
        shift = sum(len(hunk.replacement) - (hunk.end - hunk.start) for hunk in before)
        conflicts.append((start + shift, end + shift))
    return [
        merged.text[start:end].strip()
        for start, end in spans_of_sentences(merged.text)
        if not any(merged.text[start:end].strip() in text for text in (meeting.base, *meeting.wordings.values()))
        and not any(first <= end and start <= last for first, last in conflicts)
    ]
