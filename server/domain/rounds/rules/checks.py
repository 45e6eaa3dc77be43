"""Checks of rounds, comments and dispositions. Each lists every issue, not only the first."""

from datetime import datetime, timedelta
from typing import NamedTuple

from server.domain.rounds.rules.window import has_closed
from server.domain.texts.rules.provisions import check_language
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.vocabulary.texts import UnitKind
from server.wording.anchors import Quotation

TEXT_LIMIT = 20_000
"""Longest text of one field of a comment, in characters."""


LONGEST = timedelta(days=3_653)
"""How far ahead a round may close. An instant at the end of the calendar cannot be given in every zone."""


def check_window(opens_at: datetime, closes_at: datetime, now: datetime) -> list[Issue]:
    """Return every fault of a window: it must close after it opens, in the future, and within ten years."""
    issues = []
    until = now + LONGEST
    if has_closed(until, closes_at):
        issues.append(Issue("closesAt", IssueCode.INSTANT_OUT_OF_RANGE, since=now.isoformat(), until=until.isoformat()))
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


class AddedProvision(NamedTuple):
    """A new provision that a comment asks for: what it is, its title if it is a heading, and its words."""

    kind: UnitKind
    title: str | None
    words: str


class Content(NamedTuple):
    """The content of a comment. `provision_id` is the provision of the round's version, None for a GENERAL comment.

    `covers_section` says that the comment is on the provision with everything inside it, `cell` that it is on one cell
    of a row, by its number. An `addition` shall stand after the provision, at the beginning without one. `language` is
    a tag, None for that of the person. `co_signer_ids` are the parties that are asked to sign it, too, None for those
    that are asked already.
    """

    type: CommentType
    text: str
    provision_id: str | None = None
    quotation: Quotation | None = None
    reason: str = ""
    proposed_wording: str | None = None
    covers_section: bool = False
    cell: int | None = None
    addition: AddedProvision | None = None
    language: str | None = None
    co_signer_ids: tuple[str, ...] | None = None


HEADINGS = frozenset(
    {
        *(UnitKind.TITLE, UnitKind.PRINCIPLE, UnitKind.STANDARD, UnitKind.SECTION, UnitKind.ARTICLE, UnitKind.ANNEX),
        UnitKind.HEADING,
    }
)
"""Kinds of provisions that have a title."""
WORDED = frozenset({CommentType.EDITORIAL, CommentType.LINGUISTIC})
"""Types of comments that are settled without a discussion, and therefore say how the words should read."""


def check_content(content: Content) -> list[Issue]:
    """Return every fault of what a comment says.

    Its words must be within the limit. It needs a provision unless it is GENERAL, and a reason for a wording. An
    EDITORIAL or LINGUISTIC one says how the words should read, unless it is on a section as a whole; a QUESTION
    proposes no words. On a section it needs a provision, and neither quotes nor proposes words.
    """
    added = content.addition
    fields = (
        ("text", content.text),
        ("reason", content.reason),
        ("proposedWording", content.proposed_wording or ""),
        ("quotation.exact", content.quotation.exact if content.quotation else ""),
        ("newProvision.title", (added and added.title) or ""),
        ("newProvision.words", added.words if added else ""),
    )
    issues = [Issue(name, IssueCode.TOO_LONG, limit=TEXT_LIMIT) for name, words in fields if len(words) > TEXT_LIMIT]
    if not content.text.strip():
        issues.append(Issue("text", IssueCode.EMPTY))
    issues += _check_place(content)
    if content.quotation and not content.quotation.exact:
        issues.append(Issue("quotation.exact", IssueCode.EMPTY))
    has_words = content.proposed_wording is not None or added is not None
    if has_words and not content.reason.strip():
        issues.append(Issue("reason", IssueCode.REASON_MISSING))
    if content.type in WORDED and content.provision_id and not has_words and not content.covers_section:
        issues.append(Issue("proposedWording", IssueCode.TYPE_NEEDS_WORDING, kind=str(content.type)))
    if content.type == CommentType.QUESTION and has_words:
        path = "newProvision" if added else "proposedWording"
        issues.append(Issue(path, IssueCode.NOT_FOR_KIND, kind=str(content.type)))
    if content.language is not None:
        issues += check_language(content.language)
    return issues + (_check_addition(content, added) if added else [])


def _check_place(content: Content) -> list[Issue]:
    """Return every fault of what a comment says about its place."""
    issues = []
    if content.provision_id is None and content.type != CommentType.GENERAL and content.addition is None:
        issues.append(Issue("provisionId", IssueCode.GENERAL_OR_PROVISION))
    has_words = content.quotation or content.cell is not None or content.proposed_wording is not None
    if content.covers_section and (content.provision_id is None or has_words):
        issues.append(Issue("coversSection", IssueCode.SECTION_AS_WHOLE))
    if content.provision_id is None and has_words:
        kind = "a quotation, a cell or a proposed wording"
        issues.append(Issue("provisionId", IssueCode.PROVISION_MISSING, kind=kind))
    return issues


def _check_addition(content: Content, added: AddedProvision) -> list[Issue]:
    """Return every fault of a new provision: it stands alone, and has a title if it is a heading, else words."""
    issues = []
    if content.quotation or content.proposed_wording is not None or content.cell is not None or content.covers_section:
        issues.append(Issue("newProvision", IssueCode.ADDITION_ALONE))
    is_heading = added.kind in HEADINGS
    if is_heading and not (added.title or "").strip():
        issues.append(Issue("newProvision.title", IssueCode.EMPTY))
    if not is_heading and added.title is not None:
        issues.append(Issue("newProvision.title", IssueCode.NOT_FOR_KIND, kind=str(added.kind)))
    if not is_heading and not added.words.strip():
        issues.append(Issue("newProvision.words", IssueCode.EMPTY))
    return issues
