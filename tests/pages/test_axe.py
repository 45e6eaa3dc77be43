"""Every page in a real browser: accessible in light and dark, usable at 320 pixels, without scripts, and by passkey."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from server.app import create_app
from server.identity.passwords import HASHER
from server.identity.resets import begin_reset
from server.identity.secrets import digest_of
from server.kernel.clock import utc_now
from server.models.identity import Password
from server.models.oauth import Application
from server.models.parties import Invitation
from server.settings import Settings
from server.vocabulary.applications import ApplicationKind
from tests.factories.serving import NEEDS_NODE, free_port, installed, run_node, serving
from tests.factories.templates import SqliteFiles
from tests.factories.world import World
from tests.pages.browser import PASSWORD

SUITE = Path(__file__).parent / "axe"
PARTS = {
    "scriptless": ("You are signed out", 0),
    "outside": (None, 11),
    "inside": (None, 16),
    "applications": ("code iss state", 8),
    "passkey": ("Second factor", 4),
}
"""The parts of a visit: where each ends, and how many pages it looks at. A look takes half a second of two processors;
each page has two, so `make test` leaves all of them to `make test-rest`."""
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    *NEEDS_NODE,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the pages are visited with it"),
]


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a page looks like does not depend on the database, and a browser is slow."""
    return SqliteFiles(sqlite_templates, tmp_path)


async def _prepare(world: World, site: str) -> dict[str, str]:
    """Passwords for people, a link for a new password, two invitations and two applications; gives their secrets, and
    the ids of the applications."""
    now, hashed = utc_now(), HASHER.hash(PASSWORD)
    people = ("japan", "canada", "china")
    await world.add(*(Password(person_id=world.persons[key], hash=hashed, changed_at=now) for key in people))
    async with world.database.writing() as session:
        secrets = {"reset": await begin_reset(session, world.persons["gea"], now)}
    for key, email in (("invitation", "new@example.org"), ("known", "upu@example.org")):
        secrets[key] = f"secret-{key}"
        invitation = Invitation(
            party_id=world.parties["china"],
            name="Newly Invited",
            email=email,
            is_focal_point=True,
            starts_on=now.date(),
            secret_digest=digest_of(secrets[key]),
            invited_at=now,
            invited_by_id=world.delegates["china"],
            expires_at=now + timedelta(days=14),
        )
        await world.add(invitation)
    for name, kind, addresses in (
        ("web", ApplicationKind.WEB, [f"{site}/healthz"]),
        ("device", ApplicationKind.DEVICE, []),
    ):
        application = Application(
            name="Margin editor",
            purpose="Writing comments in the margin.",
            kind=kind,
            redirect_uris=addresses,
            sign_out_uris=[],
            scopes=["read", "comment", "openid"],
            registered_at=now,
        )
        await world.add(application)
        secrets[name] = application.id
    return secrets


@pytest.mark.long
@pytest.mark.rest
@pytest.mark.parametrize(
    "parts", [["outside", "scriptless", "passkey"], ["inside", "applications"]], ids=["outside", "inside"]
)
async def test_pages_are_accessible_and_work_in_a_browser(world: World, database_url: str, parts: list[str]) -> None:
    folder = installed(SUITE)

    with free_port() as (listener, port):
        site = f"http://localhost:{port}"
        secrets = await _prepare(world, site)
        app = create_app(Settings(issuer=site, database=database_url))
        with serving(app, listener):
            given = (json.dumps(argument) for argument in (secrets, parts))
            printed = run_node(folder / "visit.mjs", site, *given, CHROMIUM=CHROMIUM or "")

    found = json.loads(printed)
    assert found["faults"] == []
    assert found["told"] == {part: PARTS[part][0] for part in parts}
    assert len(found["seen"]) == sum(PARTS[part][1] for part in parts)
