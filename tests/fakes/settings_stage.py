"""The settings page with everything in it, and what its sections ask of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from evidencedesk.custody.device_key import Kept
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.settings import Settings
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.key_presenter import KeyFacts, KeyPresenter
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.settings.speech_presenter import SpeechPresenter
from evidencedesk.ui.settings.time_presenter import Draft, StampsStanding, TimePresenter
from evidencedesk.ui.settings.vault_presenter import VaultPresenter
from evidencedesk.ui.words import UiWords
from evidencedesk.workflows.authorities import checked_authority
from fakes.desk_library import FakeWholeLibrary
from fakes.desk_transcripts import FakeTranscripts
from fakes.ui_keys import FIRST, FakeKey
from fakes.ui_more_services import FakeFileChoice, FakeSettingsServices
from fakes.ui_services import InstantRunner
from fakes.ui_vault import FakeVault


@dataclass
class FakeTimeServices:
    """Choices in memory; what waits is as the test says."""

    chosen: Settings = field(default_factory=Settings)
    standing: StampsStanding = field(default_factory=StampsStanding)
    full_disk: bool = False
    sent: int = 0

    def settings(self) -> Settings:
        return self.chosen

    def save_settings(self, settings: Settings) -> None:
        if self.full_disk:
            raise MachineFailure(Code.DISK_FULL, path="/config")
        self.chosen = settings

    def check_authority(self, draft: Draft, taken: tuple[str, ...]) -> Authority:
        return checked_authority(draft.name, draft.url, draft.headers, draft.root_file, draft.policy, taken)

    def stamps_standing(self) -> StampsStanding:
        return self.standing

    def send_stamps(self) -> None:
        self.sent += 1


def whole_settings_page(words: UiWords) -> SettingsPage:
    """Every section, each with something behind it."""
    runner, settings = InstantRunner(), FakeSettingsServices()
    authority = Authority("freetsa", "https://freetsa.org/tsr")
    library = LibraryPresenter(FakeWholeLibrary(), runner)
    key = KeyPresenter(FakeKey(KeyFacts(FIRST, Kept.PASSPHRASE)), runner, Messages())
    page = SettingsPage(
        SettingsPresenter(settings, runner),
        words,
        FakeFileChoice(place=Path("/home/user/copies")),
        time=TimePresenter(FakeTimeServices(Settings(authorities=(authority,))), runner),
        key=key,
        library=library,
        speech=SpeechPresenter(FakeTranscripts(), runner),
        vault=VaultPresenter(FakeVault(), runner, runner, Messages()),
    )
    key.refresh()
    library.refresh()
    page.refresh()
    return page
