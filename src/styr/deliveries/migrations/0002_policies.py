"""Close the tables, hold a delivery in its service line's unit, and let the control read what was delivered."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

TIES = """
ALTER TABLE deliveries_delivery ADD CONSTRAINT deliveries_delivery_same_unit
    FOREIGN KEY (service_line_id, municipality_id, unit_id) REFERENCES grants_serviceline (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE deliveries_suppliermeeting ADD CONSTRAINT deliveries_meeting_of_supplier
    FOREIGN KEY (supplier_id, municipality_id) REFERENCES suppliers_supplier (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE deliveries_suppliermeeting DROP CONSTRAINT deliveries_meeting_of_supplier;
ALTER TABLE deliveries_delivery DROP CONSTRAINT deliveries_delivery_same_unit;
"""
VIEW = """
CREATE VIEW rel_delivery WITH (security_invoker = true) AS
SELECT id AS delivery_id, service_line_id AS service_id, unit_id, month, quantity FROM deliveries_delivery;
GRANT SELECT ON rel_delivery TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0001_registers"), ("grants", "0002_policies"), ("suppliers", "0002_policies")]
    operations = [
        EnableTenantPolicy("delivery", unit="unit_id"),
        EnableTenantPolicy("suppliermeeting"),
        EnableTenantPolicy("meetingaction"),
        HideCases("delivery", {"service_line_id": "service"}),
        HideCases("suppliermeeting"),
        HideCases("meetingaction"),
        TieToParent("meetingaction", "suppliermeeting", "meeting_id", unit=False),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(VIEW, "DROP VIEW rel_delivery"),
    ]
