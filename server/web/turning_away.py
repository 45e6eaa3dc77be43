"""Turn away what cannot be answered now: too much at once, or a database that is away. Come again, it says."""

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.transport.errors import Overloaded, RequestRefused
from server.transport.pipeline import Pipeline
from server.transport.response import JSON, answer_refusal
from server.web.browser.hosts import PROBES
from server.web.look.languages import say, sentence, speak_as_asked
from server.web.look.rendering import page

RETRY_SECONDS = 5
"""Seconds after which a request may come again that was refused because too many were there."""

NOT_NOW = sentence("This server cannot answer at the moment. Please try again in a few seconds.")
AGAIN = (("/account", sentence("Your account")),)


class TurningAway:
    """An application that answers at most so many requests at the same time, and 503 while its database is away.

    A request counts until its answer begins, so that streams do not count. Probes are always answered.
    """

    def __init__(self, app: ASGIApp, most: int, pipeline: Pipeline) -> None:
        self._app = app
        self._most = most
        self._pipeline = pipeline
        self._unanswered = 0

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request."""
        is_counted = scope["type"] == "http" and scope["path"] not in PROBES
        return (self._answer if is_counted else self._app)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that counts."""
        if self._unanswered >= self._most:
            self._pipeline.admission.overload.note(kind="request", waiting=self._unanswered)
            return await _explain(scope, Overloaded(RETRY_SECONDS))(scope, receive, send)
        is_answered = False
        self._unanswered += 1

        async def answer(message: Message) -> None:
            nonlocal is_answered
            if not is_answered:
                is_answered = True
                self._unanswered -= 1
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            if is_answered or not self._pipeline.is_passing(error):
                raise
            refusal = self._pipeline.unavailable(error)
            await _explain(scope, refusal)(scope, receive, answer)
        finally:
            if not is_answered:
                self._unanswered -= 1


def _explain(scope: Scope, refusal: RequestRefused) -> Response:
    """Return the answer in the form that the client understands: of GraphQL, of OAuth, or a page."""
    request = Request(scope)
    if request.url.path == "/graphql":
        return answer_refusal(refusal, JSON)
    if "text/html" not in request.headers.get("accept", ""):
        content = {"error": "temporarily_unavailable", "error_description": str(refusal), "code": refusal.code}
        return JSONResponse(content, refusal.status, refusal.headers)
    speak_as_asked(request)
    heading, message = say("Not now"), say(NOT_NOW)
    answer = page("turned_away.html", status=refusal.status, heading=heading, message=message, links=AGAIN)
    answer.headers.update(refusal.headers)
    return answer
