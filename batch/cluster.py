"""Run the same batch on an existing Dask cluster.

Workers read their inputs themselves, by path on a shared disk or by URL; only names go out and
only rows come back. Dask starts a lost worker's tasks again on another one.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any

from kenzan.errors import UsageError

CONNECT_SECONDS = 20


def open_cluster(address: str) -> Executor:
    """An executor on the cluster whose scheduler listens at ``address`` (tcp://host:port).

    Raises:
        UsageError: Dask is not installed, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(address, "a cluster needs: pip install 'kenzan[cluster]'") from error
    try:
        connect: Any = Client
        client = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(address, "no Dask scheduler answers there") from error
    return _ClusterExecutor(client)


class _ClusterExecutor(Executor):
    """Dask's executor, and its connection with it."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False, retries=2)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()
