"""Answer an operation without an executor, if every root of it is a declared read.

The way is: variables, arguments, page, statement, rendering. It has answers and no errors: whatever is wrong raises,
and the operation is then executed in full, which says what is wrong (`server/decisions/0026-direct-reads.md`).
"""

from collections import OrderedDict
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from graphql import (
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_argument_values,
)
from graphql.execution.values import VariableValues, get_variable_values

from server.identity.callers import BEARER, Callers
from server.identity.remembered import DIGEST, Actors, NobodyHere, values_of
from server.identity.site import Site
from server.identity.tokens import Caller
from server.kernel.actor import ANONYMOUS, Actor
from server.kernel.refusals import Refusal
from server.schema.reads.fetch import Outdated, Proof, Reading
from server.schema.reads.kept import keep_plan
from server.schema.reads.kinds import DEFINITION
from server.schema.reads.plan import Compiler, RowPlan
from server.schema.reads.roots import ROOT, Root
from server.schema.reads.sealed import Witness, record_sealed, witness_of
from server.schema.reads.selection import Selection
from server.storage.snapshots import Snapshot

TYPENAME = "__typename"
SHORT, MOST_TERMS = 2_000, 500
"""Terms with variables of at most so many bytes are kept, and so many of them."""


class Unfit(Exception):
    """Raised when an operation has to be executed in full."""


class _Field(NamedTuple):
    """One root field of an operation: its response key and how it is read."""

    key: str
    definition: GraphQLField
    node: Any
    root: Root
    plan: Any


class _Operation(NamedTuple):
    """An operation of declared reads only."""

    fields: tuple[_Field, ...]
    keys: tuple[str, ...]
    """The response keys in the order of the document."""
    is_single: bool
    """Whether it is one statement."""


class _Unable(NamedTuple):
    """An operation with other fields than declared reads."""


class _Terms(NamedTuple):
    """The variables of a request, and what they make each of its fields ask for."""

    variables: VariableValues
    wanted: tuple[Any, ...]


class _Question(NamedTuple):
    """One request: what is asked for, who asks, and when."""

    operation: _Operation
    terms: _Terms
    caller: Caller | None
    acting_as: str
    now: datetime
    witnesses: list[Witness]
    """What was shown of comments, by each attempt to answer."""

    @property
    def is_single(self) -> bool:
        """Whether it is answered by one statement."""
        return self.operation.is_single


