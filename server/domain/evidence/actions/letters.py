"""The words of the letter that hands out the head of a close, in the two working languages. Pure."""

from datetime import datetime
from typing import NamedTuple

from server.delivery.outbox.letters import one_line
from server.delivery.outbox.times import say_instant
from server.domain.parties.actions.letters import Words
from server.vocabulary.parties import Language


class LastSeal(NamedTuple):
    """The seal of a sealed round at its close."""

    number: int
    digest: str
    sealed_in: str


class Close(NamedTuple):
    """What the letter at the close of a round tells. `seal` is None where the round was not sealed."""

    title: str
    closed_at: datetime
    number: int
    digest: str
    kid: str
    issuer: str
    seal: LastSeal | None = None


def close_letter(close: Close, name: str, language: Language, zone: str) -> Words:
    """Return the letter that hands out the head signed at the close of a round, with the instant in a zone."""
    words = _FRENCH if language == Language.FRENCH else _ENGLISH
    closed_at = say_instant(close.closed_at, zone, language)
    values = close._asdict() | {"title": one_line(close.title), "name": one_line(name), "closed_at": closed_at}
    text = words.text.format(**values)
    if close.seal is not None:
        sealed = _SEALED_FRENCH if language == Language.FRENCH else _SEALED_ENGLISH
        text += sealed.format(**close.seal._asdict(), issuer=close.issuer)
    return Words(words.subject.format(**values), text)


_ENGLISH = Words(
    "Closed: {title}",
    'Dear {name},\n\nThe round "{title}" closed on {closed_at}. The journal of all acts was signed '
    "then.\n\n  Signed head  {number}\n  Digest       {digest}\n  Key          {kid}\n\n"
    "Keep this letter. The digest binds those who run the server to every comment as it was filed.\n\n"
    "All signed heads: {issuer}/journal/heads\n"
    "The receipt of a comment of your party: {issuer}/files/receipts/CMT_....json\n"
    "How to verify it without this server: {issuer}/journal/verification/README.md\n",
)
_SEALED_ENGLISH = (
    "\nThe round was sealed until then. Its last seal binds the server to exactly what was filed before the close:\n\n"
    "  Seal         {number}\n  Digest       {digest}\n\n"
    "All seals: {issuer}/journal/seals/{sealed_in}.json\n"
    "What opens them: {issuer}/files/seals/{sealed_in}.json\n"
)
_SEALED_FRENCH = (
    "\nLe tour était scellé jusque-là. Son dernier sceau lie le serveur à ce qui a été déposé avant la clôture, ni "
    "plus ni moins :\n\n  Sceau          {number}\n  Empreinte      {digest}\n\n"
    "Tous les sceaux : {issuer}/journal/seals/{sealed_in}.json\n"
    "Ce qui les ouvre : {issuer}/files/seals/{sealed_in}.json\n"
)
_FRENCH = Words(
    "Clôture : {title}",
    "Bonjour {name},\n\nLe tour « {title} » a été clos le {closed_at}. Le journal de tous les "
    "actes a été signé alors.\n\n  En-tête signé  {number}\n  Empreinte      {digest}\n  Clé            {kid}\n\n"
    "Conservez cette lettre. L'empreinte lie ceux qui exploitent le serveur à chaque commentaire tel qu'il a "
    "été déposé.\n\n"
    "Tous les en-têtes signés : {issuer}/journal/heads\n"
    "Le récépissé d'un commentaire de votre partie : {issuer}/files/receipts/CMT_....json\n"
    "Comment le vérifier sans ce serveur : {issuer}/journal/verification/README.md\n",
)
