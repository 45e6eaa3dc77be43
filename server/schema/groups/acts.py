"""Acts on nominations, promises, contributions and reports of groups; reporting lines and transfers."""

from typing import Any

import strawberry

from server.domain.groups import policy
from server.domain.groups.actions import nominating, promising, reporting, succeeding
from server.schema.bodies.acts import BODY_ID, GROUP_ID, WHY, BodyFact
from server.schema.groups.types import Contribution, GroupPromise, GroupReport, Nomination, ReportingLine
from server.schema.mutations import act_field
from server.schema.reads.roots import fact

NOMINATION_ID = "Id of the nomination."
PROMISE_ID = "Id of the promise."
REPORT_ID = "Id of the report."
PROMISED: dict[str, Any] = {
    "text": "What is promised, at most 500 characters, such as 'comments on section 4'.",
    "due_at": "Last instant, in the future.",
    "zone": "Time zone in which that is said.",
}
WRITING: dict[str, Any] = {"title": "Title, at most 300 characters.", "text": "In words, at most 20,000 characters."}


@strawberry.type
class NominationFact:
    """What every fact about a nomination shows."""

    subject_id: strawberry.Private[str]
    nomination: Nomination = fact("The nomination as it stands now.")


@strawberry.type
class PromiseFact:
    """What every fact about a promise shows."""

    subject_id: strawberry.Private[str]
    promise: GroupPromise = fact("The promise as it stands now.")


@strawberry.type
class ContributionFact:
    """What a fact about a contribution shows."""

    subject_id: strawberry.Private[str]
    contribution: Contribution = fact("The contribution.")


@strawberry.type
class GroupReportFact:
    """What every fact about the report of a group shows."""

    subject_id: strawberry.Private[str]
    report: GroupReport = fact("The report as it stands now.")


@strawberry.type
class LineFact:
    """What every fact about a reporting line shows."""

    subject_id: strawberry.Private[str]
    line: ReportingLine = fact("The reporting line as it stands now.")


