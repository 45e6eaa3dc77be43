"""Where edges of rounds and comments lead: who has filed and who has not, conflicts, and what became of a comment."""

from datetime import datetime

import strawberry

from server.domain.consolidation.queries.reading import visible_sides
from server.domain.rounds import queries
from server.domain.rounds.rules import outcomes
from server.domain.rounds.rules.facts import PlacedFacts
from server.kernel.actor import Actor
from server.models import edges
from server.schema.parties.types import Party
from server.schema.reads.kinds import Through, column, computed, noun, to_one
from server.schema.texts.types import Provision, TextVersion
from server.schema.vocabulary import vocabulary
from server.wording.redline import RunKind

vocabulary(RunKind)

FILED, SILENT = (
    Through(model, queries.visible_filings, parent="round_id", target="party_id")
    for model in (edges.AnsweredRound, edges.SilentRound)
)
IN_CONFLICT = Through(edges.ConflictSource, visible_sides, parent="source_id", target="conflict_id")
"""The conflicts in which a comment or an amendment has a side."""


@noun(edges.AnsweredRound, queries.visible_filings)
class Filing:
    """What one party has filed in one round.

    Those see it who see the comments of the party: while a round does not show the comments of others, the party itself
    and the Secretariat.
    """

    party: Party = to_one("The party that has filed.", implied=True)
    comment_count: int = column("Number of comments that it submitted, withdrawn ones included.")


@strawberry.type(
    description="Words of the provision of a comment. KEEP and DELETE runs joined are the words that it was filed on, "
    "KEEP and INSERT runs those that stand now."
)
class OutcomeRun:
    """The GraphQL form of `server.domain.rounds.rules.outcomes.OutcomeRun`."""

    kind: RunKind = strawberry.field(description="Whether the words were kept, inserted or deleted.")
    text: str = strawberry.field(description="The words; never empty.")
    as_asked: bool = strawberry.field(
        name="isAsAsked", description="Whether it is exactly a change that the comment asked for."
    )


@noun(edges.CommentOutcome, queries.visible_outcomes)
class CommentOutcome:
    """What stands of a comment in the version that was made from the one it is on, issued or being made.

    Everybody who sees the comment and that version sees it.
    """

    text_version: TextVersion = to_one("The version that was made.", implied=True)
    provision: Provision | None = to_one(
        "The provision of the comment as it stands in that version; null if it was deleted, or if the comment is on "
        "the whole text.",
        "provision_text",
        implied=True,
    )
    runs: list[OutcomeRun] = computed(
        "The words of the provision then and now; empty for a comment on the whole text.",
        lambda _, facts, __: outcomes.runs_of(facts),
        outcomes.OutcomeFacts,
    )
    share: int | None = computed(
        "How much of the change that it asked for stands, in percent of the words to be deleted and inserted: 100 is "
        "exactly as asked. Null if it proposed no words for a provision.",
        lambda _, facts, __: outcomes.share_of(facts),
        outcomes.OutcomeFacts,
    )


def words_at(_: Actor, facts: PlacedFacts, __: datetime) -> str | None:
    """Return the words at the place of a carried comment, None for the whole provision and for an orphan."""
    if facts.text is None or facts.start is None or facts.end is None:
        return None
    return facts.text[facts.start : facts.end]
