"""Let derived rows go with the citizen they are about: they are no history, and are worked out anew."""

from django.db import migrations

DERIVED = ("refundmember", "municipalcost")
TIE = (
    "ALTER TABLE refunds_{table} DROP CONSTRAINT refunds_{table}_tied_by_citizen_id, "
    "ADD CONSTRAINT refunds_{table}_tied_by_citizen_id FOREIGN KEY (citizen_id, municipality_id, unit_id) "
    "REFERENCES people_citizen (id, municipality_id, unit_id) ON UPDATE CASCADE {gone}DEFERRABLE INITIALLY DEFERRED;\n"
)
GO_ALONG = "".join(TIE.format(table=table, gone="ON DELETE CASCADE ") for table in DERIVED)
STAY = "".join(TIE.format(table=table, gone="") for table in DERIVED)


class Migration(migrations.Migration):
    dependencies = [("refunds", "0004_relations")]
    operations = [migrations.RunSQL(GO_ALONG, STAY)]
