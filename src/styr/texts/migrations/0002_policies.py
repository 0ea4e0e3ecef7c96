"""Close the tables, and let a search use its index.

`@@` is not leakproof, so PostgreSQL would hold it back until the policies had let each row through, and read every
document. The function looks in the index first, within the municipality alone, and tells ids; the policies of the
tables that these are joined to then say which of them the caller may see.
"""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

FOUND = """
CREATE INDEX document_words_found ON texts_documentwords USING gin (words);
CREATE POLICY texts_found ON texts_documentwords FOR SELECT TO styr_owner USING (true);

CREATE FUNCTION texts_found(wanted tsquery) RETURNS TABLE (words_id uuid, worth real) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id, pg_catalog.ts_rank(words, wanted) FROM public.texts_documentwords
    WHERE words @@ wanted AND municipality_id = (SELECT public.styr_municipality())
$$;
REVOKE ALL ON FUNCTION texts_found(tsquery) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION texts_found(tsquery) TO styr_app;
"""
UNFOUND = """
DROP FUNCTION texts_found(tsquery);
DROP POLICY texts_found ON texts_documentwords;
DROP INDEX document_words_found;
"""


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_words")]
    operations = [
        *(
            operation
            for model in ("documentwords", "clausefact")
            for operation in (
                EnableTenantPolicy(model, unit="unit_id", nullable_unit=True),
                HideCases(model, {"contract_ref": "contract"}),
            )
        ),
        migrations.RunSQL(FOUND, UNFOUND),
    ]
