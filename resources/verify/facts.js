// Compare what case.json tells with what the journal says.
const CASE_FILE = "data/case.json";
const CASE_LIMIT = 64 * 1024 * 1024;
const ABSENT = Symbol("absent");

function checkFacts(caseFile, events, told, found) {
  const expected = { v: 1, case_file: asTold(caseFile, told.case_file) };
  const exported = lastExport(events);
  if (exported) {
    expected.exported = picked(exported, "utc offset_minutes");
    expected.language = exported.data.language;
  }
  const compared = Object.fromEntries(Object.keys(expected).map((key) => [key, told[key] ?? null]));
  findDifferences(CASE_FILE, expected, compared, found);
}

// The same facts, without what is worked out from the journal and older versions did not write down.
function asTold(known, told) {
  const found = isMap(told) && Array.isArray(told.collectors) ? told.collectors.filter(isMap) : [];
  const older = new Set(found.filter((one) => !("document_moments" in one)).map((one) => one.id));
  const without = ({ document_moments: _, ...rest }) => rest;
  return { ...known, collectors: known.collectors.map((one) => (older.has(one.id) ? without(one) : one)) };
}

const lastExport = (events) => events.filter((event) => event.type === "case.exported").pop() || null;

// All simple values that are not the same in both; only the first 20 spelled out.
function findDifferences(name, expected, told, found) {
  const all = [...different(expected, told)].sort((a, b) => compareText(a[0], b[0]));
  const text = (value) => (value === ABSENT ? "" : plainText(value));
  for (const [path, wanted, is] of all.slice(0, SHOWN_LIMIT)) found.add("facts-disagree", `${name} ${path}`, text(wanted), text(is));
  if (all.length > SHOWN_LIMIT) found.add("too-many", "facts-disagree", SHOWN_LIMIT, all.length - SHOWN_LIMIT);
}

// What a stranger wrote is followed only where something was expected.
function* different(expected, told) {
  const waiting = [["", expected, told]];
  while (waiting.length) {
    const [path, wanted, is] = waiting.pop();
    const parts = innerParts(path, wanted);
    if (!parts.size) {
      if (!sameSimple(wanted, is)) yield [path, wanted, is];
      continue;
    }
    const sameKind = Array.isArray(wanted) ? Array.isArray(is) : isMap(is);
    if (!sameKind && is !== ABSENT) yield [path, ABSENT, is];
    const inner = sameKind ? innerParts(path, is) : new Map();
    for (const key of new Set([...parts.keys(), ...inner.keys()])) {
      waiting.push([key, parts.has(key) ? parts.get(key) : ABSENT, inner.has(key) ? inner.get(key) : ABSENT]);
    }
  }
}

function sameSimple(wanted, is) {
  if (wanted === is) return true;
  const empty = (value) => value !== null && typeof value === "object" && Object.keys(value).length === 0;
  return empty(wanted) && empty(is) && Array.isArray(wanted) === Array.isArray(is);
}

function innerParts(path, value) {
  if (Array.isArray(value)) return new Map(value.map((inner, index) => [`${path}[${index}]`, inner]));
  if (isMap(value)) return new Map(Object.entries(value).map(([key, inner]) => [path ? `${path}.${key}` : key, inner]));
  return new Map();
}

function countLeaves(value) {
  if (value === null || typeof value !== "object") return 1;
  const parts = Object.values(value);
  return parts.length ? parts.reduce((sum, part) => sum + countLeaves(part), 0) : 1;
}
