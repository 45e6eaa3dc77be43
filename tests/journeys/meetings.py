"""The stories of a sitting, of silence and of a group at work, told through the API."""

from datetime import timedelta
from typing import Any

from tests.factories.api import Api

WHY = {"reason": "The Bureau said so."}


async def tell_of_a_sitting(api: Api) -> dict[str, Any]:
    """Call a sitting, move it, fill its agenda, decide, report, reserve, and call another one off."""
    body = {"bodyId": api.world.bodies["ptc"], "startsOn": "2018-10-22", "endsOn": "2018-10-26"}
    numbers = {"firstNumber": 221, "secondNumber": 222}
    called = await api.act("secretariat", "callSitting", **body, **numbers, sittingFormat="IN_PERSON")
    on = {"sittingId": called["sitting"]["id"]}
    today = {"startsOn": "2018-09-24", "endsOn": "2018-09-28", "sittingFormat": "HYBRID"}
    await api.act("secretariat", "moveSitting", **on, **today, **WHY, expectedRevision=1)
    days = {"bodyId": api.world.bodies["ptc"], "documentDays": 49}
    await api.act("secretariat", "arrangeDocuments", **days, **WHY, expectedRevision=1)
    words = {"title": "Update of the Framework", "purposes": ["GUIDANCE", "DECISION"], "itemClass": "B"}
    placed = await api.act("secretariat", "placeItem", **on, number="X.a", **words)
    item = {"itemId": placed["item"]["id"]}
    await api.act("secretariat", "reviseItem", **item, number="IX.a", **words, **WHY, expectedRevision=1)
    other = await api.act("secretariat", "placeItem", **on, number="IX.b", **words | {"itemClass": "A"})
    gone = {"itemId": other["item"]["id"]}
    await api.act("secretariat", "withdrawItem", **gone, **WHY, expectedRevision=1)
    issued = await api.act("secretariat", "issuePaper", series="PC", serial=690, title="Update")
    paper = {"paperId": issued["paper"]["id"]}
    laid = await api.act("secretariat", "layPaper", **item, **paper)
    await api.act("secretariat", "withdrawPaper", laidPaperId=laid["laidPaper"]["id"], **WHY)
    await api.act("secretariat", "layPaper", **item, **paper)
    content = {"verb": "endorsed", "outcome": "ENDORSED", "text": "It is endorsed.", "agendaItem": "IX.a"}
    decided = await api.act("secretariat", "recordDecision", **on, subjectId=api.world.version, **content)
    decision = {"decisionId": decided["decision"]["id"]}
    report = {"number": 68, "text": "The Committee endorsed the draft.", **paper}
    written = await api.act("secretariat", "writeParagraph", **on, **report, **decision, **item)
    made = await api.act("japan", "makeReservation", **decision, text="Japan cannot apply it before 2020.")
    reservation = {"reservationId": made["reservation"]["id"]}
    reserved = (await api.ask("gea", "ReservationDetail", id=reservation["reservationId"]))["reservation"]
    await api.act("japan", "withdrawReservation", **reservation, **WHY)
    later = {"firstNumber": 223, "secondNumber": 224, "sittingFormat": "VIRTUAL"}
    called = await api.act("secretariat", "callSitting", **body, **later)
    await api.act("secretariat", "cancelSitting", sittingId=called["sitting"]["id"], **WHY, expectedRevision=1)
    agenda = (await api.ask("japan", "AgendaOfSitting", id=on["sittingId"]))["sitting"]
    report = (await api.ask("japan", "ReportOfSitting", id=on["sittingId"]))["sitting"]
    await api.ask("japan", "AgendaItemDetail", id=item["itemId"])
    await api.ask("japan", "ReportParagraphDetail", id=written["paragraph"]["id"])
    return {"agenda": agenda, "report": report, "reserved": reserved}


async def tell_of_silence(api: Api) -> dict[str, Any]:
    """Put a text under silence; extend it, speak, break it, restart it, let it run out; refer and cancel others."""
    now, body = api.world.clock.now, {"bodyId": api.world.bodies["ptc"]}
    sent = {**body, "title": "Flow charts", "text": "The Committee endorses the flow charts.", "audience": ["OBSERVER"]}
    first = (now + timedelta(days=7)).isoformat()
    later = (now + timedelta(days=14)).isoformat()
    opened = await api.act("secretariat", "openSilence", **sent, expiresAt=first)
    on = {"procedureId": opened["procedure"]["id"]}
    await api.act("secretariat", "extendSilence", **on, **WHY, expiresAt=later, expectedRevision=1)
    await api.act("upu", "makeStatement", **on, text="Posts would need a year.")
    await api.act("japan", "breakSilence", **on, passage="flow charts", reason="Returns are missing.")
    broken_for_upu = (await api.ask("upu", "SilenceDetail", id=on["procedureId"]))["silenceProcedure"]
    broken = (await api.ask("gea", "SilenceDetail", id=on["procedureId"]))["silenceProcedure"]
    again = {"text": "The Committee endorses the flow charts with returns.", "expiresAt": later}
    new = await api.act("secretariat", "restartSilence", **on, **again, **WHY, expectedRevision=3)
    other = await api.act("secretariat", "openSilence", **sent, expiresAt=first)
    other_on = {"procedureId": other["procedure"]["id"]}
    await api.act("japan", "breakSilence", **other_on, passage="flow charts", reason="Not ripe.")
    days = {"startsOn": "2018-10-22", "endsOn": "2018-10-26", "firstNumber": 231, "secondNumber": 232}
    called = await api.act("secretariat", "callSitting", **body, **days, sittingFormat="VIRTUAL")
    sitting = {"sittingId": called["sitting"]["id"]}
    await api.act("secretariat", "referSilence", **other_on, **sitting, **WHY, expectedRevision=2)
    third = await api.act("secretariat", "openSilence", **sent, expiresAt=first)
    await api.act("secretariat", "cancelSilence", procedureId=third["procedure"]["id"], **WHY, expectedRevision=1)
    api.world.clock.now = now + timedelta(days=14)
    new_on = {"procedureId": new["procedure"]["id"]}
    derived = (await api.ask("japan", "SilenceDetail", id=new_on["procedureId"]))["silenceProcedure"]
    recorded = await api.act("secretariat", "recordSilence", **new_on, expectedRevision=1)
    listed = (await api.ask("japan", "SilenceList", filter={"phase": ["ADOPTED"]}))["silenceProcedures"]
    return {
        "hidden": broken,
        "broken": broken_for_upu,
        "derived": derived,
        "recorded": recorded["procedure"],
        "listed": listed,
        "last": later,
    }


