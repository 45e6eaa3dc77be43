"""Amendment proposals: when acts are possible, checks, and the status after views and decisions. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, NamedTuple

from server.documents.labels import label_of
from server.domain.texts.rules.provisions import check_cells
from server.kernel.acts import Obstacle
from server.kernel.refusals import Issue, RefusalCode
from server.vocabulary.bodies import ADOPTS, CARRIES, BodyKind, Outcome
from server.vocabulary.proposals import AmendmentKind, CarriedState, GroupView, ProposalStatus
from server.vocabulary.texts import UnitKind, VersionStatus
from server.wording.provisions import same_words, without_label

TITLE_LIMIT = 300
TEXT_LIMIT = 20_000  # characters of a rationale, a reason or a wording
DEEPEST_LEVEL = 9  # of a heading or an item that is added
LONGEST_NUMBER = 40  # characters of the printed number of a provision that is added
LARGEST_PROPOSAL = 100
"""Amendments of one proposal at most, and parties that join it; larger ones are several proposals."""


class CycleFacts(NamedTuple):
    """The facts of a review cycle that its rules look at."""

    opens_on: date
    closes_on: date | None


class DraftingFacts(NamedTuple):
    """The facts about a proposal that is about to be drafted: the version it is on."""

    version_status: VersionStatus


class ProposalFacts(NamedTuple):
    """The facts of a proposal that its rules and policy look at. `body_id` is the group that considers it, if any."""

    status: Annotated[ProposalStatus, "work.status"]
    party_id: str
    body_id: Annotated[str | None, "work.body_id"]
    opens_on: Annotated[date, "cycle.opens_on"]
    closes_on: Annotated[date | None, "cycle.closes_on"]
    approval_path: Annotated[Sequence[str], "cycle.mechanism.approval_path"]
    carried_by: Annotated[Sequence[str], "work.carried_by"]


class CoSponsorFacts(NamedTuple):
    """The facts of a co-sponsorship that its rules and policy look at."""

    status: Annotated[ProposalStatus, "proposal.work.status"]
    party_id: str
    confirmed_at: datetime | None


class AmendmentFacts(NamedTuple):
    """The facts of an amendment that its rules and policy look at: its proposal, and what became of it when carried."""

    status: Annotated[ProposalStatus, "proposal.work.status"]
    party_id: Annotated[str, "proposal.party_id"]
    carried_state: Annotated[CarriedState | None, "carried.state"] = None


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


def conclusion_of(views: Sequence[GroupView]) -> ProposalStatus:
    """Return the status of a proposal by the views on its amendments.

    It is agreed if any amendment is, otherwise deferred if any is, otherwise not agreed.
    """
    if GroupView.AGREED in views:
        return ProposalStatus.AGREED
    return ProposalStatus.DEFERRED if GroupView.DEFERRED in views else ProposalStatus.NOT_AGREED


def next_body_of(path: Sequence[str], carried_by: Sequence[str]) -> BodyKind | None:
    """Return the next body on the approval path, None when every body has carried the proposal."""
    return next((BodyKind(kind) for kind in path if kind not in carried_by), None)


def awaited_body(facts: ProposalFacts) -> BodyKind | None:
    """Return the kind of body that a proposal waits for, None while no body is to decide on it."""
    return next_body_of(facts.approval_path, facts.carried_by) if facts.status == ProposalStatus.AGREED else None


def out_of_turn(facts: ProposalFacts, body: BodyKind) -> Obstacle | None:
    """Refuse a decision of a body that is not next on the approval path."""
    turn = next_body_of(facts.approval_path, facts.carried_by)
    if turn == body:
        return None
    rule = f"The bodies decide in the order of the mechanism: {', '.join(facts.approval_path) or 'none'}."
    words = f"It is the turn of a {turn}" if turn else "No body is left to decide"
    return Obstacle(RefusalCode.WRONG_STATE, f"{words}; this sitting is of a {body}.", rule)


def status_after(outcome: Outcome, body: BodyKind, path: Sequence[str]) -> ProposalStatus:
    """Return the status of a proposal after a body decided.

    Taking note never carries; the last body must approve or adopt.
    """
    if outcome == Outcome.RETURNED:
        return ProposalStatus.UNDER_CONSIDERATION
    if outcome in (Outcome.DEFERRED, Outcome.REFERRED):
        return ProposalStatus.DEFERRED
    return ProposalStatus.APPROVED if body == path[-1] and outcome in ADOPTS else ProposalStatus.AGREED


def carries(outcome: Outcome, body: BodyKind, path: Sequence[str]) -> bool:
    """Return whether a decision counts as the body's step on the approval path."""
    # The last body must approve or adopt; an endorsement carries a proposal past the others only.
    return outcome in (ADOPTS if body == path[-1] else CARRIES)


def cycle_is_open(opens_on: date, closes_on: date | None, today: date) -> bool:
    """Return whether a review cycle takes proposals on a day: its first and its last day are included.

    `queries.is_cycle_open` is the same in SQL.
    """
    return opens_on <= today and not cycle_is_over(closes_on, today)


def cycle_is_over(closes_on: date | None, today: date) -> bool:
    """Return whether the last day of a review cycle is past; a cycle without a last day is never over."""
    return closes_on is not None and closes_on < today


CYCLE_RULE = "A proposal is submitted while its review cycle is open; the first and the last day are included."


