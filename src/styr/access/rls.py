"""Migration operations that close a tenant table: forced row-level security (rækkesikkerhed), and the roles' rights."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

APP_ROLE = "styr_app"
OWNER_ROLE = "styr_owner"
BACKUP_ROLE = "styr_backup"

# `(SELECT f())` is an InitPlan: the function is asked once a query, not once a row.
_SAME_MUNICIPALITY = "municipality_id = (SELECT styr_municipality())"
_MAY_WRITE = "(SELECT styr_may_write())"
_MAY_WRITE_OWN = "(SELECT styr_may_write_own())"


class EnableTenantPolicy(Operation):
    """Enable and force row-level security on the model's table and on its event table, if it has one.

    Args:
        model: the model's name in lower case, in the migration's own app.
        unit: the column naming the row's unit, or None where the whole municipality sees the rows.
        nullable_unit: rows without a unit are seen by the whole municipality.
        writers: SQL that must hold besides for rows to be added, changed or removed; None where whoever sees may write.
        readers: SQL that must hold besides for rows, and their events, to be seen; None where the municipality sees.

    The app role gets select, insert, update and delete on the table, and select and insert on the events. With a unit,
    a composite foreign key keeps the unit inside the row's municipality. PostgreSQL refuses COPY into such a table: a
    bulk load copies into a temporary table and inserts from it.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        model: str,
        *,
        unit: str | None = None,
        nullable_unit: bool = False,
        writers: str | None = None,
        readers: str | None = None,
    ) -> None:
        self.model = model.lower()
        self.unit = unit
        self.nullable_unit = nullable_unit
        self.writers = writers
        self.readers = readers

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written in a migration."""
        keywords = {
            "unit": self.unit,
            "nullable_unit": self.nullable_unit,
            "writers": self.writers,
            "readers": self.readers,
        }
        return type(self).__name__, [self.model], keywords

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models are as before."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 -- Django's signature
        to_state: ProjectState,
    ) -> None:
        """Close the table and its events."""
        for statement in self.statements(app_label, to_state):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 -- Django's signature
        to_state: ProjectState,
    ) -> None:
        """Open them again, as when the migration is undone just before the tables are dropped."""
        for table, is_event in self._tables(app_label, to_state):
            schema_editor.execute(_open(table))
            if self.unit and not is_event:
                schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{_unit_key(table)}"')

    def statements(self, app_label: str, state: ProjectState) -> list[str]:
        """The SQL that closes the table and its events."""
        visible, writable = self._visible(), self._writable()
        sql: list[str] = []
        for table, is_event in self._tables(app_label, state):
            sql += _close_events(table, visible) if is_event else _close(table, visible, writable)
            if self.unit and not is_event:
                sql.append(
                    f'ALTER TABLE "{table}" ADD CONSTRAINT "{_unit_key(table)}" '
                    f"FOREIGN KEY (municipality_id, {self.unit}) "
                    "REFERENCES access_unit (municipality_id, id) DEFERRABLE INITIALLY DEFERRED"
                )
        return sql

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Force row-level security on {self.model}"

    def _visible(self) -> str:
        same = f"{_SAME_MUNICIPALITY} AND {self.readers}" if self.readers else _SAME_MUNICIPALITY
        if self.unit is None:
            return same
        seen = f"(SELECT styr_all_units()) OR {self.unit} = ANY ((SELECT styr_units())::uuid[])"
        if self.nullable_unit:
            seen += f" OR {self.unit} IS NULL"
        return f"{same} AND ({seen})"

    def _writable(self) -> str:
        return f"{self._visible()} AND {_MAY_WRITE}" + (f" AND {self.writers}" if self.writers else "")

    def _tables(self, app_label: str, state: ProjectState) -> list[tuple[str, bool]]:
        tables = [(table_of(state, app_label, self.model), False)]
        if (app_label, f"{self.model}event") in state.models:
            tables.append((table_of(state, app_label, f"{self.model}event"), True))
        return tables


class EnableOwnPolicy(EnableTenantPolicy):
    """Let each person see and write their own rows alone, auditors too: sessions, preferences, saved filters.

    Args:
        model: the model's name in lower case, in the migration's own app; it has `municipality` and the owner's column.
        owner: the column naming the user whose row it is.

    `styr_may_write()` is no to an auditor; here the token's own right to write is asked (`styr_may_write_own()`). A job
    has no rows of its own and sees none.
    """

    def __init__(self, model: str, *, owner: str = "user_id") -> None:
        super().__init__(model)
        self.owner = owner

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written in a migration."""
        return type(self).__name__, [self.model], {"owner": self.owner}

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Give each person their own rows of {self.model}"

    def _visible(self) -> str:
        return f"{_SAME_MUNICIPALITY} AND {self.owner} = (SELECT styr_user())"

    def _writable(self) -> str:
        return f"{self._visible()} AND {_MAY_WRITE_OWN}"


