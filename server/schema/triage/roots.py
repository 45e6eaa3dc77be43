"""Root fields of triage."""

import strawberry

from server.domain.triage.queries.counting import stance_of
from server.schema.lists.rounds import CommentFilter
from server.schema.lists.triage import ADVICE_ORDERS, AdviceRequestFilter
from server.schema.reads.groups import Group, groups
from server.schema.reads.matching import Filter, Match
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.triage.types import AdviceRequest, AnswerBatch
from server.schema.vocabulary import vocabulary
from server.vocabulary.triage import CommentGrouping

vocabulary(CommentGrouping)


@strawberry.type
class TriageQueries:
    """Root fields of triage."""

    advice_request: AdviceRequest | None = one(
        "A request for advice by its id; null if it does not exist or the caller does not see it.", "AdviceRequest"
    )
    advice_requests: Connection[AdviceRequest] = many(
        "Requests for advice that the caller sees; by default the one due first at the front.",
        order=ADVICE_ORDERS,
        filter_type=AdviceRequestFilter,
    )
    comment_counts: list[Group] = groups(
        "Filed comments that the caller sees, counted by what they have in common: as they stand, withdrawn ones "
        "included, unless the filter says otherwise.",
        "Comment",
        by_type=CommentGrouping,
        by={
            CommentGrouping.TYPE: "type",
            CommentGrouping.STATUS: "work.status",
            CommentGrouping.VERDICT: "work.disposition.verdict",
            CommentGrouping.REACTION: stance_of,
            CommentGrouping.CAPACITY: "party.capacity",
            CommentGrouping.PARTY_KIND: "party.kind",
            CommentGrouping.REGION: "party.region",
            CommentGrouping.LANGUAGE: "party.language",
            CommentGrouping.PARTY: "party.short_name",
            CommentGrouping.PROVISION: "provision_text.provision_id",
        },
        filter_type=CommentFilter,
        standing={"isSubmitted": Filter("submitted_at", Match.PRESENT, standing=True, unless=frozenset({"status"}))},
    )
    answer_batch: AnswerBatch | None = one(
        "Answers given together, by their id; null if they do not exist or the caller does not see them.", "AnswerBatch"
    )
