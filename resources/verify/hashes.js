// The SHA-256 of every file in the folder, computed once, with progress.

class Hashes {
  constructor(bag, tell) {
    this.bag = bag;
    this.tell = tell;
    this.known = new Map();
    this.done = 0;
    this.total = 0;
  }

  get byteCount() {
    return [...this.known.keys()].reduce((sum, name) => sum + this.bag.files.get(name).size, 0);
  }

  async compare() {
    const { bag } = this;
    const names = [...new Set([...bag.payload.keys(), ...bag.tags.keys(), ...bag.signed.keys()])].sort(compareText);
    this.total = names.reduce((sum, name) => sum + bag.files.get(name).size, 0);
    for (const name of names) {
      const code = bag.payload.has(name) ? "file-changed" : "tag-changed";
      const promised = bag.promised(name);
      let found;
      try {
        found = await this._hash(name);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        bag.found.add(code, name, promised, error.message);
        continue;
      }
      if (found === promised) continue;
      // Nothing vouches for the list itself: it may be the changed one.
      const list = bag.payload.has(name) ? "" : ` (${bag.tags.has(name) ? TAG_MANIFEST : SIGNED_LIST})`;
      bag.found.add(code, name, promised + list, found);
    }
  }

  // Of a file that is there and can be read; null for any other.
  async get(name) {
    if (!this.known.has(name) && this.bag.files.has(name)) {
      try {
        await this._hash(name);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    return this.known.get(name) ?? null;
  }

  async _hash(name) {
    const file = this.bag.files.get(name);
    const digest = new Sha256();
    this.tell(name, this.done, this.total);
    for await (const block of blocksOf(file)) {
      digest.update(block);
      this.done += block.length;
      this.tell(name, Math.min(this.done, this.total), this.total);
    }
    const hex = digest.hex();
    this.known.set(name, hex);
    return hex;
  }
}
