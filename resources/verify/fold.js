// Fold a case's events into what is known about the case: custody/projection.py once more. A test holds the two
// together on random histories.
class Fold {
  constructor() {
    this.case = null;
    this.lists = {};
    for (const name of ["encounters", "recordings", "notes", "ticks", "collectors", "attachments", "imported", "stamps", "contacts", "follow_ups", "claims", "transcripts"]) this.lists[name] = new Map();
    this.gaps = [];
    this.warnings = [];
    this.debt = null;
    this.evidence = null;
  }

  known(list, id) {
    const found = this.lists[list].get(id);
    if (!found) throw new Refused(`'${id}'`, "KeyError");
    return found;
  }

  change(list, id, changes) {
    this.lists[list].set(id, { ...this.known(list, id), ...changes });
  }
}

const momentOf = ({ utc, offset_minutes, boot, mono_ns }) => ({ utc, offset_minutes, boot, mono_ns });
const picked = (data, names) => Object.fromEntries(names.split(" ").map((name) => [name, data[name]]));
const SEALED = "samples file file_bytes file_sha256 pcm_sha256 pulse_sha256";
const CARD = "name staff_number organisation lender phone plate description";
// Left out of case.json while they say nothing new.
const ADDED_LATER = {
  case: { hotline: "", archived: false },
  encounters: { present: null, agreed: null },
  recordings: { leg: "near", part: 1, begins_ms: 0, earlier_ms: 0, copy: null },
  warnings: { by_ms: null },
  ticks: { rule: "", facts: {}, subject: "" },
  collectors: { document_moments: {} },
  attachments: { collector: null, document: null, contact: null, follow_up: null, kind: null, text: "", debt: false, template: "" },
  steps: { progress: "done", due: "", remind: "", outcome: "", plan: [] },
  cards: { credit_code: "", names_on: {}, letter_until: "", listed: null },
};
const CONTACT = "kind begun_utc begun_offset_minutes reached length_s party name text outgoing announces agreed";
const FOLLOW_UP = "step done_utc done_offset_minutes item number whom agent receipt answer amount";

const CLAIM = "amount claimed_utc claimed_offset_minutes by principal interest fees penalty text";
const INSTALMENT = "due amount principal interest fees";

const isEmpty = (value) => (Array.isArray(value) ? !value.length : isMap(value) && !Object.keys(value).length);

function withoutDefaults(kind, value) {
  const later = ADDED_LATER[kind] || {};
  const says = ([key, told]) => !(key in later && (told === later[key] || (isEmpty(told) && isEmpty(later[key]))));
  return Object.fromEntries(Object.entries(value).filter(says));
}

// What an event says of the fields that were added later, or that it says nothing.
const laterOf = (kind, data) => Object.fromEntries(Object.entries(ADDED_LATER[kind]).map(([key, none]) => [key, data[key] ?? none]));

const cardOf = (card) => withoutDefaults("cards", { ...picked(card, CARD), documents: { ...card.documents }, ...laterOf("cards", card) });

const pickedEach = (list, names) => list.map((one) => picked(one, names));

function stepOf(details) {
  const later = laterOf("steps", details);
  return withoutDefaults("steps", { ...picked(details, FOLLOW_UP), ...later, plan: pickedEach(later.plan, INSTALMENT) });
}

const termsOf = (terms) => ({
  ...picked(terms, "principal received received_on currency yearly_rate overdue_rate remarks"),
  fees: pickedEach(terms.fees, "name amount day"),
  instalments: pickedEach(terms.instalments, INSTALMENT),
});

// When each paper came to stand as the card says: what was not changed keeps its moment.
function paperMoments(before, since, now, moment) {
  return Object.fromEntries(Object.entries(now).map(([paper, shown]) => [paper, before[paper] === shown && since[paper] ? since[paper] : moment]));
}

