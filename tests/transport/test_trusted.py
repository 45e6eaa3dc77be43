"""Trusted documents: the manifest at start, and requests by document id or persisted hash."""

import json

import pytest

from server.transport.documents import id_of
from server.transport.trusted import FORMAT, ManifestInvalid, TrustedDocument, TrustedDocuments
from tests.transport.sample import endpoint, post, refusal

HELLO = "query Hello { hello }"


def entry(body: str = HELLO, **changes) -> dict[str, object]:
    return {"id": id_of(body), "name": "Hello", "type": "query", "body": body, **changes}


def manifest(*operations: object, **changes) -> dict[str, object]:
    return {"format": FORMAT, "version": 1, "operations": list(operations), **changes}


def load(folder, content: object) -> TrustedDocuments:
    path = folder / "manifest.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return TrustedDocuments.load(path)


@pytest.fixture
def trusted(tmp_path) -> TrustedDocuments:
    return load(tmp_path, manifest(entry()))


def hash_of(body: str) -> str:
    return id_of(body).removeprefix("sha256:")


def persisted(hash_: object, **rest) -> dict[str, object]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_}}, **rest}


def test_load_gives_the_documents_by_id(trusted):
    assert trusted.find(id_of(HELLO)) == TrustedDocument(id_of(HELLO), "Hello", "query", HELLO)
    assert trusted.find(id_of("{ hello }")) is None
    assert (len(trusted), trusted.ids) == (1, {id_of(HELLO)})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "The manifest is not JSON"),
        ([], "must have the format"),
        (manifest(format="relay"), "must have the format"),
        (manifest(version=2), "must have the format"),
        ({"format": FORMAT, "version": 1}, "must have a list of operations"),
        (manifest("text"), "Operation 1 of the manifest must have the texts"),
        (manifest(entry(), entry(name="")), "Operation 2 of the manifest must have the texts"),
        (manifest(entry(type="fragment")), "has the type 'fragment'"),
        (manifest(entry(id=id_of("{ hello }"))), "the id is not the SHA-256 of its body"),
        (manifest(entry(id=hash_of(HELLO))), "the id is not the SHA-256 of its body"),
        (manifest(entry(), entry()), "the same document twice"),
    ],
)
def test_load_refuses_a_manifest_that_cannot_be_trusted(tmp_path, content, message):
    with pytest.raises(ManifestInvalid, match=message):
        load(tmp_path, content)


def test_endpoint_refuses_to_start_trusting_nobody():
    with pytest.raises(ValueError, match="needs a manifest"):
        endpoint(trusted_only=True)


@pytest.mark.parametrize("payload", [{"documentId": id_of(HELLO)}, persisted(hash_of(HELLO))])
async def test_request_by_id_or_hash_is_executed(trusted, payload):
    response = await post(endpoint(trusted=trusted, trusted_only=True), payload)

    assert (response.status_code, response.json()) == (200, {"data": {"hello": "hello world"}})


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"documentId": id_of("{ hello }")}, (400, "DOCUMENT_ID_UNKNOWN", "No trusted document has this documentId.")),
        ({"documentId": "Hello"}, (400, "DOCUMENT_ID_UNKNOWN", "No trusted document has this documentId.")),
        ({"documentId": id_of(HELLO), "query": HELLO}, (400, "BAD_REQUEST", "Send either query or documentId.")),
        (persisted(hash_of("{ hello }")), (400, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")),
        (persisted(7), (400, "BAD_REQUEST", "The extension persistedQuery must have a sha256Hash.")),
        (
            persisted(hash_of(HELLO), query="{ hello }"),
            (400, "BAD_REQUEST", "The sha256Hash is not the hash of the query."),
        ),
        (
            {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": hash_of(HELLO)}}},
            (400, "BAD_REQUEST", "The extension persistedQuery must have the version 1."),
        ),
    ],
)
async def test_request_by_id_or_hash_is_refused(trusted, payload, expected):
    assert refusal(await post(endpoint(trusted=trusted), payload)) == expected


async def test_request_by_hash_without_manifest_tells_the_client_to_stop_trying():
    response = await post(endpoint(), persisted(hash_of(HELLO)))

    assert refusal(response) == (400, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")


async def test_request_with_text_and_hash_never_registers_it(trusted):
    app = endpoint(trusted=trusted)
    text = "{ hello }"

    executed = await post(app, persisted(hash_of(text), query=text))
    again = await post(app, persisted(hash_of(text)))

    assert executed.json() == {"data": {"hello": "hello world"}}
    assert refusal(again) == (400, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")


async def test_trusted_only_executes_the_text_of_a_trusted_document_and_no_other(trusted):
    app = endpoint(trusted=trusted, trusted_only=True)

    same, other = await post(app, {"query": HELLO}), await post(app, {"query": "{ hello }"})

    assert same.json() == {"data": {"hello": "hello world"}}
    assert refusal(other) == (
        400,
        "DOCUMENT_NOT_TRUSTED",
        "Only trusted documents are executed here: send a documentId.",
    )
