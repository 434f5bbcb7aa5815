// Recordings against what the journal and their own pulse journals say about them. The sound itself is not decoded
// here: `flac -t`, or EvidenceDesk.
const RECOVERY_FILE = "recovery.json";
const RECOVERY_LIMIT = 64 * 1024;
const RECOVERED_FACTS =
  "samples file file_bytes file_sha256 pcm_sha256 pulse_sha256 found_file found_sha256 missing_ms cut_bytes";

class RecordingCheck {
  constructor(folder, recording, caseFile) {
    this.folder = folder;
    this.recording = recording;
    this.lines = 0;
    this.place = `data/recordings/${recording.id}`;
    this.knownGaps = caseFile.gaps.filter((gap) => gap.recording === recording.id).map((gap) => gap.length_ms);
  }

  find(code, name, expected = "", found = "") {
    this.folder.recordings.add(code, `${this.place}/${name}`, plainText(expected), plainText(found));
  }

  remark(code, found) {
    this.folder.recordings.remark(code, this.recording.id, "", found);
  }

  async run() {
    const { recording } = this;
    if (recording.simulated) this.folder.origin.remark("simulated", recording.id, "", recording.device);
    if (recording.state === "running") return this.find("recording-unsealed", recording.file);
    if (!recording.samples) return;
    if (recording.state === "recovered") {
      this.remark("recording-recovered", `${recording.missing_ms} ms`);
      await this.sameFile(recording.found_file || "", recording.found_sha256 || "", "recording-changed");
      await this.recovery();
    }
    const soundIsThere = await this.sameFile(recording.file, recording.file_sha256 || "", "recording-changed");
    const pulses = await this.pulses();
    if (pulses) {
      this.agree(pulses);
      this.gaps(pulses);
    }
    if (soundIsThere) await this.length();
  }

  async sameFile(name, expected, code) {
    const found = await this.folder.hashes.get(`${this.place}/${name}`);
    if (found === null) {
      this.find(name === PULSE_FILE ? "pulse-missing" : "recording-missing", name, expected);
      return false;
    }
    if (found !== expected) this.find(code, name, expected, found);
    return true;
  }

  async pulses() {
    if (!(await this.sameFile(PULSE_FILE, this.recording.pulse_sha256 || "", "pulse-disagrees"))) return null;
    let pulses;
    try {
      pulses = await readPulses(this.folder.bag.files.get(`${this.place}/${PULSE_FILE}`));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.find("pulse-line", PULSE_FILE, "", error.message);
      return null;
    }
    for (const fault of pulses.faults.slice(0, SHOWN_LIMIT)) {
      this.find(fault.code, `${PULSE_FILE}:${fault.line}`, fault.expected, fault.found);
    }
    if (!pulses.start) this.find("pulse-line", `${PULSE_FILE}:1`, "start");
    this.lines = pulses.lines;
    return pulses;
  }

  // The pulse journal and the case's journal tell of the same recording.
  agree(pulses) {
    const { recording } = this;
    const compare = (line, key, wanted) => {
      const told = line[key] ?? null;
      if (told !== wanted) this.find("pulse-disagrees", `${PULSE_FILE} ${key}`, wanted, told);
    };
    if (pulses.start) {
      compare(pulses.start, "recording", recording.id);
      for (const key of ["case", "encounter", "rate_hz", "channels", "simulated"]) compare(pulses.start, key, recording[key]);
    }
    if (recording.state === "recovered") return;
    if (!pulses.stop) return this.find("recording-unsealed", PULSE_FILE);
    for (const key of ["samples", "file_sha256", "pcm_sha256"]) compare(pulses.stop, key, recording[key]);
    compare(pulses.stop, "reread_pcm_sha256", recording.pcm_sha256);
  }

  // Gaps that the recorder wrote down before a crash and the journal never heard of.
  gaps(pulses) {
    const counts = new Map();
    for (const length of pulses.gaps) counts.set(length, (counts.get(length) || 0) + 1);
    for (const length of this.knownGaps) counts.set(length, (counts.get(length) || 0) - 1);
    for (const [length, count] of counts) {
      if (count > 0) this.remark("recording-gap", count === 1 ? `${length} ms` : `${count} × ${length} ms`);
    }
  }

  // What the recovery wrote beside the sound is what it told the journal.
  async recovery() {
    const name = `${this.place}/${RECOVERY_FILE}`;
    const file = this.folder.bag.files.get(name);
    if (!file) return this.folder.facts.add("facts-missing", name);
    let outcome;
    try {
      const told = parseStrict(await bytesOf(file, 0, Math.min(file.size, RECOVERY_LIMIT)));
      if (!isMap(told) || !isMap(told.outcome)) throw new Refused("no outcome", "TypeError");
      outcome = told.outcome;
      for (const key of RECOVERED_FACTS.split(" ")) if (!(key in outcome)) throw new Refused(`'${key}'`, "KeyError");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.folder.facts.add("facts-unreadable", name, "", String(error));
    }
    findDifferences(name, picked(this.recording, RECOVERED_FACTS), picked(outcome, RECOVERED_FACTS), this.folder.facts);
  }

  // Samples as the FLAC header says (RFC 9639 section 8.2).
  async length() {
    const { recording } = this;
    const file = this.folder.bag.files.get(`${this.place}/${recording.file}`);
    const head = await bytesOf(file, 0, Math.min(file.size, 26));
    let total = 0n;
    if (beginning(head, 4) === "fLaC") for (const byte of head.subarray(18)) total = (total << 8n) | BigInt(byte);
    const samples = Number(total & ((1n << 36n) - 1n));
    if (samples !== recording.samples) this.find("recording-changed", recording.file, recording.samples, samples);
  }
}

// Gives how many lines of pulse journals were read.
async function checkRecordings(folder, caseFile) {
  let lines = 0;
  for (const recording of caseFile.recordings) {
    const check = new RecordingCheck(folder, recording, caseFile);
    await check.run();
    lines += check.lines;
  }
  for (const gap of caseFile.gaps) {
    folder.recordings.remark("recording-gap", gap.recording, "", `${gap.length_ms} ms ${gap.cause}`);
  }
  return lines;
}
