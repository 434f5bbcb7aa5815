// A strict reader for BagIt folders (RFC 8493): what is there, and what the lists say.
const MANIFEST = "manifest-sha256.txt";
const TAG_MANIFEST = "tagmanifest-sha256.txt";
const SIGNED_LIST = "signatures/signed-sha256.txt";
const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8";
const LIST_LINE_LIMIT = 8192;
const LIST_LIMIT = 256 * 1024 * 1024;
const INFO_LIMIT = 1024 * 1024;
// Python's white space, not JavaScript's.
const INFO_LINE = /^(?:[^ \t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000:][^:]*:[^\n]*|[ \t][^\n]*)$/;
const ENTRY_LIMIT = 200000;
const SHOWN_LIMIT = 20;
// Made after the tag manifest, which therefore can't name them (docs/decisions/0004).
const SIGNED_LATER =
  /^signatures\/(?:tagmanifest-sha256\.txt\.sshsig|tagmanifest-sha256\.txt\.p7s(?:\.[a-z0-9-]{1,32}\.ts[qr])?|authorities\/[a-z0-9-]{1,32}\/[a-z0-9-]{1,64}\.(?:pem|crl))$/;

// Findings of one layer; of one kind only the first `limit` are spelled out, the rest is counted.
class Findings {
  constructor(layer, all, limit = SHOWN_LIMIT) {
    this.layer = layer;
    this.all = all;
    this.limit = limit;
    this.counts = new Map();
  }

  get faults() {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  add(code, subject, expected = "", found = "") {
    const count = (this.counts.get(code) || 0) + 1;
    this.counts.set(code, count);
    if (count <= this.limit) this._push(code, subject, expected, found, "fault");
  }

  remark(code, subject, expected = "", found = "") {
    this._push(code, subject, expected, found, "remark");
  }

  closeCounts() {
    for (const code of [...this.counts.keys()].sort()) {
      const more = this.counts.get(code) - this.limit;
      if (more > 0) this._push("too-many", code, String(this.limit), String(more), "fault");
    }
  }

  _push(code, subject, expected, found, weight) {
    this.all.push({ layer: this.layer, code, subject: String(subject), expected: String(expected), found: String(found), weight });
  }
}

class Bag {
  constructor(found) {
    this.found = found;
    this.files = new Map(); // plain files with safe names
    this.payload = new Map(); // the SHA-256 that a list promises
    this.tags = new Map();
    this.signed = new Map();
    this.refused = new Set();
  }

  promised(name) {
    return this.payload.get(name) ?? this.tags.get(name) ?? this.signed.get(name);
  }

  missing(name, sha256) {
    if (!this.refused.has(name)) this.found.add("file-missing", name, sha256);
  }

  refuse(name, reason) {
    this.refused.add(name);
    this.found.add("not-regular", name, "", reason);
  }

