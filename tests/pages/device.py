"""A device that keeps one passkey, as far as a server can see it (WebAuthn Level 3, sections 5.1 and 6.1)."""

import hashlib
import json
import secrets
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """Makes and uses one passkey. `flags` says whether its holder was there and was checked by it."""

    def __init__(self, origin: str, rp_id: str, *, flags: int = PRESENT | VERIFIED) -> None:
        self.origin, self.rp_id, self.flags = origin, rp_id, flags
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.uses = 0

    def made(self, options: dict[str, Any]) -> str:
        """Return the answer to the options for a new passkey."""
        point = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        public_key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public_key
        authenticator = self._authenticator(ATTESTED) + attested
        response = {
            "clientDataJSON": bytes_to_base64url(self._client("webauthn.create", options["challenge"])),
            "attestationObject": bytes_to_base64url(
                cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": authenticator})
            ),
        }
        return self._answer(response)

    def used(self, options: dict[str, Any], **changed: str) -> str:
        """Return the answer to the options for a sign-in."""
        self.uses += 1
        authenticator, client = self._authenticator(0), self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(authenticator + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": bytes_to_base64url(client),
            "authenticatorData": bytes_to_base64url(authenticator),
            "signature": bytes_to_base64url(signature),
        }
        return self._answer(response | changed)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _authenticator(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + struct.pack(">BI", self.flags | flags, self.uses)

    def _answer(self, response: dict[str, str]) -> str:
        own = bytes_to_base64url(self.id)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})


def flipped(text: str) -> str:
    """Return a base64url text with one bit of its middle changed."""
    raw = bytearray(base64url_to_bytes(text))
    raw[len(raw) // 2] ^= 1
    return bytes_to_base64url(bytes(raw))
