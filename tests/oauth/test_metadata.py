"""The public documents: true, complete, and without secrets."""

from httpx2 import AsyncClient

from server.app import create_app
from server.settings import Settings
from server.storage.database import Database
from tests.factories.refusing import Watched
from tests.oauth.desk import ISSUER, Desk


async def test_metadata_of_the_issuer_is_the_same_for_both_standards(desk: Desk) -> None:
    documents = [
        await desk.get("/.well-known/openid-configuration"),
        await desk.get("/.well-known/oauth-authorization-server"),
    ]

    assert documents[0].json() == documents[1].json()
    assert [document.headers["cache-control"] for document in documents] == ["public, max-age=300"] * 2
    document = documents[0].json()
    assert (document["issuer"], document["code_challenge_methods_supported"]) == (ISSUER, ["S256"])
    assert document["authorization_response_iss_parameter_supported"] is True
    assert (document["response_types_supported"], document["response_modes_supported"]) == (["code"], ["query"])


async def test_every_endpoint_that_the_metadata_names_is_there(desk: Desk) -> None:
    document = (await desk.get("/.well-known/openid-configuration")).json()

    named = {name: address.removeprefix(ISSUER) for name, address in document.items() if name.endswith("_endpoint")}

    statuses = {name: (await desk.post(path, {})).status_code for name, path in named.items()}
    assert (len(named), [name for name, status in statuses.items() if status in (404, 405, 500)]) == (7, [])


async def test_keys_are_public_only(desk: Desk) -> None:
    answer = await desk.get("/oauth/jwks")

    (key,) = answer.json()["keys"]
    assert sorted(key) == ["alg", "crv", "kid", "kty", "use", "x", "y"]
    assert (key["alg"], key["crv"], answer.headers["cache-control"]) == ("ES256", "P-256", "public, max-age=300")


async def test_metadata_of_the_resource_is_where_the_challenge_says(desk: Desk) -> None:
    challenge = (await desk.graphql("not a token", "{ __typename }")).headers["www-authenticate"]

    address = challenge.partition('resource_metadata="')[2].rstrip('"')
    documents = [await desk.get(address), await desk.get("/.well-known/oauth-protected-resource")]

    assert address == f"{ISSUER}/.well-known/oauth-protected-resource/graphql"
    expected = {
        "resource": f"{ISSUER}/graphql",
        "resource_name": "Intersession",
        "authorization_servers": [ISSUER],
        "scopes_supported": ["read", "comment", "write", "secretariat", "administer"],
        "bearer_methods_supported": ["header"],
    }
    assert [document.json() for document in documents] == [expected] * 2


async def test_with_an_external_provider_only_the_resource_is_described(database: Database) -> None:
    app = create_app(
        Settings(issuer=ISSUER, oidc_issuer="https://login.example", oidc_client_id="intersession"), database
    )
    paths = ["oauth/authorize", "oauth/token", "oauth/jwks", "device", ".well-known/openid-configuration"]

    async with AsyncClient(transport=Watched(app=app), base_url=ISSUER) as client:
        resource = (await client.get("/.well-known/oauth-protected-resource/graphql")).json()
        statuses = [(await client.get(f"/{path}")).status_code for path in paths]

    assert (resource["authorization_servers"], statuses) == (["https://login.example"], [404] * 5)
