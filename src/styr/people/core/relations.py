"""What other parts may read about citizens: ids, dates and keyed hashes, never a CPR number or a name."""

from __future__ import annotations

from styr.kernel.relation import Relation

CITIZEN = Relation(
    "rel_citizen",
    {
        "citizen_id": "uuid",
        "unit_id": "uuid",
        "birth_date": "date",
        "died_on": "date",
        "moved_in": "date",
        "moved_out": "date",
        "protected_from": "date",
        "protected_to": "date",
        "acting_municipality": "string",
        "paying_municipality": "string",
        "name_key": "string",
        "cpr_index": "string",
    },
)
"""`cpr_index` and `name_key` are hex HMACs (`access.crypto.blind_index`) of the CPR number and of the full name as
`people.core.names.normalised_name` writes it: good for equality, useless for reading."""

CITIZEN_KEY = Relation("key_citizen", {"source_id": "string", "citizen_id": "uuid", "unit_id": "uuid"})
"""From the source's number (borger_nr) to our id, for imports of other domains."""

RELATIONS = (CITIZEN, CITIZEN_KEY)
