"""When a reply is possible and what it must be like, and how much alike two comments are. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, NamedTuple

from rapidfuzz import fuzz, utils

from server.domain.rounds.rules.facts import CommentFacts
from server.domain.rounds.rules.window import has_closed, phase_of
from server.domain.texts.rules.provisions import check_language
from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.rounds import UNDISPOSED, RoundPhase, RoundVisibility

REPLY_LIMIT = 4_000
"""Longest reply, in characters."""
MOST_REPLIES = 20
"""Replies of one party under one comment, those that it took back included."""
ALIKE = 80.0
"""Least likeness of the words of two comments that are shown as alike, 0 to 100."""
COMPARED_WORDS = 2_000
"""Characters of a comment that are compared: the time grows with the product of both lengths."""
LARGEST_GROUND = 300
"""Comments on one provision that are compared with each other: the time grows with the square."""
REPLY_RULE = "Replies are written under a filed comment from when others see it until it is answered."


class ReplyFacts(NamedTuple):
    """The facts of a reply that its rules and policy look at."""

    party_id: str
    taken_back_at: datetime | None


class TraceFacts(NamedTuple):
    """The words of a reply, and whether it was taken back."""

    text: str
    taken_back_at: Annotated[datetime | None, "taken_back_at"]


def while_replies_are_taken(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse replies to what is not filed or is answered, and in a sealed round before its closing instant."""
    phase = phase_of(facts, now)
    if phase in (RoundPhase.CANCELLED, RoundPhase.COMPLETED, RoundPhase.REPORTED):
        return Obstacle(RefusalCode.ROUND_CLOSED, f"The round is {say_state(phase)}.", REPLY_RULE)
    if facts.visibility == RoundVisibility.AFTER_CLOSE and not has_closed(facts.closes_at, now):
        reason = Reason(ReasonCode.ROUND_SEALED, facts.closes_at, facts.zone)
        return hinder(RefusalCode.ROUND_NOT_OPEN, reason, REPLY_RULE, facts.closes_at)
    if facts.status not in UNDISPOSED:
        return Obstacle(RefusalCode.WRONG_STATE, f"This comment is {say_state(facts.status)}.", REPLY_RULE)
    return None


def while_reply_stands(facts: ReplyFacts, now: datetime) -> Obstacle | None:
    """Refuse to take a reply back twice."""
    if facts.taken_back_at is None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "This reply was taken back already.")


def check_reply(text: str, language: str | None) -> list[Issue]:
    """Return every fault of a reply: it has words within the limit, in a language."""
    issues = [] if language is None else check_language(language)
    if not 1 <= len(text.strip()) <= REPLY_LIMIT:
        issues.append(Issue("text", IssueCode.LENGTH, limit=REPLY_LIMIT))
    return issues


def words_of(facts: TraceFacts) -> str | None:
    """Return the words of a reply; None of one that was taken back, which leaves its place in the thread."""
    return None if facts.taken_back_at else facts.text


class Said(NamedTuple):
    """What a comment says: its text with the wording that it proposes, prepared for comparing."""

    id: str
    ground: str
    words: str


def prepare(comment_id: str, ground: str, *parts: str | None) -> Said:
    """Return a comment as it is compared: its words in small letters, without signs, up to a limit."""
    words = " ".join(part[:COMPARED_WORDS] for part in parts if part)[:COMPARED_WORDS]
    return Said(comment_id, ground, utils.default_process(words))


def likeness(one: Said, other: Said) -> float:
    """Return how much alike the words of two comments are, 0 to 100; 0 below `ALIKE`."""
    if not one.words or not other.words:
        return 0.0
    return fuzz.token_sort_ratio(one.words, other.words, score_cutoff=ALIKE)


def find_alike(said: Said, others: Sequence[Said], most: int) -> list[tuple[str, int]]:
    """Return (id, likeness) of the comments that are most alike, the likest first."""
    scored = ((other.id, round(score)) for other in others if (score := likeness(said, other)))
    return sorted(scored, key=lambda each: (-each[1], each[0]))[:most]


def cluster(comments: Sequence[Said]) -> list[list[str]]:
    """Return the groups of comments on one provision that are alike, each with the ids in the order given.

    A comment belongs to a group if it is alike to one comment in it. Of one provision the first `LARGEST_GROUND`
    comments are compared.
    """
    grounds: dict[str, list[Said]] = defaultdict(list)
    for comment in comments:
        if len(grounds[comment.ground]) < LARGEST_GROUND:
            grounds[comment.ground].append(comment)
    return [group for ground in grounds.values() for group in _cluster_ground(ground)]


def _cluster_ground(comments: Sequence[Said]) -> Iterator[list[str]]:
    """Yield the groups of at least two among comments on one provision."""
    group_of = list(range(len(comments)))
    for later, comment in enumerate(comments):
        for earlier in range(later):
            if group_of[earlier] != group_of[later] and likeness(comments[earlier], comment):
                old, new = group_of[later], group_of[earlier]
                group_of = [new if each == old else each for each in group_of]
    for number in dict.fromkeys(group_of):
        group = [comment.id for comment, of in zip(comments, group_of, strict=True) if of == number]
        if len(group) > 1:
            yield group
