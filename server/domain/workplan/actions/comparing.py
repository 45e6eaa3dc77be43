"""Comparing a paper with the records: the rows that are new, and the issues where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.work_plan import ActivityRow, GroupRow, Topic
from server.domain.workplan import queries, rules
from server.domain.workplan.actions.names import Names, entries_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue, Plain
from server.models.bodies import Function, Membership
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.workplan import ActivityStatus


def issue_at(row: int, column: str, code: IssueCode, **parameters: Plain) -> Issue:
    """Return the fault of a place in a paper; row 0 is the paper as a whole."""
    place: dict[str, Plain] = {"row": row, "column": column} if row else {}
    return Issue("markdown", code, **place, **parameters)


class OnRecord(Protocol):
    """The part of an activity that is compared: nothing that people change afterwards."""

    description: str
    baseline_label: str
    remarks: str


def differences(known: OnRecord, labels: Sequence[str], step: ActivityRow) -> list[Issue]:
    """Return every difference of a row from the activity that was read from the same place before.

    A timeline is compared with the baseline: a later one is a re-dating, which needs a reason.
    """
    pairs = (
        ("Activity", known.description, step.description),
        ("Responsible", ", ".join(dict.fromkeys(labels)), ", ".join(dict.fromkeys(step.responsible))),
        ("Timeline", known.baseline_label, step.timeline.strip()),
        ("Remarks", known.remarks, step.remarks),
    )
    return [issue_at(step.row, column, _code_of(column), was=was) for column, was, says in pairs if was != says]


def _code_of(column: str) -> IssueCode:
    """Return the code for a column that differs from the record: a period can be dated anew."""
    return IssueCode.ON_RECORD_PERIOD if column == "Timeline" else IssueCode.ON_RECORD


@dataclass
class Topics:
    """The topics of a plan on record."""

    items: Mapping[int, WorkItem] = field(default_factory=dict)
    activities: Mapping[tuple[str, int], Activity] = field(default_factory=dict)
    labels: Mapping[str, list[str]] = field(default_factory=dict)

    @classmethod
    async def on_record(cls, session: AsyncSession, plan: WorkPlan | None) -> "Topics":
        """Read the topics of a plan, its activities by topic and place and those responsible, in three statements."""
        if plan is None:
            return cls()
        labels: dict[str, list[str]] = {}
        for responsible in await queries.responsibles_of(session, plan.id):
            labels.setdefault(responsible.activity_id, []).append(responsible.label)
        return cls(
            {item.number: item for item in await queries.items_of(session, plan.id)},
            {(step.work_item_id, step.position): step for step in await queries.activities_of(session, plan.id)},
            labels,
        )

    def take(self, topics: Sequence[Topic], names: Names, plan_id: str) -> list[Issue]:
        """Enter new topics and activities in `names.rows`; return every issue of what differs or cannot be read."""
        issues: list[Issue] = []
        for topic in topics:
            item = self.items.get(topic.number)
            if item and item.title != topic.title:
                issues.append(issue_at(topic.activities[0].row, "Topic", IssueCode.ON_RECORD, was=item.title))
            values = {"plan_id": plan_id, "number": topic.number, "title": topic.title}
            item_id = item.id if item else names.rows.add(WorkItem, **values)
            for position, step in enumerate(topic.activities, start=1):
                known = self.activities.get((item_id, position))
                if known:
                    issues += differences(known, self.labels.get(known.id, []), step)
                else:
                    issues += _add_activity(step, position, names, item_id)
        return issues


def _add_activity(step: ActivityRow, position: int, names: Names, item_id: str) -> list[Issue]:
    """Enter an activity and those responsible in `names.rows`; return every issue of its timeline."""
    period, fault = rules.period_of(step.timeline)
    issues = [issue_at(step.row, "Timeline", IssueCode.UNREADABLE, why=fault)] if fault else []
    activity_id = names.rows.add(
        Activity,
        work_item_id=item_id,
        position=position,
        description=step.description,
        remarks=step.remarks,
        earliest=period.earliest,
        latest=period.latest,
        label=period.label,
        baseline_earliest=period.earliest,
        baseline_latest=period.latest,
        baseline_label=period.label,
        status=ActivityStatus.NOT_STARTED,
    )
    entries = [entry for label in step.responsible for entry in entries_of(label, names.is_party)]
    for place, entry in enumerate(entries, start=1):
        names.rows.add(
            Responsible,
            activity_id=activity_id,
            position=place,
            label=entry.label,
            party_id=names.party(entry.name),
            body_id=names.body(entry.name),
            function=entry.function,
        )
    return issues


@dataclass
class Groups:
    """The intersessional groups of a body on record: (group, party) of its members and coordinators, past ones too."""

    body_id: str
    short_name: str
    members: set[tuple[str, str]]
    coordinators: set[tuple[str, str]]

    @classmethod
    async def on_record(cls, session: AsyncSession, body_id: str, short_name: str) -> "Groups":
        """Read the members and coordinators of the groups of a body, in two statements."""
        members = await queries.members_of_groups(session, body_id)
        return cls(body_id, short_name, members, await queries.coordinators_of_groups(session, body_id))

    def take(self, groups: Sequence[GroupRow], names: Names, decided_on: date) -> list[Issue]:
        """Enter new groups, coordinators and members in `names.rows`; return every issue of what differs.

        A coordinator of any capacity, a company too, coordinates; a party that coordinates also takes part. A function
        that has ended and a membership that was left are not entered again.
        """
        issues: list[Issue] = []
        for group in groups:
            known = names.groups.get((self.body_id, group.number))
            short_name = f"{self.short_name}-{group.number}"
            if known and known.name != group.title:
                issues.append(issue_at(group.row, "Item of Work", IssueCode.ON_RECORD, was=known.name))
            if not known and names.has_body(short_name):
                issues.append(issue_at(group.row, "No.", IssueCode.NAME_TAKEN, name=short_name))
            if known:
                group_id = known.id
            else:
                kind = BodyKind.INTERSESSIONAL_GROUP
                group_id = names.new_body(short_name, group.title, kind, parent_id=self.body_id, number=group.number)
            self._take_parties(group, group_id, names, decided_on)
        return issues

    def _take_parties(self, group: GroupRow, group_id: str, names: Names, decided_on: date) -> None:
        """Enter the coordinators and members of one group that are not on record."""
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
