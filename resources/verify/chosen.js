// What the reader dropped or chose, as a list of {path, file}: paths relative to the folder, with "/".

// From <input type="file" webkitdirectory>: every path begins with the folder's own name.
function fromInput(files) {
  const list = [...files].map((file) => {
    const [folder, ...rest] = file.webkitRelativePath.split("/");
    return { folder, path: rest.join("/"), file };
  });
  return { name: list.length ? list[0].folder : "", files: list.map(({ path, file }) => ({ path, file })) };
}

// From a drop. The entries must be taken before anything else is awaited.
function droppedEntries(transfer) {
  return [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null))
    .filter(Boolean);
}

async function fromEntry(root, tell) {
  const files = [];
  const waiting = [[root, ""]];
  while (waiting.length && files.length <= ENTRY_LIMIT) {
    const [folder, lead] = waiting.pop();
    for (const entry of await entriesOf(folder)) {
      const path = lead + entry.name;
      if (entry.isDirectory) waiting.push([entry, `${path}/`]);
      else files.push(await fileOf(entry, path));
    }
    tell(files.length);
  }
  return { name: root.name, files };
}

// A reader hands out its entries in parts (Chromium: 100) and is done when a part is empty.
async function entriesOf(folder) {
  const reader = folder.createReader();
  const entries = [];
  for (;;) {
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!part.length) return entries;
    entries.push(...part);
    if (entries.length > ENTRY_LIMIT) return entries;
  }
}

async function fileOf(entry, path) {
  try {
    return { path, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) };
  } catch (error) {
    return { path, file: null, reason: error.name || String(error) };
  }
}
