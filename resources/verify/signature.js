// Who signed the folder, and whether a signature that must be there was taken out.
async function checkSignatures(folder) {
  const exported = folder.journal && lastExport(folder.journal.events);
  const check = new SignatureCheck(folder, exported);
  await check.folderSignature();
  await new CheckpointsCheck(folder).run();
  check.missingSignature();
}

class SignatureCheck extends SignatureFiles {
  constructor(folder, exported = null) {
    super(folder);
    this.exported = exported;
    this.promised = (exported && exported.data.device) || ""; // by whom the journal says that it is signed
  }

  async folderSignature() {
    if (!this.files.has(SIGNATURE_FILE)) return;
    const { promised } = this;
    const signed = await this.blame("signature-invalid", SIGNATURE_FILE, () => this.holdingSignature());
    if (!signed) return;
    const { fingerprint } = signed.certificate;
    this.folder.holding++;
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
    const signed = this.folder.signedCheckpoints.map(({ checkpoint }) => checkpoint);
    if (this.promised || this.isOwed(signed)) this.found.add("signature-missing", SIGNATURE_FILE, this.promised);
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
      if (await isSshSignedBy(certificate, armoured, await this.read(TAG_MANIFEST, TAG_MANIFEST_LIMIT))) this.folder.holding++;
      else this.found.add("signature-invalid", SSH_SIGNATURE_FILE);
    });
    const signers = await this.read(SSH_SIGNERS_FILE, SSH_LIMIT).catch(() => new Uint8Array(0));
    if (!sameBytes(signers, UTF8.encode(sshSigners(certificate)))) this.found.add("signature-other-key", SSH_SIGNERS_FILE);
  }
}
