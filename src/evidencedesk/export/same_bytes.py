"""A Word file packed anew, so that the same parts make the same bytes."""

from __future__ import annotations

import io
import zipfile

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def same_bytes(packed: bytes) -> bytes:
    """The same parts in the same order, all of one date and one system."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
