"""Where edges of rounds and comments lead: who has filed and who has not, conflicts, and what became of a comment."""

import strawberry

from server.domain.consolidation.queries.reading import visible_sides
from server.domain.rounds import queries
from server.domain.rounds.rules import outcomes
from server.models import edges
from server.schema.reads.kinds import Through, computed, noun, to_one
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
