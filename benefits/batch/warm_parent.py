"""The process kernels are forked from: ``python -m benefits.batch.warm_parent SOCKET``."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import time

# What a report or its kernel imports sooner or later. Nothing here may start a thread: it would not be in the fork.
LIBRARIES = (
    "numpy",
    "pandas",
    "scipy.optimize",
    "scipy.stats",
    "statsmodels.api",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "seaborn",
    "benefits.report",
    "benefits.results",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
)
# Hooks itself into the shell that imports it, and so must be imported by each kernel for itself.
IN_EACH_KERNEL = "matplotlib_inline.backend_inline"


def serve(line: socket.socket) -> None:
    """Fork a kernel for every request, a line of arguments, environment and folder, until there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with line.makefile("rb") as requests:
        for request in requests:
            arguments, environment, folder = json.loads(request)
            # Told here and not by the fork: one that dies before it has told would be waited for without end.
            if (pid := os.fork()) > 0:
                line.sendall(b"%d" % pid)
                continue
            try:
                _be_a_kernel(line, arguments, environment, folder)
            finally:
                os._exit(1)


def _be_a_kernel(line: socket.socket, arguments: list[str], environment: dict[str, str], folder: str) -> None:
    # At once, though what requests are read from would hold it: whoever asks must see that this parent is lost.
    os.close(line.detach())
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv[1:] = arguments
    _forget()

    from ipykernel.kernelapp import IPKernelApp

    # The kernel ends when this parent does, not when the process that asked for it goes on without it.
    application = IPKernelApp.instance(parent_handle=os.getppid())
    application.initialize(arguments)  # type: ignore[no-untyped-call]
    application.start()  # type: ignore[no-untyped-call]
    os._exit(0)


def _forget() -> None:
    """Leave nothing in the fork that a kernel of its own would not have."""
    sys.modules.pop(IN_EACH_KERNEL, None)
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def main() -> None:
    """Import, then serve the socket whose number is on the command line."""
    line = socket.socket(fileno=int(sys.argv[1]))
    # The working directory, which python -m puts first; a kernel adds its own where it wants it.
    if sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109
        del sys.path[0]
    os.environ.setdefault("MPLBACKEND", f"module://{IN_EACH_KERNEL}")
    for library in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(library)
    gc.collect()
    gc.freeze()
    serve(line)


if __name__ == "__main__":
    main()
