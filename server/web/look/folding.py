"""Write into the code of a template, when it is compiled, what is the same at every page.

An environment serves one language. Words without variables are looked up once then, and not at every page.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

CALLS = frozenset({"_", "gettext"})
"""The names by which a template asks for the translation of a message; `trans` without variables is such a call."""


class Folding(NodeTransformer):
    """Put translations in the place of the calls that ask for them, and an empty text where an "if" has no "else"."""

    def __init__(self, translate: Callable[[str], Markup]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        """Return the translation if the message is written out and has no variables, else the call."""
        self.generic_visit(node, *args, **kwargs)
        is_asking = isinstance(node.node, nodes.Name) and node.node.name in CALLS
        variables = [*node.kwargs, node.dyn_args, node.dyn_kwargs, *node.args[1:]]
        if not is_asking or any(variables) or not node.args:
            return node
        message = node.args[0]
        if not isinstance(message, nodes.Const) or not isinstance(message.value, str):
            return node
        return nodes.Const(self._translate(message.value), lineno=node.lineno)

    def visit_CondExpr(self, node: nodes.CondExpr, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        """Return `a if b` as `a if b else ""`. Jinja makes an object each time, and an exception of what it lacks."""
        self.generic_visit(node, *args, **kwargs)
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        return node
