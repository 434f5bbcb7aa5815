// The few words of JSON Schema that data/schemas/event.schema.json uses; the page carries its own copy of that file.
const DATE_PATTERN = "^\\d{4}-";

// The first field that is not as it must be ("data.rate_hz"); empty when all are.
function wrongField(schema, value, path = "") {
  if (schema.const !== undefined && value !== schema.const) return path || "?";
  if (schema.enum && !schema.enum.includes(value)) return path || "?";
  if (schema.type && ![].concat(schema.type).some((type) => isOfType(type, value))) return path || "?";
  if (typeof value === "number" && (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity))) return path;
  if (typeof value === "string" && schema.pattern && !matches(schema.pattern, value)) return path;
  for (const branch of schema.anyOf ? [schema.anyOf] : []) {
    if (!branch.some((part) => !wrongField(part, value, path || "?"))) return path || "?";
  }
  if (isMap(value)) {
    const wrong = wrongKey(schema, value, path);
    if (wrong) return wrong;
  }
  for (const part of schema.allOf || []) {
    if (part.if && wrongField(part.if, value, "?")) continue;
    const wrong = wrongField(part.then || part, value, path);
    if (wrong) return wrong;
  }
  return "";
}

function wrongKey(schema, value, path) {
  const known = schema.properties || {};
  const at = (key) => (path ? `${path}.${key}` : key);
  for (const key of schema.required || []) if (!(key in value)) return at(key);
  for (const key of Object.keys(value)) {
    if (schema.propertyNames && wrongField(schema.propertyNames, key, "?")) return at(key);
    const inner = Object.prototype.hasOwnProperty.call(known, key) ? known[key] : schema.additionalProperties;
    if (inner === false) return at(key);
    const wrong = isMap(inner) ? wrongField(inner, value[key], at(key)) : "";
    if (wrong) return wrong;
  }
  return "";
}

function isOfType(type, value) {
  switch (type) {
    case "object": return isMap(value);
    case "array": return Array.isArray(value);
    case "integer": return typeof value === "number";
    case "null": return value === null;
    default: return typeof value === type;
  }
}

// A pattern can't tell that there is no 31 February.
const matches = (pattern, text) => new RegExp(pattern, "u").test(text) && (!pattern.startsWith(DATE_PATTERN) || isMoment(text));

function isMoment(text) {
  const [, year, month, day, hour, minute, second] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{6}Z$/.exec(text) || [];
  if (!second || Number(year) < 1) return false;
  const whole = new Date(0);
  whole.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  whole.setUTCHours(Number(hour), Number(minute), Number(second));
  return whole.toISOString() === `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}
