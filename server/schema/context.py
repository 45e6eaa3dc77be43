"""What every resolver may use: who asks, when, and the two ways to the database. It holds no session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.access.actor import Actor
from server.clock import Clock
from server.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """The context of one operation. `now` is taken once for all its reads; an act asks `clock` inside its transaction.
    `prepared` is the parsed document, which keeps the compiled reads."""

    actor: Actor
    now: datetime
    clock: Clock
    database: Database
    prepared: Any
