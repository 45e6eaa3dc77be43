"""What others do with a comment: they sign it, mark it, and reply to it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import visible_co_signatures, visible_marks
from server.domain.rounds.rules.facts import CoSignatureFacts, PartyMarkFacts
from server.domain.threads import policy, queries, rules
from server.domain.threads.rules import ReplyFacts, TraceFacts
from server.models import rounds as tables
from server.models import threads
from server.schema.acts import AvailableAct, acts_on
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, noun, to_one
from server.schema.scalars import Locale
from server.schema.vocabulary import vocabulary
from server.vocabulary.threads import CoSignatureState, ReplyMode

if TYPE_CHECKING:
    from server.schema.rounds.types import Comment

vocabulary(CoSignatureState)
vocabulary(ReplyMode)


@noun(tables.Support, visible_marks)
class Support(Node):
    """A party's mark that it supports another party's comment."""

    party: Party = to_one("The party that supports.", implied=True)
    supported_at: datetime = column("Instant of the mark.")
    available_acts: list[AvailableAct] = acts_on("mark", rounds.ON_MARK, PartyMarkFacts)


@noun(tables.Opposition, visible_marks)
class Opposition(Node):
    """A party's mark that it opposes another party's comment."""

    party: Party = to_one("The party that opposes.", implied=True)
    reason: str = column("Why it opposes.")
    opposed_at: datetime = column("Instant of the mark.")
    available_acts: list[AvailableAct] = acts_on("mark", rounds.ON_MARK, PartyMarkFacts)


@noun(tables.Tolerance, visible_marks)
class Tolerance(Node):
    """A party's mark that it can live with another party's comment, though it does not ask for it itself."""

    party: Party = to_one("The party that can live with it.", implied=True)
    tolerated_at: datetime = column("Instant of the mark.")
    available_acts: list[AvailableAct] = acts_on("mark", rounds.ON_MARK, PartyMarkFacts)


@noun(threads.CoSignature, visible_co_signatures)
class CoSignature(Node):
    """A party that was asked to sign a comment of another party, and what its focal point answered.

    Who signed is seen by everybody who sees the comment; who was asked and did not, by the party that asked, by that
    party itself, and by those that see the draft.
    """

    comment: Annotated["Comment", strawberry.lazy("server.schema.rounds.types")] | None = to_one(
        "The comment; null for a party that declined or was left out and does not see it otherwise."
    )
    party: Party = to_one("The party that was asked.", implied=True)
    state: CoSignatureState = column("Where the co-signature stands.")
    asked_at: datetime = column("Instant at which it was asked, the last time that the words changed.")
    answered_at: datetime | None = column("Instant of the answer; null until there is one.")
    answered_by: Delegate | None = to_one("The focal point who answered; null until then.", implied=True)
    reason: str | None = column("Why it declined; null if it did not, or did not say so.", or_null=True)
    available_acts: list[AvailableAct] = acts_on("co-signature", rounds.ON_CO_SIGNATURE, CoSignatureFacts)


@noun(threads.Reply, queries.visible_replies)
class Reply(Node):
    """A reply under a filed comment. Everybody who sees the comment sees it; its words never change."""

    party: Party = to_one("The party in the name of which it was written.", implied=True)
    delegate: Delegate = to_one("The delegate who wrote it.", implied=True)
    represented_by: Party | None = to_one(
        "The party whose delegate wrote it on behalf of `party`; null if it was its own.",
        "representation.by_party",
        implied=True,
    )
    number: int = column("Number among the replies under the comment, from 1.")
    answers: "Reply | None" = to_one("The reply that it answers; null if it answers the comment.", implied=True)
    text: str | None = computed(
        "What it says; null after it was taken back.", lambda _, facts, __: rules.words_of(facts), TraceFacts
    )
    language: Locale = column("The language that it is written in.")
    is_as_leader: bool = column(
        "Whether its author led the body of the round, or spoke for the Secretariat, when they wrote it.", "as_leader"
    )
    replied_at: datetime = column("Instant at which it was written.")
    taken_back_at: datetime | None = column("Instant at which its party took it back; null while it stands.")
    available_acts: list[AvailableAct] = acts_on("reply", policy.ON_REPLY, ReplyFacts)
