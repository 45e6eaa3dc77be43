"""A letter about notices as a real mail server gets it."""

import asyncio
from email.header import decode_header, make_header
from functools import partial

from server.delivery.outbox.delivery import deliver_letters
from server.delivery.outbox.senders import smtp_sender
from server.domain.notices.actions.making import ensure_progress, make_notices
from server.domain.notices.actions.posting import compose_letter, post_notices
from server.vocabulary.parties import Language, Notices
from tests.factories.mail import mail_server
from tests.factories.rounds import open_round
from tests.factories.world import World
from tests.notices.test_actions import ISSUER, choose


async def test_letter_has_two_forms_and_ends_by_one_click(world: World) -> None:
    await ensure_progress(world.database)
    await choose(world, "china", notices=Notices.AT_ONCE, language=Language.FRENCH)
    round_id = await open_round(world, title="<b>Données</b> & flux\r\nBcc: x@example.org")
    await make_notices(world.database, world.clock)
    await post_notices(world.database, world.clock, ISSUER)

    with mail_server() as (mailbox, smtp):
        send = smtp_sender(smtp, "fos@example.org")
        compose = partial(compose_letter, issuer=ISSUER)
        for _ in range(2):
            await deliver_letters(world.database, world.clock, send, compose=compose)

    ((address, message),) = mailbox.received
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert address == message["To"] == "china@example.org"
    assert message["Bcc"] is None
    assert message["Subject"] == "Une consultation est lancée : « <b>Données</b> & flux Bcc: x@example.org »."
    assert f"{ISSUER}/rounds/{round_id}" in text.get_content()  # type: ignore[union-attr]
    assert "<b>" not in html.get_content()  # type: ignore[union-attr]
    assert f'href="{ISSUER}/rounds/{round_id}"' in html.get_content()  # type: ignore[union-attr]
    (raw,) = mailbox.raw_headers()
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["List-Unsubscribe"].startswith(f"<{ISSUER}/unsubscribe/{world.persons['china']}.")


HOSTILE = (
    'x\r\nBcc: y@example.org\r\n\r\n"quoted" \u202e\u05e2\u05d1\u05e8\u202c <a@b> {title} =?utf-8?q?=0D=0ABcc=3A_z?= '
    + "long " * 80
)


async def test_hostile_titles_and_names_add_no_header_and_parallel_workers_send_one_letter(world: World) -> None:
    await ensure_progress(world.database)
    await choose(world, "china", notices=Notices.AT_ONCE, name=HOSTILE)
    await open_round(world, title=HOSTILE[:300])
    await asyncio.gather(*(make_notices(world.database, world.clock) for _ in range(3)))
    await asyncio.gather(*(post_notices(world.database, world.clock, ISSUER) for _ in range(3)))

    with mail_server() as (mailbox, smtp):
        work = (world.database, world.clock, smtp_sender(smtp, "fos@example.org"))
        compose = partial(compose_letter, issuer=ISSUER)
        await asyncio.gather(*(deliver_letters(*work, compose=compose) for _ in range(3)))

    ((address, message),), (raw,) = mailbox.received, mailbox.raw_headers()
    assert (address, message.defects) == ("china@example.org", [])
    assert raw.keys() == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe"),
        *("List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
    }
    subject = str(make_header(decode_header(raw["Subject"])))
    assert len(subject) <= 200
    assert subject.startswith(
        'A comment round was called: “x Bcc: y@example.org "quoted" \u05e2\u05d1\u05e8 <a@b> {title} '
    )
