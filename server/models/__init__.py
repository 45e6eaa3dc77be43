"""Register all tables: importing this package imports their modules, and limits the texts of their columns."""

from server.models import (
    bodies,
    consolidation,
    journal,
    oauth,
    outbox,
    papers,
    parties,
    proposals,
    rounds,
    texts,
    workplan,
)
from server.models import identity as access
from server.models.base import Base, limit_texts

__all__ = [
    "Base",
    "access",
    "bodies",
    "consolidation",
    "journal",
    "oauth",
    "outbox",
    "papers",
    "parties",
    "proposals",
    "rounds",
    "texts",
    "workplan",
]

limit_texts()
