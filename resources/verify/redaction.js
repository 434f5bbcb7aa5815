// A redacted copy: its statement, and that every sound and file in it is named there. What was left out can't be seen
// from it, and whether a muted stretch is silent only a decoder can tell.
const REDACTION_FILE = "data/redaction.json";
const REDACTED_CASE = "data/case-REDACTED.json";
const REDACTION_LIMIT = 16 * 1024 * 1024;
const REDACTED_PLACES = ["data/recordings/", "data/attachments/", "data/listening/"];

// With a journal it is none: then all is checked.
const isRedactedCopy = (bag) => bag.files.has(REDACTION_FILE) && !bag.files.has(JOURNAL_FILE);

async function checkRedacted(folder, count) {
  folder.origin.remark("redacted", "");
  await checkSignatures(folder);
  count("signature", "signatures", folder.holding);
  let told;
  try {
    told = parseStrict(await wholeFile(folder.bag.files.get(REDACTION_FILE), REDACTION_LIMIT));
    understood(() => requireStatement(told));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return folder.facts.add("redaction-unreadable", REDACTION_FILE, "", error.message);
  }
  tellLeftOut(folder, told);
  requireSigner(folder, typeof told.device === "string" ? told.device : "");
  for (const one of told.recordings) {
    await requireKept(folder, one.file, one.file_sha256);
    if (!one.muted.length && one.file_sha256 !== one.original.file_sha256) {
      // Nothing was done to it, so it must be the original itself.
      folder.recordings.add("recording-changed", one.file, one.original.file_sha256, one.file_sha256);
    }
  }
  for (const kept of told.files) await requireKept(folder, kept.file, kept.sha256);
  const named = new Set([...told.recordings, ...told.files].map((one) => one.file));
  const places = [...folder.bag.files.keys()].filter((name) => REDACTED_PLACES.some((place) => name.startsWith(place)));
  for (const name of places.sort(compareText)) if (!named.has(name)) folder.facts.add("redaction-unnamed", name);
  await requireSameCase(folder, told.case);
}

// The statement says who signed: a signature that was taken out, or another one, is noticed.
function requireSigner(folder, device) {
  if (!device || folder.signer === device) return;
  const unsigned = folder.signature.all.some((one) => one.code === "not-signed");
  if (unsigned) folder.signature.add("signature-missing", SIGNATURE_FILE, device);
  else if (folder.signer) folder.signature.add("signature-other-key", SIGNATURE_FILE, device, folder.signer);
}

// Throws Refused (or TypeError) for anything that is never written.
function requireStatement(told) {
  const isCount = (value) => typeof value === "number" && value >= 0;
  const isHash = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
  const need = (good, what) => { if (!good) throw new Refused(what); };
  need(isMap(told) && told.v === 1 && told.kind === "redacted-copy" && typeof told.case === "string", "kind");
  need(isCount(told.original.journal.seq) && isHash(told.original.journal.hash), "original");
  need(isMap(told.left_out) && Object.values(told.left_out).every(isCount), "left_out");
  need(Array.isArray(told.recordings) && Array.isArray(told.files), "lists");
  for (const kept of told.files) {
    need(typeof kept.file === "string" && isHash(kept.sha256), "files");
    need(typeof kept.imported === "boolean", "imported");
  }
  for (const one of told.recordings) {
    need(typeof one.file === "string" && typeof one.recording === "string", "recordings");
    need(isHash(one.file_sha256) && isHash(one.original.file_sha256), "file_sha256");
    need(isCount(one.samples) && isCount(one.rate_hz) && one.rate_hz > 0, "samples");
    need(Array.isArray(one.muted) && typeof one.simulated === "boolean", "muted");
    const places = [0, ...one.muted.flatMap((stretch) => [stretch.from_sample, stretch.to_sample]), one.samples];
    need(places.every(isCount) && places.every((place, index) => !index || places[index - 1] <= place), "muted");
  }
}

// What somebody who looks at the copy must know.
function tellLeftOut(folder, told) {
  for (const [kind, count] of Object.entries(told.left_out).sort((a, b) => compareText(a[0], b[0]))) {
    if (count) folder.origin.remark("redacted-left-out", kind, "", count);
  }
  for (const one of told.recordings) if (one.simulated) folder.origin.remark("simulated", one.recording);
  for (const kept of told.files) if (kept.imported) folder.origin.remark("made-elsewhere", kept.file.replace(/^[^]*\//, ""), "", kept.sha256);
  for (const one of told.recordings.slice(0, SHOWN_LIMIT)) {
    for (const stretch of one.muted.slice(0, SHOWN_LIMIT)) {
      const [from, to] = [stretch.from_sample, stretch.to_sample].map((sample) => (sample / one.rate_hz).toFixed(3));
      folder.recordings.remark("redacted-muted", one.recording, "", `${from} – ${to} s`);
    }
  }
}

async function requireKept(folder, name, sha256) {
  const found = await folder.hashes.get(name);
  if (found === null) folder.facts.add("file-missing", name, sha256);
  else if (found !== sha256) folder.facts.add("file-changed", name, sha256, found);
}

async function requireSameCase(folder, wanted) {
  let found = "";
  try {
    const file = folder.bag.files.get(REDACTED_CASE);
    const told = file ? parseStrict(await wholeFile(file, REDACTION_LIMIT)) : null;
    if (told) found = understood(() => told.case_file.case.id);
    if (told && told.redacted !== true) found = "redacted: false";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    found = error.message;
  }
  if (found !== wanted) folder.facts.add("facts-disagree", REDACTED_CASE, wanted, plainText(found ?? null).slice(0, 120));
}
