"""The last stage of a login: somebody who must have a second factor and has none makes one before they are let in."""

from typing import Any

from allauth.account.stages import LoginStage  # type: ignore[import-untyped]  # allauth ships no types
from django.http import HttpResponse
from django.shortcuts import redirect

from styr.access.web.login import ENROLMENT, hold_half
from styr.access.web.second_factor.demand import has_factor, is_demanded

KEY = "styr_enrolment"


class EnrolmentStage(LoginStage):  # type: ignore[misc]  # allauth ships no types
    """Passed by whoever has a factor, or needs none, or was proved by the municipality's own login."""

    key = KEY
    urlname = "second_factor_setup"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Let through, or lead to the page that makes a factor."""
        state: dict[str, Any] = self.login.state
        if state.get("proved_elsewhere") or has_factor(self.login.user) or not is_demanded(self.login.user):
            return None, True
        hold_half(self.request, self.login.user.id, self.login.user.municipality_id, ENROLMENT)
        return redirect(self.urlname), True
