"""One of each event of the case desk, as the program writes them."""

from __future__ import annotations

from typing import Any

from evidencedesk.domain.event import EventType
from fakes.case_folders import COLLECTOR, SEALED, VISIT

CLAIM, TRANSCRIPT, FILE = "m-00000001", "w-00000001", "a-00000002"
INSTALMENT: dict[str, Any] = {
    "due": "2026-12-01",
    "amount": "430.50",
    "principal": "400",
    "interest": "30.50",
    "fees": "",
}
TERMS: dict[str, Any] = {
    "principal": "5000",
    "received": "4800.00",
    "received_on": "2026-01-15",
    "currency": "CNY",
    "yearly_rate": "23.9",
    "overdue_rate": "0.05",
    "fees": [{"name": "服务费", "amount": "200", "day": ""}],
    "instalments": [INSTALMENT, {**INSTALMENT, "due": "2027-01-01"}],
    "remarks": "合同第 3 条",
}
SUM: dict[str, Any] = {
    "amount": "18600",
    "claimed_utc": "2026-11-23T13:43:03.000000Z",
    "claimed_offset_minutes": 480,
    "by": "张某",
    "principal": "",
    "interest": "",
    "fees": "",
    "penalty": "3000.00",
    "text": "今天必须还清",
}
PLANNED: dict[str, Any] = {
    "progress": "planned",
    "due": "2026-12-15",
    "remind": "2026-12-14",
    "outcome": "等回复",
    "plan": [INSTALMENT],
}
DESCRIBED: dict[str, Any] = {
    "encounter": VISIT,
    "collector": COLLECTOR,
    "document": "id_card",
    "contact": None,
    "follow_up": None,
    "kind": "sms",
    "text": "催收短信截图",
    "debt": True,
}
SENTENCES: list[dict[str, Any]] = [
    {"at_ms": 0, "length_ms": 1800, "text": "你好"},
    {"at_ms": 2100, "length_ms": 900, "text": "欠款一万八"},
]
DESK_EVENTS: tuple[tuple[EventType, dict[str, Any]], ...] = (
    (EventType.CASE_ARCHIVED, {"archived": True}),
    (
        EventType.CASE_IMPORTED,
        {
            "folder": "来分期-20261123",
            "head_before": {"seq": 7, "hash": "ab" * 32},
            "device": "",
            "findings": 0,
        },
    ),
    (EventType.ATTACHMENT_DESCRIBED, {"attachment": FILE, **DESCRIBED}),
    (EventType.DEBT_DESCRIBED, {"terms": {**TERMS, "instalments": []}}),
    (EventType.DEBT_DESCRIBED, {"terms": TERMS}),
    (
        EventType.CLAIM_LOGGED,
        {
            "claim": CLAIM,
            "encounter": VISIT,
            "collector": COLLECTOR,
            "contact": None,
            "attachment": FILE,
            "details": SUM,
        },
    ),
    (EventType.CLAIM_CHANGED, {"claim": CLAIM, "details": {**SUM, "amount": "18600.00"}}),
    (EventType.CLAIM_WITHDRAWN, {"claim": CLAIM}),
    (
        EventType.EVIDENCE_ARRANGED,
        {
            "items": [
                {"id": FILE, "group": "短信", "proves": "威胁上门"},
                {"id": SEALED, "group": "录音", "proves": ""},
            ]
        },
    ),
    (
        EventType.TRANSCRIPT_DRAFTED,
        {
            "transcript": TRANSCRIPT,
            "recording": SEALED,
            "model": "whisper-base",
            "model_sha256": "cd" * 32,
            "program": "faster-whisper 1.2.1",
            "language": "zh",
        },
    ),
    (EventType.TRANSCRIPT_HEARD, {"transcript": TRANSCRIPT, "sentences": SENTENCES[:1]}),
    (EventType.TRANSCRIPT_HEARD, {"transcript": TRANSCRIPT, "sentences": SENTENCES[1:]}),
    (EventType.TRANSCRIPT_CORRECTED, {"transcript": TRANSCRIPT, "sentence": 1, "text": "欠款一万八千六"}),
)
