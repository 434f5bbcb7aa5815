// A small strict reader for DER (X.690): definite and shortest lengths only, no more bytes than were promised.
const DER_DEPTH = 24;
const DER_COUNT = 20000;
const SEQUENCE = 0x30;
const SET = 0x31;

class Der {
  constructor(tag, whole, headLength) {
    this.tag = tag;
    this.whole = whole;
    this.content = whole.subarray(headLength);
    this.headLength = headLength;
  }

  // The elements inside; throws when it is no sequence, set or the like.
  get parts() {
    if (!(this.tag & 0x20)) throw new Refused("not a composed element");
    return derElements(this.content);
  }

  expect(tag) {
    if (this.tag !== tag) throw new Refused(`element ${this.tag.toString(16)} in place of ${tag.toString(16)}`);
    return this;
  }

  get oid() {
    this.expect(0x06);
    if (!this.content.length || this.content[this.content.length - 1] & 128) throw new Refused("an identifier that is cut off");
    const numbers = [0];
    for (const byte of this.content) {
      numbers[numbers.length - 1] = numbers[numbers.length - 1] * 128 + (byte & 127);
      if (!(byte & 128)) numbers.push(0);
    }
    numbers.pop();
    const first = numbers.shift() ?? 0;
    const top = Math.min(2, Math.floor(first / 40));
    return [top, first - top * 40, ...numbers].join(".");
  }

  // A whole number's bytes without its sign byte. Throws for negative ones and for a longer form than needed.
  get unsigned() {
    this.expect(0x02);
    const bytes = this.content;
    if (!bytes.length || bytes[0] & 128 || (bytes.length > 1 && bytes[0] === 0 && !(bytes[1] & 128))) {
      throw new Refused("not a positive number in its shortest form");
    }
    return bytes[0] === 0 && bytes.length > 1 ? bytes.subarray(1) : bytes;
  }

  get text() {
    return this.tag === 0x1e ? new TextDecoder("utf-16be").decode(this.content) : LENIENT_UTF8.decode(this.content);
  }

  get bits() {
    this.expect(0x03);
    if (this.content[0] !== 0) throw new Refused("bits that do not fill whole bytes");
    return this.content.subarray(1);
  }

  // UTCTime or GeneralizedTime in seconds (with a fraction where there is one) since 1970.
  get time() {
    const short = this.tag === 0x17;
    if (!short) this.expect(0x18);
    const match = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(this.text);
    if (!match || match[1].length !== (short ? 2 : 4)) throw new Refused("not a time");
    const year = short ? Number(match[1]) + (Number(match[1]) < 50 ? 2000 : 1900) : Number(match[1]);
    const [month, day, hour, minute, second] = match.slice(2, 7).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 + Number(`0.${match[7] || 0}`);
  }
}

function derElements(bytes) {
  const elements = [];
  for (let at = 0; at < bytes.length; at += elements[elements.length - 1].whole.length) {
    elements.push(derAt(bytes, at));
    if (elements.length > DER_COUNT) throw new Refused("too many elements");
  }
  return elements;
}

function derAt(bytes, at) {
  const tag = bytes[at];
  let length = bytes[at + 1], head = 2;
  if ((tag & 31) === 31 || length === undefined) throw new Refused("not DER");
  if (length & 128) {
    const count = length & 127;
    if (count === 0 || count > 4 || at + 2 + count > bytes.length) throw new Refused("a length that is not DER");
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + bytes[at + 2 + index];
    if (length < 128 || length < 256 ** (count - 1)) throw new Refused("a length that is not in its shortest form");
    head += count;
  }
  if (at + head + length > bytes.length) throw new Refused("cut off");
  return new Der(tag, bytes.subarray(at, at + head + length), head);
}

// What a stranger left out of a structure must not stop the whole check.
function understood(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) throw new Refused("a part is missing");
    throw error;
  }
}

// The one element that these bytes are.
function readDer(bytes) {
  const element = derAt(bytes, 0);
  if (element.whole.length !== bytes.length) throw new Refused("bytes after the end");
  requireShallow(element, 0, { count: 0 });
  return element;
}

function requireShallow(element, depth, seen) {
  if (depth > DER_DEPTH || ++seen.count > DER_COUNT) throw new Refused("nested too deeply");
  if (element.tag & 0x20) for (const part of element.parts) requireShallow(part, depth + 1, seen);
}

// The bytes in a PEM file (RFC 7468) that holds exactly one thing of this kind, in the one form that is written: of two
// certificates in a file every tool takes the one it likes.
function fromPem(bytes, kind) {
  const text = fromUtf8(bytes);
  const begin = `-----BEGIN ${kind}-----\n`, end = `-----END ${kind}-----\n`;
  const der = fromBase64(text.startsWith(begin) && text.endsWith(end) ? text.slice(begin.length, -end.length).replace(/\n/g, "") : "");
  const lines = (toBase64(der).match(/.{1,64}/g) || []).map((line) => `${line}\n`).join("");
  if (!der.length || text !== begin + lines + end) throw new Refused("not one certificate in the form EvidenceDesk writes");
  return der;
}

const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Refused("not Base64");
  }
}
