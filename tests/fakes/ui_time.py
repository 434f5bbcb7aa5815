"""The settings of time stamps, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.settings import Settings
from evidencedesk.ui.settings.time_presenter import Draft, StampsStanding
from evidencedesk.workflows.authorities import checked_authority


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
