"""What is merged, what collides, and whether text and decisions agree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.consolidation.rules.checking import (
    Compared,
    Disagreement,
    final_hunks,
    find_disagreements,
    find_lost,
    find_unread,
    reading_order,
)
from server.domain.consolidation.rules.life import BaseFacts, ConflictFacts, base_can_be_consolidated, target_is_working
from server.domain.consolidation.rules.merging import Accepted, BaseText, Made, consolidated, words_in
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import join_equal_additions
from server.kernel.refusals import RefusalCode
from server.vocabulary.consolidation import CONFLICT_LIFECYCLE, ConflictStatus, ExceptionKind
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import VersionStatus
from server.wording.hunks import Hunk, apply_hunks, hunks_between
from tests.wording.strategies import quick, texts

NOW = datetime(2018, 10, 22, 9, 0, tzinfo=UTC)
WORDS = {
    "one": "Customs should exchange advance data.",
    "two": "Operators may provide the data.",
    "three": "Small parcels should be released.",
}
BASE = tuple(BaseText(key, "PARAGRAPH", 0, f"{number}.", text) for number, (key, text) in enumerate(WORDS.items(), 1))
SHALL = "Customs shall exchange advance data."


def reworded(source: str, key: str, wording: str, base: str | None = None) -> Accepted:
    """Other words for a provision."""
    hunks = hunks_between(WORDS[key] if base is None else base, wording)
    return Accepted(source, f"decision on {source}", "PTY", AmendmentKind.MODIFY, key, hunks, wording)


def deleted(source: str, key: str, base: str | None = None) -> Accepted:
    """A provision that goes."""
    whole = Hunk(0, len(WORDS[key] if base is None else base), "")
    return Accepted(source, f"decision on {source}", "PTY", AmendmentKind.DELETE, key, (whole,))


def added(source: str, after: str | None, wording: str = "New words.") -> Accepted:
    """A new provision, whose key is the name of its source."""
    return Accepted(source, f"decision on {source}", "PTY", AmendmentKind.ADD, source, (), wording, after)


def moved(source: str, key: str, after: str | None) -> Accepted:
    """A provision that stands after another one."""
    return Accepted(source, f"decision on {source}", "PTY", AmendmentKind.MOVE, key, (), "", after)


def texts_of(made: Made) -> dict[str, str]:
    """The words of every provision by key."""
    return {provision.key: provision.text for provision in made.provisions}


def keys_of(*accepted: Accepted) -> list[str]:
    """The keys of what is made, in order."""
    return [provision.key for provision in consolidated(BASE, accepted).provisions]


def applied_of(made: Made) -> list[tuple[str, Hunk]]:
    """Who is behind which hunk."""
    return [(applied.accepted.source, applied.hunk) for applied in made.applied]


def test_consolidate_when_nothing_was_accepted_gives_the_base() -> None:
    assert consolidated(BASE, ()) == Made(BASE, (), (), ())


def test_consolidate_when_one_wording_was_accepted_changes_these_words_only() -> None:
    change = reworded("a", "one", SHALL)

    made = consolidated(BASE, [change])

    assert texts_of(made) == WORDS | {"one": SHALL}
    assert applied_of(made) == [("a", Hunk(8, 14, "shall"))]
    assert made.applied[0].accepted == change
    assert made.collisions == ()
    assert [(p.kind, p.level, p.printed_number) for p in made.provisions] == [
        (p.kind, p.level, p.printed_number) for p in BASE
    ]


def test_consolidate_when_two_change_different_words_of_a_provision_applies_both() -> None:
    early = reworded("a", "one", SHALL)
    late = reworded("b", "one", "Customs should exchange electronic data.")

    made = consolidated(BASE, [early, late])

    assert texts_of(made)["one"] == "Customs shall exchange electronic data."
    assert applied_of(made) == [("a", Hunk(8, 14, "shall")), ("b", Hunk(24, 31, "electronic"))]
    assert made.collisions == ()


def test_consolidate_when_two_want_the_same_applies_it_once_and_names_both() -> None:
    made = consolidated(BASE, [reworded("b", "one", SHALL), reworded("a", "one", SHALL)])

    assert texts_of(made)["one"] == SHALL
    assert applied_of(made) == [("a", Hunk(8, 14, "shall")), ("b", Hunk(8, 14, "shall"))]
    assert made.collisions == ()


def test_consolidate_when_wordings_overlap_lets_the_base_stand_and_applies_the_rest() -> None:
    wide = reworded("a", "one", "Customs may transmit advance data.")
    narrow = reworded("b", "one", "Customs shall exchange advance information.")

    made = consolidated(BASE, [wide, narrow, reworded("c", "two", "Operators shall provide the data.")])

    assert texts_of(made)["one"] == "Customs should exchange advance information."
    assert texts_of(made)["two"] == "Operators shall provide the data."
    assert applied_of(made) == [("b", Hunk(32, 36, "information")), ("c", Hunk(10, 13, "shall"))]
    (collision,) = made.collisions
    assert (collision.key, collision.start, collision.end) == ("one", 8, 23)
    assert collision.base_words == "should exchange"
    assert [(change.source, words) for change, words in collision.sides] == [
        ("a", "may transmit"),
        ("b", "shall exchange"),
    ]


def test_consolidate_when_a_deletion_was_accepted_drops_the_provision() -> None:
    made = consolidated(BASE, [deleted("a", "two"), deleted("b", "two")])

    assert list(texts_of(made)) == ["one", "three"]
    assert applied_of(made) == [("a", Hunk(0, 31, "")), ("b", Hunk(0, 31, ""))]
    assert made.collisions == ()


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param("Operators shall provide the data.", id="inside"),
        pytest.param("Also operators may provide the data.", id="from the beginning"),
        pytest.param("Operators may provide the data. They need not.", id="at the end"),
        pytest.param("Note: Operators may provide the data.", id="at the beginning"),
    ],
)
@pytest.mark.parametrize("deletion", [deleted("a", "two"), reworded("a", "two", "")], ids=["amendment", "comment"])
def test_consolidate_when_a_deletion_meets_other_words_they_collide(deletion: Accepted, wording: str) -> None:
    made = consolidated(BASE, [deletion, reworded("b", "two", wording)])

    assert texts_of(made) == WORDS
    assert made.applied == ()
    assert [(c.key, c.base_words, [(s.source, words) for s, words in c.sides]) for c in made.collisions] == [
        ("two", WORDS["two"], [("a", ""), ("b", wording)])
    ]


def test_consolidate_keeps_a_provision_that_has_no_words() -> None:
    empty = BaseText("four", "TABLE_ROW", 2, "", "")

    assert consolidated((*BASE, empty), [deleted("a", "two")]).provisions == (BASE[0], BASE[2], empty)


def test_consolidate_when_provisions_are_added_puts_them_in_their_places_in_order() -> None:
    additions = [added("x", "one"), added("y", "one", "Newer."), added("v", None), added("w", None, "Newer.")]

    made = consolidated(BASE, [change._replace(proposal="p") for change in additions])

    assert list(texts_of(made)) == ["v", "w", "one", "x", "y", "two", "three"]
    assert made.provisions[0] == BaseText("v", "PARAGRAPH", 0, "1 ante.", "New words.")
    words = ("New words.", "Newer.", "New words.", "Newer.")
    assert applied_of(made) == [(source, Hunk(0, 0, new)) for source, new in zip("xyvw", words, strict=True)]
    assert made.collisions == ()


@pytest.mark.parametrize(
    ("changes", "order"),
    [
        pytest.param([moved("a", "three", "one")], "one three two", id="up"),
        pytest.param([moved("a", "one", "three")], "two three one", id="down"),
        pytest.param([moved("a", "three", None)], "three one two", id="to the beginning"),
        pytest.param([moved("a", "one", "two"), deleted("b", "two")], "one three", id="to the place of a deleted one"),
        pytest.param([moved("a", "three", "one"), added("x", "three")], "one three x two", id="with an addition"),
        pytest.param([moved("a", "three", "one"), moved("b", "three", "one")], "one three two", id="asked twice"),
        pytest.param([added("x", "two"), deleted("a", "two")], "one x three", id="addition after a deleted one"),
        pytest.param([added("x", "none such")], "one two three x", id="addition after nothing known"),
    ],
)
def test_consolidate_when_provisions_move_keeps_each_of_them_once(changes: list[Accepted], order: str) -> None:
    assert keys_of(*changes) == order.split()


def test_consolidate_when_a_provision_moves_and_is_reworded_does_both() -> None:
    made = consolidated(BASE, [moved("m", "one", "three"), reworded("a", "one", SHALL)])

    assert list(texts_of(made).items()) == [("two", WORDS["two"]), ("three", WORDS["three"]), ("one", SHALL)]
    assert applied_of(made) == [("a", Hunk(8, 14, "shall")), ("m", Hunk(0, 0, ""))]


@st.composite
def _changes(draw: st.DrawFn) -> tuple[list[BaseText], list[Accepted]]:
    """A base of a few provisions and anything that can be accepted on it."""
    words = draw(st.lists(texts.filter(bool), min_size=1, max_size=4))
    base = [BaseText(f"k{number}", "PARAGRAPH", 0, "", text) for number, text in enumerate(words)]
    places = st.sampled_from([None, *(provision.key for provision in base)])
    changes = []
    for number in range(draw(st.integers(0, 6))):
        source, provision = f"s{number}", draw(st.sampled_from(base))
        kind = draw(st.sampled_from(AmendmentKind))
        if kind == AmendmentKind.ADD:
            changes.append(added(source, draw(places)))
        elif kind == AmendmentKind.MOVE:
            changes.append(moved(source, provision.key, draw(places)))
        elif kind == AmendmentKind.DELETE:
            changes.append(deleted(source, provision.key, provision.text))
        else:
            changes.append(reworded(source, provision.key, draw(texts), provision.text))
    return base, changes


@quick
@given(_changes(), st.randoms())
def test_consolidate_whatever_was_accepted_loses_and_doubles_nothing(
    given_: tuple[list[BaseText], list[Accepted]], random: object
) -> None:
    base, accepted = given_
    shuffled = list(accepted)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    made, other = consolidated(base, accepted), consolidated(base, shuffled)

    explained = {provision.key: apply_hunks(provision.text, _hunks_of(made, provision.key)) for provision in base}
    new = {key: hunk.replacement for change, hunk, key in made.applied if change.kind == AmendmentKind.ADD}
    expected = {key: text for key, text in explained.items() if text} | new
    assert sorted(provision.key for provision in made.provisions) == sorted(expected)
    assert texts_of(made) == expected
    # Equal additions have one key, that of the first of them.
    assert sorted(texts_of(other).values()) == sorted(expected.values())
    collided = {change.source for c in made.collisions for change, _ in c.sides}
    stands = {applied.accepted.source for applied in made.applied}
    wanted = {c.source for c in accepted if c.hunks or c.kind in (AmendmentKind.ADD, AmendmentKind.MOVE)}
    assert stands | collided == wanted
    assert {applied.accepted.source for applied in made.waiting} <= collided


@quick
@given(_changes())
def test_disagreements_when_nothing_collides_and_nothing_was_deleted_are_none(
    given_: tuple[list[BaseText], list[Accepted]],
) -> None:
    base, accepted = given_
    accepted = [
        change for change in accepted if change.kind != AmendmentKind.DELETE and (change.wording or not change.hunks)
    ]
    made = consolidated(base, accepted)
    collided = {change.source for c in made.collisions for change, _ in c.sides}

    joined = join_equal_additions(TextTree(base), accepted)
    found = find_disagreements(
        _standings(base, made), joined, (), dict.fromkeys(collided, "Settled."), (), _moved(made)
    )

    assert [each for each in found if each.explanation is None] == []


def _hunks_of(made: Made, key: str) -> set[Hunk]:
    return {a.hunk for a in made.applied if a.accepted.key == key and a.accepted.kind != AmendmentKind.MOVE}


def _moved(made: Made) -> set[str]:
    return {applied.accepted.source for applied in made.applied}


def _standings(base: Iterable[BaseText], made: Made) -> list[Compared]:
    """What the check reads from the database after `made` was written."""
    before = {provision.key: provision.text for provision in base}
    after = texts_of(made)
    keys = reading_order(list(before), list(after))
    return [Compared(key, before.get(key), after.get(key), tuple(_hunks_of(made, key))) for key in keys]


@dataclass
class Check:
    """What `disagreements` is asked: the clean case unless something is changed."""

    target: str | None = SHALL
    applied: tuple[Hunk, ...] = (Hunk(8, 14, "shall"),)
    accepted: list[Accepted] = field(default_factory=lambda: [reworded("a", "one", SHALL)])
    refused: list[Accepted] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)
    moved: tuple[str, ...] = ("m",)

    def found(self) -> tuple[Disagreement, ...]:
        """The answer, with a second provision that nobody touches."""
        provisions = [Compared("one", WORDS["one"], self.target, self.applied), Compared("two", "Two.", "Two.", ())]
        return find_disagreements(provisions, self.accepted, self.refused, self.settled, (), self.moved)


@pytest.mark.parametrize(
    ("standing", "lost"),
    [
        pytest.param([Hunk(8, 14, "shall"), Hunk(24, 31, "timely")], [], id="all"),
        pytest.param([Hunk(8, 14, "shall")], [Hunk(24, 31, "timely")], id="half"),
        pytest.param([Hunk(8, 23, "shall exchange"), Hunk(24, 31, "timely")], [], id="a wider one of a settlement"),
        pytest.param([Hunk(24, 31, "timely"), Hunk(9, 23, "x")], [Hunk(8, 14, "shall")], id="one beside"),
        pytest.param([], [], id="none"),
    ],
)
def test_lost_are_the_changes_of_words_of_which_others_of_the_same_source_stand(
    standing: list[Hunk], lost: list[Hunk]
) -> None:
    change = reworded("a", "one", "Customs shall exchange timely data.")

    found = find_lost([change], {("a", "one"): standing, ("b", "one"): [Hunk(0, 36, "")]})

    assert found == ({"one": [(hunk, ("PTY",)) for hunk in lost]} if lost else {})


def test_unread_is_what_the_only_change_that_stands_made_of_a_sentence() -> None:
    shall, timely = hunks_between(WORDS["one"], "Customs shall exchange timely data.")
    provision = Compared("one", WORDS["one"], SHALL, (shall,))

    assert find_unread(provision, {shall: {"PTY"}}) == []
    assert [each.words for each in find_unread(provision, {shall: {"PTY"}}, [(timely, {"PTY"})])] == [SHALL]
    assert find_unread(provision._replace(target="Else."), {shall: {"PTY"}}, [(timely, {"PTY"})]) == []


UNCHANGED, UNDECIDED, REFUSED, *_ = ExceptionKind


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        pytest.param(Check(), [], id="clean"),
        pytest.param(Check(WORDS["one"], (), []), [], id="clean and nothing accepted"),
        pytest.param(Check(WORDS["one"], ()), [(UNCHANGED, "a", "shall", None)], id="accepted, not in the text"),
        pytest.param(
            Check(WORDS["one"], (), settled={"a": "The base is clearer."}),
            [(UNCHANGED, "a", "shall", "The base is clearer.")],
            id="accepted, settled otherwise",
        ),
        pytest.param(
            Check("Customs shall exchange advance information."),
            [(UNDECIDED, "", "information", None)],
            id="words that nobody decided",
        ),
        pytest.param(
            Check("Customs shall exchange data."),
            [(UNDECIDED, "", "without “advance”", None)],
            id="words that went without a decision",
        ),
        pytest.param(
            Check(WORDS["one"]),
            [(UNCHANGED, "a", "shall", None), (UNDECIDED, "", "should", None)],
            id="an applied change taken back without a decision",
        ),
        pytest.param(
            Check("Customs must exchange advance data.", (Hunk(8, 14, "must"),), [], [reworded("r", "one", SHALL)]),
            [],
            id="refused and not in the text",
        ),
        pytest.param(Check(refused=[added("r", "one"), moved("q", "one", "two")]), [], id="refused places"),
        pytest.param(
            Check(accepted=[], refused=[reworded("r", "one", SHALL)]),
            [(REFUSED, "r", "shall", None)],
            id="refused, in the text all the same",
        ),
        pytest.param(
            Check(refused=[reworded("r", "one", SHALL)]),
            [(REFUSED, "r", "shall", "accepted as a")],
            id="refused, but the same was accepted from another",
        ),
        pytest.param(
            Check(refused=[reworded("r", "one", "Customs shall exchange electronic data.")]),
            [],
            id="refused, in the text in part only",
        ),
        pytest.param(
            Check(None, (Hunk(0, 37, ""),), [deleted("d", "one")]),
            [],
            id="deleted as accepted",
        ),
        pytest.param(
            Check(WORDS["one"], (), [deleted("d", "one")]),
            [(UNCHANGED, "d", "", None)],
            id="accepted deletion, still there",
        ),
        pytest.param(
            Check(None, (), []),
            [(UNDECIDED, "", "without “Customs should exchange advance data.”", None)],
            id="gone without a decision",
        ),
        pytest.param(Check(accepted=[moved("m", "one", "two")], applied=(Hunk(8, 14, "shall"),)), [], id="moved"),
        pytest.param(
            Check(accepted=[moved("m", "one", "two")], moved=()), [(UNCHANGED, "m", "", None)], id="not moved"
        ),
        pytest.param(
            Check(None, (Hunk(0, 37, ""),), [deleted("d", "one"), moved("m", "one", "two")]),
            [(UNCHANGED, "m", "", None)],
            id="moved and deleted",
        ),
        pytest.param(
            Check(accepted=[reworded("a", "one", SHALL), added("x", "one")]),
            [(UNCHANGED, "x", "New words.", None)],
            id="added, not in the text",
        ),
    ],
)
def test_disagreements_of_one_provision_are_these(check: Check, expected: list[tuple[object, ...]]) -> None:
    found = [(each.kind, each.source, each.words, each.explanation) for each in check.found()]

    assert found == expected


def test_disagreements_when_an_added_provision_was_reworded_say_so() -> None:
    addition = added("x", "one")
    clean = Compared("x", None, "New words.", (Hunk(0, 0, "New words."),))

    stands = find_disagreements([clean], [addition], (), {})
    revised = find_disagreements([clean._replace(target="Newer words.")], [addition], (), {})

    assert stands == ()
    assert [(each.kind, each.key, each.words) for each in revised] == [
        (UNCHANGED, "x", "New words."),
        (UNDECIDED, "x", "Newer"),
    ]


def test_disagreements_when_a_text_is_revised_after_a_settlement_show_the_revision_alone() -> None:
    winner = reworded("a", "one", SHALL)
    loser = reworded("b", "one", "Customs may exchange advance data.")
    revised = Check("Customs shall exchange advance records.", accepted=[winner, loser], settled={"b": "Firmer."})

    assert [(each.kind, each.source, each.words, each.explanation) for each in revised.found()] == [
        (UNCHANGED, "b", "may", "Firmer."),
        (UNDECIDED, "", "records", None),
    ]


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        ({}, []),
        ({"two": "Not this one."}, []),
        ({"one": "Decided anew."}, [(UNCHANGED, "a", "shall", "Decided anew.")]),
    ],
)
def test_disagreements_of_words_that_a_settlement_took_over_are_what_a_decision_revised_afterwards(
    settled: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    must = Compared("one", WORDS["one"], "Customs must exchange advance data.", (Hunk(8, 14, "must"),))

    found = find_disagreements([must], [reworded("a", "one", SHALL)], (), settled, prevailed={"a"})

    assert [(each.kind, each.source, each.words, each.explanation) for each in found] == expected


@pytest.mark.parametrize(
    ("base", "target", "order"),
    [
        ("", "", ""),
        ("abc", "abc", "abc"),
        ("abc", "", "abc"),
        ("", "xy", "xy"),
        ("abc", "ac", "abc"),
        ("abcd", "ad", "abcd"),
        ("abc", "bc", "abc"),
        ("abc", "cxa", "cxab"),
        ("abcd", "dxb", "adxbc"),
    ],
)
def test_reading_order_puts_what_is_gone_after_what_it_stood_after(base: str, target: str, order: str) -> None:
    assert "".join(reading_order(base, target)) == order


def test_final_hunks_when_the_recorded_ones_explain_the_text_are_these_and_else_a_comparison() -> None:
    recorded = (Hunk(8, 23, "shall exchange"),)

    explained = final_hunks(Compared("one", WORDS["one"], SHALL, recorded * 2))
    revised = final_hunks(Compared("one", WORDS["one"], "Customs must exchange advance data.", recorded))

    assert explained == recorded
    assert revised == (Hunk(8, 14, "must"),)


@pytest.mark.parametrize(
    ("hunks", "words"),
    [
        ((), "should exchange"),
        ((Hunk(8, 14, "shall"),), "shall exchange"),
        ((Hunk(15, 23, "send"), Hunk(8, 14, "shall")), "shall send"),
        ((Hunk(8, 23, ""),), ""),
        ((Hunk(8, 8, "normally "), Hunk(23, 23, " all")), "normally should exchange all"),
    ],
)
def test_words_in_a_range_are_those_that_would_stand(hunks: tuple[Hunk, ...], words: str) -> None:
    assert words_in(WORDS["one"], 8, 23, hunks) == words


@pytest.mark.parametrize(
    ("facts", "code", "message"),
    [
        (BaseFacts(VersionStatus.ISSUED, 0, 0), None, None),
        (
            BaseFacts(VersionStatus.ISSUED, 0, 0, is_latest=False),
            RefusalCode.WRONG_STATE,
            "A later version of this text is issued: start from that one.",
        ),
        (
            BaseFacts(VersionStatus.ISSUED, 0, 0, open_rounds=1),
            RefusalCode.ROUND_NOT_OPEN,
            "One round on this version still takes comments. Wait for the close; or the Secretariat closes it early or "
            "calls it off.",
        ),
        (BaseFacts(VersionStatus.WORKING, 0, 1), RefusalCode.WRONG_STATE, "This version is working."),
        (BaseFacts(VersionStatus.ABANDONED, 2, 0), RefusalCode.WRONG_STATE, "This version is abandoned."),
        (
            BaseFacts(VersionStatus.ISSUED, 2, 1),
            RefusalCode.DISPOSITIONS_OPEN,
            "2 comments on this version have no recorded disposition yet.",
        ),
        (
            BaseFacts(VersionStatus.ISSUED, 0, 1),
            RefusalCode.WRONG_STATE,
            "Another version of this instrument is being made already.",
        ),
    ],
)
def test_base_can_be_consolidated_when_issued_answered_and_alone(
    facts: BaseFacts, code: RefusalCode | None, message: str | None
) -> None:
    obstacle = base_can_be_consolidated(facts, NOW)

    assert (obstacle and obstacle.code, obstacle and obstacle.message) == (code, message)
    assert obstacle is None or (
        obstacle.rule.startswith("The latest issued version is consolidated"),
        obstacle.unlocks_at,
    ) == (
        True,
        None,
    )


@pytest.mark.parametrize("status", VersionStatus)
@pytest.mark.parametrize("conflict", ConflictStatus)
def test_target_is_working_looks_at_the_version_only(status: VersionStatus, conflict: ConflictStatus) -> None:
    obstacle = target_is_working(ConflictFacts(conflict, status), NOW)

    expected = (
        None if status == VersionStatus.WORKING else (RefusalCode.WRONG_STATE, f"The version is {status.lower()}.")
    )
    assert (obstacle and obstacle[:2]) == expected


def test_conflict_lifecycle_settles_once() -> None:
    settle = CONFLICT_LIFECYCLE.allows("settle_conflict", lambda status: status)

    assert CONFLICT_LIFECYCLE.target("settle_conflict", ConflictStatus.OPEN) == ConflictStatus.SETTLED
    assert {status: obstacle and obstacle.code for status in ConflictStatus for obstacle in [settle(status, NOW)]} == {
        ConflictStatus.OPEN: None,
        ConflictStatus.SETTLED: RefusalCode.WRONG_STATE,
    }
