"""What became of a role that an administrator wanted to give."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class RoleAnswer(DanishCode):
    """Waiting for another administrator, answered, or given at once by the only one there is."""

    WAITING = "waiting", "afventer bekræftelse"
    CONFIRMED = "confirmed", "bekræftet"
    DECLINED = "declined", "afvist"
    ALONE = "alone", "givet af den eneste administrator"
