"""The published operations: each with the fragments it uses, under the digest of its exact text."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graphql import FragmentSpreadNode, OperationDefinitionNode, Visitor, parse, visit

from server.tools.contracts.typenames import add_typenames


class Operation(NamedTuple):
    """A published operation.

    `source` is its file with the fragments that it uses, `body` the same with `__typename` in every selection, as the
    manifests have it. `id` is "sha256:" and the digest of `body` in UTF-8; `area` is its folder.
    """

    id: str
    name: str
    type: str
    area: str
    source: str
    body: str


def operations_of(folder: Path) -> list[Operation]:
    """Return every operation of a contracts folder, sorted by name.

    A file has the name of the operation in it. Raise ValueError for one that has another name.
    """
    fragments = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "fragments").glob("*.graphql")}
    operations = [_read_operation(path, fragments) for path in (folder / "operations").rglob("*.graphql")]
    return sorted(operations, key=lambda operation: operation.name)


def _read_operation(path: Path, fragments: dict[str, str]) -> Operation:
    text = path.read_text(encoding="utf-8")
    definition = parse(text).definitions[0]
    if not isinstance(definition, OperationDefinitionNode) or not definition.name or definition.name.value != path.stem:
        raise ValueError(f"{path.name} must begin with the operation {path.stem}")
    needed: set[str] = set()
    pending = [text]
    while pending:
        for name in _find_spreads(pending.pop()) - needed:
            needed.add(name)
            pending.append(fragments[name])
    # sorted, because the id is the digest of the text: the same operation must keep its id
    source = "\n".join([text, *(fragments[name] for name in sorted(needed))])
    body = add_typenames(source)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Operation(f"sha256:{digest}", path.stem, definition.operation.value, path.parent.name, source, body)


@cache
def _find_spreads(source: str) -> frozenset[str]:
    names: set[str] = set()

    class Spreads(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
            names.add(node.name.value)

    visit(parse(source), Spreads())
    return frozenset(names)


def manifest_of(operations: list[Operation]) -> str:
    """Return the manifest in Apollo's form; it is the only authority on document ids."""
    entries = [{"id": o.id, "name": o.name, "type": o.type, "body": o.body} for o in operations]
    return to_json({"format": "apollo-persisted-query-manifest", "version": 1, "operations": entries})


def documents_of(operations: list[Operation]) -> str:
    """Return the manifest in Relay's form: id to text."""
    return to_json({operation.id: operation.body for operation in operations})


def to_json(value: Any) -> str:
    """Return a generated file in JSON, so written that a change of one value is a change of one line."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
