"""Acts that begin something new: they are done to no object that could offer them."""

from datetime import datetime

from server.domain.bodies import policy as bodies
from server.domain.papers import policy as papers
from server.domain.papers.rules import IssueFacts
from server.domain.parties import policy as parties
from server.domain.proposals import policy as proposals
from server.domain.texts import policy as texts
from server.domain.workplan import policy as workplan
from server.identity.applications import policy as applications
from server.kernel.actor import Actor
from server.kernel.acts import Verdict, verdicts

BEGINNINGS = (
    parties.admit_party,
    parties.admit_known_parties,
    parties.import_participants,
    applications.register_application,
    bodies.establish_body,
    bodies.record_sitting,
    texts.import_text,
    proposals.record_mechanism,
    proposals.open_cycle,
    workplan.import_work_plan,
    workplan.open_work_plan,
)


def verdicts_on_beginnings(actor: Actor, now: datetime) -> list[Verdict]:
    """Return the verdict on each act that begins something, a paper that carries no text among them."""
    return [*verdicts(BEGINNINGS, actor, None, now), papers.issue_paper.verdict(actor, IssueFacts(), now)]
