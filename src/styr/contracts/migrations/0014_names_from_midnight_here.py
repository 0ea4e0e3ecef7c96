"""A service's own name is in use from midnight in Denmark, and not from midnight UTC."""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW rel_service_kind WITH (security_invoker = true) AS
SELECT k.code, coalesce(nullif(w.name, ''), k.given)::text AS name, k.given, k.words, k.starts, k.ends, k.own_id
FROM (SELECT code::text AS code, name::text AS given, ''::text AS words, NULL::date AS starts, NULL::date AS ends,
             NULL::uuid AS own_id FROM contracts_servicekind
      UNION ALL
      SELECT o.code::text, o.name::text, o.words::text, o.starts, o.ends, o.id FROM contracts_ownterm o
      WHERE o.what = 'service' AND NOT EXISTS (SELECT FROM contracts_servicekind s WHERE s.code = o.code)) k
LEFT JOIN contracts_localterm w ON w.what = 'service' AND w.code = k.code AND w.valid_from <= {today}
    AND (w.valid_to IS NULL OR w.valid_to > {today});
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0018_two_for_a_role"), ("contracts", "0013_dated_notice_and_absence")]
    operations = [migrations.RunSQL(VIEW.format(today="styr_today()"), VIEW.format(today="current_date"))]
