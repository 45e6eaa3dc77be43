"""The mutation of an act, declared once: its input, its fact in the past tense, and how the action is called.

An act that takes plain values is declared by its policy, its action and words alone. The names follow from the act:
`support_comment`, tagged "comment.supported", takes a `SupportCommentInput` and answers `CommentSupported` or a
`Refusal`. What the input holds follows from the keyword parameters of the action.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import MappingProxyType, UnionType
from typing import Annotated, Any, TypeAlias, get_args

import strawberry

from server.kernel.acts import Act
from server.schema.acts import RefusalType, key_field, perform, version_field
from server.schema.context import Context
from server.schema.lengths import say_limits, tidy
from server.schema.reads.roots import Answers
from server.schema.scalars import Digest, EmailAddress, Locale, TimeZone

Action: TypeAlias = Callable[..., Awaitable[Any]]
Given: TypeAlias = Mapping[str, Callable[[Context], Any]]
"""The arguments of an action that come from this server and not from the client, by the name of the parameter."""
NOTHING: Given = MappingProxyType({})
MAKES = "it makes something new and changes nothing that is there"
"""Why most acts without a lock need none."""
SENT_AS: Mapping[str, Any] = {"email": EmailAddress, "language": Locale, "zone": TimeZone, "digests": list[Digest]}
"""The types of parameters that have a scalar, by their names."""


def act_field(
    act: Act[Any],
    action: Action,
    description: str,
    *,
    outcome: str,
    answer: type,
    fact_name: str = "",
    about: str = "",
    input_type: type | None = None,
    given: Given = NOTHING,
    unlocked: str = MAKES,
    **words: str,
) -> Any:
    """Declare the mutation of an act.

    `outcome` describes the fact, which is a type like `answer` named after the tag of the act, or `fact_name`. The
    input is made from the parameters of the action: `about` describes it, and `words` each parameter; only
    `expected_revision` has words already. Where the input is more than plain values, give the class as `input_type`;
    its method `arguments` returns what the action takes. Raise TypeError where a parameter has no words or words have
    no parameter. `unlocked` says why an act needs no lock whose input has none.
    """
    input_type = input_type or input_of(act, action, about, words, given)
    fact_type = fact_of(act, outcome, answer, fact_name)

    async def resolve(info: strawberry.Info, input: Any) -> Any:
        own = {name: of_server(info.context) for name, of_server in given.items()}
        bound = partial(action, **arguments_of(input), **own)
        done = await perform(info, input, bound, fact_type)
        return fact_type(subject_id=done.subject_id, answers=done.answers)

    return mutation_of(act, description, input_type, fact_type, resolve, unlocked)


def mutation_of(
    act: Act[Any], description: str, input_type: type, fact_type: type, resolve: Action, unlocked: str = MAKES
) -> Any:
    """Return the field of a mutation: one `input`, and as result the fact or the refusal."""
    name = f"{_camel(act.name)}Result"
    outcome = fact_type.__strawberry_definition__.description  # type: ignore[attr-defined]
    union = strawberry.union(name, description=f"{outcome} Or the refusal.")
    about = strawberry.argument(description="The input of the act, with its idempotency key.")
    say_limits(input_type)

    async def resolve_tidied(info: strawberry.Info, input: Any) -> Any:
        return await resolve(info, tidy(input))

    resolve_tidied.__annotations__ = {
        "info": strawberry.Info,
        "input": Annotated[input_type, about],
        "return": Annotated[fact_type | RefusalType, union],
    }
    names = {field.python_name for field in input_type.__strawberry_definition__.fields}  # type: ignore[attr-defined]
    lock = "" if "expected_revision" in names else f" It takes no `expectedRevision`: {unlocked}."
    return strawberry.mutation(resolver=resolve_tidied, description=f"{description} For: {act.who.words}.{lock}")


def arguments_of(input: Any) -> dict[str, Any]:
    """Return what the action takes from an input: what its `arguments` say, or every field but the key."""
    if hasattr(input, "arguments"):
        return dict(input.arguments())
    return {name: value for name, value in vars(input).items() if name != "idempotency_key"}


def fact_of(act: Act[Any], outcome: str, answer: type, name: str = "") -> type:
    """Return the type of the fact: `answer` with a name and a description of its own, and what it shows."""
    fact_type = type(
        name or _camel(act.tag.replace(".", "_")),
        (answer,),
        {
            "__doc__": f"Fact of `{act.name}`.",
            "__module__": answer.__module__,
            "__annotations__": {"answers": strawberry.Private[Answers]},
        },
    )
    return strawberry.type(fact_type, description=outcome)


def input_of(act: Act[Any], action: Action, about: str, words: dict[str, str], given: Given = NOTHING) -> type:
    """Return the input made from the keyword parameters of an action, those left out that the server gives."""
    parameters = inspect.signature(action).parameters.values()
    from_client = [each for each in parameters if each.kind is each.KEYWORD_ONLY and each.name not in given]
    if unknown := words.keys() - {each.name for each in from_client}:
        raise TypeError(f"{act.name} has no parameter {', '.join(sorted(unknown))}")
    fields: dict[str, Any] = {"idempotency_key": key_field()}
    annotations: dict[str, Any] = {"idempotency_key": str}
    for each in from_client:
        annotations[each.name] = _sent_as(each.name, each.annotation)
        fields[each.name] = _field_of(act, each, words)
    input_type = type(f"{_camel(act.name)}Input", (), {"__annotations__": annotations, "__doc__": about} | fields)
    return strawberry.input(input_type, description=about)


def _field_of(act: Act[Any], parameter: inspect.Parameter, words: dict[str, str]) -> Any:
    if parameter.name not in words:
        if parameter.name != "expected_revision":
            raise TypeError(f"{act.name} says nothing of {parameter.name}")
        return version_field()
    options: dict[str, Any] = {}
    if isinstance(parameter.annotation, UnionType):
        options["default"] = None
    if parameter.default is not parameter.empty:
        options["default"] = parameter.default
    return strawberry.field(description=words[parameter.name], **options)


def _sent_as(name: str, annotation: Any) -> Any:
    """Return the type under which a parameter is sent: identifiers are ids, and what has a scalar is no plain text."""
    sent = SENT_AS.get(name)
    if name.endswith(("_id", "_key")):
        sent = strawberry.ID
    elif name.endswith(("_ids", "_keys")):
        sent = list[strawberry.ID]
    if sent is None:
        return annotation
    return sent | None if type(None) in get_args(annotation) else sent


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
