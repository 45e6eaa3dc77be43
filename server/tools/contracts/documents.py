"""The published operations: each with the fragments it uses, under the digest of its exact text."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from graphql import FragmentSpreadNode, OperationDefinitionNode, Visitor, parse, visit


class Operation(NamedTuple):
    """A published operation. `id` is "sha256:" and the digest of `body` in UTF-8; `area` its folder."""

    id: str
    name: str
    type: str
    area: str
    body: str


def operations_of(folder: Path) -> list[Operation]:
    """Every operation of a contracts folder, by name. A file's name is the name of the operation in it."""
    fragments = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "fragments").glob("*.graphql")}
    found = [_operation(path, fragments) for path in (folder / "operations").rglob("*.graphql")]
    return sorted(found, key=lambda operation: operation.name)


def _operation(path: Path, fragments: dict[str, str]) -> Operation:
    source = path.read_text(encoding="utf-8")
    definition = parse(source).definitions[0]
    if not isinstance(definition, OperationDefinitionNode) or not definition.name or definition.name.value != path.stem:
        raise ValueError(f"{path.name} must begin with the operation {path.stem}")
    used: set[str] = set()
    pending = [source]
    while pending:
        for name in _spreads(pending.pop()) - used:
            used.add(name)
            pending.append(fragments[name])
    body = "\n".join([source, *(fragments[name] for name in sorted(used))])
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Operation(f"sha256:{digest}", path.stem, definition.operation.value, path.parent.name, body)


def _spreads(source: str) -> set[str]:
    found: set[str] = set()

    class Spreads(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
            found.add(node.name.value)

    visit(parse(source), Spreads())
    return found


def manifest_of(operations: list[Operation]) -> str:
    """The manifest in Apollo's form; it is the only authority on document ids."""
    listed = [{"id": o.id, "name": o.name, "type": o.type, "body": o.body} for o in operations]
    return _json({"format": "apollo-persisted-query-manifest", "version": 1, "operations": listed})


def documents_of(operations: list[Operation]) -> str:
    """The manifest in Relay's form: id to text."""
    return _json({operation.id: operation.body for operation in operations})


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
