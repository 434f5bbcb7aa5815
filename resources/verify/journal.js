// The journal, line by line: form, number, link.
const JOURNAL_FILE = "data/journal.jsonl";
const JOURNAL_LINE_LIMIT = 1024 * 1024;
const JOURNAL_LIMIT = 512 * 1024 * 1024;
const JOURNAL_COUNT_LIMIT = 1000000;
const FIRST_PREV = "0".repeat(64);

class Journal {
  constructor() {
    this.events = []; // the lines that could be read
    this.hashes = []; // of every line, by number
    this.case = "";
    this.lines = 0;
    this.head = { seq: 0, hash: FIRST_PREV };
  }

  hashAt(seq) {
    return this.hashes[seq - 1] ?? null;
  }
}

async function readJournal(file, schema, found) {
  const journal = new Journal();
  const find = (code, line, expected, told) => found.add(code, `${JOURNAL_FILE}:${line}`, expected, told);
  let prev = FIRST_PREV, seq = 0, taken = 0;
  for await (const line of linesOf(file, JOURNAL_LINE_LIMIT)) {
    taken += line.length;
    if (line.length > JOURNAL_LINE_LIMIT || taken > JOURNAL_LIMIT || journal.lines >= JOURNAL_COUNT_LIMIT) {
      find("journal-too-large", journal.lines + 1, `${JOURNAL_LINE_LIMIT}, ${JOURNAL_LIMIT}, ${JOURNAL_COUNT_LIMIT}`);
      break;
    }
    const number = ++journal.lines;
    if (line[line.length - 1] !== 10) find("journal-line", number, "\\n");
    const raw = withoutEnd(line);
    const event = readEvent(raw, schema, (expected, told) => find("journal-line", number, expected, told));
    const hash = sha256Hex(raw);
    if (event) {
      journal.case = journal.case || event.case;
      if (event.seq !== seq + 1 || event.case !== journal.case) {
        find("journal-order", number, `${journal.case} ${seq + 1}`, `${event.case} ${event.seq}`);
      }
      if (event.prev !== prev) find("journal-chain", number, prev, event.prev);
      event.hash = hash;
      journal.events.push(event);
      seq = event.seq;
    } else {
      seq += 1;
    }
    prev = hash;
    journal.hashes.push(hash);
  }
  journal.head = { seq, hash: prev };
  return journal;
}

function readEvent(raw, schema, find) {
  let event;
  try {
    event = parseStrict(raw);
    if (!isMap(event)) throw new Refused("not a map", "TypeError");
    if (!isCanonical(event, raw) || !/^(?:0|-?[1-9][0-9]{0,4299})$/.test(event.mono_ns)) {
      find("RFC 8785", beginning(raw));
      return null;
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    find("", String(error).slice(0, 120));
    return null;
  }
  const wrong = wrongField(schema, event);
  if (wrong) find(typeof event.type === "string" ? event.type : "", wrong);
  return wrong ? null : event;
}
