"""Comparing a paper with the records: the rows that are new, what they amend, the doubts, and the issues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.plan_columns import HeadedColumn
from server.documents.work_plan import ActivityRow, GroupRow, Topic
from server.domain.workplan import queries, rules
from server.domain.workplan.actions import amending
from server.domain.workplan.actions.amending import PaperAmendment
from server.domain.workplan.actions.names import Names, entries_of
from server.domain.workplan.periods import Period, columns_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue, Plain
from server.models.bodies import Body, Function, Membership
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.workplan import ActivityStatus, PlanAmendmentKind, PlanDoubtKind
from server.wording.folding import fold_name


def issue_at(row: int, column: str, code: IssueCode, **parameters: Plain) -> Issue:
    """Return the fault of a place in a paper; row 0 is the paper as a whole."""
    place: dict[str, Plain] = {"row": row, "column": column} if row else {}
    return Issue("markdown", code, **place, **parameters)


class Doubt(NamedTuple):
    """A cell that a person should look at: it was read as it is printed, and not understood wholly."""

    row: int
    column: str
    printed: str
    kind: PlanDoubtKind


GENERAL = frozenset({"members", "stakeholders", "members and stakeholders"})
"""Words for many, which are no name."""


@dataclass
class PaperReading:
    """What a paper says, compared: amendments to be confirmed, doubts to be looked at, issues that refuse it."""

    amendments: list[PaperAmendment] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    pairs: dict[str, amending.Printed] = field(default_factory=dict)
    """What the paper prints of each activity on record, by its id."""
    titles: dict[str, str] = field(default_factory=dict)
    """What the paper prints of each topic on record, by its id."""
    added: list[tuple[str, str]] = field(default_factory=list)
    """The ids and names of new topics, activities and milestones."""
    columns: tuple[HeadedColumn, ...] = ()
    """What the headings of the paper were taken for."""
    topics: dict[int, str] = field(default_factory=dict)
    """The ids of topics, new ones too, by their numbers in the paper."""


@dataclass
class Topics:
    """The topics of a plan on record."""

    items: Sequence[WorkItem] = ()
    activities: Mapping[str, list[Activity]] = field(default_factory=dict)
    labels: Mapping[str, list[str]] = field(default_factory=dict)

    @classmethod
    async def on_record(cls, session: AsyncSession, plan: WorkPlan | None) -> "Topics":
        """Read the topics of a plan, its activities in order and those responsible, in three statements."""
        if plan is None:
            return cls()
        labels: dict[str, list[str]] = {}
        for responsible in await queries.responsibles_of(session, plan.id):
            labels.setdefault(responsible.activity_id, []).append(responsible.label)
        activities: dict[str, list[Activity]] = {}
        for step in sorted(await queries.activities_of(session, plan.id), key=lambda step: step.position):
            activities.setdefault(step.work_item_id, []).append(step)
        return cls(await queries.items_of(session, plan.id), activities, labels)

    def take(
        self, topics: Sequence[Topic], names: Names, plan_id: str, groups: "Groups", reading: PaperReading
    ) -> None:
        """Enter new topics and activities in `names.rows`, and note in `reading` what a person has to see."""
        pairs = amending.pair_topics(self.items, [(topic.number, topic.title) for topic in topics])
        for topic in topics:
            item = pairs.get(topic.number)
            if item is None:
                self._add_topic(topic, names, plan_id, groups, reading)
                continue
            reading.topics[topic.number] = item.id
            self._compare_title(topic, item, reading)
            known = self.activities.get(item.id, [])
            steps = amending.pair_steps(known, topic.activities)
            last = max((each.position for each in known), default=0)
            for place, step in enumerate(topic.activities):
                if activity := steps.get(place):
                    reading.pairs[activity.id] = amending.printed_of(step)
                    amendments = amending.differences(activity, self.labels.get(activity.id, []), step)
                    reading.amendments += amendments
                    if any(each.column == "Timeline" for each in amendments):
                        read_timeline(step.row, step.timeline, reading)
                else:
                    last += 1
                    _add_activity(step, last, names, item.id, reading)
            reading.amendments += amending.vanished(known, list(steps.values()))
        ids = {item.id for item in pairs.values()}
        for item in self.items:
            if item.id not in ids and item.dropped_at is None and item.printed_title:
                name = f"{item.number}. {item.title}"
                reading.amendments.append(PaperAmendment(PlanAmendmentKind.VANISHED, 0, "", item, name, name, ""))

    def _compare_title(self, topic: Topic, item: WorkItem, reading: PaperReading) -> None:
        reading.titles[item.id] = topic.title
        row, name = topic.row, f"{item.number}. {item.title}"
        if topic.title not in map(amending.in_one_line, (item.title, item.printed_title or item.title)):
            change = PaperAmendment(PlanAmendmentKind.CHANGED, row, "Topic", item, name, item.title, topic.title)
            reading.amendments.append(change)
        if topic.number != item.number:
            numbers = str(item.number), str(topic.number)
            reading.amendments.append(PaperAmendment(PlanAmendmentKind.CHANGED, row, "No.", item, name, *numbers))

    def _add_topic(self, topic: Topic, names: Names, plan_id: str, groups: "Groups", reading: PaperReading) -> None:
        """Enter a new topic; it is given to the group of the same title."""
        values = {"plan_id": plan_id, "number": topic.number, "title": topic.title, "printed_title": topic.title}
        item_id = names.rows.add(WorkItem, **values, body_id=groups.join(topic, reading))
        reading.topics[topic.number] = item_id
        reading.added.append((item_id, f"{topic.number}. {topic.title}"))
        for position, step in enumerate(topic.activities, start=1):
            _add_activity(step, position, names, item_id, reading)


def read_timeline(row: int, timeline: str, reading: PaperReading) -> Period:
    """Return the period that a cell prints, words that are none as its label; one without days is noted as a doubt."""
    period, fault = rules.period_of(timeline)
    if period.label and not (period.earliest or period.latest):
        kind = PlanDoubtKind.UNREAD if fault else PlanDoubtKind.UNDATED
        reading.doubts.append(Doubt(row, "Timeline", period.label, kind))
    return period


def _add_activity(step: ActivityRow, position: int, names: Names, item_id: str, reading: PaperReading) -> None:
    """Enter an activity and those responsible in `names.rows`; words that are no period are kept, with a doubt."""
    period = read_timeline(step.row, step.timeline, reading)
    activity_id = names.rows.add(
        Activity,
        work_item_id=item_id,
        position=position,
        description=step.description,
        remarks=step.remarks,
        **columns_of(period),
        status=ActivityStatus.NOT_STARTED,
        printed=amending.printed_of(step)._asdict(),
    )
    reading.added.append((activity_id, step.description))
    entries = [entry for label in step.responsible for entry in entries_of(label, names)]
    for place, entry in enumerate(entries, start=1):
        meant = names.find(entry)
        if not (meant.party_id or meant.body_id or entry.function or _is_general(entry.label)):
            reading.doubts.append(Doubt(step.row, "Responsible", entry.label, PlanDoubtKind.UNLINKED))
        names.rows.add(
            Responsible,
            activity_id=activity_id,
            position=place,
            label=entry.label,
            **meant._asdict(),
            function=entry.function,
        )


def _is_general(label: str) -> bool:
    """Return whether a label means many at once ("interested Members and stakeholders")."""
    return any(label.casefold().endswith(words) for words in GENERAL)


@dataclass
class Groups:
    """The intersessional groups of a body on record: (group, party) of its members and coordinators, past ones too."""

    body_id: str
    short_name: str
    members: set[tuple[str, str]]
    coordinators: set[tuple[str, str]]
    titles: dict[str, list[str]] = field(default_factory=dict)
    """The ids of groups by their folded titles."""

    @classmethod
    async def on_record(cls, session: AsyncSession, body_id: str, short_name: str, names: Names) -> "Groups":
        """Read the members and coordinators of the groups of a body, in two statements."""
        members = await queries.members_of_groups(session, body_id)
        groups = cls(body_id, short_name, members, await queries.coordinators_of_groups(session, body_id))
        for (parent_id, _), body in names.groups.items():
            if parent_id == body_id:
                groups.titles.setdefault(fold_name(body.name), []).append(body.id)
        return groups

    def join(self, topic: Topic, reading: PaperReading) -> str | None:
        """Return the group with the title of a topic, None if there is none, or several: a person has to say which."""
        same = self.titles.get(fold_name(topic.title), [])
        if len(same) == 1:
            return same[0]
        alike = [title for title in self.titles if amending.is_alike(title, topic.title)]
        if same or alike:
            reading.doubts.append(Doubt(topic.row, "Topic", topic.title, PlanDoubtKind.UNJOINED))
        return None

    def take(self, groups: Sequence[GroupRow], names: Names, decided_on: date | None, reading: PaperReading) -> None:
        """Enter new groups, coordinators and members in `names.rows`; note what differs in `reading`.

        A coordinator of any capacity, a company too, coordinates; a party that coordinates also takes part. A function
        that has ended and a membership that was left are not entered again.
        """
        for group in groups:
            known: Body | None = names.groups.get((self.body_id, group.number))
            short_name = f"{self.short_name}-{group.number}"
            if known and amending.in_one_line(known.name) != group.title:
                change = (known, short_name, known.name, group.title)
                reading.amendments.append(PaperAmendment(PlanAmendmentKind.CHANGED, group.row, "Item of Work", *change))
            if not known and names.has_body(short_name):
                reading.issues.append(issue_at(group.row, "No.", IssueCode.NAME_TAKEN, name=short_name))
            if known:
                group_id = known.id
            else:
                kind = BodyKind.INTERSESSIONAL_GROUP
                group_id = names.new_body(short_name, group.title, kind, parent_id=self.body_id, number=group.number)
                self.titles.setdefault(fold_name(group.title), []).append(group_id)
            if self._take_parties(group, group_id, names, decided_on) and decided_on is None:
                reading.issues = reading.issues or [Issue("decidedOn", IssueCode.EMPTY)]

    def _take_parties(self, group: GroupRow, group_id: str, names: Names, decided_on: date | None) -> bool:
        """Enter the coordinators and members of one group that are not on record; return whether there are any."""
        before = len(self.coordinators) + len(self.members)
        for name in group.coordinators:
            pair = (group_id, names.party(name) or "")
            if pair not in self.coordinators:
                self.coordinators.add(pair)
                function = {"kind": FunctionKind.COORDINATOR, "starts_on": decided_on}
                names.rows.add(Function, body_id=group_id, party_id=pair[1], **function)
        # A party that left stays in `self.members`: the paper does not bring it back.
        for name in (*group.coordinators, *group.volunteers):
            pair = (group_id, names.party(name) or "")
            if pair not in self.members:
                self.members.add(pair)
                names.rows.add(Membership, body_id=group_id, party_id=pair[1], joined_on=decided_on)
        return len(self.coordinators) + len(self.members) > before
