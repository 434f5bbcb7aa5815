// JSON that two readers can't understand differently: no double keys, no fractions; and its RFC 8785 text.
const DEPTH_LIMIT = 500;
const DIGIT_LIMIT = 4300;

function parseStrict(bytes) {
  const reader = new StrictReader(fromUtf8(bytes));
  const value = reader.value(0);
  reader.space();
  if (reader.at !== reader.text.length) throw new Refused("more than one value");
  return value;
}

class StrictReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  space() {
    while (" \t\n\r".includes(this.text[this.at] || "x")) this.at++;
  }

  value(depth) {
    if (depth > DEPTH_LIMIT) throw new Refused("nested too deeply");
    this.space();
    const first = this.text[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.array(depth);
    if (first === '"') return this.string();
    for (const [word, meant] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return meant;
      }
    }
    return this.number();
  }

  number() {
    const pattern = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw new Refused(`no value at character ${this.at}`);
    if (found[1] || found[2] || found[0].length > DIGIT_LIMIT) {
      throw new Refused(`${found[0].slice(0, 40)} is not a whole number`);
    }
    this.at += found[0].length;
    const number = Number(found[0]) + 0; // no −0
    return Number.isSafeInteger(number) ? number : BigInt(found[0]);
  }

  string() {
    const pattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw new Refused(`no text at character ${this.at}`);
    this.at += found[0].length;
    const text = JSON.parse(found[0]);
    if (/\p{Cs}/u.test(text)) throw new Refused("half a character");
    return text;
  }

  array(depth) {
    const parts = [];
    this.at++;
    this.space();
    if (this.text[this.at] === "]") return this.at++, parts;
    for (;;) {
      parts.push(this.value(depth + 1));
      this.space();
      const next = this.text[this.at++];
      if (next === "]") return parts;
      if (next !== ",") throw new Refused("a list without its end");
    }
  }

  object(depth) {
    const parts = Object.create(null); // "__proto__" is a key like any other
    this.at++;
    this.space();
    if (this.text[this.at] === "}") return this.at++, parts;
    for (;;) {
      this.space();
      const key = this.string();
      this.space();
      if (this.text[this.at++] !== ":") throw new Refused("a key without a value");
      if (key in parts) throw new Refused("a key stands twice");
      parts[key] = this.value(depth + 1);
      this.space();
      const next = this.text[this.at++];
      if (next === "}") return parts;
      if (next !== ",") throw new Refused("a map without its end");
    }
  }
}

// JavaScript sorts by UTF-16 units and writes strings as RFC 8785 wants both.
function canonicalText(value) {
  if (typeof value === "bigint") throw new Refused("a number beyond 2**53");
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

const isCanonical = (value, raw) => sameBytes(UTF8.encode(canonicalText(value)), raw);
const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
