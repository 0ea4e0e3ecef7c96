"""How many proxies stand in front of the pages, and are believed about where a request comes from."""

from django.core.exceptions import ImproperlyConfigured

_MOST = 5


def trusted_proxies(text: str) -> int:
    """The number in `STYR_TRUSTED_PROXIES`: 0 believes no `X-Forwarded-For`, 1 believes what the one proxy added.

    Raises:
        ImproperlyConfigured: not a whole number from 0 to 5; one too high lets a client choose its own address.
    """
    wanted = text.strip() or "0"
    if not (wanted.isascii() and wanted.isdigit() and int(wanted) <= _MOST):
        raise ImproperlyConfigured(f"STYR_TRUSTED_PROXIES skal være et helt tal fra 0 til {_MOST}, ikke »{text}«.")
    return int(wanted)
