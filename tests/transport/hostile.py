"""Documents as somebody sends them who wants to fill the memory."""

from graphql import GraphQLEnumType, GraphQLNonNull, GraphQLObjectType, GraphQLScalarType, get_named_type

from server.schema.root import schema


def selection_of(name: str) -> str:
    """Return a selection of every field of a type that needs no argument: values, and the ids of objects."""
    object_type = schema._schema.type_map[name]
    assert isinstance(object_type, GraphQLObjectType)
    selected = []
    for field_name, field in object_type.fields.items():
        of = get_named_type(field.type)
        if any(isinstance(argument.type, GraphQLNonNull) for argument in field.args.values()):
            continue
        if isinstance(of, GraphQLScalarType | GraphQLEnumType):
            selected.append(field_name)
        elif isinstance(of, GraphQLObjectType) and "id" in of.fields:
            selected.append(f"{field_name} {{ id }}")
    return " ".join(selected)


COMMENT = selection_of("Comment")


def aliases_of_comments(number: int, *, first: int, aliases: int = 28) -> str:
    """Return a document that lists all comments with all their fields so many times; `number` makes it another one."""
    lists = " ".join(f"a{each}: comments(first: {first}) {{ nodes {{ ...F }} }}" for each in range(aliases))
    return f'{{ {lists} node(id: "{number}") {{ id }} }} fragment F on Comment {{ {COMMENT} }}'


def comment_by_id(number: int) -> str:
    """Return an honest document with an id written into it."""
    return f'{{ comment(id: "CMT_{number}") {{ {COMMENT} }} }}'


def list_of_round(number: int) -> str:
    """Return an honest list with an id written into it."""
    return f'{{ comments(first: 50, filter: {{ roundId: "RND_{number}" }}) {{ nodes {{ {COMMENT} }} }} }}'