def table_of(state: ProjectState, app_label: str, model: str) -> str:
    """The model's table, read from the state as written: `state.apps` would render every model of the program."""
    return str(state.models[app_label, model].options.get("db_table") or f"{app_label}_{model}")


def _unit_key(table: str) -> str:
    return f"{table}_unit_in_municipality"


def _close(table: str, visible: str, writable: str) -> list[str]:
    return [
        *_force(table),
        f'CREATE POLICY styr_see ON "{table}" FOR SELECT USING ({visible})',
        f'CREATE POLICY styr_add ON "{table}" FOR INSERT WITH CHECK ({writable})',
        f'CREATE POLICY styr_change ON "{table}" FOR UPDATE USING ({writable})',
        f'CREATE POLICY styr_remove ON "{table}" FOR DELETE USING ({writable})',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {APP_ROLE}',
    ]


def _close_events(table: str, visible: str) -> list[str]:
    """Events are added by the triggers alone, and never changed."""
    return [
        *_force(table),
        f'CREATE POLICY styr_see ON "{table}" FOR SELECT USING ({visible})',
        f'CREATE POLICY styr_add ON "{table}" FOR INSERT WITH CHECK ({_SAME_MUNICIPALITY})',
        f'GRANT SELECT, INSERT ON "{table}" TO {APP_ROLE}',
        (
            f'CREATE TRIGGER styr_only_by_trigger BEFORE INSERT ON "{table}" FOR EACH STATEMENT '
            "WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION styr_refuse_direct_event()"
        ),
    ]


def _force(table: str) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'REVOKE ALL ON "{table}" FROM {APP_ROLE}',
        f'GRANT SELECT ON "{table}" TO {BACKUP_ROLE}',
    ]


def _open(table: str) -> str:
    return (
        f'DROP TRIGGER IF EXISTS styr_only_by_trigger ON "{table}"; '
        + "".join(
            f'DROP POLICY IF EXISTS {policy} ON "{table}"; '
            for policy in ("styr_see", "styr_add", "styr_change", "styr_remove")
        )
        + f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY; ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY; '
        f'REVOKE ALL ON "{table}" FROM {APP_ROLE}'
    )


class TieToParent(Operation):
    """Hold a child row's municipality and unit equal to its parent's: a composite foreign key with ON UPDATE CASCADE.

    Args:
        model: the child model, lower case.
        parent: the parent model of the same app, lower case.
        column: the child's column naming the parent (`grant_id`).
        unit: also hold `unit_id` equal; the parent's unit must then not be null for the tie to bind.

    So policies of child tables are plain column comparisons, and a parent that moves takes its lines along.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, parent: str, column: str, *, unit: bool = True) -> None:
        self.model, self.parent, self.column, self.unit = model.lower(), parent.lower(), column, unit

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written in a migration."""
        return type(self).__name__, [self.model, self.parent, self.column], {"unit": self.unit}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models are as before."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 -- Django's signature
        to_state: ProjectState,
    ) -> None:
        """Add the parent's key, if it is not there, and the child's foreign key."""
        child, parent = self._names(app_label, to_state)
        columns = "municipality_id, unit_id" if self.unit else "municipality_id"
        key = f"{parent}_tie_{'unit' if self.unit else 'municipality'}"
        schema_editor.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{key}') THEN "
            f'ALTER TABLE "{parent}" ADD CONSTRAINT "{key}" UNIQUE (id, {columns}); END IF; END $$'
        )
        schema_editor.execute(
            f'ALTER TABLE "{child}" ADD CONSTRAINT "{child}_tied_by_{self.column}" '
            f'FOREIGN KEY ({self.column}, {columns}) REFERENCES "{parent}" (id, {columns}) '
            "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 -- Django's signature
        to_state: ProjectState,
    ) -> None:
        """Drop the child's foreign key; the parent's key goes with its table."""
        child, _ = self._names(app_label, to_state)
        schema_editor.execute(f'ALTER TABLE "{child}" DROP CONSTRAINT "{child}_tied_by_{self.column}"')

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Hold {self.model} in the municipality and unit of its {self.parent}"

    def _names(self, app_label: str, state: ProjectState) -> tuple[str, str]:
        return table_of(state, app_label, self.model), table_of(state, app_label, self.parent)
