"""The program's secret keys, as the settings hand them over in `STYR_KEYS`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

KEY_BYTES = 32


class MissingKeyError(RuntimeError):
    """The program was asked to encrypt, decrypt or issue without the key for it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of 32 bytes: CPR by version (the highest encrypts, all decrypt), the blind index, and token issuing."""

    cpr: Mapping[int, bytes] = field(repr=False)
    cpr_index: bytes = field(repr=False)
    token: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse keys of the wrong size; the message never shows one."""
        for name, key in [
            *((f"cpr {v}", k) for v, k in self.cpr.items()),
            ("indeks", self.cpr_index),
            ("token", self.token),
        ]:
            if len(key) != KEY_BYTES:
                raise MissingKeyError(f"Nøglen »{name}« skal være på {KEY_BYTES} byte, ikke {len(key)}.")
        if not self.cpr or min(self.cpr) < 1:
            raise MissingKeyError("Der skal være mindst én CPR-nøgle, og versioner tælles fra 1.")
        if len({*self.cpr.values(), self.cpr_index, self.token}) != len(self.cpr) + 2:
            raise MissingKeyError("Den samme nøgle er brugt til to formål.")

    @property
    def cpr_version(self) -> int:
        """The version that encrypts now."""
        return max(self.cpr)


def keys() -> Keys:
    """The keys of the running program; raises `MissingKeyError` where the settings hold none."""
    found: object = settings.STYR_KEYS
    if not isinstance(found, Keys):
        raise MissingKeyError("Nøglerne mangler: sæt STYR_CPR_KEYS, STYR_CPR_INDEX_KEY og STYR_TOKEN_KEY.")
    return found
