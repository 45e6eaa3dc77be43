"""What may be registered, and what a service account can be given. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.domain.parties.rules.service_accounts import Opening, check_opening
from server.identity.applications import rules
from server.identity.applications.rules import (
    ApplicationFacts,
    GrantFacts,
    Registration,
    check_registration,
    check_uris,
    fault_of_uri,
    in_order,
)
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope
from server.vocabulary.applications import ApplicationKind

K = ApplicationKind
NOW = datetime(2018, 9, 24, 9, tzinfo=UTC)
TODAY = date(2018, 9, 24)
EDITOR = Registration("Editor", "Comments in a margin.", ("https://editor.example/back",), (), ("read", "openid"))
BOT = Opening("Tracker", "Watches deadlines.", ("read", "comment"), TODAY + timedelta(days=30))

HTTPS = (
    "https://editor.example/back",
    "https://editor.example:8443/back?from=here",
    "https://[2001:db8::1]/back",
    "https://editor.example",
    "https://192.0.2.1:65535/back",
    "https://xn--bcher-kva.example/b%C3%A4ck/...",
    "https://a1.example1x/back?next=/../%7e",
)
OWN_DEVICE = (
    "http://127.0.0.1/back",
    "http://127.0.0.1:53000/back",
    "http://[::1]/back",
    "http://[::1]:1/back",
)
BY_NAME = ("http://localhost/back", "http://localhost:5173/back", "http://localhost:5173")
PRIVATE_SCHEMES = (
    "org.example.reader:/back",
    "org.example.reader:/",
)
NEVER = (
    "",
    "/back",
    "//editor.example/back",
    "editor.example/back",
    "https:",
    "https://",
    "https:///back",
    "https:back",
    "https://:443/back",
    "https://editor.example/back#part",
    "https://*.editor.example/back",
    "https://editor.example/*",
    "https://user@editor.example/back",
    "https://user:word@editor.example/back",
    "https://@editor.example/back",
    "https://editor.example\\@other.example/back",
    "https://editor.example/ba ck",
    "https://editor.example/back\n",
    " https://editor.example/back",
    "https://editor.example/\N{LATIN SMALL LETTER E WITH ACUTE}",
    'https://editor.example/"',
    "https://editor.example/<b>",
    "https://editor.example:99999/back",
    "https://editor.example;x/back",
    "https://editor.example,other.example/back",
    "https://-editor.example/back",
    "https://editor%2eexample/back",
    "https://editor.example:0/back",
    "https://editor.example:port/back",
    "https://[::1/back",
    "http://editor.example/back",
    "http://localhost.editor.example/back",
    "http://localhost./back",
    "http://localhost:0/back",
    "http://localhost:port/back",
    "http://localhost:5173:5173/back",
    "http://localhost@editor.example/back",
    "http://user@localhost/back",
    "http://editor.localhost/back",
    "http://[::1]editor.example/back",
    "http://[::2]/back",
    "http://127.0.0.1.editor.example/back",
    "http://127.0.0.2/back",
    "http://user@127.0.0.1/back",
    "javascript:alert(1)",
    "javascript:/back",
    "data:text/html,x",
    "reader:/back",
    "org.example.reader:back",
    "org.example.reader://host/back",
    "org.example.reader:",
    "ftp://editor.example/back",
    "https://editor.example/" + "x" * 500,
    "https://editor.example:/back",
    "https://editor.example:0443/back",
    "https://editor.example:09999/back",
    "https://Editor.example/back",
    "HTTPS://editor.example/back",
    "https://editor.example./back",
    "https://editor..example/back",
    "https://editor-.example/back",
    "https://" + "x" * 64 + ".example/back",
    "https://" + "x." * 127 + "example/back",
    "https://127.1/back",
    "https://2130706433/back",
    "https://0x7f.0.0.1/back",
    "https://0x/back",
    "https://192.0.2.01/back",
    "https://192.0.2.256/back",
    "https://editor.1/back",
    "https://[0:0:0:0:0:0:0:1]/back",
    "https://[2001:DB8::1]/back",
    "https://[::ffff:127.0.0.1]/back",
    "https://[::1%25lo]/back",
    "https://[192.0.2.1]/back",
    "https://editor.example/../back",
    "https://editor.example/%2e%2E/back",
    "https://editor.example/./back",
    "https://editor.example/back%",
    "https://editor.example/%zzback",
    "http://127.0.0.1:09999/back",
    "http://127.0.0.1:0/back",
    "http://127.0.0.1:/back",
    "http://[::1]:09999/back",
    "http://localhost:05173/back",
    "http://LOCALHOST/back",
    "org.example.reader:/../back",
    "ORG.example.reader:/back",
)


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("uri", HTTPS)
def test_an_address_of_https_is_good(kind: ApplicationKind, uri: str) -> None:
    assert fault_of_uri(kind, uri) is None


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("uri", PRIVATE_SCHEMES)
def test_a_scheme_of_ones_own_is_for_native_applications(kind: ApplicationKind, uri: str) -> None:
    assert (fault_of_uri(kind, uri) is None) == (kind == K.NATIVE)


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("uri", OWN_DEVICE)
def test_an_address_of_the_own_device_is_for_whatever_people_are_sent_back_to(kind: ApplicationKind, uri: str) -> None:
    assert (fault_of_uri(kind, uri) is None) == (kind in (K.WEB, K.BROWSER, K.NATIVE))


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("uri", BY_NAME)
def test_the_name_of_the_own_machine_is_for_applications_on_the_web_while_they_are_written(
    kind: ApplicationKind, uri: str
) -> None:
    assert (fault_of_uri(kind, uri) is None) == (kind in (K.WEB, K.BROWSER))


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("uri", NEVER)
def test_an_address_that_could_lead_elsewhere_is_refused(kind: ApplicationKind, uri: str) -> None:
    assert fault_of_uri(kind, uri)


@pytest.mark.parametrize(
    ("kind", "uris", "issues"),
    [
        (K.WEB, (), []),
        (K.WEB, HTTPS, []),
        (K.BROWSER, OWN_DEVICE + BY_NAME, []),
        (
            K.WEB,
            (HTTPS[0], "http://editor.example/"),
            [Issue("redirectUris.1", IssueCode.UNFIT, why=rules.OWN_MACHINE)],
        ),
        (K.BROWSER, (HTTPS[0], HTTPS[0]), [Issue("redirectUris", IssueCode.REPEATED)]),
        (K.NATIVE, tuple(f"http://127.0.0.1/{n}" for n in range(10)), []),
        (
            K.NATIVE,
            tuple(f"http://127.0.0.1/{n}" for n in range(11)),
            [Issue("redirectUris", IssueCode.TOO_MANY, limit=10)],
        ),
        (K.DEVICE, (), []),
        (K.DEVICE, HTTPS[:1], [Issue("redirectUris", IssueCode.NOT_FOR_KIND, kind="DEVICE")]),
        (K.SERVICE, HTTPS[:1], [Issue("redirectUris", IssueCode.NOT_FOR_KIND, kind="SERVICE")]),
    ],
)
def test_addresses_are_few_and_each_is_there_once(
    kind: ApplicationKind, uris: tuple[str, ...], issues: list[Issue]
) -> None:
    assert check_uris("redirectUris", kind, uris) == issues


@pytest.mark.parametrize(
    ("kind", "changed", "paths"),
    [
        (K.WEB, {}, []),
        (K.WEB, {"sign_out_uris": ("https://editor.example/bye",)}, []),
        (K.WEB, {"redirect_uris": ()}, ["redirectUris"]),
        (K.BROWSER, {"redirect_uris": ()}, ["redirectUris"]),
        (K.NATIVE, {"redirect_uris": ()}, ["redirectUris"]),
        (K.DEVICE, {"redirect_uris": ()}, []),
        (K.DEVICE, {}, ["redirectUris"]),
        (K.SERVICE, {}, ["kind"]),
        (K.WEB, {"sign_out_uris": ("http://editor.example/",)}, ["signOutUris.0"]),
        (K.BROWSER, {"sign_out_uris": ("http://localhost:5173/bye",)}, []),
        (K.WEB, {"name": " "}, ["name"]),
        (K.WEB, {"name": "x" * 121}, ["name"]),
        (K.WEB, {"name": "Edi\u202etor"}, ["name"]),
        (K.WEB, {"purpose": "Comments in\na margin."}, ["purpose"]),
        (K.WEB, {"name": "x" * 120}, []),
        (K.WEB, {"purpose": ""}, ["purpose"]),
        (K.WEB, {"purpose": "x" * 401}, ["purpose"]),
        (K.WEB, {"scopes": ()}, ["scopes"]),
        (K.WEB, {"scopes": ("read", "everything", "READ")}, ["scopes.1", "scopes.2"]),
        (K.WEB, {"scopes": rules.SCOPES}, []),
        (K.WEB, {"name": "", "purpose": "", "redirect_uris": ("x",)}, ["name", "purpose", "redirectUris.0"]),
    ],
)
def test_a_registration_is_well_formed(kind: ApplicationKind, changed: dict[str, object], paths: list[str]) -> None:
    assert [issue.path for issue in check_registration(kind, EDITOR._replace(**changed))] == paths


@pytest.mark.parametrize("kind", [K.WEB, K.BROWSER, K.NATIVE, K.DEVICE])
@pytest.mark.parametrize("scope", rules.SCOPES)
def test_only_what_keeps_a_secret_can_administer(kind: ApplicationKind, scope: str) -> None:
    uris = () if kind == K.DEVICE else EDITOR.redirect_uris

    issues = check_registration(kind, EDITOR._replace(redirect_uris=uris, scopes=(scope,)))

    refused = scope == Scope.ADMINISTER and kind != K.WEB
    assert [issue.path for issue in issues] == (["scopes.0"] if refused else [])
    assert all("only for the kind WEB" in issue.message for issue in issues)


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("scope", [*rules.SCOPES, "everything"])
def test_a_service_account_reads_comments_and_writes(capacity: Capacity, scope: str) -> None:
    issues = check_opening(BOT._replace(scopes=(scope,)), TODAY, capacity=capacity, by_party=True)

    allowed = {"read", "comment", "secretariat" if capacity == Capacity.SECRETARIAT else "write"}
    assert [issue.path for issue in issues] == ([] if scope in allowed else ["scopes.0"])


@pytest.mark.parametrize(
    ("days", "paths"), [(-1, ["endsOn"]), (0, []), (1, []), (365, []), (366, ["endsOn"]), (100_000, ["endsOn"])]
)
def test_a_service_account_ends_within_a_year(days: int, paths: list[str]) -> None:
    opening = BOT._replace(ends_on=TODAY + timedelta(days=days))

    issues = check_opening(opening, TODAY, capacity=Capacity.MEMBER, by_party=True)

    assert [issue.path for issue in issues] == paths


@pytest.mark.parametrize(
    ("scopes", "by_party", "is_good"),
    [
        (("comment",), True, True),
        (("read", "comment"), True, True),
        (("read", "comment"), False, False),
        (("read",), True, False),
        (("comment", "write"), True, False),
        (("read", "write"), True, False),
    ],
)
def test_a_service_account_files_by_the_word_of_its_own_party_only(
    scopes: tuple[str, ...], by_party: bool, is_good: bool
) -> None:
    opening = BOT._replace(scopes=scopes, may_file=True)

    issues = check_opening(opening, TODAY, capacity=Capacity.MEMBER, by_party=by_party)

    assert {issue.path for issue in issues} == (set() if is_good else {"mayFile"})


def test_an_opening_tells_every_fault_at_once() -> None:
    opening = Opening(" ", "", (), TODAY - timedelta(days=1), may_file=True)

    issues = check_opening(opening, TODAY, capacity=Capacity.OBSERVER, by_party=False)

    assert [issue.path for issue in issues] == ["name", "purpose", "scopes", "endsOn", "mayFile", "mayFile"]


@pytest.mark.parametrize(("reason", "is_good"), [("x", True), ("x" * 400, True), (" ", False), ("x" * 401, False)])
def test_a_reason_is_given_and_fits(reason: str, is_good: bool) -> None:
    assert [issue.path for issue in rules.check_reason(reason)] == ([] if is_good else ["reason"])


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("retired_at", [None, NOW])
def test_what_can_be_done_depends_on_the_kind_and_on_whether_it_is_in_use(
    kind: ApplicationKind, retired_at: datetime | None
) -> None:
    facts = ApplicationFacts(kind, retired_at, None)

    obstacles = {
        rule.__name__: obstacle.code
        for rule in (rules.not_retired, rules.is_program, rules.is_service, rules.has_secret)
        if (obstacle := rule(facts, NOW))
    }

    expected = {"not_retired"} if retired_at else set()
    expected |= {"is_program"} if kind == K.SERVICE else {"is_service"}
    expected |= {"has_secret"} if kind not in (K.WEB, K.SERVICE) else set()
    assert obstacles == dict.fromkeys(expected, RefusalCode.WRONG_STATE)


def test_a_grant_is_revoked_once() -> None:
    obstacle = rules.not_revoked(GrantFacts("PER_1", NOW), NOW)

    assert rules.not_revoked(GrantFacts("PER_1", None), NOW) is None
    assert obstacle is not None
    assert obstacle.code == RefusalCode.ALREADY_DONE


def test_scopes_are_listed_in_one_order() -> None:
    assert in_order(["openid", "write", "read", "read"]) == ["read", "write", "openid"]
