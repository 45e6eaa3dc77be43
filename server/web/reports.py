"""Hand out the report of a round as a file, to those for whom it is."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.documents.reports import write_report
from server.domain.triage.queries.reporting import find_report
from server.identity.callers import ACTING_AS, Callers
from server.identity.site import Site
from server.schema.reads.sealed import record_reading, witness_of
from server.transport.errors import RequestRefused
from server.web.desk.visits import ACTING_COOKIE


class Reports:
    """The routes of one server."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/files/reports/{name}.md", self.send_report)]

    async def send_report(self, request: Request) -> Response:
        """Answer with the report of a round as Markdown; 404 if it does not exist or is not for the caller."""
        try:
            text = await self._find_report(request)
        except RequestRefused as refusal:
            return JSONResponse({"error": str(refusal), "code": refusal.code}, refusal.status, refusal.headers)
        if text is None:
            return JSONResponse({"error": "you see no report of a round with this id"}, 404)
        name = f"report-{request.path_params['name']}.md"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(text, media_type="text/markdown", headers=headers)

    async def _find_report(self, request: Request) -> str | None:
        """Return the report of a round. Raise RequestRefused for a credential that is not valid."""
        round_id, callers, now = request.path_params["name"], Callers(self._site), self._site.now()
        caller = await callers.caller_of(request)
        acting = request.headers.get(ACTING_AS) or request.cookies.get(ACTING_COOKIE, "")
        actor = await callers.actor_of(caller, acting, now)
        async with self._site.database.studying() as session:
            report = await find_report(session, actor, now, round_id)
        if report is None:
            return None
        if witness_of(actor):
            await record_reading(self._site.database, actor, now, [round_id])
        return write_report(report)
