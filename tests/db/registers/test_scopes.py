"""Who may see what: a unit sees its own citizens and what hangs on them, another unit nothing of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from db.registers.registers import Registers
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.services import create_user

pytestmark = pytest.mark.django_db
