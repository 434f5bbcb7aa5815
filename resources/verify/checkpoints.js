// Whether every checkpoint is signed, in its place, and saw the journal and the sounds that are here.
const CHECKPOINTS = "signatures/checkpoints/";
const CHECKPOINT_NAME = /^signatures\/checkpoints\/[0-9]{6,}-[a-z-]{1,32}\.json$/;
const CHECKPOINT_SHAPE = {
  type: "object",
  required: ["v", "case", "device", "head", "offset_minutes", "sounds", "utc", "why"],
  additionalProperties: false,
  properties: {
    v: { const: 1 },
    case: { type: "string" },
    device: { type: "string", pattern: "^([0-9a-f]{64})?$" },
    head: { type: "object", required: ["seq", "hash"], properties: { seq: { type: "integer" }, hash: { type: "string", pattern: "^[0-9a-f]{64}$" } } },
    offset_minutes: { type: "integer" },
    sounds: { type: "array" },
    utc: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$" },
    why: { enum: ["recording-started", "recording", "recording-stopped", "export", "case-deleted"] },
  },
};
const SOUND_SHAPE = {
  type: "object",
  required: ["recording", "line", "hash", "samples"],
  additionalProperties: false,
  properties: {
    recording: { type: "string" },
    line: { type: "integer" },
    hash: { type: "string", pattern: "^[0-9a-f]{64}$" },
    samples: { type: "integer" },
  },
};

const checkpointNumber = (name) => BigInt(/[0-9]+/.exec(name.slice(CHECKPOINTS.length))[0]);

