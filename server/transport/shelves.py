"""Keep prepared documents in memory by their weight, with a fair share for each caller.

A document weighs what it fills: its syntax tree and the plans that are compiled from it. The weight is an estimate, on
the safe side; `tests/reads/test_memory.py` compares it with what is really allocated.
"""

from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, OperationDefinitionNode

from server.transport.errors import Code, FormattedError, RequestRefused
from server.transport.limits import Measure

DOCUMENT_BYTES = 3_000
ROOT_BYTES = 130_000
"""What the statements of a root fill beside what is selected: its filters, its count, the rows that they join."""
TOKEN_BYTES = 700
FIELD_BYTES = 40_000
"""What the plan of one selected field fills, with the statements of a list inside it: the largest part of all."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class PreparedDocument:
    """A document that is ready to execute, or the errors for which it is refused. Equal only to itself, hashable."""

    id: str
    """`sha256:` and the hash of the text in hexadecimal."""
    document: DocumentNode | None = None
    """The syntax tree; None if the document was refused."""
    operations: tuple[OperationDefinitionNode, ...] = ()
    measures: tuple[Measure, ...] = ()
    """The size of each operation; empty if the document was refused."""
    errors: tuple[FormattedError, ...] = ()
    """The reasons why the document was refused; empty if it may be executed."""
    code: Code | None = None
    """The code of these errors."""
    cost: int = 0
    """The cost of its dearest operation; 0 if it was refused."""
    tokens: int = 0
    """Lexical tokens of the document; 0 if it was refused."""
    plans: dict[Any, Any] = field(default_factory=dict)
    """A place where other modules keep what they compile from the document.

    The cache empties it when it drops the document, at any time: read it with `get`.
    """

    @property
    def weight(self) -> int:
        """Bytes that the document fills, about: with its plans, or those that its first execution will compile."""
        if self.document is None:
            return DOCUMENT_BYTES + sum(len(error["message"]) + 1_000 for error in self.errors)
        roots = sum(len(each.selection_set.selections) for each in self.operations)
        # Each root has two entries in `plans`. With @skip and @include there can be more: other plans of the same root.
        variants = max(1.0, len(self.plans) / (2 * roots))
        fields = sum(measure.fields for measure in self.measures)
        plans = roots * ROOT_BYTES + fields * FIELD_BYTES
        return DOCUMENT_BYTES + self.tokens * TOKEN_BYTES + round(plans * variants)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation to execute; `name` may be None if there is only one.

        Raise RequestRefused with the errors of a refused document, or with OPERATION_NOT_FOUND.
        """
        if self.code is not None:
            raise RequestRefused(self.code, self.errors[0]["message"], errors=self.errors)
        if name is None:
            if len(self.operations) == 1:
                return self.operations[0]
            raise RequestRefused(Code.OPERATION_NOT_FOUND, "The document has several operations: give operationName.")
        for operation in self.operations:
            if operation.name is not None and operation.name.value == name:
                return operation
        raise RequestRefused(Code.OPERATION_NOT_FOUND, f"The document has no operation named '{name[:100]}'.")


@dataclass(slots=True)
class _Entry:
    """A document on a shelf, with its owner and the weight that it was last counted with."""

    prepared: PreparedDocument
    owner: str
    weight: int


class Shelf:
    """Prepared documents in the order of their last use, with a limit to their weight in bytes.

    Beyond the limit the oldest documents of the owner with the most are dropped, so that nobody can push out those of
    others. At least one document stays.
    """

    def __init__(self, weight: int) -> None:
        self._limit = weight
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._weights: Counter[str] = Counter()
        """The weight that each owner has here."""

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def weight(self) -> int:
        """The weight of all documents, in bytes."""
        return self._weights.total()

    def get(self, id_: str) -> PreparedDocument | None:
        """Return the document with this id, None if it is not here."""
        entry = self._entries.get(id_)
        if entry is None:
            return None
        self._entries.move_to_end(id_)
        self._weigh(entry)  # its plans may be more than they were
        return entry.prepared

    def put(self, prepared: PreparedDocument, owner: str) -> None:
        """Put a document here for an owner, and drop others if it is too much."""
        entry = self._entries[prepared.id] = _Entry(prepared, owner, 0)
        self._weigh(entry)

    def take(self, id_: str) -> PreparedDocument | None:
        """Take the document with this id away, if it is here, and return it."""
        entry = self._entries.pop(id_, None)
        if entry is None:
            return None
        self._weights[entry.owner] -= entry.weight
        if not self._weights[entry.owner]:
            del self._weights[entry.owner]
        return entry.prepared

    def _weigh(self, entry: _Entry) -> None:
        self._weights[entry.owner] += entry.prepared.weight - entry.weight
        entry.weight = entry.prepared.weight
        while self.weight > self._limit and len(self._entries) > 1:
            ((owner, _),) = self._weights.most_common(1)
            oldest = next(id_ for id_, each in self._entries.items() if each.owner == owner)
            dropped = self.take(oldest)
            assert dropped is not None
            dropped.plans.clear()
