"""``verify``: check a case folder and say what was found, layer by layer."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.session import Session
from evidencedesk.domain.finding import Layer, Report, Weight
from evidencedesk.wording.findings import describe_checked, describe_finding, layer_title, verdict
from evidencedesk.wording.language import Words
from evidencedesk.workflows.verify_folder import verify


def verify_command(words: Words) -> click.Command:
    """``verify PATH [--trust PEM] [--trust-time PEM] [--zip-names ENCODING]``."""
    path = click.Argument(["path"], metavar="PATH", type=click.Path(path_type=Path))
    trust = click.Option(
        ["--trust"],
        metavar="PEM",
        multiple=True,
        type=click.Path(path_type=Path),
        help=words.text("A certificate you know; a folder signed with another key is a fault."),
    )
    trust_time = click.Option(
        ["--trust-time"],
        metavar="PEM",
        multiple=True,
        type=click.Path(path_type=Path),
        help=words.text("The root certificate of a time-stamping authority that you know."),
    )
    zip_names = click.Option(
        ["--zip-names"],
        type=click.Choice(["utf-8", "gbk", "big5", "shift_jis"]),
        default="utf-8",
        help=words.text("How names are written in a ZIP that does not say so itself."),
    )
    help_text = words.text(
        "Check a case folder or a ZIP of one. Ends with 0: intact, 1: findings, 2: can't be read."
    )
    return command(words, "verify", _verify, help_text, [path, trust, trust_time, zip_names])


def _verify(
    session: Session, path: Path, trust: tuple[Path, ...], trust_time: tuple[Path, ...], zip_names: str
) -> int:
    def show(done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        session.output.progress(session.words.text("Checking: {percent} %", percent=percent))

    report = verify(path, show, trust, zip_names, trust_time)
    session.output.end_progress()
    show_report(session, report)
    return 0 if report.intact else 1


def show_report(session: Session, report: Report) -> None:
    """A report on stdout: every layer with what it covered, every finding, and the sum."""
    session.output.event("verified", **report_facts(session.words, report))
    for line in report_lines(session.words, report):
        session.output.result(line)


def report_facts(words: Words, report: Report) -> dict[str, object]:
    """The report as plain values."""
    return {
        "intact": report.intact,
        "redacted": report.redacted,
        "verdict": verdict(words, report),
        "folder": report.folder,
        "checked": [
            {"layer": checked.layer.value, "code": checked.code, "count": checked.count}
            for checked in report.checked
        ],
        "findings": [
            {
                "layer": finding.layer.value,
                "code": finding.code,
                "weight": finding.weight.value,
                "subject": finding.subject,
                "expected": finding.expected,
                "found": finding.found,
                "text": describe_finding(words, finding),
            }
            for finding in report.findings
        ],
    }


def report_lines(words: Words, report: Report) -> list[str]:
    """The report as text."""
    lines = []
    for layer in Layer:
        lines.append(layer_title(words, layer))
        lines += [f"    {line}" for line in _layer_lines(words, report, layer)]
    remarks = len(report.findings) - len(report.faults)
    lines += ["", verdict(words, report)]
    if remarks:
        lines.append(words.plural("{n} remark, see above.", "{n} remarks, see above.", remarks))
    return lines


def _layer_lines(words: Words, report: Report, layer: Layer) -> list[str]:
    findings = [finding for finding in report.findings if finding.layer is layer]
    covered = [describe_checked(words, checked) for checked in report.checked if checked.layer is layer]
    lines = []
    if covered:
        lines.append(words.text("Checked: {what}", what=" · ".join(covered)))
    elif layer is Layer.ORIGIN and not findings and any(c.layer is Layer.RECORDINGS for c in report.checked):
        lines.append(words.text("No recording is marked as simulated."))
    elif not findings:
        # Silence would look like a proof.
        lines.append(words.text("Nothing to check here."))
    for finding in findings:
        sign = "✗" if finding.weight is Weight.FAULT else "·"
        lines.append(f"{sign} {describe_finding(words, finding)}")
    if covered and not findings:
        lines.append("✓ " + words.text("Everything as it should be."))
    return lines