const FOLD_STEPS = {
  "case.opened": (fold, event, data) => {
    if (fold.case) throw new Refused("the case was opened twice");
    fold.case = { id: event.case, ...picked(data, "title creditor contract"), opened: momentOf(event), hotline: "", archived: false };
  },
  "case.archived": (fold, event, data) => {
    if (!fold.case) throw new Refused("a case was archived before it was opened");
    fold.case.archived = data.archived;
  },
  "case.changed": (fold, event, data) => {
    if (!fold.case) throw new Refused("a case was changed before it was opened");
    for (const name of ["title", "creditor", "contract", "hotline"]) if (name in data) fold.case[name] = data[name];
  },
  "encounter.opened": (fold, event, data) => {
    const { encounter: id, mode } = data;
    fold.lists.encounters.set(id, { id, case: event.case, mode, opened: momentOf(event), closed: null, present: null, agreed: null });
  },
  "encounter.closed": (fold, event, data) => fold.change("encounters", data.encounter, { closed: momentOf(event) }),
  "encounter.described": (fold, event, data) => fold.change("encounters", data.encounter, picked(data, "present agreed")),
  "recording.started": (fold, event, data) => {
    const nothing = "file_bytes file_sha256 pcm_sha256 pulse_sha256 found_file found_sha256 missing_ms cut_bytes stopped reason samples";
    fold.lists.recordings.set(data.recording, {
      id: data.recording,
      case: event.case,
      state: "running",
      started: momentOf(event),
      ...picked(data, "encounter device rate_hz channels simulated file"),
      ...Object.fromEntries(nothing.split(" ").map((name) => [name, null])),
      leg: data.leg ?? "near",
      part: data.part ?? 1,
      begins_ms: data.begins_ms ?? 0,
      earlier_ms: data.earlier_ms ?? 0,
      copy: null,
    });
  },
  "recording.stopped": (fold, event, data) =>
    fold.change("recordings", data.recording, {
      ...picked(data, `${SEALED} reason`), state: "stopped", stopped: momentOf(event), copy: data.copy ?? null,
    }),
  "recording.recovered": (fold, event, data) =>
    fold.change("recordings", data.recording, {
      ...picked(data, `${SEALED} found_file found_sha256 missing_ms cut_bytes`), state: "recovered", stopped: momentOf(event),
    }),
  "recording.gap": (fold, event, data) =>
    fold.gaps.push({ case: event.case, ...picked(data, "recording at_ms length_ms cause"), moment: momentOf(event) }),
  "recording.warning": (fold, event, data) =>
    fold.warnings.push({
      case: event.case, ...picked(data, "recording at_ms code"), moment: momentOf(event), by_ms: data.by_ms ?? null,
    }),
  "recording.imported": (fold, event, data) => {
    if (fold.lists.imported.has(data.imported)) throw new Refused("a file was imported twice under one name");
    const names = "encounter name stored_name file_bytes sha256 file_modified_utc format duration_ms rate_hz channels decoder";
    fold.lists.imported.set(data.imported, { id: data.imported, case: event.case, ...picked(data, names), moment: momentOf(event) });
  },
  "note.taken": (fold, event, data) =>
    fold.lists.notes.set(data.note, {
      id: data.note, case: event.case, ...picked(data, "encounter recording at_ms text marker"), moment: momentOf(event), corrected: false, earlier: [],
    }),
  "note.corrected": (fold, event, data) => {
    const { text, earlier } = fold.known("notes", data.note);
    fold.change("notes", data.note, { text: data.text, corrected: true, earlier: [...earlier, text] });
  },
  "tick.set": (fold, event, data) => {
    const names = "encounter recording at_ms pack pack_version item verdict automatic";
    fold.lists.ticks.set(data.tick, { id: data.tick, case: event.case, ...picked(data, names), moment: momentOf(event), withdrawn: false, ...laterOf("ticks", data) });
  },
  "tick.withdrawn": (fold, event, data) => fold.change("ticks", data.tick, { withdrawn: true }),
  "collector.added": (fold, event, data) => {
    const [card, moment] = [cardOf(data.card), momentOf(event)];
    fold.lists.collectors.set(data.collector, {
      id: data.collector, case: event.case, encounter: data.encounter, card, moment, document_moments: paperMoments({}, {}, card.documents, moment),
    });
  },
  "collector.changed": (fold, event, data) => {
    const { card: before, document_moments: since } = fold.known("collectors", data.collector);
    const card = cardOf(data.card);
    const moments = paperMoments(before.documents, since, card.documents, momentOf(event));
    fold.change("collectors", data.collector, { card, document_moments: moments });
  },
  "attachment.added": (fold, event, data) =>
    fold.lists.attachments.set(data.attachment, {
      id: data.attachment, case: event.case, ...picked(data, "encounter name stored_name file_bytes sha256"), moment: momentOf(event),
      ...laterOf("attachments", data),
    }),
  "attachment.described": (fold, event, data) =>
    fold.change("attachments", data.attachment, picked(data, "encounter collector document contact follow_up kind text debt")),
  "contact.logged": (fold, event, data) =>
    fold.lists.contacts.set(data.contact, {
      id: data.contact, case: event.case, ...picked(data, "encounter source"), details: picked(data.details, CONTACT), moment: momentOf(event),
      changed: false, withdrawn: false,
    }),
  "contact.changed": (fold, event, data) => {
    const about = "encounter" in data ? picked(data, "encounter") : {};
    fold.change("contacts", data.contact, { details: picked(data.details, CONTACT), ...about, changed: true });
  },
  "contact.withdrawn": (fold, event, data) => fold.change("contacts", data.contact, { withdrawn: true }),
  "follow_up.logged": (fold, event, data) =>
    fold.lists.follow_ups.set(data.follow_up, {
      id: data.follow_up, case: event.case, ...picked(data, "encounter recording at_ms collector"), details: stepOf(data.details),
      moment: momentOf(event), changed: false, withdrawn: false,
    }),
  "follow_up.changed": (fold, event, data) => fold.change("follow_ups", data.follow_up, { details: stepOf(data.details), changed: true }),
  "follow_up.withdrawn": (fold, event, data) => fold.change("follow_ups", data.follow_up, { withdrawn: true }),
  "debt.described": (fold, event, data) => {
    fold.debt = { case: event.case, terms: termsOf(data.terms), moment: momentOf(event), changed: fold.debt !== null };
  },
  "claim.logged": (fold, event, data) =>
    fold.lists.claims.set(data.claim, {
      id: data.claim, case: event.case, ...picked(data, "encounter collector contact attachment"), details: picked(data.details, CLAIM),
      moment: momentOf(event), changed: false, withdrawn: false,
    }),
  "claim.changed": (fold, event, data) => fold.change("claims", data.claim, { details: picked(data.details, CLAIM), changed: true }),
  "claim.withdrawn": (fold, event, data) => fold.change("claims", data.claim, { withdrawn: true }),
  "evidence.arranged": (fold, event, data) => {
    fold.evidence = { items: pickedEach(data.items, "id group proves"), moment: momentOf(event) };
  },
  "transcript.drafted": (fold, event, data) => {
    if (fold.lists.transcripts.has(data.transcript)) throw new Refused("a transcript was drafted twice under one name");
    const names = "recording model model_sha256 program language";
    fold.lists.transcripts.set(data.transcript, {
      id: data.transcript, case: event.case, ...picked(data, names), sentences: [], moment: momentOf(event),
    });
  },
  "transcript.heard": (fold, event, data) => {
    const { sentences } = fold.known("transcripts", data.transcript);
    const heard = pickedEach(data.sentences, "at_ms length_ms text").map((one) => ({ ...one, corrected: false, earlier: [] }));
    fold.change("transcripts", data.transcript, { sentences: [...sentences, ...heard] });
  },
  "transcript.corrected": (fold, event, data) => {
    const { sentences } = fold.known("transcripts", data.transcript);
    const old = sentences[data.sentence];
    if (!old) throw new Refused(`'sentence ${data.sentence}'`, "KeyError");
    const now = { ...old, text: data.text, corrected: true, earlier: [...old.earlier, old.text] };
    fold.change("transcripts", data.transcript, { sentences: sentences.map((one) => (one === old ? now : one)) });
  },
  "stamp.received": (fold, event, data) => {
    if (fold.lists.stamps.has(data.stamp)) throw new Refused("a stamp was received twice under one name");
    const names = "subject imprint seq authority gen_time serial policy token_sha256";
    fold.lists.stamps.set(data.stamp, { id: data.stamp, case: event.case, ...picked(data, names), moment: momentOf(event) });
  },
};

