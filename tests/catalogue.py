"""What PostgreSQL's own catalogue says of the tables' protection."""

from collections.abc import Iterator
from typing import Any

from psycopg import Connection
from psycopg.rows import namedtuple_row

# Logs, tokens and sums: they are what the triggers write, or are reached through functions alone.
UNTRACKED = {
    "controls_opencount",
    *("access_factorchange", "access_token", "access_submission"),
    *("audit_gap", "audit_readlog", "audit_seal", "audit_sealmark"),
    # Worked out by one statement and never changed: frozen forecasts are the history, and the database keeps them.
    *("budgets_forecastrow", "budgets_bridgerow"),
    # Made from contract documents, whose own changes are tracked.
    *("texts_documentwords", "texts_clausefact"),
    # Written by the triggers of the postings alone, which are tracked themselves.
    "transport_postingsum",
    # Prepared sums, thrown away and worked out anew whenever what they rest on has changed.
    *("reports_prepared", "reports_figure"),
    *("negotiations_potentialstand", "negotiations_potentialrow", "negotiations_potentialvolume"),
    "initiatives_measuredeffect",
    *("refunds_refundrun", "refunds_refundmonth", "refunds_refundmember", "refunds_municipalcost"),
}
# Tables without a municipality that the app role may read, and why nobody's secrets are in them.
SHARED = {
    "auth_group": "empty",
    "auth_group_permissions": "empty",
    "auth_permission": "names of models",
    "contracts_section": "the law, the same for all",
    "contracts_servicekind": "reference data, the same for all",
    "contracts_standardday": "reference data, the same for all",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "grants_defaultduplicaterule": "reference data, the same for all",
    "ledger_defaultaccounttreatment": "reference data, the same for all",
    "refunds_defaultlimit": "the law, the same for all",
    "refunds_defaulttreatment": "reference data, the same for all",
    "procrastinate_events": "ids of jobs",
    "procrastinate_jobs": "ids and kinds of work",
    "procrastinate_periodic_defers": "times of jobs",
    "procrastinate_workers": "ids of workers",
}
# Closed to everybody but the owner's functions, or seen through the user's own visibility.
PROTECTED = {"access_municipality", "access_session", "account_emailaddress", "mfa_authenticator", "pghistory_context"}

_TABLES = """
SELECT c.relname AS table, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
       EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS has_policy,
       (SELECT count(DISTINCT t.tgtype & 28) FROM pg_trigger t
        WHERE t.tgrelid = c.oid AND t.tgname LIKE 'pgtrigger_%%' AND t.tgtype & 1 = 0) AS tracked,
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'styr_only_by_trigger') AS guarded,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pgh_id') AS is_event,
       EXISTS (SELECT FROM pg_attribute a
               WHERE a.attrelid = c.oid AND a.attname = 'municipality_id' AND NOT a.attisdropped) AS is_tenant,
       has_table_privilege('styr_app', c.oid, 'SELECT') AS readable,
       has_table_privilege('styr_app', c.oid, 'UPDATE, DELETE') AS changeable,
       has_table_privilege('styr_app', c.oid, 'TRUNCATE') AS truncatable
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
_OWNED = """
SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE r.rolname = 'styr_app' AND c.relnamespace::regnamespace::text NOT LIKE 'pg_%temp%'
UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE r.rolname = 'styr_app'
"""
_VIEWS = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace
  AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_TRIGGERS = """
SELECT p.proname FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype AND p.proconfig IS NULL
  AND p.proname NOT LIKE 'procrastinate%%'
"""
_DEFINERS = """
SELECT p.proname FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS c(setting) WHERE setting LIKE 'search_path=pg_catalog%')
"""


def faults(connection: Connection) -> list[str]:
    """Every table, view or function that is less protected than it must be."""
    found = [f"{row[0]}: owned by the app role" for row in connection.execute(_OWNED)]
    found += [f"{row[0]}: a view without security_invoker" for row in connection.execute(_VIEWS)]
    found += [f"{row[0]}: SECURITY DEFINER without a fixed search_path" for row in connection.execute(_DEFINERS)]
    found += [f"{row[0]}: a trigger without a fixed search_path" for row in connection.execute(_TRIGGERS)]
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        for row in cursor.execute(_TABLES):
            found += [f"{row.table}: {fault}" for fault in _faults_of(row)]
    return found


def _faults_of(row: Any) -> Iterator[str]:
    if row.truncatable:
        yield "the app role may truncate it"
    if row.is_tenant or row.table in PROTECTED:
        if not (row.secured and row.has_policy):
            yield "no row-level security"
        if not row.forced:
            yield "row-level security is not forced"
    elif row.readable and row.table not in SHARED:
        yield "readable by the app role, without a municipality and not known to be harmless"
    if row.is_event:
        yield from _faults_of_events(row)
    elif row.is_tenant and row.table not in UNTRACKED and row.tracked != 3:
        yield "changes are not tracked"


def _faults_of_events(row: Any) -> Iterator[str]:
    if row.changeable:
        yield "events can be changed"
    if not row.guarded:
        yield "events can be written without a trigger"
