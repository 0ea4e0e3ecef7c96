"""The migration operation that keeps people from cases that are not theirs to see (sagsspærring)."""

from collections.abc import Mapping
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from styr.access.rls import APP_ROLE, table_of

_NOBODY = "00000000-0000-0000-0000-000000000000"

# Before 0016_kept_from_nothing there is no such function; that migration then mends the policies made so far.
_QUICKLY = """
DO $do$ BEGIN
    IF to_regprocedure('styr_kept_from_nothing()') IS NULL THEN
        {policy} ({condition});
    ELSE
        {policy} ((SELECT styr_kept_from_nothing()) OR ({condition}));
    END IF;
END $do$
"""


class HideCases(Operation):
    """Hide from each person the rows of cases that they are kept from (sagsspærring), and all rows from administrators.

    Args:
        model: the model's name in lower case.
        columns: id column → what it names: citizen, grant, service, contract, contract_line, invoice, document,
            finding, or subject (any of them); a column that may be null counts as naming nothing.
        app: the app of the model, where it is not the migration's own.

    A restrictive policy on the table and its events, bound to the app role alone, so that the functions that work out
    what is hidden can read. `styr_hidden(kind)` is asked once a query; it is an empty array to jobs and to most people,
    and `styr_kept_from_nothing()` says so before any row is looked at.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, columns: Mapping[str, str] | None = None, *, app: str | None = None) -> None:
        self.model, self.columns, self.app = model.lower(), dict(columns or {}), app

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written in a migration."""
        return type(self).__name__, [self.model, self.columns], {"app": self.app}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models are as before."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 -- Django's signature
        to_state: ProjectState,
    ) -> None:
        """Add the policy."""
        for table in self._tables(app_label, to_state):
            policy = f'CREATE POLICY styr_case ON "{table}" AS RESTRICTIVE TO {APP_ROLE} USING'
            schema_editor.execute(_QUICKLY.format(policy=policy, condition=self.condition()) if self.columns
                                  else f"{policy} ({self.condition()})")  # fmt: skip

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 -- Django's signature
    ) -> None:
        """Drop the policy."""
        for table in self._tables(app_label, from_state):
            schema_editor.execute(f'DROP POLICY styr_case ON "{table}"')

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Hide rows of {self.model} from those kept from the case"

    def condition(self) -> str:
        """What must hold of a row; null, and so no, to whoever sees no cases."""
        apart = [
            f"coalesce({column}, '{_NOBODY}') <> ALL ((SELECT styr_hidden('{kind}'))::uuid[])"
            for column, kind in self.columns.items()
        ]
        return " AND ".join(apart or ["(SELECT styr_hidden('citizen')) IS NOT NULL"])

    def _tables(self, app_label: str, state: ProjectState) -> list[str]:
        app = self.app or app_label
        models = [name for name in (self.model, f"{self.model}event") if (app, name) in state.models]
        return [table_of(state, app, name) for name in models]
