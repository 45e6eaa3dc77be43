"""Who nominates and agrees, promises and keeps, contributes and reports in groups; and hands items over. Pure."""

from typing import Any

from server.domain.bodies.mandates import while_engaging
from server.domain.groups.rules.facts import (
    GroupFacts,
    LineFacts,
    NominatingFacts,
    NominationFacts,
    PromiseFacts,
    ReportFacts,
)
from server.domain.groups.rules.promises import (
    has_successor,
    line_goes_on,
    not_nudged,
    while_group_engages,
    while_group_works,
)
from server.kernel.acts import Act, Condition
from server.kernel.conditions import an_officer, leads_body, own_focal_point, own_party, the_secretariat
from server.vocabulary.groups import GROUP_REPORT_LIFECYCLE, NOMINATION_LIFECYCLE, PROMISE_LIFECYCLE

NOMINATING = "Coordinators are parties of any capacity, agreed by the body above and not self-declared (chart of 2018)"
PROMISING = "Volunteers of the intersessional groups of the WGEC say what they will do, and by when"
REPORTING = "The outcome of a group goes to all who take part, and then to the body above it (WGEC, 2018)"
LINES = (
    "The WGEC reported to the Policy Commission on policy, and to the PTC and the Enforcement Committee on technique"
)
HANDING_OVER = "The term of the WGEC ended in June 2020, and the PTC carries its work on"

leads_above: Condition[Any] = Condition(
    "those who lead the body above it", lambda actor, facts: facts.parent_id in actor.leads
)
takes_part: Condition[Any] = Condition(
    "a delegate of a party that takes part in the group",
    lambda actor, facts: not actor.is_secretariat and facts.body_id in actor.bodies | actor.leads,
)

nominate: Act[NominatingFacts] = Act(
    "nominate",
    "nomination.made",
    own_focal_point | leads_above | leads_body | the_secretariat,
    (while_group_engages,),
    NOMINATING,
)
accept_nomination: Act[NominationFacts] = Act(
    "accept_nomination",
    "nomination.accepted",
    own_focal_point,
    (NOMINATION_LIFECYCLE.allows("accept_nomination"),),
    NOMINATING,
)
decline_nomination: Act[NominationFacts] = Act(
    "decline_nomination",
    "nomination.declined",
    own_focal_point,
    (NOMINATION_LIFECYCLE.allows("decline_nomination"),),
    NOMINATING,
)
agree_nomination: Act[NominationFacts] = Act(
    "agree_nomination",
    "nomination.agreed",
    leads_above | an_officer,
    (NOMINATION_LIFECYCLE.allows("agree_nomination"), while_engaging),
    NOMINATING,
)
withdraw_nomination: Act[NominationFacts] = Act(
    "withdraw_nomination",
    "nomination.withdrawn",
    leads_above | the_secretariat,
    (NOMINATION_LIFECYCLE.allows("withdraw_nomination"),),
    NOMINATING,
)
ask_promise: Act[GroupFacts] = Act(
    "ask_promise", "promise.asked", leads_body | the_secretariat, (while_group_engages,), PROMISING
)
make_promise: Act[GroupFacts] = Act("make_promise", "promise.made", takes_part, (while_group_engages,), PROMISING)
accept_promise: Act[PromiseFacts] = Act(
    "accept_promise",
    "promise.accepted",
    own_party,
    (PROMISE_LIFECYCLE.allows("accept_promise"), while_engaging),
    PROMISING,
)
decline_promise: Act[PromiseFacts] = Act(
    "decline_promise", "promise.declined", own_party, (PROMISE_LIFECYCLE.allows("decline_promise"),), PROMISING
)
keep_promise: Act[PromiseFacts] = Act(
    "keep_promise", "promise.kept", own_party, (PROMISE_LIFECYCLE.allows("keep_promise"),), PROMISING
)
hand_back_promise: Act[PromiseFacts] = Act(
    "hand_back_promise", "promise.handed_back", own_party, (PROMISE_LIFECYCLE.allows("hand_back_promise"),), PROMISING
)
nudge_promise: Act[PromiseFacts] = Act(
    "nudge_promise",
    "promise.nudged",
    leads_body | the_secretariat,
    (PROMISE_LIFECYCLE.allows("nudge_promise"), not_nudged),
    PROMISING,
)
contribute: Act[GroupFacts] = Act("contribute", "contribution.made", takes_part, (while_group_engages,), PROMISING)
draft_report: Act[GroupFacts] = Act("draft_report", "group_report.drafted", leads_body, (while_group_works,), REPORTING)
revise_report: Act[ReportFacts] = Act(
    "revise_report",
    "group_report.revised",
    leads_body,
    (GROUP_REPORT_LIFECYCLE.allows("revise_report"),),
    REPORTING,
)
circulate_report: Act[ReportFacts] = Act(
    "circulate_report",
    "group_report.circulated",
    leads_body,
    (GROUP_REPORT_LIFECYCLE.allows("circulate_report"),),
    REPORTING,
)
adopt_report: Act[ReportFacts] = Act(
    "adopt_report",
    "group_report.adopted",
    leads_above | the_secretariat,
    (GROUP_REPORT_LIFECYCLE.allows("adopt_report"),),
    REPORTING,
)
record_reporting_line: Act[GroupFacts] = Act("record_reporting_line", "reporting_line.recorded", an_officer, (), LINES)
end_reporting_line: Act[LineFacts] = Act(
    "end_reporting_line", "reporting_line.ended", an_officer, (line_goes_on,), LINES
)
transfer_items: Act[GroupFacts] = Act("transfer_items", "items.transferred", an_officer, (has_successor,), HANDING_OVER)

ON_BODY = (ask_promise, make_promise, contribute, draft_report, record_reporting_line, transfer_items)
"""The acts that a body offers. Who may nominate depends on the party named, so that no body offers it."""
ON_NOMINATION = (accept_nomination, decline_nomination, agree_nomination, withdraw_nomination)
"""The acts that a nomination offers."""
ON_PROMISE = (accept_promise, decline_promise, keep_promise, hand_back_promise, nudge_promise)
"""The acts that a promise offers."""
ON_REPORT = (revise_report, circulate_report, adopt_report)
"""The acts that the report of a group offers."""
ON_LINE = (end_reporting_line,)
"""The acts that a reporting line offers."""
ACTS = (nominate, *ON_BODY, *ON_NOMINATION, *ON_PROMISE, *ON_REPORT, *ON_LINE)
