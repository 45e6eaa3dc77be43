"""What the verification of the journal finds. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

MOST_FAULTS = 100
"""Faults that are named. Those beyond are counted."""
OLDER_ENTRIES = "entries written before rows were bound"
"""Under this reason entries are counted that hold no digest of rows."""

Since = tuple[int, datetime | None]
"""The number and the instant of the entry after which something cannot be trusted."""


class JournalFault(NamedTuple):
    """One thing that does not hold.

    `subject` is the table and key of a row, or `journal/N` for an entry, or `journal_head`. `since` is the number of
    the entry after which it cannot be trusted, and `at` its instant; None if no entry ever spoke of it.
    """

    subject: str
    what: str
    since: int | None = None
    at: datetime | None = None

    def __str__(self) -> str:
        instant = f" of {self.at:%Y-%m-%d %H:%M:%S} UTC" if self.at else ""
        since = f" (since entry {self.since}{instant})" if self.since is not None else ""
        return f"{self.what}{since}"


@dataclass
class Report:
    """The result of a verification.

    `entries` were read, and `rows` of bound tables. `unbound` counts rows by the reason why nothing is known of them.
    """

    entries: int = 0
    rows: int = 0
    faults: list[JournalFault] = field(default_factory=list)
    left_off: int = 0
    unbound: Counter[str] = field(default_factory=Counter)
    head: tuple[int, str] | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def add(self, subject: str, what: str, since: Since | None = None) -> None:
        """Add a fault, or count it if there are many already."""
        if len(self.faults) >= MOST_FAULTS:
            self.left_off += 1
        else:
            self.faults.append(JournalFault(subject, what, *(since or ())))

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON holds it."""
        return {
            "holds": self.holds,
            "entries": self.entries,
            "rows": self.rows,
            "head": {"sequence": self.head[0], "digest": self.head[1]} if self.head else None,
            "faults": [
                {"subject": each.subject, "what": each.what, "since": each.since, "at": each.at and each.at.isoformat()}
                for each in self.faults
            ],
            "leftOff": self.left_off,
            "notBound": dict(sorted(self.unbound.items())),
        }
