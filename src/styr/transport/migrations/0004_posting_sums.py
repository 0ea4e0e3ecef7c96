"""Keep the postings added up by month, account, supplier and unit, in the transaction that writes them.

So the cost mapping of five million postings reads some thousand sums, and they are never older than the postings. The
triggers write with the rights of whoever writes the postings: a sum lies in the unit of what it sums.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION transport_sum_postings() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO transport_postingsum AS s
        (id, municipality_id, unit_id, month, account_string, supplier_id, amount_ore, postings)
    {changed}
    ON CONFLICT ON CONSTRAINT posting_sum_once DO UPDATE
    SET amount_ore = s.amount_ore + excluded.amount_ore, postings = s.postings + excluded.postings;
    RETURN NULL;
END $$;
"""
_SUMS = """
    SELECT gen_random_uuid(), municipality_id, unit_id, month, account_string, supplier_id, sum(ore), sum(one)
    FROM ({rows}) c GROUP BY municipality_id, unit_id, month, account_string, supplier_id
    HAVING sum(ore) <> 0 OR sum(one) <> 0
    ORDER BY municipality_id, month, account_string, supplier_id, unit_id
"""
_SIDE = (
    "SELECT municipality_id, unit_id, month, account_string, supplier_id, {sign} amount_ore AS ore, {sign} 1 AS one "
    "FROM {table}"
)
_NEW, _OLD = _SIDE.format(sign="", table="new_rows"), _SIDE.format(sign="-", table="old_rows")
_EVENTS = {
    "insert": (_NEW, "NEW TABLE AS new_rows"),
    "update": (f"{_NEW} UNION ALL {_OLD}", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    "delete": (_OLD, "OLD TABLE AS old_rows"),
}


def _made() -> str:
    text = ""
    for event, (rows, tables) in _EVENTS.items():
        function = f"transport_sum_postings_{event}"
        text += FUNCTION.replace("transport_sum_postings", function).format(changed=_SUMS.format(rows=rows))
        text += (
            f"CREATE TRIGGER transport_sums_{event} AFTER {event.upper()} ON ledger_posting REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        )
    return text


def _dropped() -> str:
    return "".join(
        f"DROP TRIGGER transport_sums_{event} ON ledger_posting; DROP FUNCTION transport_sum_postings_{event}();\n"
        for event in _EVENTS
    )


# The owner is bound by the forced policies as well, and sees no municipality's postings: they are lifted meanwhile.
# The sums' keys are checked before a table is altered, which waits for no check.
FILL = f"""
ALTER TABLE ledger_posting NO FORCE ROW LEVEL SECURITY;
ALTER TABLE transport_postingsum NO FORCE ROW LEVEL SECURITY;
INSERT INTO transport_postingsum
    (id, municipality_id, unit_id, month, account_string, supplier_id, amount_ore, postings)
{_SUMS.format(rows=_SIDE.format(sign="", table="ledger_posting"))};
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE transport_postingsum FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_posting FORCE ROW LEVEL SECURITY;
"""
# Nobody writes a sum but these triggers.
GUARD = """
CREATE FUNCTION transport_refuse_direct_sum() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'styr: sums of postings are written by their postings alone';
END $$;
CREATE TRIGGER transport_only_by_postings BEFORE INSERT OR UPDATE OR DELETE ON transport_postingsum
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION transport_refuse_direct_sum();
"""
UNGUARD = """
DROP TRIGGER transport_only_by_postings ON transport_postingsum;
DROP FUNCTION transport_refuse_direct_sum();
"""


class Migration(migrations.Migration):
    dependencies = [("transport", "0003_relations"), ("ledger", "0011_month_balances")]
    operations = [
        migrations.RunSQL(_made(), _dropped()),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