  async small(name, limit) {
    const file = this.files.get(name);
    if (file.size > limit) {
      this.found.add("manifest-too-large", name, limit, file.size);
      return null;
    }
    try {
      return await bytesOf(file);
    } catch (error) {
      this.refuse(name, error.message);
      return null;
    }
  }
}

async function readBag(chosen, found) {
  const bag = new Bag(found);
  listFiles(chosen, bag);
  await checkDeclaration(bag);
  await checkPayloadList(bag);
  await checkTagLists(bag);
  await checkInfo(bag);
  if (bag.files.has("fetch.txt")) found.add("fetch-present", "fetch.txt");
  return bag;
}

const isCaseFolder = (paths) => paths.some((path) => /^(?:bagit|(?:tag)?manifest-[^/]*)\.txt$/.test(path));

// In the order of Python's walk, so that of two look-alikes the same one is named.
function listFiles(chosen, bag) {
  const entryAt = (path) => ({ path, inner: new Map(), file: null, reason: "" });
  const root = entryAt("");
  for (const { path, file, reason } of chosen) {
    let here = root;
    for (const part of path.split("/")) {
      if (!here.inner.has(part)) here.inner.set(part, entryAt(here.path ? `${here.path}/${part}` : part));
      here = here.inner.get(part);
    }
    Object.assign(here, { file, reason: reason || "" });
  }
  const keys = new Map();
  const waiting = [root];
  let count = 0;
  while (waiting.length) {
    const here = waiting.pop();
    for (const name of [...here.inner.keys()].sort(compareText)) {
      const entry = here.inner.get(name);
      if (count++ >= ENTRY_LIMIT) return bag.found.add("too-many", "files", ENTRY_LIMIT);
      const reason = unsafeBecause(entry.path);
      if (reason) {
        bag.found.add("name-unsafe", entry.path, "", reason);
        continue;
      }
      const key = lookAlikeKey(entry.path);
      if (keys.has(key)) bag.found.add("name-twins", entry.path, "", keys.get(key));
      else keys.set(key, entry.path);
      if (entry.reason) bag.refuse(entry.path, entry.reason);
      else if (entry.file) bag.files.set(entry.path, entry.file);
      else waiting.push(entry);
    }
  }
}

async function checkDeclaration(bag) {
  const content = bag.files.has("bagit.txt") ? await bag.small("bagit.txt", LIST_LINE_LIMIT) : null;
  const text = content && LENIENT_UTF8.decode(content).replace(/\r\n/g, "\n").replace(/\n+$/, "");
  if (text !== DECLARATION) bag.found.add("bag-declaration", "bagit.txt", DECLARATION, content ? beginning(content) : "");
}

async function checkPayloadList(bag) {
  if (!bag.files.has(MANIFEST)) {
    const weak = [...bag.files.keys()].filter((name) => /^manifest-[^]*\.txt$/.test(name));
    for (const name of weak) bag.found.add("manifest-weak", name, MANIFEST);
    if (!weak.length) bag.found.add("manifest-missing", MANIFEST);
    return;
  }
  const present = new Set([...bag.files.keys()].filter((name) => name.startsWith("data/")));
  bag.payload = await readList(bag, MANIFEST, present);
  for (const name of [...present].sort(compareText)) if (!bag.payload.has(name)) bag.found.add("file-extra", name);
}

async function checkTagLists(bag) {
  const present = new Set([...bag.files.keys()].filter((name) => !name.startsWith("data/")));
  if (bag.files.has(TAG_MANIFEST)) bag.tags = await readList(bag, TAG_MANIFEST, present);
  else bag.found.add("manifest-missing", TAG_MANIFEST);
  if (bag.files.has(SIGNED_LIST)) {
    bag.signed = await readList(bag, SIGNED_LIST, new Set([...present].filter((name) => SIGNED_LATER.test(name))));
  } else if ([...present].some((name) => SIGNED_LATER.test(name))) {
    bag.found.add("manifest-missing", SIGNED_LIST);
  }
  for (const name of [...present].sort(compareText)) {
    if (!bag.tags.has(name) && !bag.signed.has(name) && name !== TAG_MANIFEST && name !== SIGNED_LIST) {
      bag.found.add("file-not-covered", name);
    }
  }
}

async function readList(bag, list, present) {
  const entries = new Map();
  const file = bag.files.get(list);
  if (file.size > LIST_LIMIT) {
    bag.found.add("manifest-too-large", list, LIST_LIMIT, file.size);
    return entries;
  }
  const normal = normalForms(present);
  const payload = list === MANIFEST;
  let previous = "", number = 0;
  try {
    for await (const raw of wholeLines(file)) {
      const place = `${list}:${++number}`;
      const parsed = parseEntry(raw);
      if (!parsed || parsed.name.startsWith("data/") !== payload) {
        if (!payload || raw.some((byte) => !" \t\n\r\v\f".includes(String.fromCharCode(byte)))) {
          bag.found.add("manifest-line", place, "", beginning(raw));
        }
        continue;
      }
      const listed = parsed.name;
      if (!payload && (!sameBytes(raw, UTF8.encode(listLine(parsed.sha256, listed))) || compareText(listed, previous) <= 0)) {
        // No other list vouches for this one: the form alone shows a changed letter or line end.
        bag.found.add("manifest-line", place, "", beginning(raw));
      }
      previous = listed;
      // Some systems store names in another normal form than they were given.
      const name = present.has(listed) ? listed : normal.get(listed.normalize("NFC")) ?? listed;
      if (entries.has(name)) bag.found.add("manifest-line", place, entries.get(name), parsed.sha256);
      else if (present.has(name)) entries.set(name, parsed.sha256);
      else bag.missing(name, parsed.sha256);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    bag.refuse(list, error.message);
    return new Map();
  }
  return entries;
}

const listLine = (sha256, name) => `${sha256}  ${name.replace(/%/g, "%25").replace(/\n/g, "%0A").replace(/\r/g, "%0D")}\n`;

function parseEntry(raw) {
  const line = withoutEnd(raw);
  const bytes = line[line.length - 1] === 13 ? line.subarray(0, -1) : line;
  const match = /^([0-9a-fA-F]{64})[ \t]+\*?([^ \t\n\r\f\v][^\n]*)$/.exec(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  if (!match || raw.length > LIST_LINE_LIMIT) return null;
  let name;
  try {
    name = fromUtf8(bytes.subarray(bytes.length - match[2].length));
  } catch {
    return null;
  }
  name = name.replace(/%0A|%0D|%25/gi, (found) => ({ "%0A": "\n", "%0D": "\r", "%25": "%" })[found.toUpperCase()]).replace(/^\.\//, "");
  return unsafeBecause(name) ? null : { sha256: match[1].toLowerCase(), name };
}

// Of a line that is too long only the beginning.
async function* wholeLines(file) {
  let inside = false;
  for await (const raw of linesOf(file, LIST_LINE_LIMIT)) {
    if (!inside) yield raw;
    inside = raw.length > LIST_LINE_LIMIT ? raw[raw.length - 1] !== 10 : inside && raw[raw.length - 1] !== 10;
  }
}

// Names by their NFC form, where only one has that form.
function normalForms(names) {
  const forms = new Map();
  for (const name of names) {
    const normal = name.normalize("NFC");
    forms.set(normal, forms.has(normal) ? null : name);
  }
  for (const [normal, name] of forms) if (name === null) forms.delete(normal);
  return forms;
}

async function checkInfo(bag) {
  const name = "bag-info.txt";
  if (!bag.files.has(name)) return bag.found.add("bag-info", name);
  const content = await bag.small(name, INFO_LIMIT);
  if (!content) return;
  let lines;
  try {
    lines = fromUtf8(content).replace(/\r\n/g, "\n").split("\n");
  } catch {
    return bag.found.add("bag-info", name, "", "UTF-8");
  }
  lines.forEach((line, index) => {
    if (line && (Array.from(line).length > LIST_LINE_LIMIT || !INFO_LINE.test(line))) {
      bag.found.add("bag-info", `${name}:${index + 1}`, "", line.slice(0, 80));
    }
  });
  const told = lines.filter((line) => line.toLowerCase().startsWith("payload-oxum:")).map((line) => line.slice(13).trim());
  const payload = [...bag.files].filter(([path]) => path.startsWith("data/"));
  const actual = `${payload.reduce((sum, [, file]) => sum + file.size, 0)}.${payload.length}`;
  if (told.length !== 1 || told[0] !== actual) bag.found.add("payload-oxum", name, told.join(", ").slice(0, 80), actual);
}