@strawberry.type
class GroupMutations:
    """Acts on nominations, promises, contributions and reports of groups; reporting lines and transfers."""

    nominate = act_field(
        policy.nominate,
        nominating.nominate,
        "Name a party of any capacity for a function in a group. A party that names itself has accepted.",
        about="A party for a function in a group.",
        body_id=GROUP_ID,
        party_id="Id of the party.",
        delegate_id="Id of the delegate whom it would send; without it any of its delegates.",
        kind="Which function it is.",
        starts_on="First day of the function.",
        ends_on="Last day of the function; without it no end is set.",
        outcome="A party was named for a function.",
        answer=NominationFact,
    )
    accept_nomination = act_field(
        policy.accept_nomination,
        nominating.accept_nomination,
        "Accept a nomination of the own party. The body above the group still agrees.",
        about="A nomination to accept.",
        nomination_id=NOMINATION_ID,
        outcome="A party accepted a nomination.",
        answer=NominationFact,
    )
    decline_nomination = act_field(
        policy.decline_nomination,
        nominating.decline_nomination,
        "Decline a nomination of the own party, with a reason.",
        about="A nomination to decline.",
        nomination_id=NOMINATION_ID,
        reason="Why; those inside the group and above it see it.",
        outcome="A party declined a nomination.",
        answer=NominationFact,
    )
    agree_nomination = act_field(
        policy.agree_nomination,
        nominating.agree_nomination,
        "Record that the body above agreed. The party holds the function from then on.",
        about="A nomination that was agreed.",
        nomination_id=NOMINATION_ID,
        outcome="A nomination was agreed; the party holds the function.",
        answer=NominationFact,
    )
    withdraw_nomination = act_field(
        policy.withdraw_nomination,
        nominating.withdraw_nomination,
        "Take a nomination back, or record that the body above did not agree, with a reason.",
        about="A nomination to take back.",
        nomination_id=NOMINATION_ID,
        reason=WHY,
        outcome="A nomination was taken back.",
        answer=NominationFact,
    )
    ask_promise = act_field(
        policy.ask_promise,
        promising.ask_promise,
        "Ask a party for something by an instant. It accepts or declines.",
        about="Something to ask a party for.",
        body_id=GROUP_ID,
        party_id="Id of the party that is asked.",
        **PROMISED,
        outcome="A party is asked for a promise.",
        answer=PromiseFact,
    )
    make_promise = act_field(
        policy.make_promise,
        promising.make_promise,
        "Promise something to a group by an instant, for the own party.",
        about="Something to promise.",
        body_id=GROUP_ID,
        **PROMISED,
        outcome="A party made a promise.",
        answer=PromiseFact,
    )
    accept_promise = act_field(
        policy.accept_promise,
        promising.accept_promise,
        "Promise what the own party was asked for.",
        about="A promise to accept.",
        promise_id=PROMISE_ID,
        outcome="A party promised what it was asked for.",
        answer=PromiseFact,
    )
    decline_promise = act_field(
        policy.decline_promise,
        promising.decline_promise,
        "Decline to promise what the own party was asked for, with a reason.",
        about="A promise to decline.",
        promise_id=PROMISE_ID,
        reason="Why; those inside the group and above it see it.",
        outcome="A party declined to promise something.",
        answer=PromiseFact,
    )
    keep_promise = act_field(
        policy.keep_promise,
        promising.keep_promise,
        "Say that the own party kept its promise, by a contribution if one is named.",
        about="A promise that was kept.",
        promise_id=PROMISE_ID,
        contribution_id="Id of the contribution by which it was kept; may be left out.",
        outcome="A promise was kept.",
        answer=PromiseFact,
    )
    hand_back_promise = act_field(
        policy.hand_back_promise,
        promising.hand_back_promise,
        "Hand a promise back that the own party cannot keep, with a reason.",
        about="A promise to hand back.",
        promise_id=PROMISE_ID,
        reason="Why; those inside the group and above it see it.",
        outcome="A promise was handed back.",
        answer=PromiseFact,
    )
    nudge_promise = act_field(
        policy.nudge_promise,
        promising.nudge_promise,
        "Nudge a party about its promise, once.",
        about="A promise to nudge a party about.",
        promise_id=PROMISE_ID,
        outcome="A party was nudged about its promise.",
        answer=PromiseFact,
    )
    contribute = act_field(
        policy.contribute,
        promising.contribute,
        "Contribute to the work of a group, for the own party. It never changes.",
        about="A contribution to the work of a group.",
        body_id=GROUP_ID,
        **WRITING,
        text_version_id="Id of the version of a text that it is about; may be left out.",
        outcome="A party contributed to the work of a group.",
        answer=ContributionFact,
    )
    draft_report = act_field(
        policy.draft_report,
        reporting.draft_report,
        "Draft a report of a group, which those who lead it see.",
        about="A report to draft.",
        body_id=GROUP_ID,
        **WRITING,
        outcome="A report of a group was drafted.",
        answer=GroupReportFact,
    )
    revise_report = act_field(
        policy.revise_report,
        reporting.revise_report,
        "Write a drafted report anew.",
        about="What a drafted report says from now on.",
        report_id=REPORT_ID,
        **WRITING,
        outcome="A drafted report was written anew.",
        answer=GroupReportFact,
    )
    circulate_report = act_field(
        policy.circulate_report,
        reporting.circulate_report,
        "Send a report to all who take part in the group. Its words are fixed from then on.",
        about="A report to circulate.",
        report_id=REPORT_ID,
        outcome="A report went to all who take part in the group.",
        answer=GroupReportFact,
    )
    adopt_report = act_field(
        policy.adopt_report,
        reporting.adopt_report,
        "Record that a circulated report was adopted, at a sitting if one is named.",
        about="A report that was adopted.",
        report_id=REPORT_ID,
        sitting_id="Id of the sitting at which it was adopted; may be left out.",
        outcome="A report of a group was adopted.",
        answer=GroupReportFact,
    )
    record_reporting_line = act_field(
        policy.record_reporting_line,
        succeeding.record_reporting_line,
        "Record a further body that a body reports to, and on what.",
        about="A further body that a body reports to.",
        body_id=BODY_ID,
        superior_id="Id of the body that it reports to.",
        topic="What it reports on, at most 200 characters, such as 'policy'.",
        starts_on="First day.",
        outcome="A reporting line was recorded.",
        answer=LineFact,
    )
    end_reporting_line = act_field(
        policy.end_reporting_line,
        succeeding.end_reporting_line,
        "End a reporting line after a day, today or earlier, with a reason.",
        about="A reporting line to end.",
        reporting_line_id="Id of the reporting line.",
        ended_on="Last day, today or earlier.",
        reason=WHY,
        outcome="A reporting line was ended; it stays on record.",
        answer=LineFact,
        unlocked="a reporting line ends once",
    )
    transfer_items = act_field(
        policy.transfer_items,
        succeeding.transfer_items,
        "Hand all open items of a body to its successor: topics of work plans with their open activities, proposals "
        "under consideration, open promises, and the approval of milestones. Topics that another group has stay with "
        "it. Rounds keep the body that called them; the trace names them.",
        about="A body of which the open items go to its successor.",
        body_id=BODY_ID,
        reason=WHY,
        outcome="The open items of a body went to its successor.",
        answer=BodyFact,
    )
