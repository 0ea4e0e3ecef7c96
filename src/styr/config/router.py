"""Which connection does what: the owner's migrates, the app's does everything else."""

from typing import Any

OWNER = "owner"


class OwnerMigrates:
    """`migrate --database owner` builds the schema; on the app's connection nothing is ever migrated."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:  # noqa: ARG002 -- Django's signature
        """True for the owner's connection alone."""
        return db == OWNER

    def allow_relation(self, *objects: Any, **hints: Any) -> bool:  # noqa: ARG002 -- Django's signature
        """All aliases are one database seen through different roles."""
        return True
