// What stamps say about single entries of the journal. Entries up to a stamped checkpoint were there when it was
// stamped; those after the entry that names a stamp were written later than that stamp.
const STAMP_TOLERANCE_S = 60;

const receivedIn = (folder) => (folder.journal && !folder.journalFound.faults ? folder.journal.events.filter((event) => event.type === "stamp.received") : []);

// For the table: after which entry's number the journal goes on later than this stamp.
function entriesAfter(folder, proven) {
  const received = receivedIn(folder);
  return proven.map((stamp) => {
    const event = received.find((one) => one.data.token_sha256 === stamp.sha256);
    return { ...stamp, after: event ? event.seq : null };
  });
}

// Whoever may have given them: entries that came after one stamp can't have been there before an earlier one.
function checkContradictions(folder, proven) {
  const counting = proven.filter((stamp) => stamp.covers === "folder" || stamp.covers === "entries");
  const later = counting.filter((stamp) => stamp.after !== null);
  const count = folder.journal ? folder.journal.lines : 0;
  const ends = new Set([...counting.map((stamp) => stamp.seq ?? count), ...later.map((stamp) => stamp.after), count]);
  const stretches = [];
  let first = 1;
  for (const last of [...ends].filter((end) => end > 0 && end <= count).sort((a, b) => a - b)) {
    // They are in the order of their times.
    const before = counting.find((stamp) => stamp.seq === null || stamp.seq >= last);
    const after = later.filter((stamp) => stamp.after < first).pop();
    const previous = stretches[stretches.length - 1];
    const wrong = before && after && after.at - before.at > STAMP_TOLERANCE_S;
    if (wrong && previous && previous.last === first - 1 && previous.before.at === before.at && previous.after.at === after.at) previous.last = last;
    else if (wrong) stretches.push({ first, last, before, after });
    first = last + 1;
  }
  const said = (stamp) => `${momentText(stamp.at)}, ${stamp.by}`;
  for (const { first: from, last, before, after } of stretches.slice(0, SHOWN_LIMIT)) {
    folder.time.add("stamps-contradict", last > from ? `${from}-${last}` : from, said(before), said(after));
  }
}
