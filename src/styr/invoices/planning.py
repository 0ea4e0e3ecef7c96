"""What PostgreSQL's planner cannot guess about set operations this long."""

from collections.abc import Iterator
from contextlib import contextmanager

from styr.kernel.engine import Cursor


@contextmanager
def whole_tables(cursor: Cursor) -> Iterator[None]:
    """Read tables whole within: hash joins only, and no time spent on compiling to machine code.

    The planner takes each intermediate result of a long expression for a handful of rows and then picks nested loops:
    settling 480 invoices took over three minutes so, and takes 0.1 s with hash joins.
    """
    cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '128MB'")
    yield
    cursor.execute("RESET enable_nestloop; RESET jit; RESET work_mem")
