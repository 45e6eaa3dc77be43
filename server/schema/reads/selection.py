"""The fields that an operation selects, merged by response key, with fragments and directives applied."""

from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    SelectionSetNode,
    VariableNode,
    get_directive_values,
)

Selected = dict[str, list[FieldNode]]
"""Field nodes by response key, in the order of the document; several nodes of one key merge their selections."""


class Selection:
    """Collects the fields of one operation.

    `conditions` gathers the names of the variables in @skip and @include: a plan is valid for their values only.
    """

    def __init__(self, schema: GraphQLSchema, fragments: dict[str, FragmentDefinitionNode], variables: Any) -> None:
        self.schema = schema
        self.conditions: set[str] = set()
        self._fragments = fragments
        self._variables = variables

    def value_of(self, variable: str) -> Any:
        """Return the value of a variable, None if it has none."""
        return self._variables.coerced.get(variable)

    def select(self, object_type: GraphQLObjectType, nodes: list[FieldNode]) -> Selected:
        """Return the fields that `nodes` select on `object_type`."""
        selected: Selected = {}
        seen: set[str] = set()
        for node in nodes:
            if node.selection_set:
                self._collect(object_type, node.selection_set, selected, seen)
        return selected

    def _collect(
        self, object_type: GraphQLObjectType, selections: SelectionSetNode, into: Selected, seen: set[str]
    ) -> None:
        """Add the fields of `selections` to `into`; `seen` holds the names of the fragments that are in it already."""
        for node in selections.selections:
            if not self._is_wanted(node):
                continue
            if isinstance(node, FieldNode):
                into.setdefault((node.alias or node.name).value, []).append(node)
                continue
            fragment: Any = node
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in seen:
                    continue
                seen.add(node.name.value)
                fragment = self._fragments[node.name.value]
            condition = fragment.type_condition
            if condition is None or self._applies(condition.name.value, object_type):
                self._collect(object_type, fragment.selection_set, into, seen)

    def _applies(self, condition: str, object_type: GraphQLObjectType) -> bool:
        """Return whether a fragment on the type `condition` applies to `object_type`."""
        if condition == object_type.name:
            return True
        abstract = self.schema.get_type(condition)
        return abstract is not object_type and self.schema.is_sub_type(abstract, object_type)  # type: ignore[arg-type]

    def _is_wanted(self, node: Any) -> bool:
        """Return whether @skip and @include let a node stand, and remember their variables."""
        for directive in node.directives or ():
            if directive.name.value in ("skip", "include"):
                self.conditions |= {
                    a.value.name.value for a in directive.arguments if isinstance(a.value, VariableNode)
                }
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not (skip and skip["if"]) and not (include and not include["if"])
