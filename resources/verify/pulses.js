// The pulse journal beside a recording: its lines and their chain.
const PULSE_FILE = "pulse.jsonl";
const PULSE_LINE_LIMIT = 16384;
const PULSE_LIMIT = 128 * 1024 * 1024;
const PULSE_FAULT_LIMIT = 1000;
const PULSE_INTEGERS = {
  start: ["rate_hz", "channels"],
  pulse: ["samples", "file_bytes"],
  gap: ["at_samples", "length_ms"],
  warning: ["at_samples"],
  stop: ["samples", "file_bytes"],
};
const PULSE_TEXTS = {
  start: ["case", "encounter", "recording", "device", "file", "mono_ns", "utc"],
  pulse: ["pcm_sha256", "mono_ns", "utc"],
  gap: ["code"],
  warning: ["code"],
  stop: ["reason", "pcm_sha256", "file_sha256", "reread_pcm_sha256"],
};

async function readPulses(file) {
  const pulses = { start: null, stop: null, gaps: [], lines: 0, hashes: [], samples: [], faults: [] };
  if (file.size > PULSE_LIMIT) throw new Refused("too large");
  const fault = (code, line, expected, found) => pulses.faults.push({ code, line, expected, found });
  let prev = FIRST_PREV, number = 0;
  for await (const whole of linesOf(file, PULSE_LIMIT)) {
    // A torn last line is what a crash leaves.
    if (whole[whole.length - 1] !== 10 || pulses.faults.length >= PULSE_FAULT_LIMIT) break;
    const raw = withoutEnd(whole);
    const line = pulseLine(raw);
    number++;
    if (!line) {
      fault("pulse-line", number, "", beginning(raw, 60));
    } else {
      if (line.prev !== prev) fault("pulse-chain", number, prev, line.prev);
      if ((line.kind === "start") !== (number === 1) || pulses.stop) fault("pulse-line", number, "", line.kind);
      if (line.kind === "start" && number === 1) pulses.start = line;
      else if (line.kind === "stop") pulses.stop = line;
      else if (line.kind === "gap") pulses.gaps.push(line.length_ms);
      pulses.lines++;
    }
    prev = sha256Hex(raw);
    pulses.hashes.push(prev);
    pulses.samples.push(line && line.kind === "pulse" ? line.samples : null);
  }
  return pulses;
}

// A line's object, or null when it is not one that a recorder writes.
function pulseLine(raw) {
  if (raw.length > PULSE_LINE_LIMIT) return null;
  let line;
  try {
    line = parseStrict(raw);
    if (!isMap(line) || !isCanonical(line, raw)) return null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
  if (!Object.keys(PULSE_INTEGERS).includes(line.kind) || typeof line.prev !== "string") return null;
  if (!PULSE_INTEGERS[line.kind].every((key) => typeof line[key] === "number" && line[key] >= 0)) return null;
  if (!PULSE_TEXTS[line.kind].every((key) => typeof line[key] === "string")) return null;
  return /^[0-9]{1,20}$/.test(plainText(line.mono_ns ?? "0")) ? line : null;
}
