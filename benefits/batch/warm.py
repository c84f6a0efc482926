"""A parent that has imported what reports need, and from which kernels are forked.

Half of what a report costs is to start Python and import libraries. Here that is done once for a whole batch. Only on
Linux; elsewhere, and when the parent cannot be started or is lost, kernels start on their own and give the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Self


class ForkedKernel:
    """A kernel another process is the parent of, with what jupyter_client asks of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        # Names this process and no later one of the same number.
        self._handle = os.pidfd_open(pid)
        self._guard = threading.Lock()

    def poll(self) -> int | None:
        """Return None while it runs; how it ended is not known here."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended, at most so many seconds; None when it still runs."""
        if self._handle >= 0 and not select.select([self._handle], [], [], timeout)[0]:
            return None
        with self._guard:
            if self._handle >= 0:
                os.close(self._handle)
            self._handle = -1
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        with self._guard, contextlib.suppress(ProcessLookupError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmParent:
    """The manager's side of the warm parent; safe to use from several threads."""

    def __init__(self, process: subprocess.Popen[bytes], line: socket.socket) -> None:
        self._process = process
        self._line = line
        self._guard = threading.Lock()

    @classmethod
    def start(cls, environment: Mapping[str, str]) -> Self | None:
        """Start a parent with an environment; None where kernels cannot be forked."""
        if not _can_follow():
            return None
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-m", "benefits.batch.warm_parent", str(theirs.fileno())],
                    env=environment,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    # What interrupts the batch is not for kernels: the batch ends them.
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                return None
        return cls(process, ours)

    def fork(self, arguments: list[str], *, environment: Mapping[str, str], folder: str) -> ForkedKernel | None:
        """Fork a kernel with command line arguments, an environment and a working directory; None when it is lost."""
        request = json.dumps([arguments, dict(environment), folder]).encode() + b"\n"
        with self._guard:
            try:
                self._line.sendall(request)
                # Whole or nothing: the number is a few bytes, sent at once.
                answer = self._line.recv(32)
                return ForkedKernel(int(answer))
            except (OSError, ValueError):
                return None

    def end(self) -> None:
        """Let the parent end; kernels that are left end with it, and whoever waits for one gets none."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._line.close()


def _can_follow() -> bool:
    """Whether a process that is not our child can be waited for; some containers forbid it."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True
