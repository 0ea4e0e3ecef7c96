"""Logging in through the municipality's own provider, as a browser does."""

from typing import Any

from django.test import Client

from identity_provider import CVR, IdentityProvider
from styr.access.sign_on.providers import Provider, read_providers
from styr.access.web.login import SESSION_TOKEN

START, BACK = "/konto/log-ind/kommune/999/", "/konto/log-ind/kommune/999/svar/"


def configured(issuer: str, code: str = "999", cvr: str = CVR, **more: str) -> dict[str, Provider]:
    told = {"ISSUER": issuer, "CLIENT_ID": "styr", "CLIENT_SECRET": "hemmelig", "CVR": cvr, **more}
    return read_providers({f"STYR_OIDC_{code}_{name}": value for name, value in told.items()})


def through(client: Client, provider: IdentityProvider, onward: str = "", **changed: str) -> Any:
    """Off to the provider and back again; `changed` is what is altered on the way back."""
    address = client.get(START, {"next": onward} if onward else {}).headers["Location"]
    assert address.startswith(f"{provider.issuer}/authorize?")
    return client.get(BACK, provider.authorize(address) | changed)


def refused(client: Client, answer: Any) -> None:
    assert answer.status_code == 403
    assert "Svaret fra kommunens login kunne ikke godkendes" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert SESSION_TOKEN not in client.session
