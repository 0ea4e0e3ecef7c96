"""Makes the database ready for the program."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections

from styr.access.services import install_token_key

OWNER = "owner"


def set_up(*, verbosity: int = 0) -> None:
    """Migrate as the owner and install the issuing key; may be run again at any time."""
    if OWNER not in connections:
        raise ImproperlyConfigured("Sæt STYR_OWNER_DATABASE_URL: kun ejerrollen må ændre databasens tabeller.")
    call_command("migrate", database=OWNER, verbosity=verbosity, interactive=False)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT audit_fix_trigger_paths()")
    install_token_key(using=OWNER)
