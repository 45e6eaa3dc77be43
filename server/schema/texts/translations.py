"""What a translation owes to the original."""

import strawberry

from server.domain.texts.queries import lineages
from server.domain.texts.rules.lineages import DebtFacts
from server.models import translations as views
from server.schema.reads.kinds import column, computed, noun
from server.schema.texts.values import PreviewRun, runs_in
from server.vocabulary.texts import UnitKind


@noun(views.TranslationDebt, lineages.visible_debts)
class TranslationDebt:
    """A provision of a translation that does not render the present words of the original.

    Everybody who sees the translation sees it.
    """

    provision_key: strawberry.ID = column("Permanent key of the provision.", "provision_id")
    printed_number: str | None = column(
        "Number as printed in the original, or for a deleted provision in the translation; null if it has none.",
        or_null=True,
    )
    kind: UnitKind = column("Sort of unit.")
    original_before: str | None = column(
        "Words of the original that the translation renders; null if it renders none yet."
    )
    original_now: str | None = column("Words of the original as they stand now; null if the provision was deleted.")
    translation: str | None = column(
        "Words of the translation; those of the original where a new provision waits for its translation, null if it "
        "does not stand in the version."
    )
    runs: list[PreviewRun] = computed(
        "What changed in the original since it was translated, in runs; empty where it does not stand in both.",
        runs_in,
        DebtFacts,
    )
