// Sentences in both languages, made by the exporter from the program's own: nothing is worded here.
class PageWords {
  constructor(texts, language) {
    this.texts = texts;
    this.language = language;
  }

  get own() {
    return this.texts[this.language];
  }

  text(key, facts = {}) {
    return filled(this.own.page[key] ?? key, facts);
  }

  plural(key, n, facts = {}) {
    const [one, many] = this.own.plural[key];
    return filled(n === 1 ? one : many, { n: n.toLocaleString("en"), ...facts });
  }

  finding({ code, subject }) {
    // A finding must never be lost because its sentence is.
    return filled(this.own.findings[code] ?? `${code}: {subject}`, { subject: subject || "…" });
  }

  // What was found where nothing was expected.
  found({ code, found: told }) {
    const found = code === "stamp-invalid" ? this.trouble(told) : told;
    return filled(this.own.found[code] ?? this.own.found[""], { found });
  }

  // Why a stamp proves nothing: a word of ours, and after a colon what a reader of files said.
  trouble(told) {
    const [, code, detail = ""] = /^([a-z-]+)(?:: (.*))?$/s.exec(told) || [];
    const reason = this.own.troubles[code];
    return reason ? reason + (detail && ` (${detail})`) : told;
  }

  checked({ code, count }) {
    const [one, many] = this.own.checked[code];
    return code === "bytes" ? sizeText(count) : filled(count === 1 ? one : many, { n: count.toLocaleString("en") });
  }
}

const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));

function sizeText(bytes) {
  let size = bytes, unit = 0;
  while (size >= 1000 && unit < 4) { size /= 1000; unit++; }
  return `${unit && size < 100 ? size.toFixed(1) : Math.round(size)} ${["B", "kB", "MB", "GB", "TB"][unit]}`;
}

// Local time as the recording computer had it: "2026-11-23 22:05:09 (UTC+08:00)".
function localText({ utc, offset_minutes: offset }) {
  const local = new Date(Date.parse(utc) + offset * 60000).toISOString().slice(0, 19).replace("T", " ");
  const two = (number) => String(number).padStart(2, "0");
  return `${local} (UTC${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)})`;
}

const grouped = (hex) => hex.toUpperCase().match(/.{1,4}/g).join(" ");
