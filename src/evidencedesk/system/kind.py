"""Which system this is. Besides this package only the files for its sound ask for it; a test sees to that.

The names are those of ``sys.platform`` (docs.python.org/3/library/sys.html#sys.platform).
"""

from __future__ import annotations

import sys

SYSTEM = sys.platform
MAC = "darwin"
