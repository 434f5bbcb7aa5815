"""Where the frozen program begins: window, command line, or one of its own processes."""

from __future__ import annotations

import sys

from evidencedesk.app.entry import main

if __name__ == "__main__":
    sys.exit(main())
