"""What each role may do, written out a second time and by hand: a slip in either table makes them differ."""

from styr.access.core.roles import Role

# One line a permission, one column a role; x = may.
_TABLE = """
                    negotiator caseworker economist lawyer transport_coordinator manager auditor administrator
see_citizens        x          x          x         x      x                     x       x       -
edit_citizens       -          x          -         -      -                     x       -       -
reveal_cpr          -          x          x         x      -                     x       x       -
see_grants          x          x          x         x      x                     x       x       -
edit_grants         -          x          -         -      -                     x       -       -
approve_grants      -          x          -         -      -                     x       -       -
see_contracts       x          x          x         x      x                     x       x       -
edit_contracts      x          -          -         x      -                     -       -       -
approve_contracts   x          -          -         x      -                     x       -       -
decide_terms        -          -          -         x      -                     x       -       -
see_suppliers       x          x          x         x      x                     x       x       -
edit_suppliers      x          -          x         -      -                     -       -       -
edit_deliveries     x          x          x         x      -                     x       -       -
see_invoices        x          x          x         x      x                     x       x       -
decide_invoices     -          -          x         -      -                     x       -       -
answer_questions    x          x          x         x      x                     x       -       -
see_findings        x          x          x         x      x                     x       x       -
decide_findings     x          x          x         x      x                     x       -       -
import              -          -          x         -      -                     x       -       -
see_settings        x          x          x         x      x                     x       x       x
change_settings     -          -          x         -      -                     x       -       x
manage_users        -          -          -         -      -                     -       -       x
see_logs            -          -          -         x      -                     x       x       -
export_citizen      -          -          -         x      -                     x       -       -
keep_records        -          -          -         x      -                     x       -       -
see_economy         x          x          x         x      x                     x       x       -
follow_up_economy   x          x          x         x      x                     x       -       -
edit_economy        -          -          x         -      -                     x       -       -
approve_budgets     -          -          -         -      -                     x       -       -
see_transport       x          x          x         x      x                     x       x       -
edit_transport      -          -          -         -      x                     x       -       -
see_results         x          x          x         x      x                     x       x       -
negotiate           x          -          -         -      -                     x       -       -
edit_initiatives    x          -          x         -      x                     x       -       -
"""


def _read() -> dict[str, frozenset[str]]:
    head, *lines = _TABLE.strip("\n").splitlines()
    roles = head.split()
    held: dict[str, set[str]] = {role: set() for role in roles}
    for line in lines:
        permission, *marks = line.split()
        for role, mark in zip(roles, marks, strict=True):
            if mark == "x":
                held[role].add(permission)
    return {role: frozenset(permissions) for role, permissions in held.items()}


MAY = _read()
PERMISSIONS = frozenset(line.split()[0] for line in _TABLE.strip("\n").splitlines()[1:])


def may(roles: frozenset[Role], permission: str, *, whole_municipality: bool) -> bool:
    """Whether somebody with these roles may do it: an auditor's alone counts, an administrator's only everywhere.

    What is handed in as files is written in every unit, so it takes a role over the whole municipality.
    """
    if permission == "import" and not whole_municipality:
        return False
    counted = {role for role in roles if role is not Role.ADMINISTRATOR or whole_municipality}
    if Role.AUDITOR in counted:
        counted = {Role.AUDITOR}
    return any(permission in MAY[role.value] for role in counted)
