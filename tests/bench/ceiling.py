"""The hand-written ceiling: what a careful engineer would write for one listing without GraphQL.

It checks the same token and finds out who asks in the same way, runs one statement with the same joins and the same
visibility predicate, judges the same acts with the same functions, builds the answer by hand and writes it with orjson.
"""

from operator import attrgetter

import orjson
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.app import Server
from server.domain.rounds import policy
from server.domain.rounds.queries import visible_comments, visible_dispositions
from server.domain.rounds.rules.facts import CommentFacts
from server.identity.standing import actor_of
from server.kernel.acts import verdicts
from server.models.parties import Delegate, Party, Person
from server.models.rounds import Comment, CommentWork, Disposition, Round
from server.models.texts import ProvisionText

comment, work, answer, round_ = aliased(Comment), aliased(CommentWork), aliased(Disposition), aliased(Round)
party, author, person, provision = aliased(Party), aliased(Delegate), aliased(Person), aliased(ProvisionText)
POSITION = func.coalesce(provision.position, 0)
STATEMENT = (
    select(
        *(comment.id, comment.number, comment.type, comment.text, comment.reason, comment.proposed_wording),
        *(comment.submitted_at, work.status, work.revision, author.id, person.name, party.id, party.short_name),
        *(party.capacity, provision.id, provision.provision_id, provision.printed_number, provision.text),
        *(answer.id, answer.stage, answer.verdict, answer.reason, comment.party_id, round_.body_id),
        *(round_.status, round_.opens_at, round_.closes_at, POSITION),
    )
    .outerjoin(work, work.comment_id == comment.id)
    .outerjoin(round_, round_.id == comment.round_id)
    .outerjoin(party, party.id == comment.party_id)
    .outerjoin(author, author.id == comment.author_id)
    .outerjoin(person, person.id == author.person_id)
    .outerjoin(provision, provision.id == comment.provision_text_id)
    .outerjoin(answer, (answer.id == work.disposition_id) & visible_dispositions(answer))
    .where(visible_comments(comment), comment.round_id == bindparam("round"))
    .order_by(POSITION, party.short_name, comment.number, comment.id)
    .limit(51)
)
VERDICT = attrgetter("tag", "allowed", "code", "reason", "rule", "unlocks_at", "who_can")
KEYS = ("act", "isAllowed", "code", "reason", "rule", "unlocksAt", "whoCan")
OPERATION = """
query Bench($round: ID!) {
  comments(filter: {roundId: [$round]}, first: 50) {
    nodes {
      id number type text reason proposedWording submittedAt status revision
      author { id name }
      party { id shortName capacity }
      provision { id key printedNumber text }
      disposition { id stage verdict reason }
      availableActs { act isAllowed code reason rule unlocksAt whoCan }
    }
  }
}
"""
"""The same listing in GraphQL."""


def ceiling_app(server: Server) -> Starlette:
    """An application with one route, /comments?round=ID."""

    async def comments(request: Request) -> Response:
        now = server.clock()
        claims = await server.validator.claims_of(request.headers["authorization"][7:], now)
        async with server.database.reading() as connection:
            actor = await actor_of(connection, claims["sub"], now)
        parameters = actor.parameters(now) | {"round": request.query_params["round"]}
        async with server.database.reading() as connection:
            rows = (await connection.execute(STATEMENT, parameters)).all()
        nodes = []
        for row in rows[:50]:
            facts = CommentFacts(row[7], row[22], row[23], row[24], row[25], row[26])
            acts = verdicts(policy.ON_COMMENT, actor, facts, now)
            nodes.append(
                {
                    "id": row[0],
                    "number": row[1],
                    "type": row[2],
                    "text": row[3],
                    "reason": row[4],
                    "proposedWording": row[5],
                    "submittedAt": row[6],
                    "status": row[7],
                    "revision": row[8],
                    "author": {"id": row[9], "name": row[10]},
                    "party": {"id": row[11], "shortName": row[12], "capacity": row[13]},
                    "provision": row[14] and {"id": row[14], "key": row[15], "printedNumber": row[16], "text": row[17]},
                    "disposition": row[18] and {"id": row[18], "stage": row[19], "verdict": row[20], "reason": row[21]},
                    "availableActs": [dict(zip(KEYS, VERDICT(act), strict=True)) for act in acts],
                }
            )
        body = orjson.dumps({"data": {"comments": {"nodes": nodes}}}, option=orjson.OPT_UTC_Z)
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/comments", comments)])
