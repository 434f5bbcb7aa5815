"""Every shipped pack, of today and of before, can be said in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.guidance.loader import load_pack
from evidencedesk.system.resources import resource
from evidencedesk.ui.law.pack_words import begins_text, length_text, status_line
from evidencedesk.wording.language import Language, Words

SHIPPED = sorted(resource("packs").rglob("*.toml"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_everything_a_pack_holds_has_words(path: Path, language: Language) -> None:
    words = Words(language, resource("locale"))
    pack = load_pack(path)
    assert pack.version in status_line(words, pack)
    for deadline in pack.deadlines:
        assert begins_text(words, deadline)
        assert str(deadline.length) in length_text(words, deadline)
