"""The addresses at which programs talk to the authorization server, and of the public documents about it."""

from starlette.routing import Route

from server.identity.oauth.endpoints import DEVICE_AUTHORIZATION, INTROSPECT, REVOKE, TOKEN, Endpoints
from server.identity.oauth.metadata import (
    AUTHORIZATION_SERVER,
    JWKS,
    OPENID_CONFIGURATION,
    PROTECTED_RESOURCE,
    USERINFO,
    Metadata,
)
from server.identity.oauth.person_claims import PersonClaims
from server.identity.site import Site


def oauth_routes(site: Site) -> list[Route]:
    """Return the routes of the embedded issuer.

    Where an external provider issues the tokens, only the documents that name it are left.
    """
    metadata, endpoints = Metadata(site), Endpoints(site)
    about_the_resource = [
        Route(PROTECTED_RESOURCE, metadata.resource),
        Route(f"{PROTECTED_RESOURCE}/graphql", metadata.resource),
    ]
    if site.settings.oidc_issuer:
        return about_the_resource
    return [
        *about_the_resource,
        Route(TOKEN, endpoints.token, methods=["POST"]),
        Route(DEVICE_AUTHORIZATION, endpoints.device_authorization, methods=["POST"]),
        Route(REVOKE, endpoints.revoke, methods=["POST"]),
        Route(INTROSPECT, endpoints.introspect, methods=["POST"]),
        Route(USERINFO, PersonClaims(site).answer, methods=["GET", "POST"]),
        Route(JWKS, metadata.keys),
        Route(OPENID_CONFIGURATION, metadata.issuer),
        Route(AUTHORIZATION_SERVER, metadata.issuer),
    ]
