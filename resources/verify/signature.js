// Who signed the folder, and whether every checkpoint saw the journal and the sounds that are here.
const CHECKPOINT_FILE = "signatures/checkpoint.json";
const SIGNATURE_FILE = "signatures/tagmanifest-sha256.txt.p7s";
const CERTIFICATE_FILE = "signatures/device.pem";
const CHECKPOINTS = "signatures/checkpoints/";
const CHECKPOINT_NAME = /^signatures\/checkpoints\/[0-9]{6,}-[a-z-]{1,32}\.json$/;
const SMALL_LIMIT = 64 * 1024;
const TAG_MANIFEST_LIMIT = 64 * 1024 * 1024;
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

// No checkpoint can be later than the journal; a clock that was put right meanwhile is no fault, a day is.
function latestMoment(journal) {
  const latest = (journal ? journal.events : []).map((event) => event.utc).reduce((a, b) => (a > b ? a : b), "");
  const day = latest && new Date(Date.parse(`${latest.slice(0, 19)}Z`) + 86400000).toISOString();
  return day.length === 24 ? day.slice(0, 19) + latest.slice(19) : "";
}

// Gives how many signatures hold.
async function checkSignatures(folder) {
  const check = new SignatureCheck(folder);
  await check.folderSignature();
  await check.allCheckpoints();
  check.missingSignature();
  return check.holding;
}

class SignatureCheck {
  constructor(folder) {
    this.folder = folder;
    this.found = folder.signature;
    this.files = folder.bag.files;
    this.exported = folder.journal && lastExport(folder.journal.events);
    this.holding = 0;
    this.own = ""; // the fingerprint of the certificate beside the signature
    this.lines = new Map();
  }

  async read(name, limit = SMALL_LIMIT) {
    if (!this.files.has(name)) throw new Refused("missing", "OSError");
    return wholeFile(this.files.get(name), limit);
  }

  // Runs a check; what a stranger's file can be blamed for becomes a finding, what the browser lacks a remark.
  async blame(code, name, check, found = this.found) {
    try {
      return await check();
    } catch (error) {
      if (error instanceof NotHere) found.remark("not-checked-here", name, "", error.message);
      else if (error instanceof Refused) found.add(code, name, "", error.message);
      else throw error;
      return null;
    }
  }

  async folderSignature() {
    if (!this.files.has(SIGNATURE_FILE)) return;
    const promised = (this.exported && this.exported.data.device) || null;
    const signed = await this.blame("signature-invalid", SIGNATURE_FILE, () => this.holdingSignature());
    if (!signed) return;
    const { fingerprint } = signed.certificate;
    this.holding++;
    this.folder.signer = fingerprint;
    if (promised && fingerprint !== promised) this.found.add("signature-other-key", SIGNATURE_FILE, promised, fingerprint);
    const beside = await this.certificate(CERTIFICATE_FILE, this.found);
    if (beside && beside.fingerprint !== fingerprint) {
      this.found.add("signature-other-key", CERTIFICATE_FILE, fingerprint, beside.fingerprint);
    }
    await this.sshSignature(signed.certificate);
    this.found.remark("signed-by-unknown", SIGNATURE_FILE, "", fingerprint);
  }

  // Taking a signature out is easy; it must not look like a folder that never had one.
  missingSignature() {
    if (this.files.has(SIGNATURE_FILE)) return;
    const device = (this.exported && this.exported.data.device) || "";
    const signed = this.folder.signedCheckpoints.map(({ checkpoint }) => checkpoint);
    if (device || this.isOwed(signed)) this.found.add("signature-missing", SIGNATURE_FILE, device);
    else this.found.remark("not-signed", SIGNATURE_FILE);
    if (signed.length) this.found.remark("only-checkpoints-signed", CHECKPOINTS, "", Math.max(...signed.map((one) => one.head.seq)));
  }

  // A computer that signed checkpoints signs the folder, too, unless its key can't be opened then: the entry of that
  // export says so, and its checkpoint is not signed.
  isOwed(signed) {
    if ([SSH_SIGNATURE_FILE, SSH_SIGNERS_FILE, CERTIFICATE_FILE].some((name) => this.files.has(name))) return true;
    if (!signed.length) return false;
    if (!this.exported || !("unsigned" in this.exported.data)) return true;
    return signed.some((one) => one.why === "export" && one.head.seq >= this.exported.seq);
  }

  async holdingSignature() {
    const list = await this.read(TAG_MANIFEST, TAG_MANIFEST_LIMIT);
    const signed = readDetached(await this.read(SIGNATURE_FILE));
    const { signer, certificate } = signed;
    if (signed.digest !== sha256Hex(list)) throw new Refused("signed was another content");
    if (!(await isSignedBy(certificate, signer.algorithm, signer.signature, signer.signedPart))) {
      throw new Refused("the signature does not belong to the certificate");
    }
    await requireSelfMade(certificate);
    return signed;
  }

  // The second signature is with the same key, for another tool.
  async sshSignature(certificate) {
    if (!this.files.has(SSH_SIGNATURE_FILE)) return;
    await this.blame("signature-invalid", SSH_SIGNATURE_FILE, async () => {
      const armoured = await this.read(SSH_SIGNATURE_FILE, SSH_LIMIT);
      if (await isSshSignedBy(certificate, armoured, await this.read(TAG_MANIFEST, TAG_MANIFEST_LIMIT))) this.holding++;
      else this.found.add("signature-invalid", SSH_SIGNATURE_FILE);
    });
    const signers = await this.read(SSH_SIGNERS_FILE, SSH_LIMIT).catch(() => new Uint8Array(0));
    if (!sameBytes(signers, UTF8.encode(sshSigners(certificate)))) this.found.add("signature-other-key", SSH_SIGNERS_FILE);
  }

  async certificate(name, found) {
    if (!this.files.has(name)) {
      found.add("signature-missing", name);
      return null;
    }
    return this.blame("signature-invalid", name, async () => readDeviceCertificate(await this.read(name)), found);
  }

  async allCheckpoints() {
    // By number; those of one number stay in the order of their names.
    const names = [...this.files.keys()].filter((name) => CHECKPOINT_NAME.test(name)).sort((a, b) => (checkpointNumber(a) < checkpointNumber(b) ? -1 : checkpointNumber(a) > checkpointNumber(b) ? 1 : 0));
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
      this.holding++;
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
