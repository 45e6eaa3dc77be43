"""When a party signs a comment of another party, and what is said of those that have not. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from server.domain.rounds.rules.facts import CoSignatureFacts, PartyMarkFacts
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.kernel.saying import end_sentence, say_state
from server.vocabulary.rounds import UNDISPOSED, CommentStatus
from server.vocabulary.threads import JOINING, CoSignatureState

MOST_CO_SIGNERS = 50
"""Parties that may be asked to sign one comment."""
SIGNING_RULE = "Every party asked signs through its own focal point before the comment is filed, or is left out."
DRAFT_RULE = "A party signs a comment while it is a draft."


class AskedParty(NamedTuple):
    """A party that was asked to sign, by its short name, and what it has answered."""

    party_id: str
    name: str
    state: CoSignatureState


def while_unsigned(facts: CoSignatureFacts, now: datetime) -> Obstacle | None:
    """Refuse to sign twice for the same words, or to sign what is no draft any more."""
    if facts.comment_status != CommentStatus.DRAFT:
        return Obstacle(RefusalCode.WRONG_STATE, f"This comment is {say_state(facts.comment_status)}.", DRAFT_RULE)
    if facts.state == CoSignatureState.CONFIRMED:
        return Obstacle(RefusalCode.ALREADY_DONE, "Your party has signed these words already.")
    return None


def while_joining(facts: CoSignatureFacts, now: datetime) -> Obstacle | None:
    """Refuse to decline twice, or what is no draft any more."""
    if facts.comment_status != CommentStatus.DRAFT:
        return Obstacle(RefusalCode.WRONG_STATE, f"This comment is {say_state(facts.comment_status)}.", DRAFT_RULE)
    if facts.state not in JOINING:
        return Obstacle(RefusalCode.ALREADY_DONE, "Your party has declined already.")
    return None


def while_undisposed(facts: PartyMarkFacts, now: datetime) -> Obstacle | None:
    """Refuse to take a mark back once the comment is answered, withdrawn or revised."""
    if facts.comment_status in UNDISPOSED:
        return None
    words = f"This comment is {say_state(facts.comment_status)}; the mark stays with what it was made on."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A mark is taken back until its comment is answered.")


def check_co_signers(party_ids: Sequence[str], own_id: str, addressed: frozenset[str]) -> list[Issue]:
    """Return every fault of the parties that are asked to sign: `addressed` are those that the round addresses."""
    if len(party_ids) > MOST_CO_SIGNERS:
        return [Issue("coSignerIds", IssueCode.TOO_MANY, limit=MOST_CO_SIGNERS)]
    issues, named = [], {own_id}
    for number, party_id in enumerate(party_ids):
        if party_id in named:
            issues.append(Issue(f"coSignerIds.{number}", IssueCode.PARTY_REPEATED))
        elif party_id not in addressed:
            issues.append(Issue(f"coSignerIds.{number}", IssueCode.PARTY_UNFIT))
        named.add(party_id)
    return issues


def name_missing(asked: Sequence[AskedParty]) -> str | None:
    """Return in words which parties have not signed, None if all have."""
    silent = [each.name for each in asked if each.state == CoSignatureState.ASKED]
    declined = [each.name for each in asked if each.state == CoSignatureState.DECLINED]
    if not silent and not declined:
        return None
    parts = [end_sentence(f"Declined by {', '.join(sorted(declined))}")] if declined else []
    parts += [end_sentence(f"Not signed yet by {', '.join(sorted(silent))}")] if silent else []
    return f"{' '.join(parts)} {'Leave them out, or wait.' if silent else 'Leave them out.'}"
