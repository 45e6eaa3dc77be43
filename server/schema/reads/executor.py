"""The executor of operations: graphql-core's, except that it leaves values alone that the reads have rendered."""

from typing import Any, NamedTuple

from graphql.execution.incremental import IncrementalExecutor


class Rendered(NamedTuple):
    """The finished response of a field: its whole selection as JSON values. `shape` is None for null."""

    shape: Any


class ReadingExecutor(IncrementalExecutor):
    """graphql-core's executor, which does not complete a value that is `Rendered`."""

    def complete_value(self, return_type, field_details_list, info, path, result, position_context):  # type: ignore[no-untyped-def]
        """Return the response of a field; for a `Rendered` value that is its shape as it stands."""
        if type(result) is Rendered:
            if result.shape is not None:
                return result.shape
            # Null is completed as usual, so that a field that must not be null makes its parent null.
            result = None
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)
