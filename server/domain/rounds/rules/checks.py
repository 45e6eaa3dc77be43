"""Checks of rounds, comments and dispositions. Each lists every issue, not only the first."""

from datetime import datetime
from typing import NamedTuple

from server.domain.rounds.rules.window import has_closed
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.wording.anchors import Quotation

TEXT_LIMIT = 20_000
"""Longest text of one field of a comment, in characters."""


def check_window(opens_at: datetime, closes_at: datetime, now: datetime) -> list[Issue]:
    """Return every fault of a window: it must close after it opens, and in the future."""
    issues = []
    if closes_at <= opens_at:
        issues.append(Issue("closesAt", IssueCode.CLOSES_BEFORE_OPENING))
    if has_closed(closes_at, now):
        issues.append(Issue("closesAt", IssueCode.CLOSES_IN_PAST))
    return issues


def check_disposition(verdict: DispositionVerdict, reason: str, wording: str | None) -> list[Issue]:
    """Return every fault of a disposition.

    A reason is required unless the verdict is plain acceptance. A modified wording must be given in full, and belongs
    to no other verdict.
    """
    issues = []
    if verdict != DispositionVerdict.ACCEPTED and not reason.strip():
        issues.append(Issue("reason", IssueCode.REASON_MISSING))
    if verdict == DispositionVerdict.ACCEPTED_WITH_MODIFICATION and wording is None:
        issues.append(Issue("wording", IssueCode.WORDING_MISSING))
    if verdict != DispositionVerdict.ACCEPTED_WITH_MODIFICATION and wording is not None:
        issues.append(Issue("wording", IssueCode.WORDING_SUPERFLUOUS))
    return issues


def check_call(title: str, audience: frozenset[Capacity]) -> list[Issue]:
    """Return every fault of a call: it needs a title and a capacity that is not the Secretariat's."""
    issues = []
    if not title.strip():
        issues.append(Issue("title", IssueCode.EMPTY))
    if not audience or Capacity.SECRETARIAT in audience:
        issues.append(Issue("audience", IssueCode.TOO_FEW, allowed=("MEMBER", "OBSERVER", "PRIVATE_SECTOR")))
    return issues


class Content(NamedTuple):
    """The content of a comment. `provision_id` is the provision of the round's version, None for a GENERAL comment.

    `covers_section` says that the comment is on the provision with everything inside it.
    """

    type: CommentType
    text: str
    provision_id: str | None = None
    quotation: Quotation | None = None
    reason: str = ""
    proposed_wording: str | None = None
    covers_section: bool = False


def check_content(content: Content) -> list[Issue]:
    """Return every fault of what a comment says.

    Its words must be within the limit. It needs a provision unless it is GENERAL, and a reason for a wording. On a
    section as a whole it needs a provision, and neither quotes nor proposes words.
    """
    fields = (
        ("text", content.text),
        ("reason", content.reason),
        ("proposedWording", content.proposed_wording or ""),
        ("quotation.exact", content.quotation.exact if content.quotation else ""),
    )
    issues = [Issue(name, IssueCode.TOO_LONG, limit=TEXT_LIMIT) for name, words in fields if len(words) > TEXT_LIMIT]
    if not content.text.strip():
        issues.append(Issue("text", IssueCode.EMPTY))
    if content.provision_id is None and content.type != CommentType.GENERAL:
        issues.append(Issue("provisionId", IssueCode.GENERAL_OR_PROVISION))
    if content.covers_section and (
        content.provision_id is None or content.quotation or content.proposed_wording is not None
    ):
        issues.append(Issue("coversSection", IssueCode.SECTION_AS_WHOLE))
    if content.provision_id is None and (content.quotation or content.proposed_wording is not None):
        issues.append(Issue("provisionId", IssueCode.PROVISION_MISSING, kind="a quotation or a proposed wording"))
    if content.quotation and not content.quotation.exact:
        issues.append(Issue("quotation.exact", IssueCode.EMPTY))
    if content.proposed_wording is not None and not content.reason.strip():
        issues.append(Issue("reason", IssueCode.REASON_MISSING))
    return issues
