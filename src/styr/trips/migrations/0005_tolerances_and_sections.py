"""The municipality's own tolerances as a relation, and the sections that transport is granted by beside social law."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_trip_tolerance WITH (security_invoker = true) AS
SELECT rule::text, value, valid_from, valid_to FROM transport_ownlimit WHERE rule LIKE 'trip\\_%';
GRANT SELECT ON rel_trip_tolerance TO styr_app;
"""
SECTIONS = """
INSERT INTO contracts_section (code, law, paragraph, name, kle, replaces, valid_from, source) VALUES
    ('TRA-11', 'Lov om trafikselskaber', '§ 11', 'Individuel handicapkørsel', '', '', '2007-01-01', 'kontrollér'),
    ('DTL-4', 'Dagtilbudsloven', '§ 4', 'Befordring til dagtilbud', '', '', '2007-08-01', 'kontrollér paragraffen'),
    ('LAB-176', 'Lov om en aktiv beskæftigelsesindsats', '§ 176', 'Befordringsgodtgørelse i tilbud', '', '',
     '2020-01-01', 'kontrollér paragraffen'),
    ('DAN-15', 'Danskuddannelsesloven', '§ 15', 'Befordring til danskuddannelse', '', '', '2010-07-01',
     'kontrollér paragraffen'),
    ('INT-23', 'Integrationsloven', '§ 23', 'Befordring i integrationsprogram', '', '', '2007-01-01',
     'kontrollér paragraffen')
ON CONFLICT (code, valid_from) DO NOTHING
"""
WITHOUT = "DELETE FROM contracts_section WHERE code IN ('TRA-11', 'DTL-4', 'LAB-176', 'DAN-15', 'INT-23')"


class Migration(migrations.Migration):
    dependencies = [
        ("trips", "0004_versions_with_their_import"),
        ("transport", "0002_policies"),
        ("contracts", "0003_reference"),
    ]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW rel_trip_tolerance"),
        migrations.RunSQL(SECTIONS, WITHOUT),
    ]
