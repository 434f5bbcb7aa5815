"""Which pieces stand on the evidence list, under which heading, in which order."""

from __future__ import annotations

from evidencedesk.domain.evidence import EvidenceChoice, Paper
from evidencedesk.export.papers.telling import Telling


def choices(telling: Telling) -> tuple[EvidenceChoice, ...]:
    """As the user arranged it; all of it in the program's order while nobody did."""
    arranged = telling.case_file.evidence
    return arranged.items if arranged is not None else program_order(telling)


def program_order(telling: Telling) -> tuple[EvidenceChoice, ...]:
    """Everything a case has, by kind."""
    t, case_file = telling.t, telling.case_file
    made, elsewhere = t("Recordings made with this program"), t("Recordings made elsewhere (imported)")
    records, papers = t("Contacts and steps, as written down"), t("How the recordings were made and kept")
    return (
        *(EvidenceChoice(one.id, made) for one in telling.saved),
        *(EvidenceChoice(one.id, elsewhere) for one in case_file.imported),
        *(EvidenceChoice(one.id, t("Documents and pictures")) for one in case_file.attachments),
        *(EvidenceChoice(one.value, records) for one in (Paper.CONTACTS, Paper.STEPS, Paper.DEBT)),
        *(EvidenceChoice(one.value, papers) for one in (Paper.REPORT, Paper.TRANSCRIPT, Paper.JOURNAL)),
    )
