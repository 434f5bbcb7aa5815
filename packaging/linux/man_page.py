"""The manual page, written from what the command line says of itself: it can't go stale."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from evidencedesk import __version__
from evidencedesk.cli.click_words import click_speaks
from evidencedesk.cli.main import program
from evidencedesk.system.passphrase import PASSPHRASE_VARIABLE
from evidencedesk.system.places import LIBRARY_VARIABLE
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words

# What no help of a command says.
_HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "ENVIRONMENT", "FILES", "EXIT STATUS"),
    "zh": ("名称", "概要", "描述", "选项", "命令", "环境变量", "文件", "退出状态"),
}
_NAME = {
    "en": "record what debt collectors say, and hand it over as evidence",
    "zh": "录下催收人员的言行，整理成可核对的证据",
}
_STARTS = {
    "en": (
        ("evidencedesk", "Opens the window, or brings the one that is open to the front."),
        ("evidencedesk --record visit", "Opens the window and records a visit at once."),
        ("evidencedesk --record call", "Opens the window and records a call at once."),
    ),
    "zh": (
        ("evidencedesk", "打开窗口；窗口已打开时把它调到前面。"),
        ("evidencedesk --record visit", "打开窗口并立即录制上门。"),
        ("evidencedesk --record call", "打开窗口并立即录制电话。"),
    ),
}
_ENVIRONMENT = {
    "en": (
        (LIBRARY_VARIABLE, "The folder of the library, when no option names one."),
        (PASSPHRASE_VARIABLE, "The passphrase of the key that signs, if it has one."),
    ),
    "zh": (
        (LIBRARY_VARIABLE, "没有用选项指定时使用的资料库文件夹。"),
        (PASSPHRASE_VARIABLE, "签名密钥的口令（如果设置了口令）。"),
    ),
}
_FILES = {
    "en": (
        (
            "~/.local/share/EvidenceDesk/library/",
            "The library: recordings, journal, keys. No package ever removes it.",
        ),
        ("~/.config/EvidenceDesk/settings.json", "The settings."),
    ),
    "zh": (
        ("~/.local/share/EvidenceDesk/library/", "资料库：录音、日志、密钥。卸载程序不会删除它。"),
        ("~/.config/EvidenceDesk/settings.json", "设置。"),
    ),
}
_EXITS = {
    "en": (
        ("0", "Done."),
        ("1", "Done, with findings or gaps."),
        ("2", "Wrong use, or a file that can't be read."),
        ("3", "The machine failed: disk, sound, database."),
    ),
    "zh": (
        ("0", "完成。"),
        ("1", "完成，但有发现的问题或缺口。"),
        ("2", "用法错误，或文件无法读取。"),
        ("3", "设备出错：磁盘、声音或数据库。"),
    ),
}


def man_page(language: Language) -> str:
    """The whole page in roff, for ``man 1 evidencedesk``."""
    words = Words(language, resource("locale"))
    with click_speaks(language, resource("locale")):
        return "\n".join(_lines(program(words), language)) + "\n"


def compressed(text: str) -> bytes:
    """As manual pages are stored: gzip without name and time, so that it is the same every time."""
    return gzip.compress(text.encode(), 9, mtime=0)


def _lines(group: click.Group, language: Language) -> Iterator[str]:
    name, synopsis, description, options, commands, environment, files, exits = _HEADINGS[language]
    context = click.Context(group, info_name="evidencedesk")
    yield f'.TH EVIDENCEDESK 1 "" "EvidenceDesk {__version__}" ""'
    yield f".SH {name}"
    yield f"evidencedesk \\- {_escaped(_NAME[language])}"
    yield f".SH {synopsis}"
    yield f".B evidencedesk\n{_escaped(' '.join(group.collect_usage_pieces(context)))}"
    yield f".SH {description}"
    yield from _paragraphs(group.help or "")
    yield from _terms(_STARTS[language])
    yield f".SH {options}"
    yield from _terms(_options(group, context))
    yield f".SH {commands}"
    for one in group.list_commands(context):
        command = group.get_command(context, one)
        if command is not None:
            yield from _command(command, click.Context(command, info_name=one, parent=context))
    for heading, rows in ((environment, _ENVIRONMENT), (files, _FILES), (exits, _EXITS)):
        yield f".SH {heading}"
        yield from _terms(rows[language])


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    path = _escaped(context.command_path)
    yield f'.SS "{path}"'
    yield f".B {path}"
    yield _escaped(" ".join(command.collect_usage_pieces(context)))
    yield ".PP"
    yield from _paragraphs(command.help or "")
    yield from _terms(_options(command, context, without=_general(context)))
    if isinstance(command, click.Group):
        for one in command.list_commands(context):
            below = command.get_command(context, one)
            if below is not None:
                yield from _command(below, click.Context(below, info_name=one, parent=context))


def _general(context: click.Context) -> frozenset[str]:
    """The options that stand under OPTIONS and are not told again with every command."""
    parameters = context.find_root().command.params
    return frozenset(option for one in parameters for option in one.opts)


def _options(
    command: click.Command, context: click.Context, without: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if (
            record is not None
            and record[1]
            and not without.intersection(parameter.opts)
            and "--help" not in parameter.opts
        ):
            yield record


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, meaning in rows:
        yield f".TP\n.B {_escaped(term)}"
        yield _escaped(meaning)


def _paragraphs(text: str) -> Iterator[str]:
    paragraphs = re.split(r"\n\s*\n", text.replace("\b", ""))
    yield "\n.PP\n".join(_escaped(" ".join(one.split())) for one in paragraphs)


def _escaped(text: str) -> str:
    """Text that roff takes as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
