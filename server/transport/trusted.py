"""Read the manifest of trusted documents: the operations of our own frontends, known before they are sent.

The manifest has the form that Apollo's tools write. A client then sends `documentId` (working draft of GraphQL over
HTTP) or the hash alone (Apollo's persisted queries). No request can add a document.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from server.transport.documents import id_of

FORMAT = "apollo-persisted-query-manifest"


class ManifestInvalid(Exception):
    """Raised when the manifest cannot be trusted; the server must not start. The message names the entry at fault."""


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """One operation of the manifest. `id` is `sha256:` and the hash of `body`; `type` is that of the operation."""

    id: str
    name: str
    type: str
    body: str


class TrustedDocuments:
    """The operations of a manifest, by id."""

    def __init__(self, documents: tuple[TrustedDocument, ...]) -> None:
        self._by_id = {document.id: document for document in documents}
        self.ids = frozenset(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    @classmethod
    def load(cls, path_of_manifest: Path) -> "TrustedDocuments":
        """Read a manifest file: JSON with `format`, `version` 1 and `operations` of `id, name, type, body`.

        Raise ManifestInvalid if it is not that, or if an id is not the hash of its body; OSError if it cannot be read.
        """
        try:
            manifest = orjson.loads(path_of_manifest.read_bytes())
        except orjson.JSONDecodeError as error:
            raise ManifestInvalid(f"The manifest is not JSON: {error.msg}.") from None
        if not isinstance(manifest, dict) or (manifest.get("format"), manifest.get("version")) != (FORMAT, 1):
            raise ManifestInvalid(f"The manifest must have the format {FORMAT}, version 1.")
        entries = manifest.get("operations")
        if not isinstance(entries, list):
            raise ManifestInvalid("The manifest must have a list of operations.")
        documents = tuple(_document_of(entry, number) for number, entry in enumerate(entries, start=1))
        if len({document.id for document in documents}) < len(documents):
            raise ManifestInvalid("The manifest has the same document twice.")
        return cls(documents)

    def find(self, id_: str) -> TrustedDocument | None:
        """Return the document with this id (`sha256:...`), or None."""
        return self._by_id.get(id_)


def _document_of(entry: Any, number: int) -> TrustedDocument:
    """Return the document of one entry, checked; `number` counts the entries from 1, for messages."""
    keys = ("id", "name", "type", "body")
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) and entry[key] for key in keys):
        raise ManifestInvalid(f"Operation {number} of the manifest must have the texts id, name, type and body.")
    document = TrustedDocument(*(entry[key] for key in keys))
    if document.type not in {"query", "mutation", "subscription"}:
        raise ManifestInvalid(f"Operation {number} ({document.name}) has the type '{document.type}'.")
    if document.id != id_of(document.body):
        raise ManifestInvalid(f"Operation {number} ({document.name}): the id is not the SHA-256 of its body.")
    return document
