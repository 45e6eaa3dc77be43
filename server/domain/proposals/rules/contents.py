"""What review cycles, proposals and amendments must be like, and how an amendment is read. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, NamedTuple

from server.documents.labels import label_of
from server.domain.proposals.rules.life import cycle_is_over
from server.domain.texts.rules.provisions import check_cells
from server.kernel.days import check_horizon
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.proposals import AmendmentKind, GroupView
from server.vocabulary.texts import UnitKind
from server.wording.provisions import same_words, without_label
from server.wording.redline import Run, runs_between

TITLE_LIMIT = 300
TEXT_LIMIT = 20_000  # characters of a rationale, a reason or a wording
DEEPEST_LEVEL = 9  # of a heading or an item that is added
LONGEST_NUMBER = 40  # characters of the printed number of a provision that is added
LARGEST_PROPOSAL = 100
"""Amendments of one proposal at most, and parties that join it; larger ones are several proposals."""


class AmendmentContent(NamedTuple):
    """The content of an amendment. `provision_id` and `after_id` are permanent keys; see `server.models.proposals`."""

    kind: AmendmentKind
    provision_id: str | None = None
    after_id: str | None = None
    wording: str | None = None
    unit_kind: UnitKind | None = None
    level: int | None = None
    printed_number: str | None = None


class NumberedWords(NamedTuple):
    """The words of a provision of the version, the number printed before them, and what it is."""

    printed_number: str
    text: str
    kind: UnitKind = UnitKind.PARAGRAPH


class ProposalContent(NamedTuple):
    """The content of a proposal, and the parties that are asked to join it."""

    title: str
    rationale: str
    amendments: tuple[AmendmentContent, ...] = ()
    co_sponsor_ids: tuple[str, ...] = ()
    is_severable: bool = False


def check_cycle(title: str, opens_on: date, closes_on: date | None, today: date) -> list[Issue]:
    """Return every fault of a review cycle.

    It has a title, its days lie within the horizon, and the last one comes neither before the first nor before today.
    """
    issues = check_words("title", title, TITLE_LIMIT)
    issues += check_horizon("opensOn", opens_on) + check_horizon("closesOn", closes_on)
    if cycle_is_over(closes_on, max(opens_on, today)):
        issues.append(Issue("closesOn", IssueCode.DAY_PASSED))
    return issues


def check_words(path: str, words: str, limit: int) -> list[Issue]:
    """Return the fault of words that are missing or too long."""
    if not words.strip():
        return [Issue(path, IssueCode.EMPTY)]
    return [Issue(path, IssueCode.TOO_LONG, limit=limit)] if len(words) > limit else []


def check_proposal(
    content: ProposalContent, proponent: str, known: frozenset[str], standing: Mapping[str, NumberedWords]
) -> list[Issue]:
    """Return every fault of a proposal.

    `known` are the ids of the parties that can join. `standing` gives the provisions of the version by permanent key,
    at least for the keys that the amendments name.
    """
    issues = check_words("title", content.title, TITLE_LIMIT)
    issues += check_words("rationale", content.rationale, TEXT_LIMIT)
    for path, parts in (("amendments", content.amendments), ("coSponsorIds", content.co_sponsor_ids)):
        if len(parts) > LARGEST_PROPOSAL:
            issues.append(Issue(path, IssueCode.TOO_MANY, limit=LARGEST_PROPOSAL))
    for number, amendment in enumerate(content.amendments[:LARGEST_PROPOSAL]):
        issues += check_amendment(f"amendments.{number}", amendment, standing)
    party_ids = {proponent}
    for number, party_id in enumerate(content.co_sponsor_ids[:LARGEST_PROPOSAL]):
        if party_id in party_ids:
            issues.append(Issue(f"coSponsorIds.{number}", IssueCode.PARTY_REPEATED))
        elif party_id not in known:
            issues.append(Issue(f"coSponsorIds.{number}", IssueCode.PARTY_UNFIT))
        party_ids.add(party_id)
    return issues


def check_amendment(path: str, amendment: AmendmentContent, standing: Mapping[str, NumberedWords]) -> list[Issue]:
    """Return every fault of an amendment.

    ADD and MODIFY need a wording, MODIFY one that differs and keeps the cells of a row. All but ADD need a provision of
    the version. MOVE needs the provision after which it shall stand. Nothing may be given that the kind does not use.
    """
    kind, key, _, wording, *_ = amendment
    issues = _check_form(path, amendment)
    if key is None and kind != AmendmentKind.ADD:
        issues.append(Issue(f"{path}.provisionKey", IssueCode.PROVISION_MISSING, kind=str(kind)))
    if key is not None and key not in standing:
        issues.append(Issue(f"{path}.provisionKey", IssueCode.KEY_UNKNOWN))
    issues += _check_after(f"{path}.afterKey", amendment, standing)
    if kind not in (AmendmentKind.ADD, AmendmentKind.MODIFY):
        return (
            issues if wording is None else [*issues, Issue(f"{path}.wording", IssueCode.NOT_FOR_KIND, kind=str(kind))]
        )
    issues += check_words(f"{path}.wording", wording or "", TEXT_LIMIT)
    provision = standing.get(key or "")
    if kind == AmendmentKind.MODIFY and wording and provision and same_words(wording, provision.text):
        issues.append(Issue(f"{path}.wording", IssueCode.NOTHING_CHANGES))
    elif wording and provision and (kind == AmendmentKind.MODIFY or _adds_row(amendment, provision)):
        issues += check_cells(f"{path}.wording", provision.kind, provision.text, wording)
    return issues


def _check_after(path: str, amendment: AmendmentContent, standing: Mapping[str, NumberedWords]) -> list[Issue]:
    """Return the fault of the provision after which something shall stand, one at most: only MOVE names it."""
    kind, key, after, *_ = amendment
    if kind != AmendmentKind.MOVE:
        return [] if after is None else [Issue(path, IssueCode.NOT_FOR_KIND, kind=str(kind))]
    if after is None:
        return [Issue(path, IssueCode.PROVISION_MISSING, kind=str(kind))]
    if after not in standing:
        return [Issue(path, IssueCode.KEY_UNKNOWN)]
    return [Issue(path, IssueCode.AFTER_ITSELF)] if after == key else []


def _adds_row(amendment: AmendmentContent, provision: NumberedWords) -> bool:
    """Return whether an amendment adds a row after a row of a table: it has as many cells as that."""
    return UnitKind.TABLE_ROW is provision.kind and amendment.unit_kind in (None, UnitKind.TABLE_ROW)


def without_labels(content: ProposalContent, standing: Mapping[str, NumberedWords]) -> ProposalContent:
    """Return the content with each new wording of a provision without its printed number, if that was copied along."""
    return content._replace(amendments=tuple(without_number(each, standing) for each in content.amendments))


def without_number(amendment: AmendmentContent, standing: Mapping[str, NumberedWords]) -> AmendmentContent:
    """Return the amendment without a printed number at the beginning of its wording.

    Of MODIFY that is the number of the provision, copied along. Of ADD it is any number: beside numbered provisions the
    new one gets its own from its place, and elsewhere it keeps the one that was written.
    """
    provision, wording = standing.get(amendment.provision_id or ""), amendment.wording
    if amendment.kind == AmendmentKind.MODIFY and provision and wording:
        return amendment._replace(wording=without_label(wording, provision.printed_number))
    if amendment.kind != AmendmentKind.ADD or not wording:
        return amendment
    number, words = label_of(wording)
    if not number or not words.strip():
        return amendment
    is_beside_numbers = provision is not None and provision.printed_number
    written = amendment.printed_number if amendment.printed_number is not None or is_beside_numbers else number
    return amendment._replace(wording=words, printed_number=written)


def _check_form(path: str, amendment: AmendmentContent) -> list[Issue]:
    """Return every fault of what an amendment says about the form of a new provision, which only ADD does."""
    form = {
        "unitKind": amendment.unit_kind,
        "level": amendment.level,
        "printedNumber": amendment.printed_number,
    }
    if amendment.kind != AmendmentKind.ADD:
        superfluous = [name for name, value in form.items() if value is not None]
        return [Issue(f"{path}.{name}", IssueCode.NOT_FOR_KIND, kind=str(amendment.kind)) for name in superfluous]
    issues = []
    if amendment.level is not None and not 0 <= amendment.level <= DEEPEST_LEVEL:
        issues.append(Issue(f"{path}.level", IssueCode.NUMBER_OUT_OF_RANGE, least=0, most=DEEPEST_LEVEL))
    if len(amendment.printed_number or "") > LONGEST_NUMBER:
        issues.append(Issue(f"{path}.printedNumber", IssueCode.TOO_LONG, limit=LONGEST_NUMBER))
    return issues


class AmendedFacts(NamedTuple):
    """What an amendment does, and the words of its provision in the version that it was filed on."""

    kind: AmendmentKind
    wording: str | None
    text: Annotated[str | None, "provision_text.text"]


class CarriedFacts(NamedTuple):
    """What a carried amendment does, and the words of its provision in the version to which it was carried."""

    kind: Annotated[AmendmentKind, "amendment.kind"]
    wording: str | None
    text: Annotated[str | None, "provision_text.text"]


def runs_asked(facts: AmendedFacts | CarriedFacts) -> tuple[Run, ...]:
    """Return the words that an amendment is about with those that it asks for; a provision that it moves is kept."""
    before = "" if facts.kind == AmendmentKind.ADD else facts.text or ""
    if facts.kind == AmendmentKind.MOVE:
        return runs_between(before, before)
    return runs_between(before, facts.wording or "")


def check_view(view: GroupView, reason: str) -> list[Issue]:
    """Return every fault of a view: a reason is required unless the group agrees."""
    if view != GroupView.AGREED:
        return check_words("reason", reason, TEXT_LIMIT)
    return [Issue("reason", IssueCode.TOO_LONG, limit=TEXT_LIMIT)] if len(reason) > TEXT_LIMIT else []
