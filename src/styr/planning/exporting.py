"""A budget version as the file that the finance system reads: the register `budgetter`, a row a month and grant."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.access.scope import service_scope
from styr.audit.services import log_read
from styr.kernel.refusal import Refusal
from styr.planning.core.versions import VersionState
from styr.planning.in_force import standing_beside
from styr.planning.models import BudgetVersion
from styr.planning.versions import VersionNotVisibleError

if TYPE_CHECKING:
    from uuid import UUID

COLUMNS: Final = ("år", "måned", "art", "konto", "beløb", "borger_nr", "bevilling_nr", "enhed_nr", "tekst")
_KIND: Final = "oprindelig"
# Lines of one grant on one account are one row; months of nothing are left out.
_ROWS: Final = """
SELECT v.year, m.month, l.account, sum(m.ore)::bigint, c.source_id, g.number, u.number,
       CASE WHEN l.grant_id IS NULL THEN l.text ELSE '' END, l.citizen_id
FROM planning_versionline l JOIN planning_budgetversion v ON v.id = l.version_id
CROSS JOIN LATERAL unnest(l.months_ore) WITH ORDINALITY AS m(ore, month)
LEFT JOIN key_citizen c ON c.citizen_id = l.citizen_id
LEFT JOIN rel_grant g ON g.grant_id = l.grant_id
JOIN access_unit u ON u.id = l.unit_id
WHERE l.version_id = %s
GROUP BY 1, 2, 3, 5, 6, 7, 8, 9 HAVING sum(m.ore) <> 0
ORDER BY 3, 7, 6 NULLS LAST, 8, 2"""
_SEEN: Final = "SELECT count(*) FROM planning_versionline WHERE version_id = %s"
_MISSING: Final = "SELECT count(*) FROM planning_versionline WHERE version_id = %s AND account = '' AND total_ore <> 0"


class UnableToExportBudgetError(Refusal):
    """The file cannot be written; the message says why."""


def budget_file(version_id: UUID, *, page: str) -> str:
    """Return the file's text, the whole version. The citizens in it are logged as shown.

    The amounts add up to the version's, to the øre, with a decimal comma.

    Raises:
        UnableToExportBudgetError: it is not approved; lines lack their account, so the finance system would refuse
            them; or the caller sees a part of the version alone, and the finance system would take that for the budget.
    """
    municipality_id = _refuse_part(version_id)
    _refuse_unapproved(version_id)
    _refuse_overlapped(version_id, municipality_id)
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [version_id])
        missing = int(cursor.fetchone()[0])
        if missing:
            what = "1 linje mangler en kontostreng" if missing == 1 else f"{missing} linjer mangler en kontostreng"
            raise UnableToExportBudgetError(f"{what}. Giv dem en konto, eller opret en konteringsregel.")
        cursor.execute(_ROWS, [version_id])
        rows = cursor.fetchall()
    log_read(citizens=[row[8] for row in rows if row[8]], page=page, purpose="budget til økonomisystemet")
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for year, month, account, ore, citizen, grant, unit, text, _ in rows:
        writer.writerow([year, month, _KIND, account, _kroner(ore), citizen or "", grant or "", unit, _safe(text)])
    return target.getvalue()


def _refuse_unapproved(version_id: UUID) -> None:
    """Two pairs of eyes are worth nothing if the file goes out before the second one."""
    if not BudgetVersion.objects.filter(id=version_id, state=VersionState.APPROVED.value).exists():
        raise UnableToExportBudgetError("Kun et godkendt budget kan sendes til økonomisystemet.")


def _refuse_overlapped(version_id: UUID, municipality_id: UUID) -> None:
    """Of a year that is over, units may have been moved together: two files would budget the same units twice."""
    with service_scope(municipality_id, "job"):
        standing = standing_beside(version_id)
    for one in standing:
        raise UnableToExportBudgetError(f"»{one.name}« ({one.unit}) er også godkendt for de samme enheder.")


def _refuse_part(version_id: UUID) -> UUID:
    version = BudgetVersion.objects.filter(id=version_id).first()
    if version is None:
        raise VersionNotVisibleError
    hidden = -_lines_seen(version_id)
    with service_scope(version.municipality_id, "job"):
        hidden += _lines_seen(version_id)
    if hidden:
        what = "1 linje" if hidden == 1 else f"{hidden} linjer"
        raise UnableToExportBudgetError(f"Versionen har {what}, som du ikke kan se. Lad en, der ser alt, hente filen.")
    return version.municipality_id


def _lines_seen(version_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [version_id])
        return int(cursor.fetchone()[0])


def _kroner(ore: int) -> str:
    whole, rest = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole},{rest:02d}"


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