// Everything known after these events, as case.json tells it. An event that speaks of something that never began
// goes to onFault and is left out; a kind of event without a step changes no fact.
function foldEvents(events, onFault) {
  const fold = new Fold();
  for (const event of events) {
    if (!fold.case && event.type !== "case.opened") {
      fold.case = { id: event.case, title: "", creditor: "", contract: "", opened: momentOf(event), hotline: "", archived: false };
    }
    try {
      (FOLD_STEPS[event.type] || (() => {}))(fold, event, event.data);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      onFault(event, error);
    }
  }
  const told = (name) => [...fold.lists[name].values()].map((one) => withoutDefaults(name, one));
  const caseFile = {
    case: fold.case && withoutDefaults("case", fold.case),
    encounters: told("encounters"),
    recordings: told("recordings"),
    gaps: fold.gaps,
    warnings: fold.warnings.map((one) => withoutDefaults("warnings", one)),
    notes: told("notes"),
    ticks: told("ticks"),
    collectors: told("collectors"),
    attachments: told("attachments"),
    head: events.length ? events[events.length - 1].hash : "",
    events: events.length,
  };
  for (const name of ["imported", "stamps", "contacts", "follow_ups", "claims", "transcripts"]) {
    const list = told(name);
    if (list.length) caseFile[name] = list;
  }
  for (const name of ["debt", "evidence"]) if (fold[name]) caseFile[name] = fold[name];
  return caseFile;
}
