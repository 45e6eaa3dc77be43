"""Checks of rounds, comments and dispositions. Each lists every issue, not only the first."""

from datetime import datetime
from typing import NamedTuple

from server.domain.rounds.rules.window import has_closed
from server.kernel.actor import Capacity
from server.kernel.refusals import Issue
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.wording.anchors import Quotation

TEXT_LIMIT = 20_000
"""Longest text of one field of a comment, in characters."""


def check_window(opens_at: datetime, closes_at: datetime, now: datetime) -> list[Issue]:
    """Return every fault of a window: it must close after it opens, and in the future."""
    issues = []
    if closes_at <= opens_at:
        issues.append(Issue("closesAt", "the closing instant must come after the opening instant"))
    if has_closed(closes_at, now):
        issues.append(Issue("closesAt", "the closing instant must lie in the future"))
    return issues


def check_disposition(verdict: DispositionVerdict, reason: str, wording: str | None) -> list[Issue]:
    """Return every fault of a disposition.

    A reason is required unless the verdict is plain acceptance. A modified wording must be given in full, and belongs
    to no other verdict.
    """
    issues = []
    if verdict != DispositionVerdict.ACCEPTED and not reason.strip():
        issues.append(Issue("reason", f"a reason is required for {verdict}"))
    if verdict == DispositionVerdict.ACCEPTED_WITH_MODIFICATION and wording is None:
        issues.append(Issue("wording", "give the wording that is accepted"))
    if verdict != DispositionVerdict.ACCEPTED_WITH_MODIFICATION and wording is not None:
        issues.append(Issue("wording", "a wording belongs to ACCEPTED_WITH_MODIFICATION only"))
    return issues


def check_call(title: str, audience: frozenset[Capacity]) -> list[Issue]:
    """Return every fault of a call: it needs a title and a capacity that is not the Secretariat's."""
    issues = []
    if not title.strip():
        issues.append(Issue("title", "must not be empty"))
    if not audience or Capacity.SECRETARIAT in audience:
        issues.append(Issue("audience", "name at least one of MEMBER, OBSERVER and PRIVATE_SECTOR"))
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
    issues = [Issue(name, f"at most {TEXT_LIMIT} characters") for name, words in fields if len(words) > TEXT_LIMIT]
    if not content.text.strip():
        issues.append(Issue("text", "must not be empty"))
    if content.provision_id is None and content.type != CommentType.GENERAL:
        issues.append(Issue("provisionId", "name the provision, or make the comment GENERAL"))
    if content.covers_section and (
        content.provision_id is None or content.quotation or content.proposed_wording is not None
    ):
        message = "a comment on a section as a whole names its first provision, and neither quotes nor proposes words"
        issues.append(Issue("coversSection", message))
    if content.provision_id is None and (content.quotation or content.proposed_wording is not None):
        issues.append(Issue("provisionId", "a quotation or a proposed wording needs a provision"))
    if content.quotation and not content.quotation.exact:
        issues.append(Issue("quotation.exact", "must not be empty"))
    if content.proposed_wording is not None and not content.reason.strip():
        issues.append(Issue("reason", "give the reason for the proposed wording"))
    return issues
