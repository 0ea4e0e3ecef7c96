"""A passkey in software: what a phone or a security key would answer."""

import hashlib
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftKey:
    """One credential for one site."""

    def __init__(self, site: str, origin: str) -> None:
        self.site_hash = hashlib.sha256(site.encode()).digest()
        self.origin = origin
        self.id = os.urandom(16)
        self.private = ec.generate_private_key(ec.SECP256R1())

    def made(self, challenge: str) -> str:
        """The answer to navigator.credentials.create, as JSON."""
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        flags = PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(self.site_hash, flags, 0, held)
        attestation = AttestationObject.create("none", data, {})
        told = self._told("webauthn.create", challenge)
        response = {
            "clientDataJSON": websafe_encode(told),
            "attestationObject": websafe_encode(attestation),
            "transports": [],
        }
        return self._answer(response)

    def shown(self, challenge: str) -> str:
        """The answer to navigator.credentials.get, as JSON."""
        data = AuthenticatorData.create(self.site_hash, PRESENT_AND_VERIFIED, 1)
        told = self._told("webauthn.get", challenge)
        signature = self.private.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": None,
        }
        return self._answer(response)

    def _told(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, object]) -> str:
        written = websafe_encode(self.id)
        return json.dumps(
            {
                "type": "public-key",
                "id": written,
                "rawId": written,
                "response": response,
                "clientExtensionResults": {},
            }
        )
