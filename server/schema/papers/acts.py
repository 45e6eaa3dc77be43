"""Acts on papers."""

import strawberry

from server.domain.papers import actions, policy
from server.schema.mutations import act_field
from server.schema.papers.types import Paper
from server.schema.reads.roots import fact


@strawberry.type
class PaperFact:
    """What every fact about a paper shows."""

    subject_id: strawberry.Private[str]
    paper: Paper = fact("The version of the paper.")


@strawberry.type
class PaperMutations:
    """Acts on papers."""

    issue_paper = act_field(
        policy.issue_paper,
        actions.issue_paper,
        "Issue a paper under the next letter of its number: a first, then b and so on.",
        about="A version of a numbered meeting document to issue; the server gives the letter.",
        series="Series: two capital letters, such as 'PC'.",
        serial="Number within the series, from 1 to 9999.",
        language="Language of the paper: ar, en, fr, ru or es. Its letter is printed in the number.",
        title="Title, 1 to 300 characters.",
        sitting_id="Id of the sitting it is issued for; may be left out.",
        text_version_id="Id of the issued version of a text that it carries; may be left out.",
        outcome="A lettered version of a paper was issued; it never changes.",
        answer=PaperFact,
    )
