"""Lets a value that the reads have rendered pass through the executor untouched."""

from typing import Any, NamedTuple

from graphql.execution.incremental import IncrementalExecutor


class Rendered(NamedTuple):
    """The finished response of a field: its whole selection, already as JSON values. `shape` None means null."""

    shape: Any


class ReadingExecutor(IncrementalExecutor):
    """graphql-core's executor, with one thing added: what is `Rendered` is complete."""

    def complete_value(self, return_type, field_details_list, info, path, result, position_context):  # type: ignore[no-untyped-def]
        """Complete a value; a rendered one is its own completion, except that null goes the ordinary way."""
        if type(result) is Rendered:
            if result.shape is not None:
                return result.shape
            result = None
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)
