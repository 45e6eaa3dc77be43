"""Write the JSON Schema of the details of journal entries."""

from typing import Any

from server.journal.details import ACTS, details_of

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
ABOUT = (
    "An entry of the journal: which details it has follows from its act. Entries of earlier releases lack the details "
    "that are not required. Details that a later release adds come with a new copy of this file."
)


def build_details_schema() -> dict[str, Any]:
    """Return the JSON Schema of `{act, details}` of any entry; the details of one act are under its name in `$defs`."""
    branches = [
        {"properties": {"act": {"const": tag}, "details": {"$ref": f"#/$defs/{tag}"}}, "required": ["act", "details"]}
        for tag in sorted(ACTS)
    ]
    return {
        "$schema": SCHEMA,
        "title": "JournalEntry",
        "description": ABOUT,
        "type": "object",
        "oneOf": branches,
        "$defs": {tag: _describe_act(tag) for tag in sorted(ACTS)},
    }


def _describe_act(tag: str) -> dict[str, Any]:
    details = list(details_of(tag))
    return {
        "type": "object",
        "properties": {detail.name: detail.schema for detail in details},
        "required": [detail.name for detail in details if detail.is_required],
        "additionalProperties": False,
    }
