"""The hand-written ceiling: what a careful engineer would write for one listing without GraphQL.

It checks the same token, finds out who asks in the same way, runs the SQL that the server runs for the operation
(printed from the server's own plan, so it is the same text), judges the same acts with the same functions, builds the
answer by hand and writes it with orjson.
"""

from operator import attrgetter
from typing import Any

import orjson
from sqlalchemy import Select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.access.sign_in import actor_of
from server.acts import verdicts
from server.app import Server
from server.rounds import policy
from server.rounds.rules import CommentFacts

VERDICT = attrgetter("mutation", "allowed", "code", "reason", "rule", "unlocks_at", "who_can")
ACT_KEYS = ("act", "allowed", "code", "reason", "rule", "unlocksAt", "whoCan")


def ceiling_app(server: Server, statement: Select[Any], names: list[str]) -> Starlette:
    """An application with one route, /comments. `names` are the columns of the statement, in order."""
    at = {name: number for number, name in enumerate(names)}
    facts_at = [at[name] for name in ("status", "party_id", "body_id", "round_status", "opens_at", "closes_at")]

    async def comments(request: Request) -> Response:
        now = server.clock()
        claims = server.validator.claims_of(request.headers["authorization"][7:], now)
        async with server.database.reading() as connection:
            actor = await actor_of(connection, claims["sub"], now)
            parameters = {**actor.parameters(now), "f_roundId": request.query_params["round"], "page_limit": 51}
            rows = (await connection.execute(statement, parameters)).all()
        nodes = []
        for row in rows[:50]:
            facts = CommentFacts(*[row[number] for number in facts_at])
            acts = verdicts(policy.ON_COMMENT, actor, facts, now)
            nodes.append(
                {
                    "id": row[at["id"]],
                    "number": row[at["number"]],
                    "text": row[at["text"]],
                    "status": row[at["status"]],
                    "author": {"name": row[at["author"]]},
                    "party": {"shortName": row[at["party"]], "capacity": row[at["capacity"]]},
                    "provision": {"printedNumber": row[at["printed_number"]], "text": row[at["provision"]]},
                    "disposition": {"verdict": row[at["verdict"]], "reason": row[at["disposition_reason"]]},
                    "availableActs": [dict(zip(ACT_KEYS, VERDICT(verdict), strict=True)) for verdict in acts],
                }
            )
        body = orjson.dumps({"data": {"comments": {"nodes": nodes}}}, option=orjson.OPT_UTC_Z)
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/comments", comments)])
