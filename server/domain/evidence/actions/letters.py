"""The words of the letter that hands out the head of a close, in the two working languages. Pure."""

from datetime import datetime
from typing import NamedTuple

from server.delivery.outbox.letters import one_line
from server.domain.parties.actions.letters import Words
from server.vocabulary.parties import Language


class Close(NamedTuple):
    """What the letter at the close of a round tells."""

    title: str
    closed_at: datetime
    number: int
    digest: str
    kid: str
    issuer: str


def close_letter(close: Close, name: str, language: Language) -> Words:
    """Return the letter that hands out the head signed at the close of a round."""
    words = _FRENCH if language == Language.FRENCH else _ENGLISH
    values = close._asdict() | {"title": one_line(close.title), "name": one_line(name)}
    return Words(words.subject.format(**values), words.text.format(**values))


_ENGLISH = Words(
    "Closed: {title}",
    'Dear {name},\n\nThe round "{title}" closed at {closed_at:%Y-%m-%d %H:%M} UTC. The journal of all acts was signed '
    "then.\n\n  Signed head  {number}\n  Digest       {digest}\n  Key          {kid}\n\n"
    "Keep this letter. The digest binds those who run the server to every comment as it was filed.\n\n"
    "All signed heads: {issuer}/journal/heads\n"
    "The receipt of a comment of your party: {issuer}/files/receipts/CMT_....json\n"
    "How to verify it without this server: {issuer}/journal/verification/README.md\n",
)
_FRENCH = Words(
    "Clôture : {title}",
    "Bonjour {name},\n\nLe tour « {title} » a été clos le {closed_at:%d/%m/%Y à %H:%M} UTC. Le journal de tous les "
    "actes a été signé alors.\n\n  En-tête signé  {number}\n  Empreinte      {digest}\n  Clé            {kid}\n\n"
    "Conservez cette lettre. L'empreinte lie ceux qui exploitent le serveur à chaque commentaire tel qu'il a "
    "été déposé.\n\n"
    "Tous les en-têtes signés : {issuer}/journal/heads\n"
    "Le récépissé d'un commentaire de votre partie : {issuer}/files/receipts/CMT_....json\n"
    "Comment le vérifier sans ce serveur : {issuer}/journal/verification/README.md\n",
)
