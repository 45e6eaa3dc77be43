"""What became of an amendment in a later version: what it looks like."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.proposals import queries
from server.domain.proposals.rules import contents
from server.domain.proposals.rules.contents import CarriedFacts
from server.models import proposals as tables
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, column, computed, noun, to_one
from server.schema.texts.types import Provision, TextVersion
from server.schema.texts.values import PreviewRun
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import CarriedState

if TYPE_CHECKING:
    from server.schema.proposals.types import Amendment

vocabulary(CarriedState)


@noun(tables.CarriedAmendment, queries.visible_carried_amendments)
class CarriedAmendment(Node):
    """What became of an amendment in a later version than the one it was filed on, and what it asks for there.

    Everybody who sees the proposal sees it. Where what it is about changed, its proponent restates or drops it
    (`restateAmendment`); the filed amendment stays as it is.
    """

    amendment: Annotated["Amendment", strawberry.lazy("server.schema.proposals.types")] = to_one(
        "The amendment.", implied=True
    )
    text_version: TextVersion = to_one("The version to which it was carried.", implied=True)
    state: CarriedState = column("What became of it.")
    provision_key: strawberry.ID | None = column(
        "Permanent key of the provision concerned, as in the amendment or as restated; null for an ADD at the start.",
        "provision_id",
    )
    after_key: strawberry.ID | None = column(
        "For MOVE, permanent key of the provision after which it is to stand; null for other kinds.", "after_id"
    )
    wording: str | None = column(
        "For ADD and MODIFY, the full new words on this version; of a STALE one without the changes that no longer "
        "fit. Null for other kinds."
    )
    provision: Provision | None = to_one(
        "The provision with that key in that version; null if there is none.", "provision_text", implied=True
    )
    runs: list[PreviewRun] = computed(
        "The words of the provision in that version, with those that it asks for there, as in the amendment.",
        lambda _, facts, __: contents.runs_asked(facts),
        CarriedFacts,
    )
    reason: str | None = column("Why the proponent restated or dropped it; null if no reason was given.", or_null=True)
    decided_by: Delegate | None = to_one("The delegate who restated or dropped it; null until then.", implied=True)
    decided_at: datetime | None = column("Instant at which it was restated or dropped; null until then.")
