"""Show what was claimed too much of another municipality too, and the payers of a citizen one by one."""

from django.db import migrations

# Nothing but what is still to be claimed has a last day; what is to be given back alone has its months' own.
VIEW = """
CREATE OR REPLACE VIEW rel_intermunicipal_deadline WITH (security_invoker = true) AS
SELECT c.citizen_id, c.unit_id, c.payer::text AS payer,
       coalesce(min(c.due_on) FILTER (WHERE c.cost_ore > coalesce(k.claimed, 0)), min(c.due_on)) AS due_on,
       sum(c.cost_ore - coalesce(k.claimed, 0))::bigint AS open_ore
FROM refunds_municipalcost c
LEFT JOIN (
    SELECT m.citizen_id, m.month, sum(m.amount_ore)::bigint AS claimed
    FROM refunds_municipalclaimmonth m GROUP BY m.citizen_id, m.month
) k ON k.citizen_id = c.citizen_id AND k.month = c.month
WHERE c.cost_ore {differs} coalesce(k.claimed, 0)
GROUP BY c.citizen_id, c.unit_id, c.payer
"""


class Migration(migrations.Migration):
    dependencies = [("refunds", "0006_whole_households")]
    operations = [migrations.RunSQL(VIEW.format(differs="<>"), VIEW.format(differs=">"))]