function byNumber(a, b) {
  const difference = checkpointNumber(a) - checkpointNumber(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

// No checkpoint can be later than the journal; a clock that was put right meanwhile is no fault, a day is.
function latestMoment(journal) {
  const latest = (journal ? journal.events : []).map((event) => event.utc).reduce((a, b) => (a > b ? a : b), "");
  const day = latest && new Date(Date.parse(`${latest.slice(0, 19)}Z`) + 86400000).toISOString();
  return day.length === 24 ? day.slice(0, 19) + latest.slice(19) : "";
}

class CheckpointsCheck extends SignatureFiles {
  constructor(folder) {
    super(folder);
    this.own = ""; // the fingerprint of the certificate beside the signature
    this.lines = new Map();
  }

  async run() {
    // By number; those of one number stay in the order of their names.
    const names = [...this.files.keys()].filter((name) => CHECKPOINT_NAME.test(name)).sort(byNumber);
    const certificates = names.length ? await this.certificates() : new Map();
    const row = { number: 0n, seq: 0, latest: latestMoment(this.folder.journal) };
    let unsigned = 0;
    let faulty = 0;
    for (const name of names) {
      if (faulty >= SHOWN_LIMIT) {
        this.found.add("too-many", "checkpoint-invalid", SHOWN_LIMIT, names.length);
        break;
      }
      const before = this.found.faults;
      const expected = row.number + 1n;
      row.number = checkpointNumber(name);
      const checkpoint = await this.blame("checkpoint-invalid", name, () => this.checkpoint(name));
      if (checkpoint) {
        this.folder.checkpoints.set(name, checkpoint);
        if (!(await this.checkpointSignature(name, checkpoint, certificates))) unsigned++;
        this.inItsPlace(name, checkpoint, expected, row);
        if (this.folder.journal) this.agrees(name, checkpoint);
        await this.sounds(name, checkpoint);
      }
      if (this.found.faults > before) faulty++;
    }
    if (unsigned) this.found.remark("checkpoint-unsigned", CHECKPOINTS, "", unsigned);
  }

  // Each case's are numbered without a gap, named by what they were made for, and not later than the journal.
  inItsPlace(name, { why, head, utc }, number, row) {
    const expected = `${CHECKPOINTS}${String(number).padStart(6, "0")}-${why}.json`;
    if (name !== expected) this.found.add("checkpoint-invalid", name, expected);
    if (head.seq < row.seq) this.found.add("checkpoint-disagrees", name, `>= ${row.seq}`, head.seq);
    row.seq = head.seq;
    if (row.latest && utc > row.latest) this.found.add("checkpoint-disagrees", name, `<= ${row.latest}`, utc);
  }

  async certificates() {
    const found = new Map();
    const beside = [...this.files.keys()].filter((name) => name.startsWith(CHECKPOINTS) && name.endsWith(".pem"));
    const told = new Findings("signature", []); // what is wrong with the first one was told with the folder's signature
    for (const name of [CERTIFICATE_FILE, ...beside]) {
      const certificate = await this.certificate(name, name === CERTIFICATE_FILE ? told : this.found);
      if (certificate) found.set(certificate.fingerprint, certificate);
      if (certificate && name === CERTIFICATE_FILE) this.own = certificate.fingerprint;
    }
    return found;
  }

  async checkpoint(name) {
    const bytes = await this.read(name);
    const told = parseStrict(bytes);
    const wrong = wrongField(CHECKPOINT_SHAPE, told) || told.sounds.map((sound) => wrongField(SOUND_SHAPE, sound)).find(Boolean);
    if (wrong) throw new Refused(`not a checkpoint: ${wrong}`);
    if (Object.keys(told.head).length !== 2 || !isCanonical(told, bytes)) throw new Refused("not in canonical form");
    return { ...told, bytes };
  }

  // False when there is none; one that does not hold is a finding.
  async checkpointSignature(name, checkpoint, certificates) {
    const signature = `${name}.sig`;
    if (!this.files.has(signature)) {
      if (!this.own || checkpoint.device !== this.own) return false;
      // Whoever signed the folder had the key open, and signed what was waiting for it.
      this.found.add("checkpoint-invalid", signature, checkpoint.device);
      return true;
    }
    const certificate = certificates.get(checkpoint.device);
    await this.blame("checkpoint-invalid", signature, async () => {
      subtle(); // without it no certificate could be read either
      if (!certificate) return this.found.add("checkpoint-invalid", name, checkpoint.device, "no such certificate");
      const holds = await isSignedBy(certificate, readDer(ALGORITHM_ECDSA_SHA256), await this.read(signature), checkpoint.bytes);
      if (!holds) return this.found.add("checkpoint-invalid", signature, checkpoint.device);
      this.folder.holding++;
      this.folder.signedCheckpoints.push({ name, checkpoint });
    });
    return true;
  }

  // The journal still holds what the checkpoint saw: nothing before it was cut off or made anew.
  agrees(name, checkpoint) {
    const { journal } = this.folder;
    if (checkpoint.case !== journal.case) return this.found.add("checkpoint-disagrees", name, journal.case, checkpoint.case);
    const { seq, hash } = checkpoint.head;
    const found = journal.hashAt(seq) || "";
    if (found !== hash) this.found.add("checkpoint-disagrees", name, `${seq} ${hash}`, `${seq} ${found}`.trim());
  }

  async sounds(name, checkpoint) {
    for (const sound of checkpoint.sounds) {
      const found = (await this.lineHashes(sound.recording))[sound.line - 1] || "";
      if (found !== sound.hash) {
        this.found.add("checkpoint-disagrees", `${name} ${sound.recording}`, `${sound.line} ${sound.hash}`, found);
      }
    }
  }

  // Of every whole line, whether it can be read or not.
  async lineHashes(recording) {
    if (!this.lines.has(recording)) {
      const file = this.files.get(`data/recordings/${recording}/${PULSE_FILE}`);
      const hashes = [];
      try {
        for await (const line of file && file.size <= PULSE_LIMIT ? linesOf(file, PULSE_LIMIT) : []) {
          if (line[line.length - 1] === 10) hashes.push(sha256Hex(withoutEnd(line)));
        }
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        hashes.length = 0;
      }
      this.lines.set(recording, hashes);
    }
    return this.lines.get(recording);
  }
}
