"""Changes of the structure that meet in one text, of which it is known whether they compete and what order they make.

The text has sections of paragraphs, one of them with a list and one with rows. What is expected is written down where
the changes are chosen, and not asked from the code.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from server.domain.consolidation.rules.changes import Accepted, BaseText, Form
from server.domain.consolidation.rules.merging import consolidated
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between
from tests.wording.drafting import LANGUAGES, drafted, printed
from tests.wording.meetings import SEED

PLAIN = Form()


class Meeting(NamedTuple):
    """Accepted changes of one text; `competing` are the sources of those that must be told as a conflict.

    `order` are the keys that stand, where all can stand; else the base stands.
    """

    kind: str
    base: tuple[BaseText, ...]
    changes: tuple[Accepted, ...]
    competing: frozenset[str]
    order: tuple[str, ...]


class Plan(NamedTuple):
    """A text in which changes are chosen. `plain` are the keys of paragraphs that hold nothing."""

    rng: Random
    base: tuple[BaseText, ...]

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.base]

    @property
    def plain(self) -> list[str]:
        return [each.key for each in self.base if each.kind == "PARAGRAPH" and not self.inside(each.key)]

    @property
    def sections(self) -> list[str]:
        return [each.key for each in self.base if each.kind == "HEADING"]

    def inside(self, key: str) -> list[str]:
        """Return the keys of what is inside a provision, which follows it."""
        within: list[str] = []
        for each in self.base:
            if each.parent == key or each.parent in within:
                within.append(each.key)
        return within

    def pick(self, number: int, keys: Sequence[str] | None = None) -> list[str]:
        """Return a number of different keys, of plain paragraphs unless others are given."""
        return self.rng.sample(self.plain if keys is None else keys, number)

    def words_of(self, key: str) -> str:
        return next(each.text for each in self.base if each.key == key)

    def other_words(self) -> str:
        language = self.rng.choice(list(LANGUAGES.values()))
        return printed(language, drafted(self.rng, language, 1))

    def modify(self, source: str, key: str, words: str | None = None) -> Accepted:
        words = self.other_words() if words is None else words
        return _accept(source, AmendmentKind.MODIFY, key, hunks_between(self.words_of(key), words), words)

    def delete(self, source: str, key: str) -> Accepted:
        return _accept(source, AmendmentKind.DELETE, key, (Hunk(0, len(self.words_of(key)), ""),))

    def add(self, source: str, after: str | None, words: str | None = None, form: Form = PLAIN) -> Accepted:
        words = self.other_words() if words is None else words
        return _accept(source, AmendmentKind.ADD, f"new {source}", (), words)._replace(after=after, form=form)

    def move(self, source: str, key: str, after: str | None) -> Accepted:
        return _accept(source, AmendmentKind.MOVE, key)._replace(after=after)

    def without(self, *gone: str) -> list[str]:
        """Return the keys of the base without some."""
        return [key for key in self.keys if key not in gone]

    def moved(self, key: str, after: str) -> list[str]:
        """Return the keys once a provision stands after another that holds nothing."""
        rest = self.without(key)
        rest.insert(rest.index(after) + 1, key)
        return rest


def _accept(source: str, kind: AmendmentKind, key: str, hunks: tuple[Hunk, ...] = (), words: str = "") -> Accepted:
    return Accepted(source, f"view of {source}", source, kind, key, hunks, words, None, f"proposal {source}", True)


def drafted_plan(rng: Random) -> Plan:
    """Write a text of two to four sections."""
    language = rng.choice(list(LANGUAGES.values()))
    base: list[BaseText] = []

    def write(key: str, kind: str, level: int, number: str, parent: str | None, end: str = "") -> str:
        text = printed(language, drafted(rng, language, 1))
        base.append(BaseText(key, kind, level, number, text[:-1] + end if end else text, parent))
        return key

    for section in range(rng.randint(2, 4)):
        heading = write(f"s{section}", "HEADING", 1, f"{section + 1}.", None)
        for place in range(rng.randint(2, 4)):
            write(f"p{section}.{place}", "PARAGRAPH", 0, "", heading)
        if section == 0:
            opening = write("list", "PARAGRAPH", 0, "", heading, ":")
            for place, letter in enumerate("abc"):
                write(f"item{place}", "LIST_ITEM", 1, f"({letter})", opening)
        if section == 1:
            for place in range(2):
                cells = " | ".join(printed(language, drafted(rng, language, 1)) for _ in range(3))
                base.append(BaseText(f"row{place}", "TABLE_ROW", 2, "", cells, heading))
    return Plan(rng, tuple(base))


Chosen = tuple[list[Accepted], list[str] | None]
"""The changes, and the keys that stand; None where the changes compete."""


def _two_additions(plan: Plan) -> Chosen:
    (after,) = plan.pick(1)
    return [plan.add("a", after), plan.add("b", after)], None


def _addition_of_two_forms(plan: Plan) -> Chosen:
    (after,), words = plan.pick(1), plan.other_words()
    forms = plan.rng.sample([Form("PARAGRAPH", 0), Form("LIST_ITEM", 1, "(z)"), Form("LIST_ITEM", 1, "(y)")], 2)
    return [plan.add("a", after, words, forms[0]), plan.add("b", after, words, forms[1])], None


def _addition_behind_a_list(plan: Plan) -> Chosen:
    """After the last item and after what introduces the list is one place for a paragraph."""
    paragraph = Form("PARAGRAPH", 0)
    return [plan.add("a", "item2", None, paragraph), plan.add("b", "list", None, paragraph)], None


def _equal_behind_a_list(plan: Plan) -> Chosen:
    paragraph, words = Form("PARAGRAPH", 0), plan.other_words()
    order = plan.keys
    order.insert(order.index("item2") + 1, "new a")
    return [plan.add("a", "item2", words, paragraph), plan.add("b", "list", words, paragraph)], order


def _headings_behind_a_section(plan: Plan) -> Chosen:
    heading, section = Form("HEADING", 1, "9."), plan.rng.choice(plan.sections[1:])
    return [plan.add("a", plan.inside(section)[-1], None, heading), plan.add("b", section, None, heading)], None


def _addition_and_move(plan: Plan) -> Chosen:
    after, key = plan.pick(2)
    return [plan.add("a", after), plan.move("b", key, after)], None


def _two_places(plan: Plan) -> Chosen:
    key, first, second = plan.pick(3)
    return [plan.move("a", key, first), plan.move("b", key, second)], None


def _around(plan: Plan) -> Chosen:
    keys = plan.pick(plan.rng.randint(2, 3))
    moves = zip("abc", keys, [*keys[1:], keys[0]], strict=False)
    return [plan.move(source, key, after) for source, key, after in moves], None


def _after_a_moved(plan: Plan) -> Chosen:
    first, second, third = plan.pick(3)
    return [plan.move("a", first, second), plan.move("b", second, third)], None


def _moved_and_deleted(plan: Plan) -> Chosen:
    key, after = plan.pick(2)
    return [plan.move("a", key, after), plan.delete("b", key)], None


def _words_in_a_deleted_section(plan: Plan) -> Chosen:
    section = plan.rng.choice(plan.sections)
    (part,) = plan.pick(1, [section, *plan.inside(section)])
    return [plan.delete("a", section), plan.modify("b", part)], None


def _added_in_a_deleted_section(plan: Plan) -> Chosen:
    section = plan.rng.choice(plan.sections)
    (part,) = plan.pick(1, [section, *(key for key in plan.inside(section) if key in plan.plain)])
    return [plan.delete("a", section), plan.add("b", part)], None


def _moved_across_a_deleted_section(plan: Plan) -> Chosen:
    """Into what goes, or out of it."""
    section = plan.rng.choice(plan.sections)
    inside = [key for key in plan.inside(section) if key in plan.plain]
    (part,), (other,) = plan.pick(1, inside), plan.pick(1, [key for key in plan.plain if key not in inside])
    key, after = plan.rng.sample([part, other], 2)
    return [plan.delete("a", section), plan.move("b", key, after)], None


def _words_and_deletion(plan: Plan) -> Chosen:
    (key,) = plan.pick(1)
    words = plan.words_of(key)
    wanted = plan.rng.choice([plan.other_words(), f"{words} {plan.other_words()}", f"{plan.other_words()} {words}"])
    return [plan.delete("a", key), plan.modify("b", key, wanted)], None


def _cells(plan: Plan) -> Chosen:
    """One person joins two cells of a row, another changes a cell."""
    (row,) = plan.pick(1, ["row0", "row1"])
    cells = plan.words_of(row).split(" | ")
    changed = list(cells)
    changed[plan.rng.randrange(3)] = plan.other_words()
    joined = plan.rng.choice([f"{cells[0]} | {cells[1]} {cells[2]}", f"{cells[0]} {cells[1]} | {cells[2]}"])
    return [plan.modify("a", row, joined), plan.modify("b", row, " | ".join(changed))], None


def _equal_additions(plan: Plan) -> Chosen:
    (after,), words = plan.pick(1), plan.other_words()
    order = plan.keys
    order.insert(order.index(after) + 1, "new a")
    return [plan.add("a", after, words), plan.add("b", after, words.replace(" ", "  "))], order


def _additions_apart(plan: Plan) -> Chosen:
    first, second = plan.pick(2)
    order = plan.keys
    order.insert(order.index(first) + 1, "new a")
    order.insert(order.index(second) + 1, "new b")
    return [plan.add("a", first), plan.add("b", second)], order


def _section_and_rest(plan: Plan) -> Chosen:
    """A section goes, and others change, move and add elsewhere."""
    section = plan.rng.choice(plan.sections)
    gone = {section, *plan.inside(section)}
    others = [key for key in plan.plain if key not in gone]
    if len(others) < 2:
        return [plan.delete("a", section)], plan.without(*gone)
    key, after = plan.pick(2, others)
    order = [each for each in plan.moved(key, after) if each not in gone]
    return [plan.delete("a", section), plan.move("b", key, after), plan.modify("c", key)], order


def _equal_moves(plan: Plan) -> Chosen:
    key, after = plan.pick(2)
    return [plan.move("a", key, after), plan.move("b", key, after), plan.modify("c", after)], plan.moved(key, after)


def _nested_deletions(plan: Plan) -> Chosen:
    section = plan.rng.choice(plan.sections)
    inside = plan.inside(section)
    deletions = [plan.delete("a", section), plan.delete("b", plan.rng.choice(inside))]
    return deletions, plan.without(section, *inside)


def _section_inside_and_behind(plan: Plan) -> Chosen:
    """A paragraph as the last of a section, and a heading after the section, have an order of their own."""
    section = plan.rng.choice(plan.sections[1:])
    last = plan.inside(section)[-1]
    order = plan.keys
    at = order.index(last) + 1
    order[at:at] = ["new a", "new b"]
    return [
        plan.add("a", last, None, Form("PARAGRAPH", 0)),
        plan.add("b", section, None, Form("HEADING", 1, "9.")),
    ], order


COMPETING: dict[str, Callable[[Plan], Chosen]] = {
    "additions at one place": _two_additions,
    "one addition in two forms": _addition_of_two_forms,
    "additions behind a list": _addition_behind_a_list,
    "headings behind a section": _headings_behind_a_section,
    "an addition and a move": _addition_and_move,
    "two places for one": _two_places,
    "moves around each other": _around,
    "after one that moves": _after_a_moved,
    "a move of what goes": _moved_and_deleted,
    "words in a section that goes": _words_in_a_deleted_section,
    "an addition in a section that goes": _added_in_a_deleted_section,
    "a move across a section that goes": _moved_across_a_deleted_section,
    "words of what goes": _words_and_deletion,
    "a row that would lose a cell": _cells,
}
LETTING: dict[str, Callable[[Plan], Chosen]] = {
    "equal additions": _equal_additions,
    "equal additions behind a list": _equal_behind_a_list,
    "additions apart": _additions_apart,
    "beside a section that goes": _section_and_rest,
    "equal moves": _equal_moves,
    "nested deletions": _nested_deletions,
    "the end of a section and behind it": _section_inside_and_behind,
}
KINDS = COMPETING | LETTING


def list_meetings(number: int, seed: int = SEED) -> Iterator[Meeting]:
    """Yield meetings of every kind by turns; the order in which the changes were accepted is any."""
    rng = Random(seed)
    kinds = list(KINDS.items())
    for place in range(number):
        kind, choose = kinds[place % len(kinds)]
        plan = drafted_plan(rng)
        changes, order = choose(plan)
        competing = frozenset(change.source for change in changes) if order is None else frozenset()
        if order is None:
            rng.shuffle(changes)
        yield Meeting(kind, plan.base, tuple(changes), competing, tuple(plan.keys if order is None else order))


def judge(meeting: Meeting) -> set[str]:
    """Return what the consolidation does wrong."""
    made = consolidated(meeting.base, meeting.changes)
    asked = {side.source for collision in made.collisions for side, _ in collision.sides}
    if asked != meeting.competing:
        return {"a missed conflict" if meeting.competing - asked else "a false conflict"}
    if tuple(each.key for each in made.provisions) != meeting.order:
        return {"another text"}
    words = {each.key: each.text for each in meeting.base}
    words |= {change.key: change.wording for change in meeting.changes if change.wording and not asked}
    return set() if all(words[each.key] == each.text for each in made.provisions) else {"another text"}
