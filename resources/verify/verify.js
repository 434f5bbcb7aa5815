// The whole check, layer by layer. It never stops at the first fault, and never says only "good".
const LAYERS = ["files", "journal", "recordings", "facts", "signature", "time", "origin"];

// `chosen`: {path, file} with paths relative to the folder; `tell(name, done, total)` hears of progress.
async function verifyFolder(chosen, schema, tell) {
  const all = [];
  const folder = Object.fromEntries(LAYERS.map((layer) => [layer, new Findings(layer, all)]));
  // As in Python: all findings on signatures are spelled out.
  folder.signature = new Findings("signature", all, Infinity);
  Object.assign(folder, { journalFound: folder.journal, journal: null, signer: "", holding: 0, checkpoints: new Map(), signedCheckpoints: [] });
  folder.bag = await readBag(chosen, folder.files);
  folder.hashes = new Hashes(folder.bag, tell);
  await folder.hashes.compare();
  const checked = [];
  const count = (layer, code, number) => checked.push({ layer, code, count: number });
  const proven = isRedactedCopy(folder.bag) ? await checkRedacted(folder, count) : await checkOriginal(folder, schema, count);
  // Whoever made the folder could have made the authority, too: no root is known here.
  folder.time.remark("self-attested", "");
  count("files", "files", folder.hashes.known.size);
  count("files", "bytes", folder.hashes.byteCount);
  for (const layer of [folder.files, folder.journalFound, folder.facts, folder.recordings]) layer.closeCounts();
  all.sort((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer));
  for (const one of all) for (const key of ["subject", "expected", "found"]) one[key] = shownText(one[key]);
  return { findings: all, checked, proven: proven || [], ...aboutFolder(folder) };
}

// Everything that a whole case folder tells; gives the stamps that hold.
async function checkOriginal(folder, schema, count) {
  if (folder.bag.files.has(REDACTION_FILE)) {
    // A journal tells all that a redacted copy must not: one of the two does not belong here.
    folder.facts.add("redaction-unnamed", JOURNAL_FILE);
  }
  await findJournal(folder, schema);
  const { journal } = folder;
  if (journal) count("journal", "events", journal.lines);
  const told = await readCase(folder);
  if (journal) await checkHeads(folder, told);
  let caseFile = null;
  if (journal && journal.events.length) {
    caseFile = foldEvents(journal.events, (event, error) =>
      folder.facts.add("facts-unreadable", `${JOURNAL_FILE} ${event.seq}`, "", `${event.type}: ${error}`));
    count("recordings", "pulses", await checkRecordings(folder, caseFile));
    count("recordings", "recordings", caseFile.recordings.length);
    await checkKeptFiles(folder, caseFile);
    if (told) {
      checkFacts(caseFile, journal.events, told, folder.facts);
      count("facts", "facts", countLeaves(caseFile));
    }
  }
  await checkSignatures(folder);
  count("signature", "signatures", folder.holding);
  const proven = entriesAfter(folder, await checkStamps(folder));
  await requireAnswers(folder, caseFile);
  await checkBeside(folder);
  checkContradictions(folder, proven);
  count("time", "stamps", proven.length);
  return proven;
}

async function findJournal(folder, schema) {
  const file = folder.bag.files.get(JOURNAL_FILE);
  try {
    if (!file) throw new Refused("");
    folder.journal = await readJournal(file, schema, folder.journalFound);
    // Nothing could be compared with it, so that all else would look right.
    if (!folder.journal.lines) folder.journalFound.add("journal-missing", JOURNAL_FILE);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    folder.journalFound.add("journal-missing", JOURNAL_FILE, "", error.message);
  }
}

async function readCase(folder) {
  const file = folder.bag.files.get(CASE_FILE);
  if (!file) {
    folder.facts.add("facts-missing", CASE_FILE);
    return null;
  }
  try {
    const told = parseStrict(await wholeFile(file, CASE_LIMIT));
    if (isMap(told)) return told;
    folder.facts.add("facts-unreadable", CASE_FILE, "{}", plainText(told));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    folder.facts.add("facts-unreadable", CASE_FILE, "", error.message);
  }
  return null;
}

// A journal whose tail was cut is still a whole chain: only its head, kept elsewhere, tells.
async function checkHeads(folder, told) {
  const { journal, journalFound } = folder;
  const claims = told ? [[CASE_FILE, told.journal ?? null]] : [];
  const file = folder.bag.files.get(CHECKPOINT_FILE);
  let claim = "";
  try {
    const checkpoint = file ? parseStrict(await wholeFile(file, CASE_LIMIT)) : "";
    claim = isMap(checkpoint) ? checkpoint.head ?? null : file ? null : "";
    if (isMap(checkpoint) && (checkpoint.case ?? null) !== journal.case) {
      journalFound.add("journal-head", CHECKPOINT_FILE, journal.case, plainText(checkpoint.case ?? null));
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    claim = error.message;
  }
  claims.push([CHECKPOINT_FILE, claim]);
  const { seq, hash } = journal.head;
  for (const [name, head] of claims) {
    const same = isMap(head) && Object.keys(head).length === 2 && head.seq === seq && head.hash === hash;
    const text = isMap(head) ? `${plainText(head.seq ?? null)} ${plainText(head.hash ?? null)}` : plainText(head);
    // What the folder says about its journal is expected, what the journal is was found.
    if (!same) journalFound.add("journal-head", name, text, `${seq} ${hash}`);
  }
}

async function checkKeptFiles(folder, caseFile) {
  const imported = caseFile.imported || [];
  for (const kept of [...imported, ...caseFile.attachments]) {
    const name = `data/attachments/${kept.id}/${kept.stored_name}`;
    const found = await folder.hashes.get(name);
    if (found === null) folder.facts.add("file-missing", name, kept.sha256);
    else if (found !== kept.sha256) folder.facts.add("file-changed", name, kept.sha256, found);
  }
  for (const one of imported) folder.origin.remark("made-elsewhere", one.name, "", one.sha256);
}

// What a reader may compare with paper.
function aboutFolder(folder) {
  const events = folder.journal ? folder.journal.events : [];
  return {
    signer: folder.signer,
    case: folder.journal ? folder.journal.case : "",
    first: events.length ? momentOf(events[0]) : null,
    last: events.length ? momentOf(events[events.length - 1]) : null,
    head: folder.journal ? folder.journal.head : null,
    sshSigned: folder.bag.files.has(SSH_SIGNATURE_FILE),
    checkpoints: folder.signedCheckpoints.filter((one) => one.checkpoint.device === folder.signer).map((one) => one.name),
    recordings: [...folder.bag.files.keys()].filter((name) => /^data\/recordings\/[^/]+\/audio[^/]*\.flac$/.test(name)),
  };
}
