"""What-ifs of texts in memory: by the merge that makes versions, with digests of nothing but the outcome."""

import json
from hashlib import sha256
from itertools import permutations
from typing import Any

import pytest

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.merging import consolidated
from server.domain.whatif.rules.choosing import (
    MOST_AMENDMENTS,
    MOST_CHARACTERS,
    MOST_ITEMS,
    PendingPart,
    check_items,
    check_size,
)
from server.domain.whatif.rules.comparing import compare_outcomes
from server.domain.whatif.rules.outcomes import OpenedDebt, RenderedText, WhatIfMaterial, WhatIfOutcome
from server.domain.whatif.rules.trying import try_amendments
from server.journal.chain import sha256_of
from server.kernel.issue_codes import IssueCode
from server.vocabulary.consolidation import ConflictKind
from tests.consolidation.test_structure import BASE, KEYS, add, delete, modify, move, one_proposal

ANNUALLY = modify("annually", "letters", "Letters may wait annually.")
SHALL = modify("shall", "letters", "Letters shall wait.")
MUST = modify("must", "letters", "Letters must wait.")
FREE = add("free", "letters", "Letters are free.")
FREE_TOO = add("free too", "letters", "Letters are free.")


def what_if(*changes: Accepted, base: tuple[BaseText, ...] = BASE, **known: Any) -> WhatIfOutcome:
    """Return what the text would be."""
    return try_amendments(WhatIfMaterial("TXV_1", base, changes, **known))


def words(outcome: WhatIfOutcome) -> list[tuple[str, str | None, str | None]]:
    """Return key, words before and words after of what changes."""
    return [(each.key, each.before, each.after) for each in outcome.provisions]


def test_what_does_not_collide_stands() -> None:
    outcome = what_if(SHALL, FREE, delete("gone", "weight"))

    assert words(outcome) == [
        ("letters", "Letters may wait.", "Letters shall wait."),
        ("free", None, "Letters are free."),
        ("weight", "the weight.", None),
    ]
    assert [each.after_key for each in outcome.provisions] == ["parcels", "letters", None]
    assert [[run.text for run in each.runs] for each in outcome.provisions] == [
        ["Letters ", "may", "shall", " wait."],
        ["Letters are free."],
        ["the weight."],
    ]
    assert [each.sources for each in outcome.provisions] == [("shall",), ("free",), ("gone",)]
    assert (outcome.collisions, outcome.waiting) == ((), ())


def test_the_text_is_that_of_the_merge() -> None:
    changes = (SHALL, FREE, move("moved", "value", "weight"), delete("gone", "parcels"))
    made = {each.key: each.text for each in consolidated(BASE, changes).provisions}

    outcome = what_if(*changes)

    assert {each.key: each.after for each in outcome.provisions if each.after is not None} == {
        key: made[key] for key in ("letters", "free", "value")
    }
    assert [each.key for each in outcome.provisions if each.is_moved] == ["value"]


def test_what_collides_is_left_open_with_the_words_of_the_version() -> None:
    outcome = what_if(SHALL, MUST)

    (collision,) = outcome.collisions
    assert (collision.kind, collision.key, collision.base_words) == (ConflictKind.WORDS, "letters", "may")
    assert collision.sides == (("must", "must"), ("shall", "shall"))
    assert outcome.waiting == ("must", "shall")
    assert words(outcome) == []


def test_amendments_of_one_proposal_wait_together() -> None:
    outcome = what_if(*one_proposal(SHALL, FREE), MUST)

    assert outcome.waiting == ("free", "must", "shall")
    assert words(outcome) == []


def test_a_sentence_of_two_parties_would_have_to_be_read() -> None:
    outcome = what_if(SHALL._replace(party="A"), modify("and", "letters", "Letters may wait here.")._replace(party="B"))
    alone = what_if(SHALL._replace(party="A"), modify("and", "letters", "Letters may wait here.")._replace(party="A"))

    assert [(each.key, each.words) for each in outcome.woven] == [("letters", "Letters shall wait here.")]
    assert alone.woven == ()


def test_references_to_what_goes_are_broken() -> None:
    base = (
        BaseText("parcels", "PARAGRAPH", 0, "1.", "Parcels are released at once."),
        BaseText("after", "PARAGRAPH", 0, "2.", "Paragraph 1 applies to letters, and paragraph 9 does not."),
    )

    outcome = what_if(delete("gone", "parcels"), base=base)

    assert [tuple(each) for each in outcome.broken if each.is_new] == [("after", "Paragraph 1", True)]
    assert what_if(modify("same", "row", "Value | Seller | Before export")).broken == ()


def test_translations_owe_what_they_do_not_render() -> None:
    rendered = {
        "letters": sha256_of("Letters may wait."),
        "weight": sha256_of("the weight."),
        "parcels": sha256_of("Parcels wait."),
        "value": None,
    }
    french = RenderedText("TXV_2", "fr", rendered)
    changes = (SHALL, FREE, delete("gone", "weight"), delete("gone too", "value"))
    changes += (modify("known", "parcels", "Parcels wait."),)

    outcome = what_if(*changes, translations=(french,))

    assert outcome.debts == tuple(OpenedDebt("TXV_2", "fr", key) for key in ("letters", "free", "weight"))
    assert outcome.digest == what_if(*changes).digest


