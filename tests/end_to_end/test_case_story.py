"""The whole case through the real window, from the first SMS to the exported folder with all its papers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from evidencedesk.domain.loan_schedule import Way, schedule
from fakes.poppler import pages_of, run_together, text_of
from fakes.sound_server import PrivateSoundServer

TESTS = Path(__file__).parents[1]
STORY = Path(__file__).with_name("case_story.py")
PAID = 3
