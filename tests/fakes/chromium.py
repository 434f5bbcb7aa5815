"""A headless Chromium that has no network to speak of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
IS_THERE = bool(CHROMIUM and DRIVER)
PATIENCE_S = 60


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """A browser with a profile of its own."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "window-size=1280,900",
        f"user-data-dir={profile}",
    ):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with Chrome(options=options, service=ChromeService(DRIVER)) as driver:
        yield driver


def wait(browser: Chrome, condition: Callable[[], object]) -> None:
    """Until the condition holds; TimeoutException when it never does."""
    WebDriverWait(browser, PATIENCE_S, poll_frequency=0.02).until(lambda _: condition())


def log(browser: Chrome, kind: str) -> list[dict[str, str]]:
    """What the browser noted since the last question."""
    entries: list[dict[str, str]] = browser.get_log(kind)  # type: ignore[no-untyped-call] # as selenium has it
    return entries
