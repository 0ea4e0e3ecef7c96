"""Close the tables of changes of rules, and let the program's treatment hold on the days that no own one holds."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy

# An own treatment stands in place of the program's on its own days only: one that begins next year leaves this year's.
_VIEW = """
CREATE OR REPLACE VIEW rel_account_treatment WITH (security_invoker = true) AS
SELECT function::text AS function, cost_type::text AS cost_type, ownership::text AS ownership, name::text AS name,
       state_refund::text AS state_refund, vat_treatment::text AS vat_treatment, vat_share, valid_from, valid_to,
       true AS own
FROM ledger_accounttreatment
UNION ALL
SELECT d.function::text, d.cost_type::text, d.ownership::text, d.name::text, d.state_refund::text,
       d.vat_treatment::text, d.vat_share, {columns}, false
FROM ledger_defaultaccounttreatment d
{rest}
"""
BY_DAYS = _VIEW.format(
    columns="lower(days.held), upper(days.held)",
    rest="""CROSS JOIN LATERAL unnest(
    datemultirange(daterange(d.valid_from, d.valid_to))
    - coalesce((SELECT range_agg(daterange(own.valid_from, own.valid_to)) FROM ledger_accounttreatment own
                WHERE own.function = d.function AND own.cost_type = d.cost_type AND own.ownership = d.ownership),
               '{}'::datemultirange)) AS days(held)""",
)
WHOLE = _VIEW.format(
    columns="d.valid_from, d.valid_to",
    rest="""WHERE NOT EXISTS (SELECT FROM ledger_accounttreatment own WHERE own.function = d.function
                  AND own.cost_type = d.cost_type AND own.ownership = d.ownership)""",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_dated_rules")]
    operations = [
        EnableTenantPolicy("rulechange"),
        EnableTenantPolicy("rulecheck"),
        migrations.RunSQL(BY_DAYS, WHOLE),
    ]
