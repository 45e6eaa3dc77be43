"""Prepare documents once: parse, measure and validate them, and keep them in memory by the hash of their text."""

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
"""Refused documents kept, so that a client that repeats a mistake costs little. They hold no syntax tree."""


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
    plans: dict[Any, Any] = field(default_factory=dict)
    """A place where other modules keep what they compile from the document.

    The cache empties it when it drops the document, at any time: read it with `get`.
    """

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


class OneOfRule(OneOfInputValidationRule):
    """Strawberry's rule for @oneOf literals, without its crash on variables that the operation does not declare.

    A work-around for strawberry-graphql 0.341. A variable inside a fragment is checked when its value arrives, by the
    type itself.
    """

    def __init__(self, validation_context: Any) -> None:
        super().__init__(validation_context)
        self.variable_definitions = {}

    def leave_operation_definition(self, *_args: Any) -> None:
        """Forget the variables of the operation, because they are not those of the fragments that follow."""
        self.variable_definitions = {}

    def validate_one_of(self, node: ObjectValueNode, type: Any) -> None:
        """Check one literal, unless it contains a variable that is unknown here."""
        for member in node.fields:
            if isinstance(member.value, VariableNode) and member.value.name.value not in self.variable_definitions:
                return
        assert isinstance(type, GraphQLInputObjectType)
        super().validate_one_of(node, type)


class DocumentCache:
    """A cache that prepares documents and keeps the most recently used.

    `entries` and `tokens` limit the good documents (a token costs about half a kilobyte of syntax tree). Refused
    documents have a limit of their own, FAILED_ENTRIES, and therefore never push out a good one. Documents with an id
    in `pinned` are kept for ever. With `introspection=False` documents that ask for the schema are refused.
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
        # without the rule that compares fields pairwise: `_prepare` runs it last
        cheap = (rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule)
        rules: list[type[ASTValidationRule]] = [*cheap, MaybeNullValidationRule, OneOfRule]
        self._rules = rules if introspection else [*rules, NoSchemaIntrospectionCustomRule]
        self._pinned_ids = pinned
        self._pinned: dict[str, PreparedDocument] = {}
        self._good = _Shelf(entries, tokens)
        self._failed = _Shelf(FAILED_ENTRIES, FAILED_ENTRIES)

    def __len__(self) -> int:
        """Return the number of documents in memory, refused ones included."""
        return len(self._pinned) + len(self._good) + len(self._failed)

    def prepare(self, source: str) -> PreparedDocument:
        """Return the document of a source text: the same object as long as it stays in the cache. Never raises."""
        id_ = id_of(source)
        cached = self._good.get(id_) or self._pinned.get(id_) or self._failed.get(id_)
        if cached is not None:
            return cached
        prepared = self._prepare(id_, source)
        if id_ in self._pinned_ids:
            self._pinned[id_] = prepared
        elif prepared.document is None:
            self._failed.put(prepared, 1)
        else:
            self._good.put(prepared, _tokens_of(prepared.document))
        return prepared

    def _prepare(self, id_: str, source: str) -> PreparedDocument:
        """Parse, measure and validate a document, the cheap checks first, so that no document takes long to refuse."""
        tokens = self._limits.tokens
        try:
            document = parse(source, max_lexical_tokens=tokens, max_comments=tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            return _refuse_unparsed(id_, error)
        measures = measure(document)
        for each in measures:
            breach = self._limits.breach(each)
            if breach is not None:
                return _refuse(id_, Code.LIMIT_EXCEEDED, error_of(Code.LIMIT_EXCEEDED, breach))
        code = Code.GRAPHQL_VALIDATION_FAILED
        errors = self._validate(document, self._rules)
        if errors:
            return _refuse(id_, code, *(located_error_of(error, code) for error in errors))
        copies, allowed = most_copies(document), self._limits.copies
        if copies > allowed:
            breach = f"The document has {copies} copies of one field in one place; {allowed} are allowed."
            return _refuse(id_, Code.LIMIT_EXCEEDED, error_of(Code.LIMIT_EXCEEDED, breach))
        # This rule compares fields pairwise, so it runs only now that the copies are known to be few.
        errors = self._validate(document, [OverlappingFieldsCanBeMergedRule])
        if errors:
            return _refuse(id_, code, *(located_error_of(error, code) for error in errors))
        operations = tuple(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        return PreparedDocument(id_, document, operations, measures)

    def _validate(self, document: DocumentNode, rules: Sequence[type[ASTValidationRule]]) -> list[GraphQLError]:
        """Return the errors of the document by these rules, up to the limit of errors."""
        return validate(self._schema, document, rules, self._limits.errors, hide_suggestions=True)


class _Shelf:
    """Prepared documents in the order of their last use. Beyond a number or a total weight the oldest are dropped."""

    def __init__(self, entries: int, weight: int) -> None:
        self._entries = entries
        self._weight = weight
        self._documents: OrderedDict[str, tuple[PreparedDocument, int]] = OrderedDict()
        self._total = 0

    def __len__(self) -> int:
        return len(self._documents)

    def get(self, id_: str) -> PreparedDocument | None:
        entry = self._documents.get(id_)
        if entry is None:
            return None
        self._documents.move_to_end(id_)
        return entry[0]

    def put(self, prepared: PreparedDocument, weight: int) -> None:
        self._documents[prepared.id] = (prepared, weight)
        self._total += weight
        while len(self._documents) > 1 and (len(self._documents) > self._entries or self._total > self._weight):
            _, (oldest, its_weight) = self._documents.popitem(last=False)
            self._total -= its_weight
            oldest.plans.clear()


def id_of(source: str) -> str:
    """Return the id of a document text: `sha256:` and the hash of its UTF-8 form (lone surrogates as they are)."""
    return "sha256:" + sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_unparsed(id_: str, error: GraphQLError) -> PreparedDocument:
    # graphql-core 3.3 reports too many tokens and too deep nesting as syntax errors, told apart by the message only.
    aborted = error.message.endswith("Parsing aborted.")
    code = Code.LIMIT_EXCEEDED if aborted else Code.GRAPHQL_PARSE_FAILED
    formatted = located_error_of(error, code)
    if aborted:
        formatted["message"] = formatted["message"].removeprefix("Syntax Error: ")
    return _refuse(id_, code, formatted)


def _refuse(id_: str, code: Code, *errors: FormattedError) -> PreparedDocument:
    return PreparedDocument(id_, errors=errors, code=code)


def _tokens_of(document: DocumentNode) -> int:
    count = 0
    token = document.loc.start_token if document.loc else None
    while token is not None:
        count += 1
        token = token.next
    return count
