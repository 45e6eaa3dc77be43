"""The whole story, told through the API as the people who would do it.

A journey test checks it on both databases; examples of `frontend-contracts/` are recorded from it.
"""

from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from server.models.proposals import Mechanism
from tests.factories.api import Api

CLOSES = "2018-10-05T17:00:00+02:00"
"""The closing instant of the round: the Friday before the fourth meeting of the WGEC, in the zone of Brussels."""
PATH = ["TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL"]


def paper(name: str) -> str:
    """Read a document of the demonstration."""
    return files("server.tools.demonstration").joinpath(name).read_text(encoding="utf-8")


class Story:
    """Each chapter does one step and remembers what the next ones need."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.version: dict[str, Any] = {}
        self.second: dict[str, Any] = {}
        self.provisions: dict[str, dict[str, Any]] = {}
        self.plan: dict[str, Any] = {}
        self.group = ""
        self.round: dict[str, Any] = {}
        self.comments: dict[str, dict[str, Any]] = {}
        self.proposal: dict[str, Any] = {}

    async def a_text_comes_in(self) -> Any:
        """Step 1: import the draft as the Secretariat, and issue it."""
        imported = await self.api.act(
            "secretariat",
            "importText",
            title="Flow of Data in Cross-Border E-Commerce",
            shortTitle="Data flow note",
            label="Draft 1",
            markdown=paper("draft.md"),
            sourceName="draft.md",
        )
        self.version = imported["textVersion"]
        issued = await self.api.act(
            "secretariat",
            "issueVersion",
            textVersionId=self.version["id"],
            expectedRevision=self.version["revision"],
        )
        self.version = issued["textVersion"]
        detail = await self.api.ask("japan", "VersionDetail", id=self.version["id"], first=100)
        nodes = detail["textVersion"]["provisions"]["nodes"]
        self.provisions = {node["printedNumber"]: node for node in nodes if node["printedNumber"]}
        return detail

    async def the_plan_comes_in(self) -> Any:
        """Step 2: import the work plan with its groups, twice, and give the topic to its group."""
        sent = {
            "markdown": paper("work_plan.md"),
            "sourceName": "work_plan.md",
            "bodyShortName": "WG-EC",
            "decidedOn": "2018-06-21",
        }
        first = await self.api.act("secretariat", "importWorkPlan", **sent)
        again = await self.api.act("secretariat", "importWorkPlan", **sent)
        assert first == again
        self.plan = first["workPlan"]
        bodies = await self.api.ask("japan", "BodyList", filter={"parentId": self.plan["body"]["id"]})
        self.group = next(body["id"] for body in bodies["workingBodies"]["nodes"] if body["number"] == 2)
        detail = await self.api.ask("japan", "WorkPlanDetail", id=self.plan["id"])
        item = next(node for node in detail["workPlan"]["items"]["nodes"] if node["number"] == 2)
        await self.api.act(
            "secretariat",
            "assignWorkItem",
            workItemId=item["id"],
            to={"bodyId": self.group},
            expectedRevision=item["revision"],
        )
        return detail

    async def a_round_opens(self) -> Any:
        """Step 3: open a round as the coordinator. Delegates see it among those that ask their party."""
        opened = await self.api.act(
            "canada",
            "openRound",
            textVersionId=self.version["id"],
            bodyId=self.group,
            title="Comments on Draft 1",
            closesAt=CLOSES,
            zone="Europe/Brussels",
            audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
        )
        self.round = opened["round"]
        return await self.api.ask("upu", "Home")

    async def delegates_comment(self) -> Any:
        """Step 4: file comments as a Member, an observer and a private-sector body.

        The Member supports the observer's.
        """
        said = (
            ("japan", "5.", "should give", "shall give", "Members that build a system need a firm rule."),
            ("gea", "5.", "should give", "may give", "Express carriers do not see all of it."),
            ("upu", "6.", "in the form it already uses", "in a form agreed with Customs", "Postal forms differ."),
            ("china", "8.", "should be the exception", "should be rare", "Shorter."),
        )
        for person, number, quoted, wording, reason in said:
            filed = await self.submit(person, number, quoted, wording, reason)
            self.comments[person] = filed["comment"]
        return await self.api.act("japan", "supportComment", commentId=self.comments["upu"]["id"])

    async def submit(self, person: str, number: str, quoted: str, wording: str, reason: str) -> Any:
        """Submit one comment on a numbered paragraph, in the name of a party."""
        content = {
            "type": "SUBSTANTIVE",
            "provisionId": self.provisions[number]["id"],
            "quotation": {"exact": quoted},
            "text": f"Paragraph {number} could be firmer.",
            "reason": reason,
            "proposedWording": wording,
        }
        return await self.api.act(person, "submitComment", roundId=self.round["id"], **content)

    async def too_late_is_too_late(self) -> Any:
        """Step 5: submit a comment after the closing instant, which is refused."""
        self.api.world.clock.now = datetime.fromisoformat(CLOSES).astimezone(UTC)
        return await self.submit("upu", "7.", "should answer", "shall answer", "Certainty.")

    async def answers(self) -> Any:
        """Step 6: propose answers as the coordinator, record them as the Secretariat, declare the round complete."""
        verdicts = {"japan": "ACCEPTED", "gea": "ACCEPTED", "upu": "ACCEPTED", "china": "NOT_ACCEPTED"}
        for person, verdict in verdicts.items():
            answer = {
                "commentId": self.comments[person]["id"],
                "verdict": verdict,
                "reason": "" if verdict == "ACCEPTED" else "The group kept the sense of an exception to a rule.",
            }
            await self.api.act("canada", "proposeDisposition", **answer, expectedRevision=1)
            await self.api.act("secretariat", "recordDisposition", **answer, expectedRevision=2)
        sent = {"roundId": self.round["id"], "expectedRevision": self.round["revision"]}
        return await self.api.act("canada", "completeRound", **sent)

    async def consolidation(self) -> Any:
        """Step 7: consolidate. Merge what does not collide, settle what does, run the check, issue the version."""
        self.api.world.clock.move(days=20)
        made = await self.api.act("secretariat", "consolidate", textVersionId=self.version["id"], label="Draft 2")
        (conflict,) = made["consolidation"]["conflicts"]["nodes"]
        words = next(s["words"] for s in conflict["sides"]["nodes"] if s["party"]["shortName"] == "Japan")
        await self.api.ask("secretariat", "PreviewSettlement", conflictId=conflict["id"], outcome={"words": words})
        settled = await self.api.act(
            "secretariat",
            "settleConflict",
            conflictId=conflict["id"],
            words=words,
            reason="The group prefers a firm rule.",
            expectedRevision=conflict["revision"],
        )
        detail = await self.api.ask("canada", "ConsolidationDetail", id=made["consolidation"]["id"])
        target = detail["consolidation"]["target"]
        issued = await self.api.act(
            "secretariat", "issueVersion", textVersionId=target["id"], expectedRevision=target["revision"]
        )
        self.second = issued["textVersion"]
        redline = await self.api.ask("japan", "RedlineOfVersion", textVersionId=self.second["id"])
        return {"made": made, "settled": settled, "detail": detail, "issued": issued, "redline": redline["redline"]}

    async def a_proposal_is_made(self) -> Any:
        """Step 8a: propose an amendment to the second version as Canada. It is registered and agreed by the group."""
        mechanism = Mechanism(
            title="Mechanism of December 2020",
            valid_from=date(2018, 6, 1),
            valid_until=None,
            approval_path=PATH,
            cycle_kinds=["ANNUAL", "PERIODIC"],
        )
        await self.api.world.add(mechanism)
        opened = await self.api.act(
            "secretariat",
            "openCycle",
            mechanismId=mechanism.id,
            kind="PERIODIC",
            title="Review of the whole package",
            opensOn="2018-10-01",
        )
        detail = await self.api.ask("japan", "VersionDetail", id=self.second["id"], first=100)
        nodes = {node["printedNumber"]: node for node in detail["textVersion"]["provisions"]["nodes"]}
        wording = "11. Marketplaces should tell buyers, before they pay, which duties and taxes may be due."
        drafted = await self.api.act(
            "canada",
            "draftProposal",
            cycleId=opened["cycle"]["id"],
            textVersionId=self.second["id"],
            **{
                "title": "Tell buyers what they will owe",
                "rationale": "Buyers refuse parcels when a bill surprises them.",
                "amendments": [{"kind": "ADD", "provisionKey": nodes["10."]["key"], "wording": wording}],
            },
        )
        self.proposal = drafted["proposal"]
        await self.step("canada", "submitProposal")
        await self.step("secretariat", "registerProposal")
        await self.step("secretariat", "assignProposal", bodyId=self.group)
        return await self.the_group_agrees()

    async def the_group_agrees(self) -> Any:
        """Record the group's view on the amendment as the coordinator, and conclude."""
        shown = await self.api.ask("japan", "ProposalDetail", id=self.proposal["id"])
        (amendment,) = shown["proposal"]["amendments"]["nodes"]
        viewed = await self.api.act(
            "canada",
            "recordView",
            amendmentId=amendment["id"],
            view="AGREED",
            expectedRevision=self.proposal["revision"],
        )
        self.proposal = viewed["proposal"]
        return await self.step("canada", "concludeConsideration")

    async def step(self, person: str, operation: str, **sent: Any) -> Any:
        """Do one act on the proposal, at the version that was seen last."""
        sent = {"proposalId": self.proposal["id"], "expectedRevision": self.proposal["revision"], **sent}
        done = await self.api.act(person, operation, **sent)
        if "proposal" in done:
            self.proposal = done["proposal"]
        return done

    async def the_bodies_decide(self) -> Any:
        """Step 8b: consolidate with the amendment.

        PTC, Policy Commission and Council decide, and it becomes an edition.
        """
        made = await self.api.act("secretariat", "consolidate", textVersionId=self.second["id"], label="Draft 3")
        target = made["consolidation"]["target"]
        issued = await self.api.act(
            "secretariat", "issueVersion", textVersionId=target["id"], expectedRevision=target["revision"]
        )
        sittings = (
            ("ptc", 225, 226, "2019-10-28", "2019-10-31", "endorsed", "ENDORSED"),
            ("pc", 82, None, "2019-12-02", "2019-12-04", "endorsed", "ENDORSED"),
            ("council", 135, 136, "2020-06-25", "2020-06-27", "approved", "APPROVED"),
        )
        for body, first, second, starts_on, ends_on, verb, outcome in sittings:
            self.api.world.clock.now = datetime.fromisoformat(f"{ends_on}T16:00:00+00:00")
            sitting = await self.api.act(
                "secretariat",
                "recordSitting",
                bodyId=self.api.world.bodies[body],
                firstNumber=first,
                secondNumber=second,
                startsOn=starts_on,
                endsOn=ends_on,
            )
            decision = {"verb": verb, "outcome": outcome, "text": f"The body {verb} the proposal.", "agendaItem": "V.b"}
            await self.step("secretariat", "decideProposal", sittingId=sitting["sitting"]["id"], **decision)
        detail = await self.api.ask("upu", "ProposalDetail", id=self.proposal["id"])
        council = detail["proposal"]["decisions"]["nodes"][-1]
        published = await self.api.act(
            "secretariat",
            "publishEdition",
            textVersionId=issued["textVersion"]["id"],
            decisionId=council["id"],
            label="2020 edition",
        )
        return {"detail": detail, "published": published}

    async def the_plan_lives(self) -> Any:
        """Step 9: complete an activity with the issued version as evidence, re-date one, find one overdue."""
        detail = await self.api.ask("japan", "WorkPlanDetail", id=self.plan["id"])
        item = next(node for node in detail["workPlan"]["items"]["nodes"] if node["number"] == 2)
        steps = {node["position"]: node for node in item["activities"]["nodes"]}
        done = await self.api.act(
            "canada",
            "completeActivity",
            activityId=steps[5]["id"],
            evidenceId=self.second["id"],
            expectedRevision=steps[5]["revision"],
        )
        redated = await self.api.act(
            "canada",
            "redateActivity",
            activityId=steps[8]["id"],
            period="May 2019",
            reason="The round comes first.",
            expectedRevision=steps[8]["revision"],
        )
        overdue = await self.api.ask("japan", "ActivityList", filter={"timing": "OVERDUE"}, first=100)
        return {"done": done, "redated": redated, "overdue": overdue}
