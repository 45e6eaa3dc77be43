"""Write the report of a comment round as Markdown: words in, words out.

Everything that people wrote is escaped, so that no comment can pose as a heading, a table or a link of the report.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&=:$^\"'@/])")
"""ASCII punctuation with a meaning in Markdown and its extensions; a backslash before it takes that away."""
NO_ANSWER = "no recorded answer"
STATES = ("Answered", "Declared none", "Silent")
"""What a party has done, as heads of columns."""


class ReportedAnswer(NamedTuple):
    """A recorded answer: verdict in words, reason, the words accepted instead (None: none), and with whom it is one."""

    verdict: str
    reason: str
    wording: str | None = None
    answered_with: str = ""


class ReportedPoint(NamedTuple):
    """One point of a comment that was split; `reaction` and `reaction_reason` are "" without one."""

    number: int
    text: str
    answer: ReportedAnswer | None
    reaction: str = ""
    reaction_reason: str = ""


class ReportedComment(NamedTuple):
    """A comment as the report says it. `place` is the provision in words; `reaction` is that to the answer as a whole.

    `stance` is how its party takes all the answers, "" where it has not said so.
    """

    reference: str
    party: str
    capacity: str
    type: str
    place: str
    text: str
    wording: str | None
    is_late: bool
    is_withdrawn: bool
    answer: ReportedAnswer | None
    points: Sequence[ReportedPoint] = ()
    reaction: str = ""
    reaction_reason: str = ""
    is_for_plenary: bool = False
    stance: str = ""

    @property
    def maintains(self) -> bool:
        """Whether its party maintains it, or a point of it."""
        return self.stance == "maintains"

    @property
    def why_maintained(self) -> str:
        """The reasons for which its party maintains it or its points."""
        points = [f"({each.number}) {each.reaction_reason}" for each in self.points if each.reaction == "maintains"]
        return " ".join([*([self.reaction_reason] if self.reaction == "maintains" else []), *points])


class ReportedParty(NamedTuple):
    """A party that the round asks or that answered it: `state` is "answered", "declared none" or "silent".

    `region` is "" where the register does not say it.
    """

    name: str
    capacity: str
    region: str
    state: str


class RoundReport(NamedTuple):
    """A round with its comments in the order of the text, and the parties that it asks as far as the reader knows them.

    `heads` are lines of (name, value) under the title.
    """

    title: str
    heads: Sequence[tuple[str, str]]
    comments: Sequence[ReportedComment]
    parties: Sequence[ReportedParty] = ()


def write_report(report: RoundReport) -> str:
    """Return the report as Markdown."""
    parts = [
        [f"# Report: {escape(report.title)}", "", *(f"- {name}: {escape(value)}" for name, value in report.heads)],
        _write_statistics(report.comments),
        _write_turnout(report),
        _write_list(
            "For the plenary: maintained by Members on substance", [c for c in report.comments if c.is_for_plenary]
        ),
        _write_list(
            "Maintained by others, or on other than substance",
            [c for c in report.comments if c.maintains and not c.is_for_plenary],
        ),
        _write_list("Filed late, by admission", [c for c in report.comments if c.is_late]),
        _write_by_provision(report.comments),
        _write_by_party(report),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Return words on one line without any meaning in Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def quote(text: str) -> Iterator[str]:
    """Yield the lines of a quotation; the lines of the text stay, and begin no list, heading or code."""
    for line in text.splitlines() or [""]:
        yield f"> {escape(line)}".rstrip()


def _write_statistics(comments: Sequence[ReportedComment]) -> list[str]:
    lines = ["## Statistics"]
    for name, values in (
        ("Type", [each.type for each in comments]),
        ("Capacity", [each.capacity for each in comments]),
        ("Outcome", [_outcome_of(each) for each in comments]),
        ("Reaction", [each.stance or "none" for each in comments]),
    ):
        counted = Counter(values)
        rows = [(value, str(counted[value])) for value in sorted(counted)]
        lines += ["", *_write_table((name, "Comments"), [*rows, ("Together", str(len(comments)))])]
    return lines


def _outcome_of(comment: ReportedComment) -> str:
    if comment.is_withdrawn:
        return "withdrawn"
    return comment.answer.verdict if comment.answer else NO_ANSWER


def _write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    line = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return line + [f"| {' | '.join(map(escape, row))} |" for row in rows]


def _write_list(title: str, comments: Sequence[ReportedComment]) -> list[str]:
    """Return a section with one line for each comment, empty without any."""
    if not comments:
        return []
    rows = [(each.reference, each.party, each.place, _outcome_of(each), each.why_maintained) for each in comments]
    return [f"## {title}", "", *_write_table(("Comment", "Party", "On", "Answer", "Why it is maintained"), rows)]


def _write_by_provision(comments: Sequence[ReportedComment]) -> list[str]:
    lines = ["## By provision"]
    place = None
    for comment in comments:
        if comment.place != place:
            place = comment.place
            lines += ["", f"### {escape(place)}"]
        lines += ["", *_write_comment(comment)]
    return lines if comments else [*lines, "", "Nobody filed a comment."]


def _write_comment(comment: ReportedComment) -> Iterator[str]:
    marks = [comment.type, *(["late"] if comment.is_late else []), *(["withdrawn"] if comment.is_withdrawn else [])]
    yield f"**{escape(comment.reference)}** \\({escape(', '.join(marks))}\\)"
    yield ""
    yield from quote(comment.text)
    if comment.wording is not None:
        yield from ("", "Asks for:", "", *quote(comment.wording or "(the words are deleted)"))
    for point in comment.points:
        yield from ("", f"Point {point.number}: {escape(point.text)}", "", *_write_answer(point.answer))
        yield from _write_reaction(comment.party, point.reaction, point.reaction_reason)
    if not comment.is_withdrawn:
        yield from ("", *_write_answer(comment.answer))
    yield from _write_reaction(comment.party, comment.reaction, comment.reaction_reason)


def _write_reaction(party: str, reaction: str, reason: str) -> Iterator[str]:
    """Yield how a party takes an answer, nothing if it has not said so."""
    if reaction:
        yield from ("", f"{escape(party)}: {escape(reaction)}. {escape(reason)}".rstrip())


def _write_answer(answer: ReportedAnswer | None) -> Iterator[str]:
    if answer is None:
        yield f"Answer: {NO_ANSWER}."
        return
    shared = f" \\(with {escape(answer.answered_with)}\\)" if answer.answered_with else ""
    yield f"Answer: {escape(answer.verdict)}{shared}. {escape(answer.reason)}".rstrip()
    if answer.wording is not None:
        yield from ("", *quote(answer.wording or "(the words are deleted)"))


def _write_turnout(report: RoundReport) -> list[str]:
    """Return who has answered, together, by capacity and by region, as far as the reader may know it."""
    if not report.parties:
        return []
    lines = ["## Who has answered"]
    for name, group_of in (("Capacity", _capacity_of), ("Region", _region_of)):
        groups = sorted({group_of(each) for each in report.parties})
        rows = [(group, *_count_turnout(report, group_of, group)) for group in groups]
        lines += ["", *_write_table((name, "Parties", *STATES, "Comments"), [*rows, _sum_rows(rows)])]
    return lines


def _capacity_of(party: ReportedParty) -> str:
    return party.capacity


def _region_of(party: ReportedParty) -> str:
    return party.region or "not said"


def _count_turnout(report: RoundReport, group_of: Callable[[ReportedParty], str], group: str) -> list[str]:
    """Return the numbers of a group of parties: of these, of each state, and of the comments that they filed."""
    members = [each for each in report.parties if group_of(each) == group]
    states = Counter(each.state for each in members)
    names = {each.name for each in members}
    filed = sum(each.party in names for each in report.comments)
    return [str(len(members)), *(str(states[state.lower()]) for state in STATES), str(filed)]


def _sum_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["Together", *(str(sum(map(int, column))) for column in list(zip(*rows, strict=True))[1:])]


def _write_by_party(report: RoundReport) -> list[str]:
    known = {each.name: each for each in report.parties}
    filed = {each.party: ReportedParty(each.party, each.capacity, "", "answered") for each in report.comments}
    rows = []
    for party in sorted({**filed, **known}.values()):
        own = [each for each in report.comments if each.party == party.name]
        outcomes = Counter(map(_outcome_of, own))
        words = ", ".join(f"{outcome} {outcomes[outcome]}" for outcome in sorted(outcomes)) or party.state
        maintained = sum(each.maintains for each in own)
        rows.append((party.name, party.capacity, _region_of(party), str(len(own)), words, str(maintained)))
    head = ("Party", "Capacity", "Region", "Comments", "Outcomes", "Maintained")
    return ["## By party", "", *_write_table(head, rows)] if rows else []
