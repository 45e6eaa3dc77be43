"""Documents, prepared once: parsed, measured and validated, and kept in memory by the hash of their text."""

from collections import OrderedDict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLSchema,
    ObjectValueNode,
    OperationDefinitionNode,
    VariableNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import (
    ASTValidationRule,
    NoSchemaIntrospectionCustomRule,
    OverlappingFieldsCanBeMergedRule,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from server.transport.errors import Code, FormattedError, RequestRefused, error_of, located_error_of
from server.transport.limits import Limits, Measure, measure, most_copies

FAILED_ENTRIES = 256
"""Refused documents remembered, so that a client repeating its mistake costs little. They hold no syntax tree."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class PreparedDocument:
    """A document that is ready to execute, or the reasons why it never will be. Equal only to itself, hashable."""

    id: str
    """`sha256:` and the hash of the text in hexadecimal."""
    document: DocumentNode | None = None
    """The syntax tree; None if the document is refused."""
    operations: tuple[OperationDefinitionNode, ...] = ()
    measures: tuple[Measure, ...] = ()
    """The size of each operation; empty if the document is refused."""
    errors: tuple[FormattedError, ...] = ()
    """Why the document is refused; empty if it may be executed."""
    code: Code | None = None
    """The code of those errors."""
    plans: dict[Any, Any] = field(default_factory=dict)
    """Room for what others compile from the document. Emptied when the cache drops it: read with `get`."""

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Choose the operation to execute; the name may be omitted if there is only one.

        Raises RequestRefused: with the errors of a refused document, or OPERATION_NOT_FOUND.
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


class OneOfRule(OneOfInputValidationRule):
    """Strawberry's rule for @oneOf literals, without its crash on variables that the operation does not declare.

    A variable inside a fragment is checked when its value arrives, by the type itself.
    """

    def __init__(self, validation_context: Any) -> None:
        super().__init__(validation_context)
        self.variable_definitions = {}

    def leave_operation_definition(self, *_args: Any) -> None:
        """Forget the variables of the operation: they are not those of the fragments that follow."""
        self.variable_definitions = {}

    def validate_one_of(self, node: ObjectValueNode, type: Any) -> None:
        """Check one literal, unless its variable is unknown here."""
        for member in node.fields:
            if isinstance(member.value, VariableNode) and member.value.name.value not in self.variable_definitions:
                return
        assert isinstance(type, GraphQLInputObjectType)
        super().validate_one_of(node, type)


class DocumentCache:
    """Prepares documents and keeps the most recently used.

    Bounded three ways: `entries` and `tokens` for good documents (a token costs about half a kilobyte of syntax tree),
    FAILED_ENTRIES for refused ones, which therefore never push out a good one. Documents whose id is in `pinned` are
    kept for ever. With `introspection=False` documents that ask for the schema are refused.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        introspection: bool = True,
        pinned: AbstractSet[str] = frozenset(),
        entries: int = 1_000,
        tokens: int = 200_000,
    ) -> None:
        self._schema = schema
        self._limits = limits
        cheap = (rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule)
        rules: list[type[ASTValidationRule]] = [*cheap, MaybeNullValidationRule, OneOfRule]
        self._rules = rules if introspection else [*rules, NoSchemaIntrospectionCustomRule]
        self._pinned_ids = pinned
        self._pinned: dict[str, PreparedDocument] = {}
        self._good = _Shelf(entries, tokens)
        self._failed = _Shelf(FAILED_ENTRIES, FAILED_ENTRIES)

    def __len__(self) -> int:
        """Count the documents in memory, refused ones included."""
        return len(self._pinned) + len(self._good) + len(self._failed)

    def prepare(self, source: str) -> PreparedDocument:
        """Give the document of a source text; the same object as long as it stays in the cache. Never raises."""
        id_ = id_of(source)
        found = self._good.get(id_) or self._pinned.get(id_) or self._failed.get(id_)
        if found is not None:
            return found
        prepared = self._prepared(id_, source)
        if id_ in self._pinned_ids:
            self._pinned[id_] = prepared
        elif prepared.document is None:
            self._failed.put(prepared, 1)
        else:
            self._good.put(prepared, _tokens_of(prepared.document))
        return prepared

    def _prepared(self, id_: str, source: str) -> PreparedDocument:
        tokens = self._limits.tokens
        try:
            document = parse(source, max_lexical_tokens=tokens, max_comments=tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            return _unparsed(id_, error)
        measures = measure(document)
        for each in measures:
            breach = self._limits.breach(each)
            if breach is not None:
                return _refused(id_, Code.LIMIT_EXCEEDED, error_of(Code.LIMIT_EXCEEDED, breach))
        code = Code.GRAPHQL_VALIDATION_FAILED
        found = self._found(document, self._rules)
        if found:
            return _refused(id_, code, *(located_error_of(error, code) for error in found))
        copies, allowed = most_copies(document), self._limits.copies
        if copies > allowed:
            breach = f"The document has {copies} copies of one field in one place; {allowed} are allowed."
            return _refused(id_, Code.LIMIT_EXCEEDED, error_of(Code.LIMIT_EXCEEDED, breach))
        found = self._found(document, [OverlappingFieldsCanBeMergedRule])
        if found:
            return _refused(id_, code, *(located_error_of(error, code) for error in found))
        operations = tuple(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        return PreparedDocument(id_, document, operations, measures)

    def _found(self, document: DocumentNode, rules: Sequence[type[ASTValidationRule]]) -> list[GraphQLError]:
        """Validate by some of the rules; the one that compares fields pairwise has its turn when copies are few."""
        return validate(self._schema, document, rules, self._limits.errors, hide_suggestions=True)


class _Shelf:
    """Prepared documents in the order of their last use, the oldest dropped beyond a number or a weight."""

    def __init__(self, entries: int, weight: int) -> None:
        self._entries = entries
        self._weight = weight
        self._held: OrderedDict[str, tuple[PreparedDocument, int]] = OrderedDict()
        self._total = 0

    def __len__(self) -> int:
        return len(self._held)

    def get(self, id_: str) -> PreparedDocument | None:
        held = self._held.get(id_)
        if held is None:
            return None
        self._held.move_to_end(id_)
        return held[0]

    def put(self, prepared: PreparedDocument, weight: int) -> None:
        self._held[prepared.id] = (prepared, weight)
        self._total += weight
        while len(self._held) > 1 and (len(self._held) > self._entries or self._total > self._weight):
            _, (dropped, lighter) = self._held.popitem(last=False)
            self._total -= lighter
            dropped.plans.clear()


def id_of(source: str) -> str:
    """Give the id of a document text: `sha256:` and the hash of its UTF-8 form (lone surrogates as they are)."""
    return "sha256:" + sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def _unparsed(id_: str, error: GraphQLError) -> PreparedDocument:
    aborted = error.message.endswith("Parsing aborted.")
    code = Code.LIMIT_EXCEEDED if aborted else Code.GRAPHQL_PARSE_FAILED
    formatted = located_error_of(error, code)
    if aborted:
        formatted["message"] = formatted["message"].removeprefix("Syntax Error: ")
    return _refused(id_, code, formatted)


def _refused(id_: str, code: Code, *errors: FormattedError) -> PreparedDocument:
    return PreparedDocument(id_, errors=errors, code=code)


def _tokens_of(document: DocumentNode) -> int:
    count = 0
    token = document.loc.start_token if document.loc else None
    while token is not None:
        count += 1
        token = token.next
    return count
