"""Every sentence is translated, every translation is used, and the compiled file is fresh."""

from __future__ import annotations

import gettext
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location(
        "compile_messages", ROOT / "packaging" / "compile_messages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["compile_messages"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["compile_messages"]


@pytest.fixture
def folders(script: ModuleType, tmp_path: Path) -> Any:
    """A small project with two sentences, all in order."""
    found = script.project_folders(tmp_path)
    for folder in (found.source, found.templates, found.parts, found.target):
        folder.mkdir(parents=True)
    (found.source / "page.py").write_text(
        'title = t("Case {id}")\ncount = words.plural("{n} file", "{n} files", 2)\n'
    )
    (found.templates / "page.html").write_text("<h1>{{ t(\n  'It''s') }}</h1>\n<p>{{ t(\"Bye\") }}</p>")
    _part(found, "a", 'msgid "Case {id}"\nmsgstr "案件 {id}"')
    _part(found, "b", 'msgid "{n} file"\nmsgid_plural "{n} files"\nmsgstr[0] "{n} 个文件"')
    _part(found, "c", 'msgid "Its"\nmsgstr "它的"\n\nmsgid "Bye"\nmsgstr "再见"')
    _compile(script, found)
    return found


def _part(folders: Any, name: str, entries: str) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folders.parts / f"{name}.zh_CN.po").write_text(head + entries + "\n", encoding="utf-8")


def _compile(script: ModuleType, folders: Any) -> None:
    translations, _ = script.merge(folders)
    for name, content in zip(("po", "mo"), script.rendered(translations), strict=True):
        (folders.target / f"evidencedesk.{name}").write_bytes(content)


def test_the_projects_own_catalogue_is_complete(script: ModuleType) -> None:
    assert script.check(script.project_folders()) == []


def test_a_project_in_order_has_no_faults(script: ModuleType, folders: Any) -> None:
    assert script.check(folders) == []


def test_gettext_reads_what_was_compiled(folders: Any) -> None:
    with (folders.target / "evidencedesk.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Case {id}") == "案件 {id}"
    assert catalogue.ngettext("{n} file", "{n} files", 2) == "{n} 个文件"


def test_the_same_parts_give_the_same_bytes(script: ModuleType, folders: Any) -> None:
    before = (folders.target / "evidencedesk.mo").read_bytes()
    _compile(script, folders)
    assert (folders.target / "evidencedesk.mo").read_bytes() == before


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ('msgid "Case {id}"\nmsgstr "案子 {id}"', "translated otherwise"),
        ('msgid "Hello"\nmsgstr "你好"', "nobody says"),
        ('msgid "Hello {name}"\nmsgstr "你好"', "placeholders differ: name"),
        ('msgid "Hello {name}"\nmsgstr "你好 {nom}"', "placeholders differ"),
        ('msgid "Hello {name}"\nmsgstr "你好 {name"', "braces"),
        ('msgid "Hello"\nmsgstr ""', "not translated"),
        ('msgid "Hello"\nmsgstr "你好,再见"', "half-width"),
        ('msgid "Hello"\nmsgstr "你好"\nrubbish', "d.zh_CN.po"),
    ],
)
def test_each_fault_of_a_part_is_named(
    script: ModuleType, folders: Any, entries: str, complaint: str
) -> None:
    _part(folders, "d", entries)
    assert any(complaint in fault for fault in script.check(folders))


def test_an_equal_translation_in_two_parts_is_fine(script: ModuleType, folders: Any) -> None:
    _part(folders, "d", 'msgid "Case {id}"\nmsgstr "案件 {id}"')
    assert script.check(folders) == []


@pytest.mark.parametrize(
    "sentence", ['t("New")', 'mark("New")', 'mark_plural("New", "News")', 'w.text("New")']
)
def test_a_sentence_without_translation_is_found(script: ModuleType, folders: Any, sentence: str) -> None:
    (folders.source / "more.py").write_text(f"x = {sentence}\n")
    assert any("more.py:1: no translation" in fault for fault in script.check(folders))


def test_a_stale_catalogue_is_found(script: ModuleType, folders: Any) -> None:
    (folders.target / "evidencedesk.mo").write_bytes(b"")
    assert script.check(folders) == ["evidencedesk.mo is stale: run packaging/compile_messages.py"]


def test_tidying_touches_chinese_only(script: ModuleType, folders: Any) -> None:
    _part(folders, "d", 'msgid "{a}: “b”, c?"\nmsgstr "{a}:“乙”,丙? OK, fine"')
    script.tidy(folders)
    text = (folders.parts / "d.zh_CN.po").read_text(encoding="utf-8")
    assert 'msgid "{a}: “b”, c?"' in text
    assert 'msgstr "{a}\uff1a“乙”\uff0c丙\uff1f OK, fine"' in text