async def tell_of_work_in_a_group(api: Api) -> dict[str, Any]:
    """Nominate and agree, promise and keep, contribute and report in a group; and hand its items over."""
    bodies, parties, now = api.world.bodies, api.world.parties, api.world.clock.now
    group, due = {"bodyId": bodies["group"]}, (now + timedelta(days=21)).isoformat()
    seat = {"kind": "COORDINATOR", "startsOn": "2018-10-01"}
    named = await api.act("secretariat", "nominate", **group, partyId=parties["gea"], **seat)
    on = {"nominationId": named["nomination"]["id"]}
    await api.act("gea", "acceptNomination", **on, expectedRevision=1)
    await api.act("secretariat", "agreeNomination", **on, expectedRevision=2)
    for act, who, reason in (("declineNomination", "upu", WHY), ("withdrawNomination", "secretariat", WHY)):
        other = await api.act("secretariat", "nominate", **group, partyId=parties["upu"], **seat)
        await api.act(who, act, nominationId=other["nomination"]["id"], **reason, expectedRevision=1)
    await api.act("japan", "joinBody", **group)
    asked = {"partyId": parties["japan"], "text": "Comments on section 4", "dueAt": due}
    promises = [(await api.act("canada", "askPromise", **group, **asked))["promise"]["id"] for _ in range(3)]
    first, second, third = ({"promiseId": each} for each in promises)
    await api.act("japan", "acceptPromise", **first, expectedRevision=1)
    await api.act("canada", "nudgePromise", **first, expectedRevision=2)
    words = {"title": "Section 4", "text": "Returns are missing."}
    given = await api.act("japan", "contribute", **group, **words)
    kept = await api.act(
        "japan", "keepPromise", **first, contributionId=given["contribution"]["id"], expectedRevision=3
    )
    await api.act("japan", "acceptPromise", **second, expectedRevision=1)
    await api.act("japan", "handBackPromise", **second, **WHY, expectedRevision=2)
    await api.act("japan", "declinePromise", **third, **WHY, expectedRevision=1)
    own = await api.act("japan", "makePromise", **group, text="A chart of returns", dueAt=due)
    drafted = await api.act("canada", "draftReport", **group, **words)
    report = {"reportId": drafted["report"]["id"]}
    await api.act("canada", "reviseReport", **report, **words | {"text": "All is said."}, expectedRevision=1)
    await api.act("canada", "circulateReport", **report, expectedRevision=2)
    await api.act("secretariat", "adoptReport", **report, expectedRevision=3)
    line = {"superiorId": bodies["pc"], "topic": "policy", "startsOn": "2016-07-01"}
    recorded = await api.act("secretariat", "recordReportingLine", bodyId=bodies["wgec"], **line)
    await api.act(
        "secretariat", "endReportingLine", reportingLineId=recorded["line"]["id"], endedOn="2018-09-24", **WHY
    )
    await api.act("secretariat", "nameSuccessor", **group, successorId=bodies["wgec"], **WHY, expectedRevision=1)
    work = (await api.ask("canada", "WorkOfGroup", id=bodies["group"]))["workingBody"]
    await api.act("secretariat", "transferItems", **group, **WHY, expectedRevision=2)
    papers = (await api.ask("japan", "PapersOfGroup", id=bodies["group"]))["workingBody"]
    await api.ask("japan", "PromiseDetail", id=own["promise"]["id"])
    await api.ask("japan", "PromiseList", filter={"status": ["MADE"]})
    await api.ask("japan", "NominationDetail", id=on["nominationId"])
    await api.ask("japan", "NominationList")
    await api.ask("gea", "GroupReportDetail", id=report["reportId"])
    await api.ask("japan", "ContributionDetail", id=given["contribution"]["id"])
    return {"kept": kept, "work": work, "papers": papers, "own": own["promise"]["id"]}
