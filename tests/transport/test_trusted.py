"""Trusted documents: the manifest at start, and requests by document id or persisted hash."""

import json
from pathlib import Path

import pytest

from server.transport.documents import id_of
from server.transport.settings import TransportSettings
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
    assert (len(trusted), trusted.texts) == (1, {id_of(HELLO)})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ([], "must be a JSON object"),
        (manifest(format="relay"), "must have the format"),
        (manifest(version=2), "must have the format"),
        ({"format": FORMAT, "version": 1}, "must have a list of operations"),
        (manifest("text"), "operation 1 must have the texts"),
        (manifest(entry(), entry(name="")), "operation 2 must have the texts"),
        (manifest(entry(type="fragment")), "has the type 'fragment'"),
        (manifest(entry(), entry()), "the same document twice"),
        (manifest(entry(), entry(id=id_of(HELLO).removeprefix("sha256:"))), "the same document twice"),
        ({"5d41402abc4b2a76b9719d911017c592": 7}, "must be a text"),
        ({"5d41402abc4b2a76b9719d911017c592": "query Hello {"}, "is not GraphQL"),
        ({"5d41402abc4b2a76b9719d911017c592": "{ hello }"}, "one operation with a name"),
        ({"": HELLO}, "one operation with a name"),
    ],
)
def test_load_refuses_a_manifest_that_cannot_be_trusted(tmp_path, content, message):
    with pytest.raises(ManifestInvalid, match=message) as refused:
        load(tmp_path, content)

    assert str(tmp_path / "manifest.json") in str(refused.value)
    assert "\n" not in str(refused.value)


def test_load_of_a_file_that_is_not_there_says_which(tmp_path):
    with pytest.raises(ManifestInvalid, match=r"nowhere\.json cannot be read: No such file"):
        TrustedDocuments.load(tmp_path / "nowhere.json")


def of_partners(folder) -> TrustedDocuments:
    """Our manifest in Apollo's form, and that of a partner, with ids that are no SHA-256 of the texts."""
    (folder / "apollo.json").write_text(json.dumps(manifest(entry(id=hash_of(HELLO)))), encoding="utf-8")
    (folder / "relay.json").write_text(json.dumps({MD5: TWICE, hash_of("other spaces"): HELLO}), encoding="utf-8")
    return TrustedDocuments.load(folder / "apollo.json", folder / "relay.json")


MD5 = "5d41402abc4b2a76b9719d911017c592"
TWICE = "query Twice { hello again: hello }"


@pytest.mark.parametrize(
    "id_", [MD5, f"sha256:{MD5}", id_of(TWICE), hash_of(TWICE)], ids=["md5", "prefixed", "text", "text, bare"]
)
async def test_document_of_a_partner_is_executed_by_its_opaque_id_and_by_its_hash(tmp_path, id_):
    app = endpoint(trusted=of_partners(tmp_path), trusted_only=True)

    by_document_id = await post(app, {"documentId": id_})
    by_hash = await post(app, persisted(id_))

    expected = {"data": {"hello": "hello world", "again": "hello world"}}
    assert (by_document_id.json(), by_hash.json()) == (expected, expected)


async def test_document_that_two_manifests_have_goes_by_the_id_of_each(tmp_path):
    app = endpoint(trusted=of_partners(tmp_path), trusted_only=True)

    answers = [await post(app, {"documentId": id_}) for id_ in (id_of(HELLO), hash_of(HELLO), hash_of("other spaces"))]

    assert [answer.json() for answer in answers] == [{"data": {"hello": "hello world"}}] * 3


def test_load_refuses_one_id_for_two_documents(tmp_path):
    for name, body in (("one", HELLO), ("two", TWICE)):
        (tmp_path / f"{name}.json").write_text(json.dumps({MD5: body}), encoding="utf-8")

    with pytest.raises(ManifestInvalid, match=f"different documents {MD5}"):
        TrustedDocuments.load(tmp_path / "one.json", tmp_path / "two.json")


@pytest.mark.parametrize("listed", ["", " , "])
def test_manifest_setting_without_a_file_is_refused(listed):
    with pytest.raises(ValueError, match="must name the file of a manifest"):
        TransportSettings(manifest=listed)


def test_manifest_setting_may_name_several_files():
    assert TransportSettings(manifest="a.json, b/c.json").manifests == (Path("a.json"), Path("b/c.json"))


def test_endpoint_refuses_to_start_trusting_nobody():
    with pytest.raises(ValueError, match="needs a manifest"):
        endpoint(trusted_only=True)


@pytest.mark.parametrize(
    "payload",
    [
        {"documentId": id_of(HELLO)},
        {"documentId": hash_of(HELLO)},
        persisted(hash_of(HELLO)),
        persisted(id_of(HELLO)),
        persisted(hash_of(HELLO), query=HELLO),
        persisted(id_of(HELLO), query=HELLO),
    ],
)
async def test_request_by_id_or_hash_is_executed(trusted, payload):
    response = await post(endpoint(trusted=trusted, trusted_only=True), payload)

    assert (response.status_code, response.json()) == (200, {"data": {"hello": "hello world"}})


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"documentId": id_of("{ hello }")}, (400, "DOCUMENT_ID_UNKNOWN", "No trusted document has this documentId.")),
        ({"documentId": "Hello"}, (400, "DOCUMENT_ID_UNKNOWN", "No trusted document has this documentId.")),
        ({"documentId": id_of(HELLO), "query": HELLO}, (400, "BAD_REQUEST", "Send either query or documentId.")),
        (
            {"documentId": id_of(HELLO)} | persisted(hash_of(HELLO)),
            (400, "BAD_REQUEST", "Send either documentId or the extension persistedQuery."),
        ),
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
