"""Hold the entries of a journal against their published form, by the few words of JSON Schema that it uses."""

import re
from functools import cache
from typing import Any

from sqlalchemy import select

from server.models.journal import JournalEntry
from server.storage.database import Database
from server.tools.contracts.details import build_details_schema

TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}


@cache
def forms() -> dict[str, Any]:
    """Return the form of the details of each act."""
    return dict(build_details_schema()["$defs"])


def faults_in(value: Any, form: dict[str, Any], path: str = "") -> list[str]:
    """Return where a value differs from its form."""
    allowed = form.get("type", [])
    kinds = tuple(TYPES[name] for name in ([allowed] if isinstance(allowed, str) else allowed))
    if kinds and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
        return [f"{path or 'details'}: {value!r} is not of the type {allowed}"]
    if isinstance(value, str) and not re.search(form.get("pattern", ""), value):
        return [f"{path}: {value!r} is not like {form['pattern']}"]
    if isinstance(value, int) and value < form.get("minimum", value):
        return [f"{path}: {value} is too small"]
    faults = []
    if isinstance(value, list) and "items" in form:
        faults += [fault for n, each in enumerate(value) for fault in faults_in(each, form["items"], f"{path}.{n}")]
    if isinstance(value, dict):
        known, others = form.get("properties", {}), form.get("additionalProperties", True)
        faults += [f"{path}.{name}: is missing" for name in form.get("required", ()) if name not in value]
        for name, each in value.items():
            if name not in known and others is False:
                faults.append(f"{path}.{name}: is not declared in server/journal/details.py")
            else:
                rest = others if isinstance(others, dict) else {}
                faults += faults_in(each, known.get(name, rest), f"{path}.{name}")
    return faults


async def faults_of_entries(database: Database) -> list[str]:
    """Return where the details of entries differ from their published form."""
    async with database.reading() as connection:
        rows = (await connection.execute(select(JournalEntry.act, JournalEntry.details))).all()
    return [f"{act} {fault}" for act, details in rows for fault in faults_in(details, forms()[act])]
