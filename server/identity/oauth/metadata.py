"""The public documents for programs.

About the issuer (RFC 8414, OpenID Connect Discovery), about the resource (RFC 9728), and the keys.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.identity.keys import find_keys
from server.identity.oauth.clients import CODE, DEVICE, EVERY_METHOD, MACHINE, REFRESH, SECRET_METHODS
from server.identity.oauth.code_grant import PROMPTS
from server.identity.oauth.endpoints import DEVICE_AUTHORIZATION, INTROSPECT, REVOKE, TOKEN
from server.identity.oauth.scopes import MEANINGS
from server.identity.settings import IdentitySettings
from server.identity.site import Site
from server.identity.tokens import ALGORITHM
from server.kernel.scopes import Scope

AUTHORIZE, END_SESSION = "/oauth/authorize", "/oauth/end_session"
USERINFO, JWKS = "/oauth/userinfo", "/oauth/jwks"
OPENID_CONFIGURATION = "/.well-known/openid-configuration"
AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server"
PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource"
CACHED = {"cache-control": "public, max-age=300"}


class Metadata:
    """The public documents of one server."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def issuer(self, _: Request) -> Response:
        """Return the document about the issuer, the same for both standards."""
        return JSONResponse(issuer_document(self._site.settings), headers=CACHED)

    async def resource(self, _: Request) -> Response:
        """Return the document about the API as a protected resource, with the issuer of its tokens."""
        return JSONResponse(resource_document(self._site.settings), headers=CACHED)

    async def keys(self, _: Request) -> Response:
        """Return the public keys by which tokens are verified."""
        keys = await find_keys(self._site.database)
        return JSONResponse({"keys": [key.as_dict(private=False) for key in keys]}, headers=CACHED)


def issuer_document(settings: IdentitySettings) -> dict[str, Any]:
    """Return the metadata of the embedded issuer."""
    issuer = settings.issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": issuer + AUTHORIZE,
        "token_endpoint": issuer + TOKEN,
        "device_authorization_endpoint": issuer + DEVICE_AUTHORIZATION,
        "revocation_endpoint": issuer + REVOKE,
        "introspection_endpoint": issuer + INTROSPECT,
        "userinfo_endpoint": issuer + USERINFO,
        "end_session_endpoint": issuer + END_SESSION,
        "jwks_uri": issuer + JWKS,
        "scopes_supported": list(MEANINGS),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [CODE, REFRESH, MACHINE, DEVICE],
        "token_endpoint_auth_methods_supported": EVERY_METHOD,
        "revocation_endpoint_auth_methods_supported": EVERY_METHOD,
        "introspection_endpoint_auth_methods_supported": SECRET_METHODS,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "prompt_values_supported": list(PROMPTS),
        "claims_supported": ["sub", "auth_time", "amr", "nonce", "name", "locale", "zoneinfo", "email"],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "protected_resources": [settings.token_audience],
    }


def resource_document(settings: IdentitySettings) -> dict[str, Any]:
    """Return the metadata of the API; its tokens come from the external provider where there is one."""
    return {
        "resource": settings.token_audience,
        "resource_name": "Intersession",
        "authorization_servers": [settings.oidc_issuer or settings.issuer],
        "scopes_supported": [scope.value for scope in Scope],
        "bearer_methods_supported": ["header"],
    }