def while_cycle_is_open(facts: ProposalFacts, now: datetime) -> Obstacle | None:
    """Refuse to submit unless the review cycle is open. Days are counted in UTC, by the server's clock."""
    if cycle_is_open(facts.opens_on, facts.closes_on, now.date()):
        return None
    if cycle_is_over(facts.closes_on, now.date()):
        return Obstacle(RefusalCode.WRONG_STATE, f"The review cycle closed on {facts.closes_on:%Y-%m-%d}.", CYCLE_RULE)
    words = f"The review cycle opens on {facts.opens_on:%Y-%m-%d}."
    return Obstacle(RefusalCode.WRONG_STATE, words, CYCLE_RULE, datetime.combine(facts.opens_on, time(), UTC))


def version_is_issued(facts: DraftingFacts, now: datetime) -> Obstacle | None:
    """Refuse a proposal on a version that is not issued: amendments need words that stand still."""
    if facts.version_status == VersionStatus.ISSUED:
        return None
    words = f"This version is {facts.version_status}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A proposal is made on an issued version.")


def not_yet_confirmed(facts: CoSponsorFacts, now: datetime) -> Obstacle | None:
    """Refuse to confirm a co-sponsorship twice for the same words."""
    if facts.confirmed_at is None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "This co-sponsorship is confirmed already.")


def while_stale(facts: AmendmentFacts, now: datetime) -> Obstacle | None:
    """Refuse to restate an amendment unless what it is about changed in the version to which it was carried."""
    if facts.carried_state == CarriedState.STALE:
        return None
    words = f"This amendment is {facts.carried_state or 'on the version it was filed on'}, not STALE."
    rule = "An amendment is restated or dropped where what it is about changed in a later version."
    return Obstacle(RefusalCode.WRONG_STATE, words, rule)


def check_cycle(title: str, opens_on: date, closes_on: date | None, today: date) -> list[Issue]:
    """Return every fault of a review cycle.

    It has a title, and its last day comes neither before its first nor before today.
    """
    issues = check_words("title", title, TITLE_LIMIT)
    if cycle_is_over(closes_on, max(opens_on, today)):
        issues.append(Issue("closesOn", "the last day must not come before the first, nor before today"))
    return issues


def check_words(path: str, words: str, limit: int) -> list[Issue]:
    """Return the fault of words that are missing or too long."""
    if not words.strip():
        return [Issue(path, "must not be empty")]
    return [Issue(path, f"at most {limit} characters")] if len(words) > limit else []


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
            issues.append(Issue(path, f"at most {LARGEST_PROPOSAL}"))
    for number, amendment in enumerate(content.amendments[:LARGEST_PROPOSAL]):
        issues += check_amendment(f"amendments.{number}", amendment, standing)
    party_ids = {proponent}
    for number, party_id in enumerate(content.co_sponsor_ids[:LARGEST_PROPOSAL]):
        if party_id in party_ids:
            issues.append(Issue(f"coSponsorIds.{number}", "the proponent itself, or a party named twice"))
        elif party_id not in known:
            issues.append(Issue(f"coSponsorIds.{number}", "there is no such party that could join a proposal"))
        party_ids.add(party_id)
    return issues


def check_amendment(path: str, amendment: AmendmentContent, standing: Mapping[str, NumberedWords]) -> list[Issue]:
    """Return every fault of an amendment.

    ADD and MODIFY need a wording, MODIFY one that differs and keeps the cells of a row. All but ADD need a provision of
    the version. MOVE needs the provision after which it shall stand. Nothing may be given that the kind does not use.
    """
    kind, key, after, wording, *_ = amendment
    issues = _check_form(path, amendment)
    if key is None and kind != AmendmentKind.ADD:
        issues.append(Issue(f"{path}.provisionId", f"{kind} needs the provision"))
    for name, provision_key in (("provisionId", key), ("afterId", after)):
        if provision_key is not None and provision_key not in standing:
            issues.append(Issue(f"{path}.{name}", "this is not the permanent key of a provision of the version"))
    if kind == AmendmentKind.MOVE and after is None:
        issues.append(Issue(f"{path}.afterId", "MOVE needs the provision after which it shall stand"))
    if kind == AmendmentKind.MOVE and after is not None and after == key:
        issues.append(Issue(f"{path}.afterId", "a provision cannot stand after itself"))
    if kind != AmendmentKind.MOVE and after is not None:
        issues.append(Issue(f"{path}.afterId", f"{kind} has no new place"))
    if kind not in (AmendmentKind.ADD, AmendmentKind.MODIFY):
        return issues if wording is None else [*issues, Issue(f"{path}.wording", f"{kind} has no wording")]
    issues += check_words(f"{path}.wording", wording or "", TEXT_LIMIT)
    provision = standing.get(key or "")
    if kind == AmendmentKind.MODIFY and wording and provision and same_words(wording, provision.text):
        issues.append(Issue(f"{path}.wording", "these are the words that stand there already"))
    elif wording and provision and (kind == AmendmentKind.MODIFY or _adds_row(amendment, provision)):
        issues += check_cells(f"{path}.wording", provision.kind, provision.text, wording)
    return issues


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
        return [Issue(f"{path}.{name}", f"{amendment.kind} makes no new provision") for name in superfluous]
    issues = []
    if amendment.level is not None and not 0 <= amendment.level <= DEEPEST_LEVEL:
        issues.append(Issue(f"{path}.level", f"0 to {DEEPEST_LEVEL}"))
    if len(amendment.printed_number or "") > LONGEST_NUMBER:
        issues.append(Issue(f"{path}.printedNumber", f"at most {LONGEST_NUMBER} characters"))
    return issues


def check_view(view: GroupView, reason: str) -> list[Issue]:
    """Return every fault of a view: a reason is required unless the group agrees."""
    if view != GroupView.AGREED:
        return check_words("reason", reason, TEXT_LIMIT)
    return [Issue("reason", f"at most {TEXT_LIMIT} characters")] if len(reason) > TEXT_LIMIT else []
