"""What others say of a comment: the answer to it, support and opposition."""

from datetime import datetime

from server.domain.rounds import queries
from server.models import rounds as tables
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.vocabulary import vocabulary
from server.vocabulary.rounds import DispositionStage, DispositionVerdict

vocabulary(DispositionVerdict)
vocabulary(DispositionStage)


@noun(tables.Disposition, queries.visible_dispositions)
class Disposition(Node):
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


@noun(tables.Support, queries.visible_marks)
class Support(Node):
    """A party's mark that it supports another party's comment."""

    party: Party = to_one("The party that supports.", implied=True)
    supported_at: datetime = column("Instant of the mark.")


@noun(tables.Opposition, queries.visible_marks)
class Opposition(Node):
    """A party's mark that it opposes another party's comment."""

    party: Party = to_one("The party that opposes.", implied=True)
    reason: str = column("Why it opposes.")
    opposed_at: datetime = column("Instant of the mark.")
