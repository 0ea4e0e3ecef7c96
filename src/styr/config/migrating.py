"""Migrates as Django does, without rendering every model again for every constraint and trigger.

Django re-renders each model that is related to a changed one. Here every model is related to the municipality, so each
of some hundred small steps rendered them all: most of a first start. A constraint, an index or a trigger changes no
field and no relation, a new model changes no other, and of a model that only got more fields, or other plain ones, the
others need no more than its table and its key; so those steps render one model at most. Python code in a migration gets
all models anew.
"""

from typing import Any

from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

_HARMLESS = ("constraints", "indexes", "triggers")
_Key = tuple[str, str]


class QuickState(ProjectState):
    """A project state that renders again only what a step really changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen: dict[_Key, tuple[Any, ...]] = {}

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        """Render the model, and those related to it where its fields, bases or other options changed."""
        key = app_label, model_name.lower()
        if "apps" in self.__dict__:
            model = self.models[key]
            shape = _shape(model)
            if self._seen.get(key) == shape:
                options = self.apps.get_model(*key)._meta  # noqa: SLF001 -- Django's public name
                for name in _HARMLESS:
                    setattr(options, name, list(model.options.get(name, [])))
            elif key not in self._seen and model_name.lower() not in self.apps.all_models[app_label]:
                self.apps.render_multiple([model])
            elif _only_grown(self._seen.get(key), shape):
                self.apps.unregister_model(*key)
                self.apps.render_multiple([model])
                self.is_delayed = True  # `RunPython` then has all models rendered anew
            else:
                super().reload_model(app_label, model_name, delay)
            self._seen[key] = shape


class QuickExecutor(MigrationExecutor):
    """Applies migrations on a `QuickState`."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:  # noqa: FBT001, FBT002 -- Django's signature
        state = QuickState(real_apps=self.loader.unmigrated_apps)
        ordinary = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # untold by the stubs
        state.models = ordinary.models
        return state


def migrate(using: str) -> int:
    """Apply what is missing on the connection, oldest first; gives the number of migrations applied."""
    connection = connections[using]
    connection.prepare_database()
    executor = QuickExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        executor.migrate(executor.loader.graph.leaf_nodes(), plan=plan)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=using)
    return len(plan)


def _only_grown(before: tuple[Any, ...] | None, now: tuple[Any, ...]) -> bool:
    """Whether what others look at is as before: relations, keys and whatever else a foreign key may point at."""
    if before is None or before[1:] != now[1:]:
        return False
    was, are = ({name: (field, plain) for name, field, plain in fields} for fields in (before[0], now[0]))
    if not was.keys() <= are.keys() or was == are:
        return False
    return all(was[name] == are[name] or (was[name][1] and are[name][1]) for name in was)


def _shape(model: ModelState) -> tuple[Any, ...]:
    """What other models can see of the model; fields are compared by identity, since a step replaces what it alters."""
    fields = tuple(
        (name, id(field), not (field.is_relation or field.unique or field.primary_key))
        for name, field in model.fields.items()
    )
    options = {name: value for name, value in model.options.items() if name not in _HARMLESS}
    return fields, tuple(model.bases), repr(sorted(options.items(), key=lambda item: item[0]))
