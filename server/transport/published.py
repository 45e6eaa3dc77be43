"""Run published operations for pages of this server, through the same pipeline as the request of any client."""

import time
from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any, TypeAlias

from starlette.requests import HTTPConnection

from server.transport.errors import RequestRefused
from server.transport.masking import log_unexpected
from server.transport.performing import Performer
from server.transport.pipeline import Exchange, Pipeline
from server.transport.request import GraphQLParameters, credential_of
from server.transport.trusted import TrustedDocuments

Variables: TypeAlias = Mapping[str, Any]
Data: TypeAlias = dict[str, Any]
"""The `data` of an answer: values as JSON has them."""


class Failed(Exception):
    """Raised when an operation was executed and has errors. `errors` are those that a client would see."""

    def __init__(self, errors: Sequence[Any]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


class PublishedOperations:
    """The operations of a manifest by name, run in this process.

    The caller is found in the connection that is handed in, exactly as for `/graphql`: rights, limits, metrics and
    journal are those of any client.
    """

    def __init__(self, pipeline: Pipeline, performer: Performer, documents: TrustedDocuments) -> None:
        self._pipeline = pipeline
        self._performer = performer
        self._documents = documents

    async def run(self, connection: HTTPConnection, name: str, variables: Variables) -> Data:
        """Return the data of one query or mutation. Raise as `run_all` does."""
        return (await self.run_all(connection, [(name, variables)]))[0]

    async def run_all(self, connection: HTTPConnection, asked: Sequence[tuple[str, Variables]]) -> list[Data]:
        """Return the data of several queries, (name, variables) each, in their order and from one snapshot.

        Raise KeyError for a name that is not published, RequestRefused if the request is refused, and Failed if an
        operation has errors.
        """
        started = time.perf_counter()
        exchanges = [Exchange(token_hex(16)) for _ in asked]
        try:
            return await self._run(connection, list(zip(exchanges, asked, strict=True)))
        except RequestRefused as refusal:
            _note(exchanges, refusal.outcome)
            raise
        except Exception as error:
            _note(exchanges, "failed")
            if self._pipeline.is_passing(error):
                raise self._pipeline.unavailable(error) from error
            if not isinstance(error, Failed):
                first = exchanges[0]
                log_unexpected(error, request_id=first.id, operation=first.label, variables=first.variables)
            raise
        finally:
            for exchange in exchanges:
                self._pipeline.record(exchange, time.perf_counter() - started)

    async def _run(
        self, connection: HTTPConnection, asked: Sequence[tuple[Exchange, tuple[str, Variables]]]
    ) -> list[Data]:
        async with self._pipeline.within_time() as limit:
            for exchange, (name, variables) in asked:
                document = self._documents.find_name(name)
                parameters = GraphQLParameters(None, None, dict(variables), None, document.id)
                self._pipeline.choose(exchange, parameters, credential_of(connection))
            results = await self._performer.perform(connection, [exchange for exchange, _ in asked], limit)
        answers = [
            self._pipeline.payload(exchange, result) for (exchange, _), result in zip(asked, results, strict=True)
        ]
        if errors := [error for answer in answers for error in answer.get("errors", ())]:
            raise Failed(errors)
        return [answer["data"] for answer in answers]


def _note(exchanges: Sequence[Exchange], outcome: str) -> None:
    for exchange in exchanges:
        exchange.outcome = outcome
