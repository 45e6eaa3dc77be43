"""What computed fields look at in a notice. Pure."""

from datetime import date, datetime
from typing import NamedTuple

from server.vocabulary.notices import DueKind


class NoticeWords(NamedTuple):
    """The facts of a notice that its sentences and its address are made from."""

    name: str
    title: str
    subject_id: str
    object_id: str
    due_kind: DueKind | None
    due_at: datetime | None
    due_on: date | None
