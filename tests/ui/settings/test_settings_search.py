"""Any setting is found by what people call it, in either language, and opened by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.setting import GROUP_NAMES, Group, Setting, SettingsSection, find
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language
from fakes.settings_stage import whole_settings_page
from fakes.ui_pages import unnamed
from fakes.ui_stage import show


@pytest.fixture
def page(en: UiWords, qtbot: QtBot) -> SettingsPage:
    made = whole_settings_page(en)
    qtbot.addWidget(made)
    made.resize(1196, 800)
    show(qtbot, made)
    return made


def sections(page: SettingsPage) -> Iterator[SettingsSection]:
    for group in Group:
        yield from page._sections[group]


def _is_no_setting(control: QWidget) -> bool:
    """A question mark, a message's cross, or a part that Qt made."""
    banner = isinstance(control.parentWidget(), Banner)
    return banner or isinstance(control, HelpButton) or control.objectName().startswith("qt_")


def names(page: SettingsPage, query: str) -> list[str]:
    words = page._words
    other: Language = "en" if words.language == "zh" else "zh"
    found = find(page.settings, query, words.words, words.in_language(other))
    return [one.setting.name for one in found]


def test_every_control_of_every_section_belongs_to_a_setting_that_can_be_found(page: SettingsPage) -> None:
    homeless = []
    for section in sections(page):
        known = [control for setting in section.settings() for control in setting.controls]
        controls: list[QWidget] = []
        for kind in (QAbstractButton, QComboBox, QLineEdit):
            controls += section.findChildren(kind)
        for control in controls:
            inside = any(control is one or one.isAncestorOf(control) for one in known)
            if not inside and not _is_no_setting(control):
                homeless.append(f"{type(section).__name__}: {control.accessibleName()}")
    assert homeless == []


def test_no_two_settings_have_one_name(page: SettingsPage) -> None:
    listed = [setting.name for _, setting in page.settings]
    assert len(listed) == len(set(listed)) >= 18


@pytest.mark.parametrize("shown", ["zh", "en"])
@pytest.mark.parametrize("typed", ["zh", "en"])
def test_each_is_found_by_title_and_by_every_other_word_in_both_languages(
    page: SettingsPage, en: UiWords, shown: Language, typed: Language
) -> None:
    en.set_language(shown)
    words = en.in_language(typed)
    for _, setting in page.settings:
        listed = words.text(setting.also).replace("、", ",").split(",")
        for query in (words.text(setting.title), *listed):
            assert setting.name in names(page, query), query


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("夜间", "theme"),
        ("dark", "theme"),
        ("话筒", "source"),
        ("MICROPHONE", "source"),
        ("优盘 备份", "second"),
        ("backup", "backup"),
        ("改密码", "vault-passphrase"),
        ("换电脑", "restore"),
        ("ｗｈｉｓｐｅｒ", "speech-model"),
        ("TSA", "time-stamps"),
        ("许可", "about"),
    ],
)
def test_what_people_type_leads_to_what_they_mean(page: SettingsPage, query: str, first: str) -> None:
    assert (names(page, query) or [""])[0] == first


def test_hits_take_the_place_of_the_cards_and_show_what_was_found(page: SettingsPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_Slash)
    assert page.field.hasFocus()
    QTest.keyClicks(page.field, "Look")
    row = page.found.row
    assert page.found.isVisible()
    assert not page.general.isVisible()
    assert row is not None
    assert row.text == "Look"
    assert row.marks == ((0, 4),)
    assert "General" in page.field.accessibleDescription()


def test_a_hit_by_another_word_says_which(page: SettingsPage) -> None:
    page.field.setText("夜间")
    row = page.found.row
    assert row is not None
    assert row.text == "Look"
    assert "夜间" in row.detail


def test_nothing_found_is_said_and_escape_shows_the_cards_again(page: SettingsPage) -> None:
    page.field.setText("qwertz")
    assert page.empty.isVisible()
    assert "qwertz" in page.empty.accessibleName()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == ""
    assert page.general.isVisible()


def test_opening_a_hit_shows_its_group_and_puts_the_keyboard_on_it(page: SettingsPage) -> None:
    page.field.setFocus()
    QTest.keyClicks(page.field, "unplugged")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.recording.isVisible()
    assert not page.general.isVisible()
    assert page.groups.buttons[Group.RECORDING].isChecked()
    assert page.recording.fallback.buttons["yes"].hasFocus()


def test_arrows_choose_among_the_hits(page: SettingsPage) -> None:
    page.field.setFocus()
    QTest.keyClicks(page.field, "library")
    first = page.found.row
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    assert page.found.row != first
    assert page.field.hasFocus()


def test_every_setting_opens_where_it_is_and_is_in_sight(page: SettingsPage, qtbot: QtBot) -> None:
    page.resize(876, 420)
    for group, setting in page.settings:
        page.show_setting(setting.name)
        assert page.groups.buttons[group].isChecked()
        usable = [one for one in setting.controls if one.isVisibleTo(page) and one.isEnabledTo(page)]
        if not usable:
            continue
        focused = page.focusWidget()
        assert focused is usable[0] or usable[0].isAncestorOf(focused), setting.name
        viewport = page._scroll.viewport()

        def in_sight(widget: QWidget = focused, viewport: QWidget = viewport) -> bool:
            middle = widget.mapTo(viewport, widget.rect().center())
            return viewport.rect().contains(middle)

        qtbot.waitUntil(in_sight)


def test_a_letter_typed_into_a_field_of_a_card_stays_there(page: SettingsPage) -> None:
    assert page.whole is not None
    page.show_setting("backup-encrypt")
    QTest.keyClicks(page.whole.receiver.edit, "a/b")
    assert page.whole.receiver.text == "a/b"


def test_a_new_section_is_shown_and_found_at_once(page: SettingsPage, en: UiWords) -> None:
    class Colours(SettingsSection):
        def __init__(self) -> None:
            super().__init__()
            self.button = PlainButton("Colours", parent=self)
            self.column.addWidget(self.button)

        def settings(self) -> tuple[Setting, ...]:
            return (Setting("colours", "Colours of the sea", "", "", (self.button,)),)

    section = Colours()
    page.add_section(Group.SECURITY, section)
    assert not section.isVisible()
    page.field.setText("colours of")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert section.button.hasFocus()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1196, 876])
def test_every_group_fits_and_all_is_named(
    page: SettingsPage, en: UiWords, language: Language, width: int
) -> None:
    page.resize(width, 640)
    en.set_language(language)
    for group in Group:
        page.show_group(group)
        assert page.minimumSizeHint().width() <= width
        assert unnamed(page) == []
    assert page.groups.buttons[Group.PROOF].text() == en.text(GROUP_NAMES[Group.PROOF])


def test_arrows_go_through_the_groups(page: SettingsPage) -> None:
    page.groups.buttons[Group.GENERAL].setFocus()
    QTest.keyClick(page.groups.buttons[Group.GENERAL], Qt.Key.Key_Down)
    assert page.groups.buttons[Group.RECORDING].hasFocus()
    QTest.keyClick(page.groups.buttons[Group.RECORDING], Qt.Key.Key_Space)
    assert page.recording.isVisible()


def test_the_groups_stand_beside_the_cards_or_above_them(page: SettingsPage) -> None:
    beside = page.groups.geometry()
    assert beside.right() < page._stack.geometry().left()
    page.resize(876, 640)
    QTest.qWait(1)
    assert page.groups.geometry().bottom() < page._stack.geometry().top()
