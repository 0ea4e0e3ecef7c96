"""The relations that other domains read; see core/relations.py."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_citizen WITH (security_invoker = true) AS
SELECT id AS citizen_id, unit_id, birth_date, died_on, moved_in, moved_out, protected_from, protected_to,
       nullif(acting_municipality, '')::text AS acting_municipality,
       nullif(paying_municipality, '')::text AS paying_municipality,
       name_index::text AS name_key, cpr_index::text AS cpr_index
FROM people_citizen;

CREATE VIEW key_citizen WITH (security_invoker = true) AS
SELECT source_id::text AS source_id, id AS citizen_id, unit_id FROM people_citizen;

GRANT SELECT ON rel_citizen, key_citizen TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_policies")]
    operations = [migrations.RunSQL(VIEWS, "DROP VIEW rel_citizen, key_citizen")]
