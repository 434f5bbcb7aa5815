// Bytes and text, as strictly as the rest needs them.
const UTF8 = new TextEncoder();
const STRICT_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT_UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
const SLICE_BYTES = 1 << 20;

// What a stranger's file can be blamed for; anything else is our own mistake.
class Refused extends Error {
  constructor(reason, kind = "ValueError") {
    super(reason);
    this.kind = kind;
  }

  toString() {
    return `${this.kind}: ${this.message}`;
  }
}

const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const sameBytes = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);

function fromUtf8(bytes) {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    throw new Refused("not UTF-8");
  }
}

const beginning = (bytes, count = 80) => LENIENT_UTF8.decode(bytes.subarray(0, count));

// By code points, as UTF-8 bytes are ordered; JavaScript's own order differs beyond U+FFFF.
function compareText(a, b) {
  const one = Array.from(a), two = Array.from(b);
  for (let index = 0; index < one.length && index < two.length; index++) {
    const difference = one[index].codePointAt(0) - two[index].codePointAt(0);
    if (difference) return difference;
  }
  return one.length - two.length;
}

async function bytesOf(file, from = 0, to = file.size) {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (error) {
    throw new Refused(error.name || String(error), "OSError");
  }
}

// The file in pieces: a stream reads several times as fast as slices do, and holds no more than a few of them.
async function* blocksOf(file) {
  const reader = file.stream().getReader();
  let count = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      count += value.length;
      yield value;
    }
  } catch (error) {
    throw error instanceof DOMException ? new Refused(error.name, "OSError") : error;
  } finally {
    reader.cancel().catch(() => {});
  }
  if (count !== file.size) throw new Refused("cut off while it was read", "OSError");
}

async function wholeFile(file, limit) {
  if (file.size > limit) throw new Refused("too large");
  return bytesOf(file);
}

// Lines with their ends; of one that is longer than `limit` only the first limit + 1 bytes, as Python's readline gives.
async function* linesOf(file, limit) {
  let waiting = [], length = 0;
  const joined = () => {
    const line = new Uint8Array(length);
    let at = 0;
    for (const piece of waiting) { line.set(piece, at); at += piece.length; }
    waiting = [];
    length = 0;
    return line;
  };
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    const block = await bytesOf(file, at, Math.min(file.size, at + SLICE_BYTES));
    let start = 0;
    while (start < block.length) {
      const found = block.indexOf(10, start);
      const stop = Math.min(found < 0 ? block.length : found + 1, start + limit + 1 - length);
      waiting.push(block.subarray(start, stop));
      length += stop - start;
      start = stop;
      if (block[stop - 1] === 10 || length > limit) yield joined();
    }
  }
  if (length) yield joined();
}

const withoutEnd = (line) => (line[line.length - 1] === 10 ? line.subarray(0, -1) : line);

// Values as Python prints them: the same finding reads the same in both verifiers.
function plainText(value) {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return value.length ? "[…]" : "[]";
  if (typeof value === "object") return Object.keys(value).length ? "{…}" : "{}";
  return String(value);
}

// Control, private and invisible characters could hide or turn letters: they are written as escapes.
function shownText(text, limit = 300) {
  const characters = Array.from(text);
  const cut = characters.length <= limit ? characters : [...characters.slice(0, limit - 1), "…"];
  return cut.map((one) => (/[\p{C}\p{Zl}\p{Zp}]/u.test(one) ? escaped(one) : one)).join("");
}

function escaped(character) {
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
  const code = character.codePointAt(0), hex = code.toString(16);
  if (short) return short;
  return code < 0x100 ? `\\x${hex.padStart(2, "0")}` : code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
