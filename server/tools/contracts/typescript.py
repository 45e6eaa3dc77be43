"""Tell whether the published TypeScript types belong to the published schema and operations.

They are made by graphql-codegen, which needs Node, so that not everybody can make them. Everybody can see whether they
are stale: their first lines hold the digest of what they were made from.
"""

import hashlib
from pathlib import Path

TYPES = "typescript/operations.ts"
HEAD = "// Made by graphql-codegen from the schema and operations with the SHA-256 {digest}. Do not edit."


def head_of(folder: Path) -> str:
    """Return the line that types of this contracts folder have at their head."""
    digest = hashlib.sha256((folder / "schema.graphql").read_bytes())
    for path in sorted([*(folder / "operations").rglob("*.graphql"), *(folder / "fragments").glob("*.graphql")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return HEAD.format(digest=digest.hexdigest())


def are_types_stale(folder: Path) -> bool:
    """Return whether the types are missing or were made from another schema or other operations."""
    path = folder / TYPES
    return not path.exists() or head_of(folder) not in path.read_text(encoding="utf-8").splitlines()[:3]
