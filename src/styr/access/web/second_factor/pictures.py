"""The square picture (QR) that an app reads a secret from."""

import base64

from allauth.mfa.adapter import get_adapter  # type: ignore[import-untyped]  # allauth ships no types


def picture_of(address: str) -> str:
    """The address as a QR code: an SVG in a data: address, black on white in dark colours too."""
    drawn: str = get_adapter().build_totp_svg(address)
    start = drawn.index(">", drawn.index("<svg")) + 1
    on_white = f'{drawn[:start]}<rect width="100%" height="100%" fill="#fff"/>{drawn[start:]}'
    return f"data:image/svg+xml;base64,{base64.b64encode(on_white.encode()).decode('ascii')}"
