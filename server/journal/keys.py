"""The keys of the journal: one Ed25519 key signs heads and receipts; every public key is kept and verifies for ever.

They are not the keys of access tokens: those are forgotten after two rotations, and an external issuer has its own.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from joserfc import jws
from joserfc.jwk import OKPKey
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.journal.chain import canonical, instant_of
from server.models.journal import JournalKey, JournalSecret

ALGORITHM: Final = "Ed25519"
RECIPE = 1
"""The version of the recipe that is published in `frontend-contracts/verification/README.md`."""
HEAD, RECEIPT, KEY, MANIFEST, SEAL = (
    f"intersession-{name}+jws" for name in ("head", "receipt", "key", "manifest", "seal")
)
"""The kinds of signed statements (`typ`), so that none can be taken for another."""


class Signer(NamedTuple):
    """The key that signs now. `kid` is its fingerprint."""

    kid: str
    key: OKPKey

    def sign(self, kind: str, statement: dict[str, Any]) -> str:
        """Return a statement as a compact JWS. The same statement gives the same JWS."""
        header = {"alg": ALGORITHM, "kid": self.kid, "typ": kind}
        payload = canonical({"recipe": RECIPE, **statement}).encode()
        return jws.serialize_compact(header, payload, self.key, algorithms=[ALGORITHM])


class PublicKey(NamedTuple):
    """A public key, with the signature of the key before it; None for the first."""

    kid: str
    jwk: dict[str, Any]
    added_at: datetime
    endorsement: str | None

    def as_data(self) -> dict[str, Any]:
        """Return the key as a member of a JWK Set (RFC 7517), with when it was added and who vouches for it."""
        names = {"kid": self.kid, "use": "sig", "alg": ALGORITHM}
        return self.jwk | names | {"added_at": instant_of(self.added_at), "endorsement": self.endorsement}


async def find_signer(connection: AsyncConnection) -> Signer | None:
    """Return the key that signs now, None before the first was added."""
    row = (await connection.execute(select(JournalSecret.kid, JournalSecret.jwk))).first()
    return None if row is None else Signer(row.kid, OKPKey.import_key(row.jwk))


async def public_keys(connection: AsyncConnection) -> list[PublicKey]:
    """Return every public key, the first one first."""
    columns = (JournalKey.kid, JournalKey.jwk, JournalKey.added_at, JournalKey.endorsement)
    rows = await connection.execute(select(*columns).order_by(JournalKey.added_at, JournalKey.kid))
    return [PublicKey(*row) for row in rows]


async def add_key(session: AsyncSession, now: datetime) -> Signer:
    """Add a key that signs from now on, endorsed by the one before it, of which the private half is deleted.

    The caller has locked the head of the journal, so that no two keys are added at once.
    """
    key = OKPKey.generate_key(ALGORITHM)
    signer = Signer(key.thumbprint(), key)
    before = await find_signer(await session.connection())
    endorsement = before and before.sign(KEY, {"kid": signer.kid, "added_at": instant_of(now)})
    session.add(JournalKey(kid=signer.kid, jwk=key.as_dict(private=False), added_at=now, endorsement=endorsement))
    await session.execute(delete(JournalSecret))
    await session.flush()
    session.add(JournalSecret(kid=signer.kid, jwk=key.as_dict(private=True)))
    await session.flush()
    return signer
