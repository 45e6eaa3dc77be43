"""Prepare documents once: parse, measure and validate them, and keep them in memory by the hash of their text."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
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

from server.transport.cost import cost_of
from server.transport.errors import Code, FormattedError, error_of, located_error_of
from server.transport.limits import SATURATED, Limits, measure, most_copies
from server.transport.shares import MOST_CALLERS, Shares
from server.transport.shelves import PreparedDocument, Shelf

FAILED_BYTES = 2_000_000
"""Weight of the refused documents kept, so that a client that repeats a mistake costs little."""
SHARE = (20.0, 0.5)
"""Processor time for preparing new documents of one person: seconds at once, and seconds per second."""
SHARE_OF_STRANGERS = (5.0, 0.2)
"""The same for all callers together who are not known."""
COMPILE_SECONDS = 0.001
"""Time to compile one selected field, which happens later and is taken from the share in advance."""


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
    """A cache that prepares documents and keeps the most recently used, up to a weight in bytes.

    `weight` is that of the documents of callers who are known. Those of others have a shelf of their own,
    `strangers`, until a known caller sends them, and refused ones another, FAILED_BYTES: so nobody's pushes out a
    good document of somebody else. Documents with an id in `pinned` are kept for ever. With `introspection=False`
    documents that ask for the schema are refused, and errors suggest no names of it. Preparing takes from the share
    of the caller, and all who are not known have one together.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        introspection: bool = True,
        pinned: AbstractSet[str] = frozenset(),
        weight: int = 64_000_000,
        strangers: int = 12_000_000,
    ) -> None:
        self._schema = schema
        self._limits = limits
        # without the rule that compares fields pairwise: `_prepare` runs it last
        cheap = (rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule)
        rules: list[type[ASTValidationRule]] = [*cheap, MaybeNullValidationRule, OneOfRule]
        self._hide_suggestions = not introspection  # they would give away the schema piece by piece
        self._rules = rules if introspection else [*rules, NoSchemaIntrospectionCustomRule]
        self._pinned_ids = pinned
        self._pinned: dict[str, PreparedDocument] = {}
        self._good = Shelf(weight)
        self._strangers = Shelf(strangers)
        self._failed = Shelf(FAILED_BYTES)
        self._shares = Shares(*SHARE)
        self._share_of_strangers = Shares(*SHARE_OF_STRANGERS)
        self._persons: OrderedDict[str, str] = OrderedDict()
        """The person whom each credential proved to be, when it was last used."""

    def __len__(self) -> int:
        """Return the number of documents in memory, refused ones included."""
        return len(self._pinned) + len(self._good) + len(self._strangers) + len(self._failed)

    @property
    def weight(self) -> int:
        """The weight of the documents in memory without the pinned ones, in bytes."""
        return self._good.weight + self._strangers.weight + self._failed.weight

    def prepare(self, source: str, credential: str = "") -> PreparedDocument:
        """Return the document of a source text: the same object as long as it stays in the cache.

        Raise RequestRefused (RATE_LIMITED) if it is new and the caller's share of preparing is used up.
        """
        id_ = id_of(source)
        for shelf in (self._good, self._pinned, self._strangers, self._failed):
            if cached := shelf.get(id_):
                return cached
        if id_ in self._pinned_ids:
            self._pinned[id_] = self._prepare(id_, source)
            return self._pinned[id_]
        person = self._persons.get(credential, "")
        shares = self._shares if person else self._share_of_strangers
        shares.check(person)
        started = time.thread_time()  # of the processor: a busy machine uses up nobody's share
        prepared = self._prepare(id_, source)
        fields = sum(measure.fields for measure in prepared.measures)
        shares.use(person, time.thread_time() - started + fields * COMPILE_SECONDS)
        (self._failed if prepared.document is None else self._strangers).put(prepared, "")
        return prepared

    def keep(self, prepared: PreparedDocument, person: str, credential: str) -> None:
        """Keep a document that a caller who is known by now is about to execute; do nothing if `person` is ""."""
        if not person:
            return
        if credential:
            self._persons[credential] = person
            self._persons.move_to_end(credential)
            if len(self._persons) > MOST_CALLERS:
                self._persons.popitem(last=False)
        if self._strangers.take(prepared.id) is not None:
            self._good.put(prepared, person)

    def _prepare(self, id_: str, source: str) -> PreparedDocument:
        """Parse, measure and validate a document, the cheap checks first, so that no document takes long to refuse."""
        tokens = self._limits.tokens
        try:
            document = parse(source, max_lexical_tokens=tokens, max_comments=tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            return _refuse_unparsed(id_, error)
        measures = measure(document)
        cost, limit = cost_of(self._schema, document), self._limits.cost
        if limit < cost < SATURATED:
            return _refuse_cost(id_, cost, limit)
        for each in measures:
            breach = self._limits.breach(each)
            if breach is not None:
                return _refuse(id_, Code.LIMIT_EXCEEDED, error_of(Code.LIMIT_EXCEEDED, breach))
        if cost > limit:
            return _refuse_cost(id_, cost, limit)
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
        return PreparedDocument(id_, document, operations, measures, cost=cost, tokens=_tokens_of(document))

    def _validate(self, document: DocumentNode, rules: Sequence[type[ASTValidationRule]]) -> list[GraphQLError]:
        """Return the errors of the document by these rules, up to the limit of errors."""
        return validate(self._schema, document, rules, self._limits.errors, hide_suggestions=self._hide_suggestions)


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


def _refuse_cost(id_: str, cost: int, limit: int) -> PreparedDocument:
    message = f"The operation costs {cost}; {limit} is allowed. Ask for smaller pages or for fewer fields."
    return _refuse(id_, Code.LIMIT_EXCEEDED, error_of(Code.LIMIT_EXCEEDED, message, cost=cost, limit=limit))


def _refuse(id_: str, code: Code, *errors: FormattedError) -> PreparedDocument:
    return PreparedDocument(id_, errors=errors, code=code)


def _tokens_of(document: DocumentNode) -> int:
    count = 0
    token = document.loc.start_token if document.loc else None
    while token is not None:
        count += 1
        token = token.next
    return count
