"""What templates may ask: `{% if may.EDIT_GRANTS %}`."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from styr.access.core.permissions import Permission
from styr.access.web import rules


@dataclass(frozen=True, slots=True)
class May:
    """Answers by the permission's name; a name that is no permission is an error, not a quiet no."""

    request: HttpRequest

    def __getitem__(self, name: str) -> bool:
        """Whether the request's user may do it."""
        if name not in Permission.__members__:
            raise LookupError(f"{name} is no permission")
        return rules.may(self.request, Permission[name])


def may(request: HttpRequest) -> dict[str, Any]:
    """The template variable `may`; the roles are looked up when it is first asked."""
    return {"may": May(request)}
