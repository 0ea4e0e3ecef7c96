"""Logging in as a person does, through the pages: the password, and the second factor."""

from typing import Any

from allauth.mfa.totp.internal import auth as totp  # type: ignore[import-untyped]  # allauth ships no types
from django.test import Client
from django.urls import reverse

from personas import PASSWORD
from styr.kernel.clock import now


def log_in(client: Client) -> Any:
    return client.post(reverse("account_login"), {"login": "karen", "password": PASSWORD})


def code_of(secret: str, step: int = 0) -> str:
    counter = int(now().timestamp()) // 30 + step
    return totp.format_hotp_value(totp.hotp_value(secret, counter))  # type: ignore[no-any-return]  # allauth ships no types


def enrol(client: Client) -> tuple[str, list[str]]:
    """Log in for the first time where a factor is required; gives the app's secret and the spare codes."""
    assert log_in(client).headers["Location"] == reverse("second_factor_setup")
    page = client.get(reverse("second_factor_setup"))
    secret = str(page.context["secret"])
    assert client.post(reverse("second_factor_setup"), {"code": code_of(secret)}).status_code == 302
    codes = list(client.get(reverse("second_factor_codes")).context["codes"])
    done = client.post(reverse("second_factor_codes"))
    assert done.status_code == 302
    assert "_auth_user_id" in client.session
    return secret, codes
