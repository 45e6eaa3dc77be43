"""Settings of what is answered."""

from pydantic import BaseModel, Field

from server.domain.forecast.rules.backwards import MOST_DAYS, Gaps

USUAL = Gaps()


class PlanningSettings(BaseModel):
    """The gaps by which plans are held against sittings, and by which is planned back from a Council."""

    committee_to_council_days: int = Field(
        default=USUAL.committee_to_council,
        ge=0,
        le=MOST_DAYS,
        description="Days from the last day of a committee to the Council that takes its paper.",
    )
    papers_days: int = Field(
        default=USUAL.papers,
        ge=0,
        le=MOST_DAYS,
        description="Days before a sitting by which its documents are due, where its body has set none.",
    )
    consolidation_days: int = Field(
        default=USUAL.consolidation,
        ge=0,
        le=MOST_DAYS,
        description="Days from the close of a round to the documents of the committee.",
    )
    round_days: int = Field(
        default=USUAL.round, ge=0, le=MOST_DAYS, description="Days for which a round is usually open."
    )

    @property
    def gaps(self) -> Gaps:
        """The gaps together."""
        return Gaps(self.committee_to_council_days, self.papers_days, self.consolidation_days, self.round_days)
