// The files of a case folder's signatures/, and how a check reads them.
const CHECKPOINT_FILE = "signatures/checkpoint.json";
const SIGNATURE_FILE = "signatures/tagmanifest-sha256.txt.p7s";
const CERTIFICATE_FILE = "signatures/device.pem";
const SMALL_LIMIT = 64 * 1024;
const TAG_MANIFEST_LIMIT = 64 * 1024 * 1024;

class SignatureFiles {
  constructor(folder) {
    this.folder = folder;
    this.found = folder.signature;
    this.files = folder.bag.files;
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

  async certificate(name, found) {
    if (!this.files.has(name)) {
      found.add("signature-missing", name);
      return null;
    }
    return this.blame("signature-invalid", name, async () => readDeviceCertificate(await this.read(name)), found);
  }
}
