"""Acts on papers: input, fact and mutation."""

from functools import partial

import strawberry

from server.domain.papers import actions, policy
from server.schema.acts import act_field, key_field
from server.schema.papers.types import Paper
from server.schema.reads.roots import fact


@strawberry.input(description="A version of a numbered meeting document. Its letter is given by the server.")
class IssuePaperInput:
    """Input of `issuePaper`."""

    idempotency_key: str = key_field()
    series: str = strawberry.field(description="Series: two capital letters, such as PC for the PTC.")
    serial: int = strawberry.field(description="Number within the series, from 1 to 9999.")
    language: str = strawberry.field(default="E", description="Letter of the language: A, E, F, R or S.")
    title: str = strawberry.field(description="Title.")
    sitting_id: strawberry.ID | None = strawberry.field(default=None, description="The sitting it is issued for.")
    text_version_id: strawberry.ID | None = strawberry.field(
        default=None, description="The version of a text that it carries; it must be issued."
    )


@strawberry.type(description="A lettered version of a paper was issued; it never changes.")
class PaperIssued:
    """Fact of `issuePaper`."""

    subject_id: strawberry.Private[str]
    paper: Paper | None = fact("The version of the paper.", "Paper")


@strawberry.type
class PaperMutations:
    """Acts on papers."""

    issue_paper = act_field(
        policy.issue_paper,
        "Issue a paper under the next letter of its number: a first, then b and so on.",
        IssuePaperInput,
        PaperIssued,
        lambda input: partial(
            actions.issue_paper,
            series=input.series,
            serial=input.serial,
            language=input.language,
            title=input.title,
            sitting_id=input.sitting_id,
            text_version_id=input.text_version_id,
        ),
    )
