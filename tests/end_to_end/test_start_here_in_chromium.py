"""START-HERE.html as a stranger meets it: opened from a folder in a browser that has no network."""

from __future__ import annotations

import json
import math
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import soundfile
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from evidencedesk.export.start_here import start_here_html
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language
from samples.collection_visit import RATE, SECONDS, moment, sample_words
from samples.law_records import case_with_records

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
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
        "mute-audio",
        "window-size=1280,900",
        f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with Chrome(options=options, service=ChromeService(DRIVER)) as driver:
        yield driver


def make_folder(folder: Path, language: Language, *, sound: bool = True) -> Path:
    """A case folder's page with real sound beside it."""
    samples = [
        0.5 * math.sin(n / RATE * 2 * math.pi * 440) * (0.2 + 0.8 * abs(math.sin(n / RATE)))
        for n in range(RATE * SECONDS)
    ]
    case_file = case_with_records()
    paths = {}
    waveforms = {}
    for recording in case_file.recordings:
        path = Path("data", "recordings", recording.id, recording.file)
        (folder / path).parent.mkdir(parents=True)
        if sound:
            length = RATE * (recording.duration_ms or 0) // 1000
            soundfile.write(folder / path, samples[:length], RATE, subtype="PCM_16", format="FLAC")
        paths[recording.id] = path.as_posix()
        waveforms[recording.id] = [
            (-abs(math.sin(n / 25) * 90) - n % 23, abs(math.sin(n / 25) * 80) + n % 31) for n in range(600)
        ]
    photo = folder / "data" / "attachments" / "a-00000001" / "photo.png"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(_png(320, 180))
    page = folder / "START-HERE.html"
    page.write_text(
        start_here_html(
            case_file,
            load_packs(resource("packs")),
            language,
            waveforms,
            paths,
            {
                "a-00000001": "data/attachments/a-00000001/photo.png",
                "a-00000002": "data/attachments/a-00000002/contract #1.pdf",
            },
            sample_words(language, folder),
            moment(100_000),
        ),
        encoding="utf-8",
        newline="\n",
    )
    return page


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Chrome:
    for kind in ("browser", "performance"):
        log(browser, kind)  # what earlier tests left
    browser.get(make_folder(tmp_path, "zh").as_uri())
    wait(browser, lambda: browser.execute_script("return document.querySelector('audio').readyState >= 1"))
    return browser


def wait(browser: Chrome, condition: Callable[[], object]) -> None:
    WebDriverWait(browser, 20, poll_frequency=0.05).until(lambda _: condition())


def log(browser: Chrome, kind: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = browser.get_log(kind)  # type: ignore[no-untyped-call] # as selenium has it
    return entries


def position(browser: Chrome) -> float:
    return float(browser.execute_script("return document.querySelector('audio').currentTime"))


def row_of(browser: Chrome, at_ms: int) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f'tr[data-recording="r-00000001"][data-at="{at_ms}"]')


def test_the_flac_is_loaded_with_its_length(page: Chrome) -> None:
    seconds = page.execute_script("return document.querySelector('audio').duration")
    assert seconds == pytest.approx(SECONDS, abs=0.1)
    assert not page.find_element(By.CSS_SELECTOR, ".cannot").is_displayed()


def test_choosing_a_timeline_row_plays_from_its_second(page: Chrome) -> None:
    row_of(page, 16_500).click()
    wait(page, lambda: position(page) >= 16.5)
    assert position(page) < 19
    wait(page, lambda: "now" in (row_of(page, 16_500).get_attribute("class") or ""))


def test_the_position_button_of_a_row_works_from_the_keyboard(page: Chrome) -> None:
    row_of(page, 11_000).find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    wait(page, lambda: position(page) >= 11)
    assert position(page) < 14


def test_the_moment_of_a_paper_leads_into_the_sound(page: Chrome) -> None:
    button = page.find_element(By.CSS_SELECTOR, '.papers .seek[data-at="6500"]')
    button.send_keys(Keys.ENTER)
    wait(page, lambda: position(page) >= 6.5)
    assert position(page) < 9


def test_a_step_in_its_table_leads_into_the_sound(page: Chrome) -> None:
    table = page.find_element(By.CSS_SELECTOR, 'table[aria-labelledby="steps"]')
    table.find_element(By.CSS_SELECTOR, "button.seek").send_keys(Keys.ENTER)
    wait(page, lambda: position(page) >= 12)
    assert position(page) < 15


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE])
def test_a_marker_in_the_waveform_works_from_the_keyboard(page: Chrome, key: str) -> None:
    marker = page.find_element(By.CSS_SELECTOR, '.marker[data-at="9500"]')
    page.execute_script("arguments[0].focus()", marker)
    page.switch_to.active_element.send_keys(key)
    wait(page, lambda: position(page) >= 9.5)
    assert position(page) < 12


def test_a_click_in_the_waveform_moves_the_playhead_there(page: Chrome) -> None:
    page.execute_script(
        "const wave = document.querySelector('.wave'); const box = wave.getBoundingClientRect();"
        "wave.dispatchEvent(new MouseEvent('click', {clientX: box.left + box.width / 2, bubbles: true}))"
    )
    wait(page, lambda: position(page) == pytest.approx(SECONDS / 2, abs=0.2))
    line = page.find_element(By.CSS_SELECTOR, ".head-line")
    assert float((line.get_attribute("x") or "").rstrip("%")) == pytest.approx(50, abs=1)


def test_playing_one_recording_pauses_the_other(page: Chrome) -> None:
    buttons = page.find_elements(By.CSS_SELECTOR, ".play")
    for button in buttons[:2]:
        button.click()
    wait(
        page,
        lambda: (
            page.execute_script("return [...document.querySelectorAll('audio')].map((a) => a.paused)")
            == [True, False]
        ),
    )


def test_what_a_note_contains_is_not_run(page: Chrome) -> None:
    assert page.title == "来分期 & <b>Partner</b> · EvidenceDesk"
    assert page.execute_script("return document.querySelectorAll('img').length") == 1


def test_there_is_no_error_and_no_request_beyond_the_folder(page: Chrome) -> None:
    page.execute_script("document.querySelector('img').scrollIntoView()")
    wait(page, lambda: page.execute_script("return document.querySelector('img').naturalWidth") == 320)
    assert log(page, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in log(page, "performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert asked
    # Chromium fetches its own pages (chrome:) at start; nothing may leave by any other door.
    assert [url for url in asked if not url.startswith(("file:", "data:", "chrome:"))] == []


def test_a_missing_sound_is_said_and_not_hidden(browser: Chrome, tmp_path: Path) -> None:
    browser.get(make_folder(tmp_path, "en", sound=False).as_uri())
    notice = browser.find_element(By.CSS_SELECTOR, ".cannot")
    wait(browser, notice.is_displayed)
    assert "can't play" in notice.text


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nothing_sticks_out_at_any_width(page: Chrome, width: int) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\0" + bytes((90 + y // 4, 110, 140)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
