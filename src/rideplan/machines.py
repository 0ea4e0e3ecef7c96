"""Many machines: parts of a problem planned by the workers of a Dask cluster (the extra `machines`)."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, cast


class UnableToReachMachinesError(Exception):
    """No Dask cluster answers there, or the library for it is not installed."""


@contextmanager
def machines(address: str | None = None, *, workers: int = 2) -> Iterator[Executor]:
    """Workers as an executor for `solve_large` and `solve_seeds`; their number never changes a plan.

    Args:
        address: Of the cluster's scheduler (`tcp://host:8786`); without it, workers are started on this machine.
        workers: How many to start on this machine.

    Raises:
        UnableToReachMachinesError: Nobody answers, or `dask.distributed` is missing.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as missing:
        raise UnableToReachMachinesError("machines: install the extra `machines` (dask.distributed)") from missing
    if address is not None:
        try:
            client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]  # the library tells no types
        except (OSError, ValueError) as refusal:
            raise UnableToReachMachinesError(f"{address}: {refusal}") from refusal
        with client:
            yield _executor(client)
        return
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]  # as above
        Client(cluster) as local,  # type: ignore[no-untyped-call]  # as above
    ):
        yield _executor(local)


def _executor(client: Any) -> Executor:
    return cast("Executor", client.get_executor(pure=False))
