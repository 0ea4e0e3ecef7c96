"""Close the tables of payers and own numbers, and hold what was claimed against the payer it was claimed of."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

TIE = """
ALTER TABLE refunds_payerperiod ADD CONSTRAINT refunds_payerperiod_tied_by_citizen_id
    FOREIGN KEY (citizen_id, municipality_id, unit_id) REFERENCES people_citizen (id, municipality_id, unit_id)
    ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
LOOSE = "ALTER TABLE refunds_payerperiod DROP CONSTRAINT refunds_payerperiod_tied_by_citizen_id;"
VIEWS = """
CREATE VIEW rel_payer_period WITH (security_invoker = true) AS
SELECT citizen_id, payer::text AS payer, valid_from, valid_to FROM refunds_payerperiod;

CREATE VIEW refunds_claimed WITH (security_invoker = true) AS
SELECT m.municipality_id, m.citizen_id, m.unit_id, m.month, k.payer, sum(m.amount_ore)::bigint AS claimed_ore
FROM refunds_municipalclaimmonth m JOIN refunds_municipalclaim k ON k.id = m.claim_id
GROUP BY m.municipality_id, m.citizen_id, m.unit_id, m.month, k.payer;

GRANT SELECT ON rel_payer_period, refunds_claimed TO styr_app;
"""
NO_VIEWS = "DROP VIEW refunds_claimed, rel_payer_period;"
_DEADLINE = """
CREATE OR REPLACE VIEW rel_intermunicipal_deadline WITH (security_invoker = true) AS
SELECT c.citizen_id, c.unit_id, c.payer::text AS payer,
       coalesce(min(c.due_on) FILTER (WHERE c.cost_ore > coalesce(k.claimed, 0)), min(c.due_on)) AS due_on,
       sum(c.cost_ore - coalesce(k.claimed, 0))::bigint AS open_ore
FROM refunds_municipalcost c
LEFT JOIN ({claimed}) k ON {on}
WHERE c.cost_ore <> coalesce(k.claimed, 0)
GROUP BY c.citizen_id, c.unit_id, c.payer
"""
BY_PAYER = _DEADLINE.format(
    claimed="SELECT citizen_id, month, payer, claimed_ore AS claimed FROM refunds_claimed",
    on="k.citizen_id = c.citizen_id AND k.month = c.month AND k.payer = c.payer",
)
BY_MONTH = _DEADLINE.format(
    claimed="SELECT m.citizen_id, m.month, sum(m.amount_ore)::bigint AS claimed FROM refunds_municipalclaimmonth m "
    "GROUP BY m.citizen_id, m.month",
    on="k.citizen_id = c.citizen_id AND k.month = c.month",
)


class Migration(migrations.Migration):
    dependencies = [("refunds", "0008_payers_and_own_numbers")]
    operations = [
        EnableTenantPolicy("ownnumber"),
        EnableTenantPolicy("payerperiod", unit="unit_id"),
        HideCases("payerperiod", {"citizen_id": "citizen"}),
        migrations.RunSQL(TIE, LOOSE),
        migrations.RunSQL(VIEWS, NO_VIEWS),
        migrations.RunSQL(BY_PAYER, BY_MONTH),
    ]
