"""The words of the letter at a close, and whether the filings of a round may be handed out. Pure."""

from datetime import datetime
from typing import NamedTuple

from server.delivery.outbox.letters import one_line
from server.domain.rounds.rules.window import has_closed
from server.vocabulary.parties import Language
from server.vocabulary.rounds import RoundStatus, RoundVisibility


class Close(NamedTuple):
    """What the letter at the close of a round tells."""

    title: str
    closed_at: datetime
    number: int
    digest: str
    kid: str
    issuer: str


def close_letter(close: Close, name: str, language: Language) -> tuple[str, str]:
    """Return subject and text of the letter that hands out the head signed at the close of a round."""
    words = _FRENCH if language == Language.FRENCH else _ENGLISH
    subject, text = words
    values = close._asdict() | {"title": one_line(close.title), "name": one_line(name)}
    return subject.format(**values), text.format(**values)


_ENGLISH = (
    "Closed: {title}",
    'Dear {name},\n\nThe round "{title}" closed at {closed_at:%Y-%m-%d %H:%M} UTC. The journal of all acts was signed '
    "then.\n\n  Signed head  {number}\n  Digest       {digest}\n  Key          {kid}\n\n"
    "Keep this letter. The digest binds those who run the server to every comment as it was filed.\n\n"
    "All signed heads: {issuer}/journal/heads\n"
    "The receipt of a comment of your party: {issuer}/files/receipts/CMT_....json\n"
    "How to verify it without this server: {issuer}/journal/verification/README.md\n",
)
_FRENCH = (
    "Clôture : {title}",
    "Bonjour {name},\n\nLe tour « {title} » a été clos le {closed_at:%d/%m/%Y à %H:%M} UTC. Le journal de tous les "
    "actes a été signé alors.\n\n  En-tête signé  {number}\n  Empreinte      {digest}\n  Clé            {kid}\n\n"
    "Conservez cette lettre. L'empreinte lie ceux qui exploitent le serveur à chaque commentaire tel qu'il a "
    "été déposé.\n\n"
    "Tous les en-têtes signés : {issuer}/journal/heads\n"
    "Le récépissé d'un commentaire de votre partie : {issuer}/files/receipts/CMT_....json\n"
    "Comment le vérifier sans ce serveur : {issuer}/journal/verification/README.md\n",
)


def may_show_filings(visibility: RoundVisibility, status: RoundStatus, closes_at: datetime, now: datetime) -> bool:
    """Return whether an evidence pack of a round holds its comments.

    Before the close of a sealed round it holds none, and none of one that was cancelled, which stays sealed.
    """
    return visibility == RoundVisibility.IMMEDIATE or (has_closed(closes_at, now) and status != RoundStatus.CANCELLED)
