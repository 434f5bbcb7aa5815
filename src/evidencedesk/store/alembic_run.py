"""The one file that runs Alembic. Loaded only for a library that is new or older than this program."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


class Migrations:
    """The scripts in one place."""

    def __init__(self, place: str) -> None:
        self._config = Config()
        self._config.set_main_option("script_location", place.replace("%", "%%"))
        self._scripts = ScriptDirectory.from_config(self._config)
        self.head = str(self._scripts.get_current_head())

    def known(self) -> frozenset[str]:
        """The revisions that this program knows."""
        return frozenset(script.revision for script in self._scripts.walk_revisions())

    def run(self, connection: Connection) -> None:
        """Bring the tables up to date in the transaction of ``connection``."""
        self._config.attributes["connection"] = connection
        command.upgrade(self._config, "head")