CHANGES = (SHALL, MUST, ANNUALLY, FREE, FREE_TOO, add("dear", "letters", "Letters are dear."), delete("gone", "weight"))


def test_the_order_of_amendments_changes_no_digest() -> None:
    orders = list(permutations(CHANGES))[::97]
    outcomes = [what_if(*changes) for changes in orders]

    assert len(orders) > 50
    assert {each.digest for each in outcomes} == {outcomes[0].digest}
    assert {each.text_digest for each in outcomes} == {outcomes[0].text_digest}


def test_equal_additions_have_one_text_whoever_is_named_first() -> None:
    first, second = what_if(FREE, FREE_TOO, SHALL), what_if(FREE_TOO, SHALL, FREE)

    assert [each.key for each in first.provisions] != [each.key for each in second.provisions]
    assert (first.text_digest, first.digest) == (second.text_digest, second.digest)


@pytest.mark.parametrize(
    "other", [(SHALL,), (SHALL, MUST), (SHALL, delete("gone", "value")), (SHALL, move("m", "row", None))]
)
def test_other_outcomes_have_other_digests(other: tuple[Accepted, ...]) -> None:
    assert what_if(*other).digest != what_if(SHALL, FREE).digest


def test_the_digests_are_those_of_the_documented_values() -> None:
    outcome = what_if(SHALL, MUST, FREE)

    units = [(each.key, each) for each in BASE]
    units.insert(3, (None, BASE[2]._replace(printed_number="2 bis.", text="Letters are free.")))
    text = [
        {"key": key, "kind": each.kind, "level": each.level, "number": each.printed_number, "text": each.text}
        for key, each in units
    ]
    assert outcome.text_digest == sha256_json(text)
    whole = {
        "version": "TXV_1",
        "text": outcome.text_digest,
        "collisions": [["WORDS", "letters", 8, 11, [["must", "must"], ["shall", "shall"]]]],
        "waiting": ["must", "shall"],
        "woven": [],
        "broken": [],
    }
    assert outcome.digest == sha256_json(whole)


def sha256_json(value: Any) -> str:
    """Return the digest of canonical JSON, written anew: sorted keys, no blanks, UTF-8."""
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def test_two_are_compared_provision_by_provision() -> None:
    first = what_if(SHALL, FREE, delete("gone", "weight"))
    second = what_if(MUST, FREE_TOO, delete("gone", "weight"), modify("m", "value", "the price;"))

    comparison = compare_outcomes(first, second, KEYS)

    assert [(each.key, each.first, each.second, each.is_same) for each in comparison.provisions] == [
        ("letters", "Letters shall wait.", "Letters must wait.", False),
        ("value", "the value;", "the price;", False),
        ("weight", None, None, True),
        ("free", "Letters are free.", "Letters are free.", True),
    ]
    assert [run.text for run in comparison.provisions[0].runs] == ["Letters ", "shall", "must", " wait."]
    assert comparison.is_same_text is False


def test_the_same_text_by_other_amendments_is_the_same() -> None:
    comparison = compare_outcomes(what_if(FREE), what_if(FREE_TOO), KEYS)

    assert comparison.is_same_text is True
    assert [each.is_same for each in comparison.provisions] == [True]


def test_a_move_makes_a_difference() -> None:
    comparison = compare_outcomes(what_if(move("m", "value", "weight")), what_if(SHALL), KEYS)

    assert [(each.key, each.is_same) for each in comparison.provisions] == [("letters", False), ("value", False)]


def test_what_is_named_is_pending_and_named_once() -> None:
    pending = [PendingPart("AMD_1", "PRP_1"), PendingPart("AMD_2", "PRP_1"), PendingPart("AMD_3", "PRP_2")]

    assert check_items(["PRP_1", "AMD_3"], pending, "items") == []
    faults = check_items(["AMD_1", "PRP_1", "AMD_9", "AMD_3", "AMD_3"], pending, "items")
    assert [(each.path, each.code) for each in faults] == [
        ("items.1", IssueCode.REPEATED),
        ("items.2", IssueCode.OBJECT_UNKNOWN),
        ("items.4", IssueCode.REPEATED),
    ]
    counts = [check_items(items, pending, "items")[0].code for items in ([], ["AMD_1"] * (MOST_ITEMS + 1))]
    assert counts == [IssueCode.COUNT] * 2


def test_more_than_can_be_tried_is_refused_in_words() -> None:
    assert check_size(MOST_AMENDMENTS, MOST_CHARACTERS, "items") == []
    (many,) = check_size(MOST_AMENDMENTS + 1, 1, "items")
    (long,) = check_size(1, MOST_CHARACTERS + 1, "items")
    assert many.message == "601 amendments are more than are tried at once: name at most 600"
    assert long.message == "1 amendment with 2,000,001 characters of text: at most 2,000,000 are tried at once"
