"""Let a search always use its index, and weigh only what is few: to weigh a document all its words are unpacked.

Of more than 500 documents with common words the weights tell little; they are then told by their age alone.
"""

from django.db import migrations

BEGINS = """
CREATE OR REPLACE FUNCTION texts_found(wanted tsquery) RETURNS TABLE (words_id uuid, worth real) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
"""
FOUND = (
    BEGINS
    + """SET enable_seqscan = off AS $$
    WITH found AS MATERIALIZED (
        SELECT id, words FROM public.texts_documentwords
        WHERE words @@ wanted AND municipality_id = (SELECT public.styr_municipality())
    )
    SELECT id, CASE WHEN (SELECT count(*) FROM found) <= 500 THEN pg_catalog.ts_rank(words, wanted) ELSE 0 END
    FROM found
$$;
-- Where the words of a phrase stand must be looked up in each document that has them: unpacking took most of that.
ALTER TABLE texts_documentwords ALTER COLUMN words SET STORAGE EXTERNAL;
"""
)
UNFOUND = (
    BEGINS
    + """AS $$
    SELECT id, pg_catalog.ts_rank(words, wanted) FROM public.texts_documentwords
    WHERE words @@ wanted AND municipality_id = (SELECT public.styr_municipality())
$$;
ALTER TABLE texts_documentwords ALTER COLUMN words SET STORAGE EXTENDED;
"""
)


class Migration(migrations.Migration):
    dependencies = [("texts", "0002_policies")]
    operations = [migrations.RunSQL(FOUND, UNFOUND)]
