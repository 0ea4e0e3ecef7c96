"""Close the table of own treatments, and let the program's hold on the days that no own one holds."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy

BY_DAYS = """
CREATE OR REPLACE VIEW rel_refund_treatment WITH (security_invoker = true) AS
SELECT prefix::text AS prefix, law::text AS law, treatment::text AS treatment, valid_from, valid_to
FROM refunds_owntreatment
UNION ALL
SELECT d.prefix::text, d.law::text, d.treatment::text, lower(days.held), upper(days.held)
FROM refunds_defaulttreatment d
CROSS JOIN LATERAL unnest(
    datemultirange(daterange(d.valid_from, d.valid_to))
    - coalesce((SELECT range_agg(daterange(own.valid_from, own.valid_to)) FROM refunds_owntreatment own
                WHERE own.prefix = d.prefix),
               '{}'::datemultirange)) AS days(held)
"""
SHIPPED = """
CREATE OR REPLACE VIEW rel_refund_treatment WITH (security_invoker = true) AS
SELECT prefix::text AS prefix, law::text AS law, treatment::text AS treatment, valid_from, valid_to
FROM refunds_defaulttreatment
"""


class Migration(migrations.Migration):
    dependencies = [("refunds", "0011_own_ages_and_accounts")]
    operations = [EnableTenantPolicy("owntreatment"), migrations.RunSQL(BY_DAYS, SHIPPED)]
