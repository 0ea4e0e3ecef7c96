"""A municipality's login in miniature: an OpenID Connect provider on this machine that can also answer wrongly."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from styr.kernel.clock import now

CVR = "29189846"
UNIT = "http://sts.kombit.dk/constraints/orgenhed/1"
CASEWORKER = "http://eksempel.dk/roles/jobrole/sagsbehandler/1"
MANAGER = "http://eksempel.dk/roles/jobrole/leder/1"


def privileges(*roles: str, cvr: str = CVR, unit: str | None = None) -> str:
    """The base64-coded list of a provider: one group with the roles, and a constraint where a unit is named."""
    limit = f'<Constraint Name="{UNIT}">{unit}</Constraint>' if unit is not None else ""
    named = "".join(f"<Privilege>{role}</Privilege>" for role in roles)
    text = (
        '<bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile">'
        f'<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{cvr}">{limit}{named}</PrivilegeGroup>'
        "</bpp:PrivilegeList>"
    )
    return base64.b64encode(text.encode()).decode()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class IdentityProvider:
    """What it answers; a test changes what it needs before the browser comes back."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signs_with: Any = None  # another key than the one that is told
    algorithm: str = "RS256"
    kid: str = "1"
    described: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    secret: str = "hemmelig &+ nøgle"

    def authorize(self, address: str) -> dict[str, str]:
        """The person says yes in the browser: gives what the provider sends them back with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What the token endpoint answers; a code is taken once, and only with its verifier."""
        asked = self.codes.pop(sent["code"], None)
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        if asked is None or base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        moment = int(now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "sub": "person-1",
            "name": "Karen Holm",
            "nonce": asked["nonce"],
            "iat": moment,
            "exp": moment + 300,
            **self.claims,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(told, self.signs_with or self.key, algorithm=self.algorithm, headers={"kid": self.kid})
        return 200, {"id_token": signed, "access_token": "x", "token_type": "Bearer"}

    def description(self) -> dict[str, Any]:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
        }
        return {**told, **self.described}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig"}]}


@contextmanager
def running() -> Iterator[IdentityProvider]:
    """A provider that answers on this machine until the test is over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = {"/.well-known/openid-configuration": provider.description, "/jwks": provider.keys}
            self._answer(200, told[self.path]())

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(*provider.token({name: values[0] for name, values in sent.items()}))

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
