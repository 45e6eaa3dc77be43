"""Filters and orders of the lists of consolidations, conflicts, changes and corrections."""

from datetime import datetime

import strawberry

from server.schema.reads.filters import before, conditions, equal, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.consolidation import ConflictKind, ConflictStatus, CorrectionKind, CorrectionStatus
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import VersionStatus

CONSOLIDATION_ORDERS = declare_orders(
    "ConsolidationOrder",
    "consolidations",
    {"STARTED_AT": Order("instant at which it was started", EARLIEST, ("started_at", "id"))},
)
TEXT_CORRECTION_ORDERS = declare_orders(
    "TextCorrectionOrder",
    "corrections",
    {"MADE_AT": Order("instant of the correction", EARLIEST, ("made_at", "id"))},
    default="MADE_AT_DESC",
)


@conditions("consolidations")
class ConsolidationFilter:
    """Filter of `consolidations`."""

    base_id: list[strawberry.ID] | None = one_of(
        "Only consolidations that start from one of the versions with these ids.", "base_id"
    )
    target_id: list[strawberry.ID] | None = one_of(
        "Only consolidations that make one of the versions with these ids.", "target_id"
    )
    target_status: list[VersionStatus] | None = one_of(
        "Only consolidations that make a version in one of these statuses.", "target.status"
    )
    instrument_id: list[strawberry.ID] | None = one_of(
        "Only consolidations of one of the instruments with these ids.", "target.instrument_id"
    )
    started_from: datetime | None = since("Only consolidations started at or after this instant.", "started_at")
    started_before: datetime | None = before("Only consolidations started before this instant.", "started_at")


@conditions("conflicts")
class TextConflictFilter:
    """Filter of `Consolidation.conflicts`."""

    status: list[ConflictStatus] | None = one_of("Only conflicts in one of these statuses.", "status")
    kind: list[ConflictKind] | None = one_of("Only conflicts of one of these kinds.", "kind")
    provision_key: list[strawberry.ID] | None = one_of(
        "Only conflicts in provisions with one of these permanent keys.", "provision_id"
    )


@conditions("changes")
class AppliedChangeFilter:
    """Filter of `Consolidation.changes`."""

    kind: list[AmendmentKind] | None = one_of("Only changes of one of these kinds.", "kind")
    provision_key: list[strawberry.ID] | None = one_of(
        "Only changes of provisions with one of these permanent keys.", "provision_id"
    )
    is_applied: bool | None = equal("Only changes that stand, or with false only those that wait.", "stands")


@conditions("corrections")
class TextCorrectionFilter:
    """Filter of `textCorrections`."""

    text_version_id: list[strawberry.ID] | None = one_of(
        "Only corrections of one of the versions with these ids.", "text_version_id"
    )
    provision_key: list[strawberry.ID] | None = one_of(
        "Only corrections of provisions with one of these permanent keys.", "provision_id"
    )
    kind: list[CorrectionKind] | None = one_of("Only corrections of one of these kinds.", "kind")
    status: list[CorrectionStatus] | None = one_of("Only corrections in one of these statuses.", "status")
    made_from: datetime | None = since("Only corrections made at or after this instant.", "made_at")
    made_before: datetime | None = before("Only corrections made before this instant.", "made_at")
