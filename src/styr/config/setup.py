"""Makes the database ready for the program."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from styr.access.services import install_token_key
from styr.config.migrating import migrate

OWNER = "owner"


def set_up() -> int:
    """Migrate as the owner and install the issuing key; gives the number of migrations. May be run at any time."""
    if OWNER not in connections:
        raise ImproperlyConfigured("Sæt STYR_OWNER_DATABASE_URL: kun ejerrollen må ændre databasens tabeller.")
    applied = migrate(OWNER)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT audit_fix_trigger_paths()")
    install_token_key(using=OWNER)
    return applied
