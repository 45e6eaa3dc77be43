"""A text that parties ask to change, driven through the API: comments of a round, amendments of proposals."""

from datetime import date, timedelta
from typing import Any

from server.models.proposals import Mechanism
from tests.factories.api import Api

PATH = ["TECHNICAL_COMMITTEE", "POLICY_COMMISSION", "COUNCIL"]

ACTS = {"submitComment": "CommentSubmitted", "recordDisposition": "DispositionRecorded"}
"""Acts that are done many times, and their facts."""
TOGETHER = 10
"""How many of them go into one request."""


class Drafting:
    """One instrument: what stands in it, who asks for what, and the version that is made of it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.version: dict[str, Any] = {}
        self.nodes: list[dict[str, Any]] = []
        self.round: dict[str, Any] = {}
        self.filed: list[dict[str, Any]] = []
        self.cycle = ""
        self.keys = 0
        self.consolidation: dict[str, Any] = {}

    async def begin(self, markdown: str, **sent: Any) -> "Drafting":
        """Import a text as the Secretariat, and issue it."""
        sent = {"title": "Rules on parcels", "shortTitle": "Parcels", "label": "Draft", "markdown": markdown} | sent
        imported = await self.api.act("secretariat", "importText", **sent)
        assert imported["__typename"] == "TextImported", imported
        return await self.issue(imported["textVersion"])

    async def issue(self, version: dict[str, Any]) -> "Drafting":
        """Issue a version as the Secretariat, and read it."""
        sent = {"textVersionId": version["id"], "expectedRevision": version["revision"]}
        issued = await self.api.act("secretariat", "issueVersion", **sent)
        assert issued["__typename"] == "VersionIssued", issued
        self.version, self.round, self.filed = issued["textVersion"], {}, []
        self.nodes = await self.nodes_of(self.version["id"])
        return self

    async def nodes_of(self, version_id: str) -> list[dict[str, Any]]:
        """Return the provisions of a version in reading order."""
        detail = await self.api.ask("secretariat", "VersionDetail", id=version_id, first=100)
        return list(detail["textVersion"]["provisions"]["nodes"])

    def at(self, label: str) -> dict[str, Any]:
        """Return the provision with a printed number, or else the one that holds some words."""
        numbered = [node for node in self.nodes if node["printedNumber"] == label]
        (found,) = numbered or [node for node in self.nodes if label in node["text"]]
        return found

    async def comment(self, who: str, at: str, wording: str, quoted: str = "") -> dict[str, Any]:
        """Submit a comment that proposes words for a provision, or for words quoted from it."""
        (done,) = await self.comments(who, (at, wording, quoted))
        return done

    async def comments(self, who: str, *asked: tuple[str, str, str]) -> list[dict[str, Any]]:
        """Submit comments of a party: the provision, the wording, and the words quoted from it if any are."""
        if not self.round:
            self.round = (await self.open_round())["round"]
        inputs = []
        for at, wording, quoted in asked:
            content = {
                "type": "SUBSTANTIVE",
                "provisionId": self.at(at)["id"],
                "quotation": {"exact": quoted} if quoted else None,
                "text": "This should be put otherwise.",
                "reason": "It is clearer.",
                "proposedWording": wording,
            }
            inputs.append({"roundId": self.round["id"], "content": content})
        done = await self.at_once(who, "submitComment", inputs)
        self.filed += [each["comment"] for each in done if "comment" in each]
        return done

    async def at_once(self, who: str, act: str, inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Do one act many times, several in one request, and return the facts and refusals."""
        fact, kind = ACTS[act], act[0].upper() + act[1:]
        shown = f"__typename ... on {fact} {{ comment {{ id party {{ shortName }} }} }}"
        refused = "... on Refusal { code message issues { message } }"
        done: list[dict[str, Any]] = []
        for begin in range(0, len(inputs), TOGETHER):
            some = inputs[begin : begin + TOGETHER]
            named = ", ".join(f"$i{n}: {kind}Input!" for n in range(len(some)))
            asked = " ".join(f"a{n}: {act}(input: $i{n}) {{ {shown} {refused} }}" for n in range(len(some)))
            self.keys += 1
            sent = {f"i{n}": {"idempotencyKey": f"many-{self.keys}-{n}", **each} for n, each in enumerate(some)}
            answer = await self.api.send(who, f"mutation ({named}) {{ {asked} }}", sent)
            assert "errors" not in answer, answer["errors"]
            done += answer["data"].values()
        return done

    async def open_round(self) -> Any:
        """Open a round on the version as the coordinator."""
        return await self.api.act(
            "canada",
            "openRound",
            textVersionId=self.version["id"],
            bodyId=self.api.world.bodies["group"],
            title="Comments",
            closesAt=(self.api.world.clock.now + timedelta(days=7)).isoformat(),
            audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
        )

    async def accept_all(self, **verdicts: str) -> None:
        """Close the round, accept its comments (or answer those of a party otherwise), and declare it complete."""
        self.api.world.clock.move(days=8)
        answers = []
        for comment in self.filed:
            verdict = verdicts.get(comment["party"]["shortName"], "ACCEPTED")
            answer = {"commentId": comment["id"], "verdict": verdict, "reason": "The group heard it."}
            answers.append(answer | {"expectedRevision": 1})
        answered = await self.at_once("secretariat", "recordDisposition", answers)
        assert all(each["__typename"] == "DispositionRecorded" for each in answered), answered
        sent = {"roundId": self.round["id"], "expectedRevision": self.round["revision"]}
        completed = await self.api.act("canada", "completeRound", **sent)
        assert "round" in completed, completed

    async def propose(
        self, who: str, *amendments: dict[str, Any], views: tuple[str, ...] = (), **said: Any
    ) -> dict[str, Any]:
        """Draft, submit and register a proposal, and let the group agree with it unless other views are given."""
        proposal = await self.file(who, *amendments, **said)
        return await self.agree(proposal, views)

    async def file(self, who: str, *amendments: dict[str, Any], **said: Any) -> dict[str, Any]:
        """Draft, submit and register a proposal, and give it to the group."""
        drafted = await self.draft(who, *amendments, **said)
        assert "proposal" in drafted, drafted
        proposal = await self.step(who, "submitProposal", drafted["proposal"])
        proposal = await self.step("secretariat", "registerProposal", proposal)
        return await self.step("secretariat", "assignProposal", proposal, bodyId=self.api.world.bodies["group"])

    async def draft(self, who: str, *amendments: dict[str, Any], **said: Any) -> dict[str, Any]:
        """Draft a proposal of a party."""
        content = {"title": "Other words", "rationale": "Members asked.", "amendments": list(amendments)} | said
        sent = {"cycleId": await self.open_cycle(), "textVersionId": self.version["id"], "content": content}
        return dict(await self.api.act(who, "draftProposal", **sent))

    async def agree(self, proposal: dict[str, Any], views: tuple[str, ...] = ()) -> dict[str, Any]:
        """Record the group's views on each amendment, and conclude."""
        shown = await self.api.ask("canada", "ProposalDetail", id=proposal["id"])
        for position, amendment in enumerate(shown["proposal"]["amendments"]["nodes"]):
            view = {"view": views[position], "reason": "No consensus."} if views else {"view": "AGREED"}
            sent = {"amendmentId": amendment["id"], "expectedRevision": proposal["revision"], **view}
            viewed = await self.api.act("canada", "recordView", **sent)
            assert "proposal" in viewed, viewed
            proposal = viewed["proposal"]
        return await self.step("canada", "concludeConsideration", proposal)

    async def step(self, who: str, operation: str, proposal: dict[str, Any], **sent: Any) -> dict[str, Any]:
        """Do one act on a proposal, at the version that was seen last."""
        sent |= {"proposalId": proposal["id"], "expectedRevision": proposal["revision"]}
        done = await self.api.act(who, operation, **sent)
        assert "proposal" in done, done
        return dict(done["proposal"])

    async def open_cycle(self) -> str:
        """Open a review that takes proposals, once, and return its id."""
        if not self.cycle:
            named = {"title": "Mechanism", "valid_from": date(2018, 6, 1), "valid_until": None}
            mechanism = Mechanism(**named, approval_path=PATH, cycle_kinds=["PERIODIC"])
            await self.api.world.add(mechanism)
            sent = {"mechanismId": mechanism.id, "kind": "PERIODIC", "title": "Review", "opensOn": "2018-09-01"}
            self.cycle = (await self.api.act("secretariat", "openCycle", **sent))["cycle"]["id"]
        return self.cycle

    async def consolidate(self, label: str = "Next draft") -> dict[str, Any]:
        """Make the next version of what was accepted, and return the consolidation with its check."""
        made = await self.api.act("secretariat", "consolidate", textVersionId=self.version["id"], label=label)
        assert "consolidation" in made, made
        self.consolidation = made["consolidation"]
        return await self.look()

    async def look(self) -> dict[str, Any]:
        """Return the consolidation as it is now, with its changes and its check."""
        shown = await self.api.ask("secretariat", "ConsolidationDetail", id=self.consolidation["id"])
        self.consolidation = shown["consolidation"]
        return dict(shown)

    async def made(self) -> list[dict[str, Any]]:
        """Return the provisions of the version being made."""
        return await self.nodes_of(self.consolidation["target"]["id"])

    async def words(self) -> list[str]:
        """Return the words of the version being made."""
        return [node["text"] for node in await self.made()]

    async def read_all(self) -> Any:
        """Confirm reading every woven sentence as the Secretariat."""
        check = (await self.look())["reconciliation"]
        sent = {"consolidationId": self.consolidation["id"], "digests": [w["digest"] for w in check["woven"]]}
        return await self.api.act("secretariat", "confirmReading", **sent)

    async def try_issue(self) -> Any:
        """Ask to issue the version being made, as the Secretariat."""
        target = (await self.look())["consolidation"]["target"]
        sent = {"textVersionId": target["id"], "expectedRevision": target["revision"]}
        return await self.api.act("secretariat", "issueVersion", **sent)

    async def go_on(self) -> "Drafting":
        """Issue the version being made once its woven sentences were read."""
        if (await self.look())["reconciliation"]["woven"]:
            await self.read_all()
        return await self.issue((await self.look())["consolidation"]["target"])

    async def settle(self, conflict: dict[str, Any], operation: str = "settleConflict", **sent: Any) -> Any:
        """Settle a conflict as the Secretariat."""
        sent |= {"conflictId": conflict["id"], "expectedRevision": conflict["revision"], "reason": "The group said so."}
        return await self.api.act("secretariat", operation, **sent)


def lines(*words: str) -> str:
    """Return a text of numbered paragraphs."""
    return "\n\n".join(f"{number}. {said}" for number, said in enumerate(words, start=1))
