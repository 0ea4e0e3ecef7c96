"""Dated rows in the database: the half-open range of two date columns, for constraints on overlap.

Migrations name `DateRange` where models took it from when they were written; those names stay.
"""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    """The half-open PostgreSQL range of two date columns; a null end is open."""

    function = "daterange"
    output_field = DateRangeField()
