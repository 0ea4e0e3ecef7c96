"""The municipality's provider asked over OpenID Connect: where to send the browser, and whether its answer holds.

Source: OpenID Connect Core 1.0 §3.1 (code flow, with PKCE of RFC 7636), §3.1.3.7 (what an ID token must pass).
"""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import jwt
import requests
from django.core.cache import cache

from styr.access.sign_on.providers import Provider, is_safe

_SECONDS = 10
_MOST_BYTES = 500_000
_KEPT_SECONDS = 600  # the provider's description and keys
_SKEW = timedelta(seconds=30)
_OLDEST = timedelta(minutes=10)  # since the provider made the ID token
# Signatures by a private key alone: with HMAC the client's secret would sign, and "none" signs nothing.
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


class LoginNotProvedError(Exception):
    """The provider's answer does not hold; the message is for the log and names no person."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One login under way, kept in the browser's session: what the answer must fit."""

    code: str
    state: str
    nonce: str
    verifier: str
    onward: str
    begun: int

    def kept(self) -> dict[str, Any]:
        """As the session keeps it."""
        return asdict(self)


def attempt_of(kept: object) -> Attempt:
    """The attempt that a session kept; raises `LoginNotProvedError` when there is none."""
    if not isinstance(kept, dict):
        raise LoginNotProvedError("no attempt is under way")
    return Attempt(**kept)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider sent the browser back with."""

    state: str
    code: str
    issuer: str = ""
    error: str = ""


def begin(provider: Provider, *, onward: str, back: str, now: datetime) -> tuple[Attempt, str]:
    """A new attempt, and the address to send the browser to; `back` is where the provider returns it.

    Raises `LoginNotProvedError` when the provider cannot be asked.
    """
    attempt = Attempt(
        code=provider.code,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        onward=onward,
        begun=int(now.timestamp()),
    )
    digest = hashlib.sha256(attempt.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "scope": "openid profile",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    address = _described(provider)["authorization_endpoint"]
    return attempt, f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def claims_of(provider: Provider, attempt: Attempt, answer: Answer, *, back: str, now: datetime) -> dict[str, Any]:
    """The claims of the ID token that the answer's code gives.

    Raises `LoginNotProvedError` for whatever does not hold: state, time, issuer, signature, key, audience, nonce.
    """
    if attempt.code != provider.code or not secrets.compare_digest(attempt.state.encode(), answer.state.encode()):
        raise LoginNotProvedError("the state is not this browser's")
    if now.timestamp() - attempt.begun > _OLDEST.total_seconds():
        raise LoginNotProvedError("the attempt is too old")
    if answer.issuer and answer.issuer != provider.issuer:
        raise LoginNotProvedError("the answer names another issuer")
    if answer.error or not answer.code:
        raise LoginNotProvedError("the provider gave no code")
    sent = {
        "grant_type": "authorization_code",
        "code": answer.code,
        "redirect_uri": back,
        "code_verifier": attempt.verifier,
    }
    told = _ask("POST", _described(provider)["token_endpoint"], data=sent, auth=_login(provider))
    token = told.get("id_token")
    if not isinstance(token, str):
        raise LoginNotProvedError("the provider gave no ID token")
    return _proved(provider, token, nonce=attempt.nonce, now=now)


def _proved(provider: Provider, token: str, *, nonce: str, now: datetime) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(provider, str(header.get("kid", "")), str(header.get("alg", ""))),
            algorithms=_SIGNATURES,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=_SKEW,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as wrong:
        raise LoginNotProvedError(f"the ID token does not hold: {type(wrong).__name__}") from wrong
    if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise LoginNotProvedError("the ID token is for another attempt")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client_id:
        raise LoginNotProvedError("the ID token is for another party")
    if now.timestamp() - float(claims["iat"]) > _OLDEST.total_seconds():
        raise LoginNotProvedError("the ID token is too old")
    if not isinstance(claims["sub"], str) or not claims["sub"].strip():
        raise LoginNotProvedError("the ID token names nobody")
    return claims


def _key(provider: Provider, kid: str, algorithm: str) -> jwt.PyJWK:
    """The provider's key of that name; asked for anew, once, when it is not among those that are remembered."""
    if algorithm not in _SIGNATURES:
        raise LoginNotProvedError("the ID token is signed in a way that proves nothing")
    address = _described(provider)["jwks_uri"]
    for fresh in (False, True):
        for key in _remembered(address, fresh=fresh).get("keys", []):
            if isinstance(key, dict) and key.get("kid", "") == kid and key.get("use", "sig") == "sig":
                return jwt.PyJWK(key, algorithm=algorithm)
    raise LoginNotProvedError("the ID token's key is not the provider's")


def _described(provider: Provider) -> dict[str, str]:
    """The provider's own description, whose addresses must be safe to send secrets to."""
    told = _remembered(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise LoginNotProvedError("the description is another issuer's")
    addresses = {name: str(told.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    if not all(is_safe(address) for address in addresses.values()):
        raise LoginNotProvedError("the description names an address that is not https")
    return addresses


def _remembered(address: str, *, fresh: bool = False) -> dict[str, Any]:
    key = f"oidc:{hashlib.sha256(address.encode()).hexdigest()}"
    held = None if fresh else cache.get(key)
    if not isinstance(held, dict):
        held = _ask("GET", address)
        cache.set(key, held, _KEPT_SECONDS)
    return held


def _ask(method: str, address: str, **what: Any) -> dict[str, Any]:
    try:
        answer = requests.request(method, address, timeout=_SECONDS, allow_redirects=False, **what)
        if answer.status_code != requests.codes.ok or len(answer.content) > _MOST_BYTES:
            raise LoginNotProvedError(f"the provider answered {answer.status_code}")
        told = answer.json()
    except requests.RequestException as wrong:
        raise LoginNotProvedError(f"the provider did not answer: {type(wrong).__name__}") from wrong
    if not isinstance(told, dict):
        raise LoginNotProvedError("the provider's answer is not understood")
    return told


def _login(provider: Provider) -> tuple[str, str]:
    """Name and secret as RFC 6749 §2.3.1 writes them in the header."""
    return quote(provider.client_id, safe=""), quote(provider.client_secret, safe="")
