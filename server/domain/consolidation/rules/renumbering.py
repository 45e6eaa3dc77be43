"""What renumbering a version would do: new numbers, and references that follow them. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from server.domain.texts.rules.provisions import (
    LocatedReference,
    NumberedProvision,
    carry_references,
    list_entries,
    locate_references,
    read_references,
)
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.texts import ReferenceStatus
from server.wording.hunks import Hunk, apply_hunks
from server.wording.numbering import find_doubts, renumber
from server.wording.schemes import learn_scheme
from server.wording.targets import Places, follow

LONGEST_NUMBER = 40
"""Longest printed number that is set by hand, in characters."""


class NumberChange(NamedTuple):
    """A provision that gets another printed number; empty for none."""

    key: str
    before: str
    after: str


class ReferenceChange(NamedTuple):
    """A reference that is written anew: its provision, its words before and after, and what it points to."""

    key: str
    before: str
    after: str
    target: str
    hunk: Hunk


class Dangling(NamedTuple):
    """A reference that leads nowhere once the numbers are changed; `target` is what it pointed to, if anything."""

    key: str
    words: str
    target: str | None


class RenumberingPlan(NamedTuple):
    """What renumbering a version does.

    `doubts` are the keys of provisions whose numbers follow no scheme and stay. `located` are all references
    afterwards, by key.
    """

    numbers: tuple[NumberChange, ...]
    doubts: tuple[str, ...]
    references: tuple[ReferenceChange, ...]
    dangling: tuple[Dangling, ...]
    located: Mapping[str, Sequence[LocatedReference]]


def plan_renumbering(
    base: Sequence[NumberedProvision],
    provisions: Sequence[NumberedProvision],
    known: Mapping[str, Sequence[LocatedReference]],
    by_hand: Mapping[str, str],
    own_names: Collection[str] = (),
) -> RenumberingPlan:
    """Return what renumbering a version does, by the scheme of its base; by its own without a base.

    `known` are the references of the version. `by_hand` gives the numbers that an officer sets, by key.
    """
    entries = list_entries(provisions)
    place_of = {provision.key: place for place, provision in enumerate(provisions)}
    scheme = learn_scheme(list_entries(base)) if base else None
    set_numbers = {place_of[key]: number for key, number in by_hand.items() if key in place_of}
    lines = renumber(entries, scheme, set_numbers)
    new_numbers = {line.position: line.after for line in lines}
    changes = _list_reference_changes(provisions, known, new_numbers)
    located = _locate_after(provisions, known, new_numbers, changes, own_names)
    return RenumberingPlan(
        tuple(NumberChange(provisions[line.position].key, line.before, line.after) for line in lines),
        tuple(provisions[place].key for place in find_doubts(entries, scheme) if place not in set_numbers),
        tuple(changes),
        tuple(
            Dangling(key, each.words, each.target)
            for key, references in located.items()
            for each in references
            if each.status is ReferenceStatus.DANGLING
        ),
        located,
    )


def _locate_after(
    provisions: Sequence[NumberedProvision],
    known: Mapping[str, Sequence[LocatedReference]],
    new_numbers: Mapping[int, str],
    changes: Sequence[ReferenceChange],
    own_names: Collection[str],
) -> dict[str, list[LocatedReference]]:
    """Return all references once the numbers and the references have changed."""
    hunks: dict[str, list[Hunk]] = {}
    for change in changes:
        hunks.setdefault(change.key, []).append(change.hunk)
    renumbered = [
        provision._replace(
            printed_number=new_numbers.get(place, provision.printed_number),
            text=apply_hunks(provision.text, hunks.get(provision.key, ())),
        )
        for place, provision in enumerate(provisions)
    ]
    carried = {
        key: carry_references(references, hunks.get(key, ()), rewritten=True) for key, references in known.items()
    }
    return locate_references(renumbered, own_names, carried)


def _list_reference_changes(
    provisions: Sequence[NumberedProvision],
    known: Mapping[str, Sequence[LocatedReference]],
    new_numbers: Mapping[int, str],
) -> list[ReferenceChange]:
    """Return the references whose numbers do not fit the new ones of what they point to, in text order."""
    places = Places(list_entries(provisions))
    place_of = {provision.key: place for place, provision in enumerate(provisions)}
    changes = []
    for at, references in read_references(provisions):
        provision = provisions[at]
        before = {(each.start, each.end): each for each in known.get(provision.key, ())}
        for reference in references:
            former = before.get((reference.start, reference.end))
            target = place_of.get(former.target or "") if former else None
            if former is None or target is None:
                continue
            is_left = former.status is ReferenceStatus.DANGLING
            hunk = follow(provision.text, reference, target, places, new_numbers, always=is_left)
            if hunk:
                words = (
                    provision.text[former.start : hunk.start] + hunk.replacement + provision.text[hunk.end : former.end]
                )
                changes.append(ReferenceChange(provision.key, former.words, words, provisions[target].key, hunk))
    return changes


def check_numbers(numbers: Sequence[tuple[str, str]], keys: Collection[str]) -> list[Issue]:
    """Return every fault of the numbers that are set by hand, as (key, number): each key once, and in the version."""
    issues = []
    named: set[str] = set()
    for place, (key, number) in enumerate(numbers):
        if key not in keys:
            issues.append(Issue(f"numbers.{place}.provisionKey", IssueCode.PROVISION_UNKNOWN))
        if key in named:
            issues.append(Issue(f"numbers.{place}.provisionKey", IssueCode.REPEATED))
        if len(number) > LONGEST_NUMBER:
            issues.append(Issue(f"numbers.{place}.printedNumber", IssueCode.TOO_LONG, limit=LONGEST_NUMBER))
        named.add(key)
    return issues
