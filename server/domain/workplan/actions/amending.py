"""Pairing a paper with what is on record, and what it amends: each change is shown, and waits to be confirmed.

What a paper says is compared with what the paper before it said. Where the two agree, acts since then stand. Where they
differ, the paper amends the record, unless the record says the same already.
"""

import hashlib
import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from server.documents.work_plan import ActivityRow
from server.domain.workplan.periods import Period
from server.domain.workplan.rules import period_of
from server.models.workplan import Activity, WorkItem
from server.vocabulary.workplan import OPEN_ACTIVITY, PlanAmendmentKind
from server.wording.folding import fold_name

ALIKE = 0.5
"""Two descriptions are those of one activity, amended, from this likeness on; 1 is the same words."""
LIKE_TITLE = 0.6
"""Titles of a topic and of a group may mean the same work from this likeness of their words on."""
LIKE_LETTERS = 0.85
"""The same by their letters, for a plural or a slip of the pen."""


class PaperAmendment(NamedTuple):
    """One change of the record by a paper: `row` and `column` of the paper, 0 and "" for what vanished.

    `subject` is what is changed, `was` what stands there, `says` what the paper says.
    """

    kind: PlanAmendmentKind
    row: int
    column: str
    subject: Any
    name: str
    was: str
    says: str


class Printed(NamedTuple):
    """The row of an activity as a paper prints it."""

    description: str
    responsible: str
    timeline: str
    remarks: str


_COLUMNS = ("Activity", "Responsible", "Timeline", "Remarks")


def printed_of(step: ActivityRow) -> Printed:
    """Return a row of a paper as it is compared and kept."""
    responsible = ", ".join(dict.fromkeys(step.responsible))
    return Printed(step.description, responsible, step.timeline.strip(), step.remarks)


def in_one_line(words: str) -> str:
    """Return words as a table prints them: in one line, with single blanks."""
    return " ".join(words.split())


def differences(known: Any, labels: Sequence[str], step: ActivityRow) -> list[PaperAmendment]:
    """Return what a row of a paper amends of an activity on record."""
    says = printed_of(step)
    responsible = ", ".join(dict.fromkeys(labels))
    stands = Printed(known.description, responsible, known.label, known.remarks)
    # An activity from before papers were kept: of its words only the period could be changed by an act.
    before = Printed(**known.printed) if known.printed else stands._replace(timeline=known.baseline_label)
    return [
        PaperAmendment(PlanAmendmentKind.CHANGED, step.row, column, known, known.description, now, text)
        for column, was, now, text in zip(_COLUMNS, before, stands, says, strict=True)
        if text not in (in_one_line(was), in_one_line(now))
    ]


def pair_steps(known: Sequence[Activity], steps: Sequence[ActivityRow]) -> dict[int, Activity]:
    """Return the activity on record of each row of a topic, by the place of the row, as far as there is one.

    The same words are the same activity, wherever they stand; of the others, those that are alike and in order.
    """
    pairs: dict[int, Activity] = {}
    left = list(known)
    for each_words in (_printed_words, _present_words):
        for place, step in enumerate(steps):
            same = next((each for each in left if fold_name(each_words(each)) == fold_name(step.description)), None)
            if place not in pairs and same is not None:
                pairs[place] = same
                left.remove(same)
    rest = [place for place in range(len(steps)) if place not in pairs]
    nearest = sorted(
        ((likeness(each.description, steps[place].description), place, each) for place in rest for each in left),
        key=lambda pair: (-pair[0], pair[1]),
    )
    for alike, place, each in nearest:
        if alike >= ALIKE and place not in pairs and each in left:
            pairs[place] = each
            left.remove(each)
    return pairs


def _printed_words(activity: Activity) -> str:
    """Return the description that the paper before printed."""
    return activity.printed["description"] if activity.printed else ""


def _present_words(activity: Activity) -> str:
    """Return the description on record."""
    return activity.description


def is_alike(one: str, other: str) -> bool:
    """Return whether two titles may mean the same work: by their words, or letter by letter ("Definition(s)")."""
    letters = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
    return likeness(one, other) >= LIKE_TITLE or letters >= LIKE_LETTERS


def likeness(one: str, other: str) -> float:
    """Return how much two descriptions or titles are alike by their words, from 0 to 1."""
    return SequenceMatcher(None, one.casefold().split(), other.casefold().split(), autojunk=False).ratio()


def pair_topics(items: Sequence[WorkItem], topics: Sequence[tuple[int, str]]) -> dict[int, WorkItem]:
    """Return the topic on record of each topic of a paper, by its number there: that of the title, else the number."""
    pairs: dict[int, WorkItem] = {}
    left = list(items)
    for number, title in topics:
        same = [
            each for each in left if fold_name(title) in (fold_name(each.title), fold_name(each.printed_title or ""))
        ]
        # Of two topics with one title that with the number.
        chosen = next((each for each in same if each.number == number), same[0] if same else None)
        if chosen is not None:
            pairs[number] = chosen
            left.remove(chosen)
    for number, _ in topics:
        chosen = next((each for each in left if each.number == number), None)
        if number not in pairs and chosen is not None:
            pairs[number] = chosen
            left.remove(chosen)
    return pairs


def vanished(known: Sequence[Activity], kept: Sequence[Activity]) -> list[PaperAmendment]:
    """Return the open activities that a paper printed before and prints no longer."""
    ids = {each.id for each in kept}
    gone = [each for each in known if each.id not in ids and each.status in OPEN_ACTIVITY and each.printed]
    return [
        PaperAmendment(PlanAmendmentKind.VANISHED, 0, "", each, each.description, each.description, "") for each in gone
    ]


def digest_of_amendments(amendments: Sequence[PaperAmendment]) -> str:
    """Return the SHA-256 by which somebody confirms just these changes."""
    rows = [(each.kind, each.column, each.subject.id, each.was, each.says) for each in amendments]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()


def period_that(amendment: PaperAmendment) -> Period:
    """Return the period that an amended timeline prints; words that are none are kept as the label."""
    return period_of(amendment.says)[0]
