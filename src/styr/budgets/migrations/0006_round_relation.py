"""Agreed actions as a relation, for the pages that gather what somebody has to do."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_round_action WITH (security_invoker = true) AS
SELECT id AS action_id, round_id, unit_id, citizen_id, owner_id, due_on, state::text AS state FROM budgets_roundaction;
GRANT SELECT ON rel_round_action TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0005_round_policies")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_round_action")]
