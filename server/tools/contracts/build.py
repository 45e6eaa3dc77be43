"""Builds `frontend-contracts/` from the code, so that its files cannot differ from the code that runs."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from graphql import lexicographic_sort_schema, print_schema, validate
from graphql.language import parse

from server import vocabulary
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import WORDS
from server.kernel.lifecycle import Lifecycle
from server.kernel.reasons import REASONS, ReasonCode
from server.kernel.refusals import RefusalCode, RefusalKind, graphql_name
from server.schema.root import schema
from server.schema.vocabulary import docstrings_of
from server.tools.contracts.acts import add_operations
from server.tools.contracts.changes import build_page
from server.tools.contracts.details import build_details_schema
from server.tools.contracts.documents import Operation, documents_of, manifest_of, operations_of, to_json
from server.tools.contracts.labels import build_english, build_french
from server.tools.contracts.permissions import matrix_of, page_of
from server.tools.contracts.vectors import build_vectors

LIFECYCLES: dict[str, Lifecycle[Any]] = {
    value.noun.capitalize(): value
    for module in iter_modules(vocabulary.__path__, f"{vocabulary.__name__}.")
    for value in vars(import_module(module.name)).values()
    if isinstance(value, Lifecycle)
}
"""Every lifecycle of the vocabulary, by the noun whose life it is."""
GENERATED = "<!-- Made by `make contracts`. Do not edit. -->"


def build_contracts(folder: Path, *, write: bool) -> list[str]:
    """Return the names of the generated files that differ from what the code says; with `write` rewrite them.

    Raise ValueError when a published operation does not fit the schema.
    """
    stale = add_operations(folder, schema._schema, write=write)
    operations = operations_of(folder)
    _ensure_valid(operations)
    for name, text in _build_files(folder, operations):
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return stale


def _ensure_valid(operations: list[Operation]) -> None:
    for operation in operations:
        if errors := validate(schema._schema, parse(operation.body)):
            raise ValueError(f"{operation.name}: {errors[0].message}")


def _build_files(folder: Path, operations: list[Operation]) -> Iterator[tuple[str, str]]:
    # sorted, so that the order of imports does not change the file
    yield "schema.graphql", print_schema(lexicographic_sort_schema(schema._schema)) + "\n"
    yield "manifests/persisted-query-manifest.json", manifest_of(operations)
    yield "manifests/persisted-documents.json", documents_of(operations)
    yield "permissions.json", to_json(matrix_of(operations))
    yield "permissions.md", "\n".join([GENERATED, *page_of(operations)])
    yield "lifecycles.json", to_json({name: _describe_lifecycle(lifecycle) for name, lifecycle in LIFECYCLES.items()})
    yield "lifecycles.md", _build_lifecycles_page()
    kinds_and_codes = {"kinds": docstrings_of(RefusalKind), "codes": docstrings_of(RefusalCode)}
    yield "refusals.json", to_json(kinds_and_codes | {"reasons": _describe_reasons(), "issues": _describe_issues()})
    yield "refusals.md", _build_refusals_page()
    yield "verification/vectors.json", build_vectors()
    yield "journal-details.schema.json", to_json(build_details_schema())
    yield "labels.en.json", to_json(build_english(schema._schema))
    yield "labels.fr.json", to_json(build_french(schema._schema))
    yield "CHANGES.md", "\n".join([GENERATED, *build_page(folder, schema._schema)])


def _describe_lifecycle(lifecycle: Lifecycle[Any]) -> dict[str, Any]:
    rows = [
        {"act": graphql_name(row.act), "from": sorted(row.sources), "to": list(row.targets)} for row in lifecycle.rows
    ]
    return {"initial": lifecycle.initial, "finals": sorted(lifecycle.finals), "transitions": rows}


def _build_lifecycles_page() -> str:
    lines = [GENERATED, "# Lifecycles", "", "Only acts change a state; what the calendar decides is derived.", ""]
    for name, lifecycle in LIFECYCLES.items():
        lines += [f"## {name}", "", "```mermaid", lifecycle.mermaid(), "```", ""]
    return "\n".join(lines)


def _describe_issues() -> dict[str, dict[str, str]]:
    """Return when each issue comes up and what it says, with the names of its parameters in braces."""
    words = {
        code: re.sub(r"{(\w+)(?:!r)?}", lambda name: f"{{{graphql_name(name[1])}}}", WORDS[code]) for code in WORDS
    }
    return {code: {"when": when, "words": words[IssueCode(code)]} for code, when in docstrings_of(IssueCode).items()}


def _describe_reasons() -> dict[str, dict[str, str]]:
    """Return when each reason comes up and what it says, with the names of its parameters in braces."""
    return {
        code: {"when": when, "words": REASONS[ReasonCode(code)]} for code, when in docstrings_of(ReasonCode).items()
    }


def _build_refusals_page() -> str:
    lines = [
        GENERATED,
        "# Refusals",
        "",
        "A refusal is an answer, not an error: nothing was written.",
        "",
        "## Kinds",
        "",
    ]
    lines += [f"- **{kind}**: {words}" for kind, words in docstrings_of(RefusalKind).items()]
    lines += ["", "## Codes", "", "| code | when |", "|---|---|"]
    lines += [f"| `{code}` | {words} |" for code, words in docstrings_of(RefusalCode).items()]
    lines += ["", "## Reasons", "", "| code | when | what it says |", "|---|---|---|"]
    lines += [f"| `{code}` | {row['when']} | {row['words']} |" for code, row in _describe_reasons().items()]
    lines += ["", "## Issues", "", "| code | when | what it says |", "|---|---|---|"]
    lines += [f"| `{code}` | {row['when']} | {row['words']} |" for code, row in _describe_issues().items()]
    return "\n".join([*lines, ""])
