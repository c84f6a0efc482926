"""The Python that runs a notebook: the one this runs in, reached over socket files so that no port is opened."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import zmq
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets.config import Config

from benefits.batch.warm import ForkedKernel, WarmParent

LAUNCHER = "ipykernel_launcher"
ARGUMENTS = [
    # What the kernel logs while it is shut down is not for whoever waits for a report; a cell that fails is told.
    "--IPKernelApp.log_level=50",
    # No trace of a report in the history of whoever makes it.
    "--HistoryManager.enabled=False",
]
# As many kernels run as there are cores; and sums come in the same order whatever the number of cores.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Kernels:
    """The kernels of one batch: each notebook has one of its own, and none outlives the batch.

    Used as a context. ``end`` may be called while notebooks run in other threads; they stop as when a kernel dies.

    Parameters
    ----------
    warm
        Whether to fork them from a parent that has imported what reports need, where that can be done.

    Attributes
    ----------
    manager
        The class papermill is to start kernels with.
    over
        Set when the batch has ended.
    """

    def __init__(self, *, warm: bool = True) -> None:
        self._parent: WarmParent | None = None
        self._warm = warm
        self._running: set[_Provisioner] = set()
        self.over = threading.Event()
        self._guard = threading.Lock()
        self.manager: type[OwnPython] = type("OfBatch", (OwnPython,), {"kernels": self})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End every kernel there is, and let no more be started."""
        with self._guard:
            self.over.set()
            for one in self._running:
                one.process.kill()
            parent, self._parent = self._parent, None
        if parent is not None:
            parent.end()

    def forked(self, command: list[str], **given: Any) -> ForkedKernel | None:
        """Return a kernel forked from the warm parent, or None when it must be started on its own."""
        with self._guard:
            if self._warm and not self.over.is_set() and self._parent is None:
                self._parent = WarmParent.start({**os.environ, **ONE_THREAD})
            parent = self._parent
        if parent is None:
            return None
        arguments = command[command.index(LAUNCHER) + 1 :]
        folder = str(given.get("cwd") or Path.cwd())
        return parent.fork(arguments, environment=given["env"], folder=folder)

    def began(self, one: _Provisioner) -> None:
        """Take note of a kernel that runs.

        Raises
        ------
        RuntimeError
            When the batch has ended; the kernel is ended too.
        """
        with self._guard:
            if self.over.is_set():
                one.process.kill()
                raise RuntimeError("the batch has ended")
            self._running.add(one)

    def ended(self, one: _Provisioner) -> None:
        """Take note of a kernel that runs no more."""
        with self._guard:
            self._running.discard(one)


class OwnPython(AsyncKernelManager):
    """Starts kernels of the environment this runs in, whatever kernels are registered on the machine."""

    kernels: Kernels

    @property
    def kernel_spec(self) -> KernelSpec:
        """The specification of such a kernel."""
        return KernelSpec(**get_kernel_dict(extra_arguments=ARGUMENTS))

    async def _async_pre_start_kernel(self, **given: Any) -> tuple[list[str], dict[str, Any]]:
        self.provisioner = self.provisioner or _Provisioner(parent=self, kernel_spec=self.kernel_spec)
        given["env"] = {**(given.get("env") or os.environ), **ONE_THREAD}
        return await super()._async_pre_start_kernel(**given)


class _Provisioner(LocalProvisioner):
    """Starts a kernel of a batch: from its warm parent, else on its own."""

    parent: OwnPython
    process: Any

    async def launch_kernel(self, cmd: list[str], **given: Any) -> KernelConnectionInfo:
        kernels = self.parent.kernels
        self.process = kernels.forked(cmd, **given)
        if self.process is None:
            await super().launch_kernel(cmd, **given)
        else:
            self.pid = self.pgid = self.process.pid
        kernels.began(self)
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        self.parent.kernels.ended(self)
        await super().cleanup(restart)


def connection(folder: Path) -> Config:
    """Return settings by which a kernel is reached over socket files, or the usual ones where that cannot be.

    Socket files leave no ports for other users of the machine to listen on, and none for two kernels to race for.

    Parameters
    ----------
    folder
        A folder for one kernel alone, with a short path.

    Examples
    --------
    >>> connection(Path("/" + "long" * 50))
    {}
    """
    sockets = os.fsencode(folder / "kernel-ipc-0")
    if os.name != "posix" or not zmq.has("ipc") or len(sockets) > zmq.IPC_PATH_MAX_LEN:
        return Config()
    return Config(KernelManager={"transport": "ipc", "connection_file": str(folder / "kernel.json")})
