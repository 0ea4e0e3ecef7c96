"""The one SQL statement that brings a control's findings in step with its expression, inside PostgreSQL.

`found` is what the control says now. What is new is inserted, what changed is updated, what was closed and holds again
is reopened, and what no longer holds is closed; rows that stay the same are not written. A person's decision stands as
long as the fingerprint of the evidence it was taken on is the present one.
"""

from typing import Any, Final

from styr.controls.core.check import LINKS, Registered

TABLE: Final = "controls_finding"
_MILLISECONDS: Final = "substring(int8send((extract(epoch FROM %(now)s::timestamptz) * 1000)::bigint) FROM 3)"
_NEW_ID: Final = (
    # UUID version 7 (RFC 9562 §5.7): 48 bits of time over the random bits of version 4, whose version bits become 0111.
    f"encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING {_MILLISECONDS} FROM 1 FOR 6), "
    "52, 1), 53, 1), 'hex')::uuid"
)
_COPIED: Final = ("unit_id", *LINKS, "amount_ore", "evidence", "fingerprint")
_CONSTANTS: Final = ("subject_kind", "severity", "hard_stop", "owner_role", "exception_code")


def finding_statement(registered: Registered, compiled: str, *, narrowed: bool) -> str:
    """Return the statement for a control whose expression is `compiled` to PostgreSQL.

    Parameters of the statement: `today, municipality, code, now` and those in `finding_parameters`. It answers with one
    row of five counts: found, opened, changed, reopened, closed.
    """
    written = (*_COPIED, *_CONSTANTS)
    columns = ", ".join(written)
    values = ", ".join((*(f"found.{name}" for name in _COPIED), *(f"%({name})s" for name in _CONSTANTS)))
    old = ", ".join(f"old.{name}" for name in written)
    new = ", ".join(f"excluded.{name}" for name in written)
    taken = ", ".join(f"{name} = excluded.{name}" for name in written)
    in_focus = "AND old.subject_id IN (SELECT id FROM rel_narrow)" if narrowed else ""
    return f"""
WITH rel_today AS NOT MATERIALIZED (SELECT %(today)s::date AS today),
found AS MATERIALIZED (SELECT {_packed(registered)} FROM ({_escaped(compiled)}) AS source),
before AS (
    SELECT old.subject_id, old.status FROM {TABLE} AS old
    WHERE old.municipality_id = %(municipality)s AND old.control_code = %(code)s
),
written AS (
    INSERT INTO {TABLE} AS old
        (id, municipality_id, control_code, subject_id, status, decided_fingerprint, first_seen, last_seen, {columns})
    SELECT {_NEW_ID}, %(municipality)s, %(code)s, found.subject_id, 'open', '', %(now)s, %(now)s, {values}
    FROM found
    ON CONFLICT (municipality_id, control_code, subject_id) DO UPDATE SET
        {taken},
        status = CASE WHEN old.decided_fingerprint = excluded.fingerprint THEN 'decided' ELSE 'open' END,
        last_seen = excluded.last_seen,
        closed_at = NULL
    WHERE old.status = 'closed' OR ({old}) IS DISTINCT FROM ({new})
    RETURNING old.subject_id
),
closed AS (
    UPDATE {TABLE} AS old SET status = 'closed', closed_at = %(now)s
    WHERE old.municipality_id = %(municipality)s AND old.control_code = %(code)s AND old.status <> 'closed'
        {in_focus}
        AND NOT EXISTS (SELECT FROM found WHERE found.subject_id = old.subject_id)
    RETURNING 1
)
SELECT (SELECT count(*) FROM found),
    count(*) FILTER (WHERE before.subject_id IS NULL),
    count(*) FILTER (WHERE before.status <> 'closed'),
    count(*) FILTER (WHERE before.status = 'closed'),
    (SELECT count(*) FROM closed)
FROM written LEFT JOIN before USING (subject_id)
"""  # noqa: S608 - names come from the registry, values are parameters


def retiring_statement() -> str:
    """Return the statement that closes the findings of controls that are gone or not in force.

    Parameters: `municipality, codes` (those that are in force) and `now`.
    """
    return f"""
UPDATE {TABLE} SET status = 'closed', closed_at = %(now)s
WHERE municipality_id = %(municipality)s AND status <> 'closed' AND NOT control_code = ANY(%(codes)s)
"""  # noqa: S608 - the table's name is ours


def finding_parameters(registered: Registered) -> dict[str, Any]:
    """Return the parameters that are the same for every finding of a control."""
    control = registered.control
    return {
        "code": control.code,
        "subject_kind": control.subject_kind.value,
        "severity": control.severity.value,
        "hard_stop": control.hard_stop,
        "owner_role": control.owner_role.value,
        "exception_code": control.exception_code or "",
    }


def _packed(registered: Registered) -> str:
    """Select the finding's columns from the expression's: evidence as one jsonb, its material part as a fingerprint."""
    moving = registered.control.moving
    evidence = [f"{_text(name)}, {_json_value(registered, name)}" for name in registered.evidence]
    material = [f"{_text(name)}, {_json_value(registered, name)}" for name in registered.evidence if name not in moving]
    if "amount_ore" not in moving:
        material.append("'amount_ore', source.amount_ore")
    links = [f"source.{name}" if name in registered.links else f"NULL::uuid AS {name}" for name in LINKS]
    return ", ".join(
        (
            "source.subject_id",
            "source.unit_id",
            *links,
            "source.amount_ore",
            f"jsonb_build_object({', '.join(evidence)}) AS evidence",
            f"md5(jsonb_build_object({', '.join(material)})::text) AS fingerprint",
        )
    )


def _json_value(registered: Registered, name: str) -> str:
    column = f'source."{name}"'
    return f"trim_scale({column})::text" if registered.evidence[name].is_decimal() else column


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _escaped(sql: str) -> str:
    return sql.replace("%", "%%")
