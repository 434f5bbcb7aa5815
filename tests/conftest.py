from __future__ import annotations

import locale
import os
import signal

import pytest

# The tests never touch the keyring of whoever runs them.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Started in the background or under `nohup`, the test run inherits signals that are ignored; the programs
# under test would inherit that from it, and rightly not end by them.
for _number, _handler in ((signal.SIGHUP, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)


@pytest.fixture(autouse=True)
def _system_speaks_plainly() -> None:
    """What the system itself says comes in no language: Qt switches it on for a whole process."""
    locale.setlocale(locale.LC_MESSAGES, "C")
