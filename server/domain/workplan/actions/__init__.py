"""What people do with work plans. Every act goes the same way: visible, permitted, possible, well-formed, done,
recorded."""

from server.domain.workplan.actions.importing import import_work_plan
from server.domain.workplan.actions.tracking import (
    assign_work_item,
    complete_activity,
    drop_activity,
    redate_activity,
    start_activity,
)

__all__ = [
    "assign_work_item",
    "complete_activity",
    "drop_activity",
    "import_work_plan",
    "redate_activity",
    "start_activity",
]
