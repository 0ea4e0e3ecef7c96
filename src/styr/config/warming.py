"""What a process that serves pages prepares beside its first requests, so that nobody waits for it."""

import logging
from threading import Thread

logger = logging.getLogger(__name__)


def warm_beside() -> None:
    """Compile the long statements of the pages in a thread; asks nothing of the database and never stops a start."""
    Thread(target=_warm, name="warming", daemon=True).start()


def _warm() -> None:
    from styr.budgets.counting import counted_of_citizens
    from styr.grants.costing import priced

    try:
        priced()
        counted_of_citizens()
    except Exception:
        # The page that needs the text compiles it itself and tells what is wrong where somebody sees it.
        logger.exception("A statement could not be compiled beforehand.")
