"""The Python that runs a notebook: the one this runs in, reached over socket files so that no port is opened."""

from __future__ import annotations

import os
from pathlib import Path

import zmq
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config


class OwnPython(AsyncKernelManager):
    """Starts kernels of the environment this runs in, whatever kernels are registered on the machine."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The specification of such a kernel."""
        # What the kernel logs while it is shut down is not for whoever waits for a report; a cell that fails is told.
        return KernelSpec(**get_kernel_dict(extra_arguments=["--IPKernelApp.log_level=50"]))


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
