"""The answer to a comment."""

from datetime import datetime

from server.domain.rounds import queries
from server.models import rounds as tables
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.rounds.answering import AnsweringDisposition
from server.schema.vocabulary import vocabulary
from server.vocabulary.rounds import DispositionStage, DispositionVerdict

vocabulary(DispositionVerdict)
vocabulary(DispositionStage)


@noun(tables.Disposition, queries.visible_dispositions)
class Disposition(AnsweringDisposition, Node):
    """An answer to a comment, proposed or recorded."""

    stage: DispositionStage = column("Whether it is proposed or recorded.")
    verdict: DispositionVerdict = column("Verdict on the comment.")
    reason: str | None = column("Reason for the verdict; null for ACCEPTED only.", or_null=True)
    wording: str | None = column(
        "For ACCEPTED_WITH_MODIFICATION, the words that were accepted in place of those proposed; "
        "null for other verdicts."
    )
    decided_by: Delegate = to_one("The delegate who proposed or recorded it.", implied=True)
    decided_at: datetime = column("Instant at which it was proposed or recorded.")
