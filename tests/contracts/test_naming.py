"""The schema follows the naming guide, and each rule of the guide can fail."""

import re

import pytest
from graphql import build_schema

from tests.contracts.naming import OF_INPUTS, RULES, STANDS, named_in
from tests.factories.api import CONTRACTS

PUBLISHED = build_schema((CONTRACTS / "schema.graphql").read_text(encoding="utf-8"))
SAMPLES: dict[str, tuple[str, set[str]]] = {
    "Nouns": ("type Function { id: ID! } type Sitting { id: ID! }", {"Function"}),
    "Roots": (
        """type Query { cycle(id: ID!): ReviewCycle cycles: ReviewCycleConnection! party(id: ID!): Party
        journals: JournalEntryConnection! journalEntries: JournalEntryConnection! }
        type ReviewCycle { id: ID! } type Party { id: ID! } type ReviewCycleConnection { totalCount: Int! }
        type JournalEntryConnection { totalCount: Int! }""",
        {"cycle: ReviewCycle", "cycles: ReviewCycleConnection", "journals: JournalEntryConnection"},
    ),
    "Acts": (
        """type Query { act: String } enum Act { DELETE_COMMENT SUBMIT_COMMENT }
        type Mutation { deleteComment: Int submitComment: Int clearComment: Int }""",
        {"deleteComment", "clearComment: no value of Act", "Query.act"},
    ),
    "Dates": (
        """scalar Date scalar DateTime type Round { closes: DateTime closesOn: DateTime opensAt: DateTime day: Date
        startsOn: Date seenAt: String } input RoundFilter { closesFrom: DateTime closesBefore: DateTime
        opensUntil: DateTime } type Query { textAt(at: DateTime, instant: DateTime): Int }""",
        {"Round.closes", "Round.closesOn", "Round.day", "Round.seenAt", "RoundFilter.opensUntil",
         "Query.textAt(instant:)"},
    ),
    "Booleans": (
        "type Act { allowed: Boolean! isDone: Boolean! issued: Boolean } input I { focalPoint: Boolean hasA: Boolean }",
        {"Act.allowed", "Act.issued", "I.focalPoint"},
    ),
    "Ids": (
        """type A { id: ID! subjectId: ID sourceId: String! leads: [ID!]! provisionKey: ID! standingIds: [String!]! }
        input I { round: ID roundId: ID }""",
        {"A.subjectId", "A.sourceId", "A.leads", "A.standingIds", "I.round"},
    ),
    "Connections": (
        """type Query { rows(first: Int, skip: Int): [Int!]! parties(first: Int): PartyConnection!
        all(first: Int, after: String, last: Int, before: String): BareConnection }
        type PartyConnection { edges: Int nodes: Int pageInfo: Int totalCount: Int }
        type BareConnection { nodes: Int }""",
        {"Query.rows(skip:)", "Query.parties", "BareConnection"},
    ),
    "Filters": (
        """input Conditions { a: Int } input JournalFilter { a: Int } input PartyFilter { a: Int }
        type Query { parties(filter: Conditions): PartyConnection journalEntries(filter: JournalFilter):
        JournalEntryConnection others(filter: PartyFilter): PartyConnection more(by: PartyFilter): PartyConnection }
        type PartyConnection { a: Int } type JournalEntryConnection { a: Int } input PartyAddedFilter { a: Int }
        type Subscription { partyAdded(filter: PartyAddedFilter): Int partyGone(filter: PartyFilter): Int }""",
        {"Query.parties(filter: Conditions)", "Query.journalEntries(filter: JournalFilter)",
         "Query.more(by: PartyFilter)", "Subscription.partyGone(filter: PartyFilter)"},
    ),
    "Orders": (
        """enum Sorting { A } enum PartyOrder { A } type PartyConnection { a: Int } type Query {
        parties(orderBy: Sorting): PartyConnection others(orderBy: PartyOrder): PartyConnection
        more(order: PartyOrder): PartyConnection }""",
        {"Query.parties(orderBy: Sorting)", "Query.more(order: PartyOrder)"},
    ),
    "Inputs": (
        """input SubmitInput { idempotencyKey: String! expectedVersion: Int! } input ClearInput { a: Int }
        type Query { textVersion(versionId: ID): Int } type Mutation { submit(input: SubmitInput!): Int
        clear(input: ClearInput!): Int draft(text: String): Int revise(input: SubmitInput!): Int }""",
        {"SubmitInput.expectedVersion", "Query.textVersion(versionId:)", "ClearInput", "draft", "revise"},
    ),
    "Payloads": (
        """type Refusal { code: Int } type Comment { a: Int } type Submitted { comment: Comment }
        type Cleared { subject: Comment } union SubmitResult = Submitted | Refusal
        union ClearResult = Refusal | Cleared
        type Mutation { submit: SubmitResult! clear: ClearResult! draft: Comment }""",
        {"Cleared.subject: Comment", "draft"},
    ),
    "Errors": ("enum Code { STALE notNow }", {"Code.notNow"}),
    "Null": (
        """type A { "The reason; empty if none." a: String! "Words; never empty." b: String! "Or null." c: String
        "Its number." d: Int "The other one." e: A }""",
        {"A.a", "A.d"},
    ),
    "Scalars": (
        """scalar Money scalar Digest @specifiedBy(url: "https://example.org/")
        type A { zone: String sourceDigest: Digest contentDigest: String email: String checksum: Digest
        language: String }""",
        {"Money", "A.zone", "A.contentDigest", "A.email", "A.checksum", "A.language"},
    ),
    "Scopes": ("enum Scope { READ } type A { scopes: [String!]! scope: Scope! }", {"A.scopes"}),
}  # fmt: skip
"""A schema that breaks each rule, with what the rule finds in it."""


@pytest.mark.parametrize("rule", RULES)
def test_schema_follows_the_rule(rule: str) -> None:
    assert sorted(RULES[rule](PUBLISHED)) == []


@pytest.mark.parametrize("rule", RULES)
def test_rule_finds_what_breaks_it(rule: str) -> None:
    sdl, broken = SAMPLES[rule]

    assert set(RULES[rule](build_schema(sdl))) == broken


def test_every_section_of_the_guide_is_a_rule() -> None:
    guide = (CONTRACTS / "NAMING.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (.+)$", guide, re.MULTILINE) == list(RULES)


def test_what_a_rule_leaves_out_is_there() -> None:
    there = {each.at for each in named_in(PUBLISHED)} | set(PUBLISHED.type_map)
    assert PUBLISHED.mutation_type is not None

    assert set(STANDS) - there - set(PUBLISHED.mutation_type.fields) == set()
    assert all(each.endswith(("Input", "Filter")) for each in {name.split(".")[0] for name in OF_INPUTS})