class DirectReads:
    """Answers the operations of one server that are declared reads only."""

    unfit: tuple[type[Exception], ...] = (Unfit, NobodyHere, Refusal)

    def __init__(self, site: Site, schema: GraphQLSchema) -> None:
        assert schema.query_type is not None
        self._site = site
        self._schema = schema
        self._query_type = schema.query_type
        self._callers = Callers(site)
        self._terms: OrderedDict[tuple[str, str, bytes], _Terms] = OrderedDict()
        self.actors = Actors()

    async def answer(
        self,
        prepared: Any,
        operation: OperationDefinitionNode,
        variables: dict[str, Any] | None,
        authorization: str | None,
        acting_as: str,
    ) -> tuple[dict[str, Any], str]:
        """Return the data of an operation and the person who asks, "" for nobody.

        Raise any exception if it is not answered here.
        """
        caller = await self._find_caller(authorization)
        if caller is None and self._site.settings.open_editions:
            raise Unfit  # the public has limits of its own, which are kept where it is answered in full
        plan, terms = self._understand(prepared, operation, variables or {})
        question = _Question(plan, terms, caller, acting_as, self._site.now(), [])
        values = await self._read(question)
        for witness in question.witnesses:
            await record_sealed(self._site.database, witness, question.now)
        return {key: values.get(key, self._query_type.name) for key in plan.keys}, caller.subject if caller else ""

    def _understand(
        self, prepared: Any, operation: OperationDefinitionNode, variables: dict[str, Any]
    ) -> tuple[_Operation, _Terms]:
        """Return the plan of an operation and its terms. Many people ask the same, so that short terms are kept."""
        text = orjson.dumps(variables)
        key = (prepared.id, operation.name.value if operation.name else "", text)
        terms = self._terms.get(key)
        if terms is not None:
            return self._plan(prepared, operation, terms.variables), terms
        coerced = get_variable_values(
            self._schema, operation.variable_definitions or (), variables, hide_suggestions=True
        )
        if isinstance(coerced, list):
            raise Unfit
        plan = self._plan(prepared, operation, coerced)
        wanted = (
            field.root.ask(field.plan, get_argument_values(field.definition, field.node, coerced))
            for field in plan.fields
        )
        terms = _Terms(coerced, tuple(wanted))
        if len(text) <= SHORT:
            self._terms[key] = terms
            if len(self._terms) > MOST_TERMS:
                self._terms.popitem(last=False)
        return plan, terms

    def _plan(self, prepared: Any, operation: OperationDefinitionNode, variables: VariableValues) -> _Operation:
        """Return the plan of an operation, compiled at its first use. Raise Unfit if there is none."""
        fragments = {
            node.name.value: node for node in prepared.document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        selection = Selection(self._schema, fragments, variables)
        place = ("direct", id(operation))
        plan = keep_plan(prepared.plans, place, selection, lambda: self._compile(operation, selection))
        if isinstance(plan, _Unable):
            raise Unfit
        return plan  # type: ignore[no-any-return]

    def _compile(self, operation: OperationDefinitionNode, selection: Selection) -> _Operation | _Unable:
        """Compile every root field, unless one of them is not a declared read."""
        if operation.operation is not OperationType.QUERY or operation.directives:
            return _Unable()
        fields = []
        selected = selection.select(self._query_type, [operation])  # type: ignore[list-item]
        for key, nodes in selected.items():
            name = nodes[0].name.value
            if name == TYPENAME:
                continue
            definition = self._query_type.fields.get(name)
            declared = definition.extensions.get(DEFINITION) if definition else None
            root: Root | None = declared.metadata.get(ROOT) if declared else None
            if definition is None or root is None:
                return _Unable()
            plan = root.compile(Compiler(selection), f"{self._query_type.name}.{name}", definition, nodes)
            fields.append(_Field(key, definition, nodes[0], root, plan))
        is_single = len(fields) == 1 and not _needs_more(fields[0].plan)
        return _Operation(tuple(fields), tuple(selected), is_single)

    async def _find_caller(self, authorization: str | None) -> Caller | None:
        """Return the caller of a token, None without one. Raise an error for anything else but a good token."""
        if authorization is None:
            return None
        if authorization[: len(BEARER)].lower() != BEARER:
            raise Unfit
        caller = await self._callers.by_token(authorization[len(BEARER) :].strip())
        if not caller.scopes:
            raise Unfit
        return caller

    async def _read(self, question: _Question) -> dict[str, Any]:
        """Return the values of all fields by response key, from one snapshot that also says who asks."""
        readers = self._site.database.direct
        caller = question.caller
        if caller is None:
            return await readers.read(
                lambda snapshot: _read_as(snapshot, question, ANONYMOUS), single=question.is_single
            )
        if question.is_single and readers.proves and caller.issuer == self._site.settings.issuer:
            remembered = self.actors.recall(caller, question.acting_as, question.now.date())
            if remembered:
                actor, proof = (
                    self._site.admit(remembered.actor),
                    Proof(DIGEST, self._values_of(question), remembered.proof),
                )
                try:
                    return await readers.read(lambda snapshot: _read_as(snapshot, question, actor, proof), single=True)
                except Outdated:
                    pass  # the caller's standing has changed, or there are no rows to tell that it has not
        return await readers.read(lambda snapshot: self._look_up_and_read(snapshot, question, caller, readers.proves))

    async def _look_up_and_read(
        self, snapshot: Snapshot, question: _Question, caller: Caller, proves: bool
    ) -> dict[str, Any]:
        own_issuer = self._site.settings.issuer
        actor = await self.actors.look_up(
            snapshot, caller, question.acting_as, question.now, own_issuer=own_issuer, proves=proves
        )
        if actor is ANONYMOUS:
            raise Unfit
        return await _read_as(snapshot, question, self._site.admit(actor))

    def _values_of(self, question: _Question) -> dict[str, Any]:
        assert question.caller is not None
        return values_of(question.caller, question.now, own_issuer=self._site.settings.issuer)


async def _read_as(snapshot: Snapshot, question: _Question, actor: Actor, proof: Proof | None = None) -> dict[str, Any]:
    """Return the values of all fields by response key, as an actor sees them in a snapshot."""
    now = question.now
    witness = witness_of(actor)
    if witness is not None:
        question.witnesses.append(witness)
    reading = Reading(snapshot, actor, now, actor.parameters(now), question.terms.variables, proof, witness)
    values: dict[str, Any] = {}
    for field, wanted in zip(question.operation.fields, question.terms.wanted, strict=True):
        value = values[field.key] = await field.root.fetch(reading, field.plan, wanted)
        if value is None and isinstance(field.definition.type, GraphQLNonNull):
            raise Unfit
    return values


def _needs_more(plan: Any) -> bool:
    """Return whether a plan needs more than one statement."""
    return bool(plan.attachments) or (not isinstance(plan, RowPlan) and plan.wants_total)
