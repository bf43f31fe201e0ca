"""A child that outlives a killed owner keeps ports, sockets and data; the kernel can prevent it."""

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_owner(how: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: let the kernel send the signal when the owner ends in whatever way. Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(how))

    return ask
