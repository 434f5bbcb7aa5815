"""``python -m evidencedesk``."""

from evidencedesk.app.entry import main

raise SystemExit(main())
