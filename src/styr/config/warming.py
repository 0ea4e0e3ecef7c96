"""What a process that serves pages prepares beside its first requests, so that nobody waits for it."""

from threading import Thread


def warm_beside() -> None:
    """Compile the long statements of the pages in a thread; asks nothing of the database.

    An error is written where the process writes its errors, and stops no start: the page compiles the text itself.
    """
    Thread(target=_warm, name="warming", daemon=True).start()


def _warm() -> None:
    from styr.budgets.counting import counted_of_citizens
    from styr.grants.costing import priced

    priced()
    counted_of_citizens()
