"""Read the manifests of trusted documents: operations that are known before anybody sends them.

A manifest has the form that Apollo's tools write, or is a JSON object of id to text, as relay-compiler and
graphql-codegen write it. A client then sends `documentId` (working draft of GraphQL over HTTP) or the hash alone
(Apollo's persisted queries). No request can add a document.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse

from server.transport.documents import id_of

FORMAT = "apollo-persisted-query-manifest"
PREFIX = "sha256:"
"""What stands before the id of a document that is a SHA-256. The id is the same with it and without it."""


class ManifestInvalid(Exception):
    """Raised when a manifest cannot be trusted; the server must not start. The message names the file and the fault."""


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """One operation of a manifest.

    `id` is what its manifest calls it: each tool has its own form, so it is not compared with the text. `type` is that
    of the operation.
    """

    id: str
    name: str
    type: str
    body: str


class TrustedDocuments:
    """The operations of all manifests, by their ids and by the SHA-256 of their texts."""

    def __init__(self, documents: Iterable[TrustedDocument]) -> None:
        self._by_id: dict[str, TrustedDocument] = {}
        self._by_text: dict[str, TrustedDocument] = {}
        self._by_name: dict[str, TrustedDocument] = {}
        for document in documents:
            same = self._by_id.setdefault(document.id.removeprefix(PREFIX), document)
            if same.body != document.body:
                raise ManifestInvalid(f"Two manifests call different documents {document.id}.")
            self._by_text.setdefault(id_of(document.body), document)
            self._by_name.setdefault(document.name, document)
        self.texts = frozenset(self._by_text)
        """The ids that the texts have in the cache of documents (`id_of`)."""

    def __len__(self) -> int:
        return len(self._by_text)

    @classmethod
    def load(cls, *manifests: Path) -> "TrustedDocuments":
        """Read manifest files. Raise ManifestInvalid if one cannot be read, or is no manifest."""
        return cls([document for manifest in manifests for document in _read_manifest(manifest)])

    def find(self, id_: str) -> TrustedDocument | None:
        """Return the document with this id, with `sha256:` before it or without; None if there is none.

        Every document also goes by the SHA-256 of its text.
        """
        bare = id_.removeprefix(PREFIX)
        return self._by_id.get(bare) or self._by_text.get(PREFIX + bare)

    def find_name(self, name: str) -> TrustedDocument:
        """Return the document of an operation, of the first manifest that has one. Raise KeyError if none has."""
        return self._by_name[name]

    def find_text(self, text_id: str) -> TrustedDocument | None:
        """Return the document with the text of this id (`id_of`), None if no manifest has it."""
        return self._by_text.get(text_id)


def _read_manifest(path: Path) -> list[TrustedDocument]:
    try:
        manifest = orjson.loads(path.read_bytes())
        documents = list(_list_documents(manifest))
    except OSError as error:
        raise ManifestInvalid(f"The manifest {path} cannot be read: {error.strerror}.") from None
    except orjson.JSONDecodeError as error:
        raise ManifestInvalid(f"The manifest {path} is not JSON: {error.msg}.") from None
    except ManifestInvalid as error:
        raise ManifestInvalid(f"The manifest {path} is not to be trusted: {error}") from None
    ids = {document.id.removeprefix(PREFIX) for document in documents}
    if len(ids) < len(documents):
        raise ManifestInvalid(f"The manifest {path} has the same document twice.")
    return documents


def _list_documents(manifest: Any) -> Iterator[TrustedDocument]:
    if not isinstance(manifest, dict):
        raise ManifestInvalid("it must be a JSON object.")
    if "format" not in manifest and "operations" not in manifest:
        for id_, body in manifest.items():
            yield _read_pair(id_, body)
        return
    if (manifest.get("format"), manifest.get("version")) != (FORMAT, 1):
        raise ManifestInvalid(f"it must have the format {FORMAT}, version 1, or map ids to texts.")
    entries = manifest.get("operations")
    if not isinstance(entries, list):
        raise ManifestInvalid("it must have a list of operations.")
    for number, entry in enumerate(entries, start=1):
        yield _read_entry(entry, number)


def _read_pair(id_: str, body: Any) -> TrustedDocument:
    """Return the document of one member of a manifest that maps ids to texts."""
    if not isinstance(body, str):
        raise ManifestInvalid(f"the document {id_!r} must be a text.")
    try:
        definitions = parse(body, no_location=True).definitions
    except GraphQLSyntaxError as error:
        raise ManifestInvalid(f"the document {id_!r} is not GraphQL: {error.message}") from None
    operations = [node for node in definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].name is None or not id_:
        raise ManifestInvalid(f"the document {id_!r} must have one operation with a name.")
    return TrustedDocument(id_, operations[0].name.value, operations[0].operation.value, body)


def _read_entry(entry: Any, number: int) -> TrustedDocument:
    """Return the document of one entry of Apollo's form; `number` counts the entries from 1, for messages."""
    keys = ("id", "name", "type", "body")
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) and entry[key] for key in keys):
        raise ManifestInvalid(f"operation {number} must have the texts id, name, type and body.")
    document = TrustedDocument(*(entry[key] for key in keys))
    if document.type not in {"query", "mutation", "subscription"}:
        raise ManifestInvalid(f"operation {number} ({document.name}) has the type '{document.type}'.")
    return document
