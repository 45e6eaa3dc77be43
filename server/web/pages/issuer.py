"""The addresses of the authorization server at which a person answers: consent, device codes, signing out."""

from starlette.routing import Route

from server.identity.oauth.device_grant import DEVICE_PAGE
from server.identity.oauth.metadata import AUTHORIZE, END_SESSION
from server.identity.site import Site
from server.web.pages.authorize import AuthorizationPage
from server.web.pages.device import DevicePage
from server.web.pages.sign_out import SignOutPage


def issuer_routes(site: Site) -> list[Route]:
    """Return the routes of the embedded issuer's pages; none where an external provider issues the tokens."""
    if site.settings.oidc_issuer:
        return []
    return [
        Route(AUTHORIZE, AuthorizationPage(site).answer, methods=["GET", "POST"]),
        Route(END_SESSION, SignOutPage(site).answer, methods=["GET", "POST"]),
        Route(DEVICE_PAGE, DevicePage(site).answer, methods=["GET", "POST"]),
    ]
