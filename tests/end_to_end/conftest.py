"""One browser for all tests of VERIFY.html."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from evidencedesk.export.verify_page import verify_page_html
from fakes.chromium import chromium


@pytest.fixture(scope="session")
def verify_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """VERIFY.html, open in a browser, as it stands in a case folder."""
    place = tmp_path_factory.mktemp("page")
    (place / "VERIFY.html").write_text(verify_page_html("zh"), encoding="utf-8", newline="\n")
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        driver.get((place / "VERIFY.html").as_uri())
        yield driver


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual X screen that nobody else uses."""
    for needed in ("Xvfb", "pulseaudio"):
        if shutil.which(needed) is None:
            pytest.skip(f"{needed} is not installed")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as number:
            display = f":{number.readline().strip()}"
        yield display
        server.terminate()
