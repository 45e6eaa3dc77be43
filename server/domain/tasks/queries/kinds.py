"""What all statements for the subjects of tasks have in common."""

from typing import Any, TypeAlias

from sqlalchemy import Select

Subjects: TypeAlias = Select[Any, Any, Any, Any, Any]
"""A statement for subjects: id, due, title, place and zone."""
