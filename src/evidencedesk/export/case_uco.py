"""``case.jsonld``: the case for forensic tools, in CASE 1.5 / UCO (https://caseontology.org).

An extra beside ``case.json``, which is the one to read: only what that vocabulary has words for is in it.
Identifiers are UUIDs (version 5, RFC 9562) made from the case's own, so that the same case gives the same
file.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from evidencedesk.domain.case import (
    CaseFile,
    Collector,
    Contact,
    Encounter,
    FollowUp,
    Note,
    Progress,
    Recording,
    TakenIn,
)
from evidencedesk.domain.moment import Moment, format_utc, parse_utc

NAME = "case.jsonld"
_KNOWLEDGE_BASE = "urn:evidencedesk:"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, _KNOWLEDGE_BASE)
_CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": _KNOWLEDGE_BASE,
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = dict[str, Any]


def case_jsonld(case_file: CaseFile, app_version: str) -> bytes:
    """The graph of a case: investigation, tool, files and their hashes, actions, people, notes, events."""
    graph = list(_Graph(case_file, app_version).nodes())
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode() + b"\n"


class _Graph:
    """Builds the nodes of one case."""

    def __init__(self, case_file: CaseFile, app_version: str) -> None:
        self._case_file = case_file
        self._app_version = app_version
        self._case = case_file.case.id

    def nodes(self) -> Iterator[Node]:
        """Every node, the investigation first."""
        rest = [
            self._tool(),
            *(node for one in self._case_file.recordings if one.samples for node in self._recording(one)),
            *(node for one in self._case_file.taken_in for node in self._taken_in(one)),
            *map(self._person, self._case_file.collectors),
            *map(self._note, self._case_file.notes),
            *map(self._encounter, self._case_file.encounters),
            *(self._contact(one) for one in self._case_file.contacts if not one.withdrawn),
            *(self._step(one) for one in self._case_file.follow_ups if not one.withdrawn),
        ]
        yield self._investigation(rest)
        yield from rest

    def _id(self, kind: str, name: str) -> str:
        return f"kb:{kind}-{uuid.uuid5(_SPACE, f'{self._case}/{kind}/{name}')}"

    def _ref(self, kind: str, name: str) -> Node:
        return {"@id": self._id(kind, name)}

    def _investigation(self, members: Iterable[Node]) -> Node:
        case = self._case_file.case
        return {
            "@id": self._id("investigation", case.id),
            "@type": "case-investigation:Investigation",
            "uco-core:name": case.title,
            "uco-core:description": " / ".join(part for part in (case.creditor, case.contract) if part)
            or case.title,
            "uco-core:objectCreatedTime": _time(case.opened.utc),
            "uco-core:object": [{"@id": node["@id"]} for node in members],
        }

    def _tool(self) -> Node:
        return {
            "@id": self._id("tool", "evidencedesk"),
            "@type": "uco-tool:Tool",
            "uco-core:name": "EvidenceDesk",
            "uco-tool:version": self._app_version,
        }

    def _recording(self, recording: Recording) -> Iterator[Node]:
        path = f"data/recordings/{recording.id}/{recording.file}"
        about = f"{recording.device}, {recording.rate_hz} Hz, {recording.channels}"
        if recording.simulated:
            about = f"SIMULATED: no recording of a real encounter. {about}"
        yield self._device(recording)
        yield self._file(recording.id, path, recording.file_bytes, recording.file_sha256, about)
        device = self._ref("device", recording.id)
        yield from self._made(recording.id, "recorded", recording.started.utc, recording.stopped, device)

    def _device(self, recording: Recording) -> Node:
        return {
            "@id": self._id("device", recording.id),
            "@type": "uco-observable:Device",
            "uco-core:name": recording.device,
        }

    def _taken_in(self, kept: TakenIn) -> Iterator[Node]:
        path = f"data/attachments/{kept.id}/{kept.stored_name}"
        yield self._file(kept.id, path, kept.file_bytes, kept.sha256, f"taken in as {kept.name}")
        yield from self._made(kept.id, "taken in", kept.moment.utc, kept.moment, None)

    def _file(self, name: str, path: str, size: int | None, sha256: str | None, about: str) -> Node:
        digest = {
            "@id": self._id("hash", name),
            "@type": "uco-types:Hash",
            # A plain string: the typed literal of older versions is no longer in the vocabulary.
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256 or ""},
        }
        facets = [
            {
                "@id": self._id("file-facet", name),
                "@type": "uco-observable:FileFacet",
                "uco-observable:fileName": path.rpartition("/")[2],
                "uco-observable:filePath": path,
                "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(size or 0)},
            },
            {
                "@id": self._id("content-facet", name),
                "@type": "uco-observable:ContentDataFacet",
                "uco-observable:hash": [digest],
                "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(size or 0)},
            },
        ]
        return {
            "@id": self._id("file", name),
            "@type": "uco-observable:File",
            "uco-core:description": about,
            "uco-core:hasFacet": facets,
        }

    def _made(
        self, name: str, what: str, begun: str, ended: Moment | None, device: Node | None
    ) -> Iterator[Node]:
        record = {
            "@id": self._id("provenance-record", name),
            "@type": "case-investigation:ProvenanceRecord",
            "uco-core:description": what,
            "case-investigation:exhibitNumber": name,
            "uco-core:object": [self._ref("file", name)],
        }
        action: Node = {
            "@id": self._id("action", name),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": what,
            "uco-action:startTime": _time(begun),
            "uco-action:instrument": self._ref("tool", "evidencedesk"),
            "uco-action:result": [self._ref("file", name), {"@id": record["@id"]}],
        }
        if ended is not None:
            action["uco-action:endTime"] = _time(ended.utc)
        if device is not None:
            action["uco-action:object"] = [device]
        yield record
        yield action

    def _person(self, collector: Collector) -> Node:
        card = collector.card
        about = (card.organisation, card.staff_number, card.lender, card.description)
        node: Node = {
            "@id": self._id("person", collector.id),
            "@type": "uco-identity:Person",
            "uco-core:description": " / ".join(part for part in about if part) or "collector",
        }
        if card.name:
            node["uco-core:name"] = card.name
        return node

    def _note(self, note: Note) -> Node:
        about = self._ref("investigation", self._case)
        recordings = {one.id for one in self._case_file.recordings if one.samples}
        if note.recording in recordings:
            about = self._ref("file", note.recording)
        return {
            "@id": self._id("annotation", note.id),
            "@type": "uco-core:Annotation",
            "uco-core:statement": note.text,
            "uco-core:objectCreatedTime": _time(note.moment.utc),
            "uco-core:object": [about],
        }

    def _encounter(self, encounter: Encounter) -> Node:
        about = [] if encounter.present is None else [f"present: {encounter.present}"]
        if encounter.agreed is not None:
            about.append("time agreed" if encounter.agreed else "time not agreed")
        ended = None if encounter.closed is None else encounter.closed.utc
        files = [
            one.id for one in self._case_file.recordings if one.encounter == encounter.id and one.samples
        ]
        return self._event(
            encounter.id, f"encounter: {encounter.mode}", about, encounter.opened.utc, ended, files
        )

    def _contact(self, contact: Contact) -> Node:
        details = contact.details
        ended = None
        if details.length_s is not None:
            ended = format_utc(parse_utc(details.begun_utc) + timedelta(seconds=details.length_s))
        about = (details.party, details.name, f"reached: {details.reached}", details.text)
        files = [one.id for one in self._case_file.attachments if one.contact == contact.id]
        way = "to others" if details.outgoing else "from others"
        return self._event(
            contact.id, f"contact {way}: {details.kind}", about, details.begun_utc, ended, files
        )

    def _step(self, step: FollowUp) -> Node:
        details = step.details
        about = (
            *(details.number, details.whom, details.agent, details.receipt, details.answer, details.outcome),
            f"amount: {details.amount}" if details.amount else "",
        )
        files = [one.id for one in self._case_file.attachments if one.follow_up == step.id]
        kind = "planned step" if details.progress is Progress.PLANNED else "step"
        return self._event(step.id, f"{kind}: {details.step}", about, details.done_utc, None, files)

    def _event(
        self, name: str, kind: str, about: Iterable[str], begun: str, ended: str | None, files: Iterable[str]
    ) -> Node:
        node: Node = {
            "@id": self._id("event", name),
            "@type": "uco-core:Event",
            "uco-core:eventType": kind,
            "uco-core:description": " / ".join(part for part in about if part) or kind,
            "uco-core:startTime": _time(begun),
            "uco-core:eventContext": [self._ref("file", one) for one in files],
        }
        if not node["uco-core:eventContext"]:
            del node["uco-core:eventContext"]
        if ended is not None:
            node["uco-core:endTime"] = _time(ended)
        return node


def _time(utc: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": utc}
