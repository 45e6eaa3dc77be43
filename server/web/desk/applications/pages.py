"""The register of applications and service accounts."""

from starlette.responses import Response

from server.vocabulary.applications import ApplicationKind
from server.web.desk.filters import chosen, filled
from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

KINDS = tuple(kind.name for kind in ApplicationKind if kind is not ApplicationKind.SERVICE)
SCOPES = ("OPENID", "PROFILE", "EMAIL", "OFFLINE_ACCESS", "READ", "COMMENT", "WRITE", "SECRETARIAT", "ADMINISTER")


async def show_applications(visit: Visit) -> Response:
    """Return the register of applications, with the form that registers one and, once, its secret."""
    filters = chosen(visit, ("q", "view", "after"))
    retired = {"retired": True, "": False}.get(filters["view"])
    listed, begin = await visit.read_all(
        (
            "ApplicationList",
            {"filter": filled({"text": filters["q"], "isRetired": retired}), "after": filters["after"] or None},
        ),
        ("ActsToBegin", {}),
    )
    return visit.render(
        "applications/applications.html",
        applications=listed["clientApplications"],
        acts=begin["viewer"]["availableActs"],
        filters=filters,
        kinds=KINDS,
        scopes=SCOPES,
    )


async def show_application(visit: Visit) -> Response:
    """Return the page of one application or service account."""
    detail = await visit.read("ApplicationDetail", id=visit.parameter("id"))
    application = found(detail["clientApplication"])
    return visit.render("applications/application.html", application=application, scopes=SCOPES)


APPLICATION_PAGES = (
    Page(
        "/applications",
        show_applications,
        acts=frozenset({"registerApplication"}),
        told_once=frozenset({"registerApplication"}),
    ),
    Page(
        "/applications/{id}",
        show_application,
        acts=frozenset({"correctApplication", "rotateApplicationSecret", "retireApplication", "closeServiceAccount"}),
        told_once=frozenset({"rotateApplicationSecret"}),
    ),
)
