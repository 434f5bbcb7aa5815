// What the reader dropped or chose, as a list of {path, file}: paths relative to the folder, with "/".

// From <input type="file" webkitdirectory>: every path begins with the folder's own name.
function fromInput(files) {
  const list = [...files].map((file) => {
    const [folder, ...rest] = file.webkitRelativePath.split("/");
    return { folder, path: rest.join("/"), file };
  });
  return { name: list.length ? list[0].folder : "", files: list.map(({ path, file }) => ({ path, file })) };
}

// From a drop: one promise for each dropped thing. They must all be asked for before anything is awaited.
// Chromium lets a page that was opened from a file read a dropped folder by its handle only; Firefox and Safari have
// the older entries only.
function droppedThings(transfer) {
  return [...transfer.items].filter((item) => item.kind === "file").map((item) => {
    if (item.getAsFileSystemHandle) return item.getAsFileSystemHandle().then((handle) => new HandleThing(handle));
    const entry = item.webkitGetAsEntry ? item.webkitGetAsEntry() : null;
    return entry ? Promise.resolve(new EntryThing(entry)) : Promise.reject(new Error("webkitGetAsEntry"));
  });
}

class HandleThing {
  constructor(handle) {
    this.handle = handle;
    this.name = handle.name;
    this.isFolder = handle.kind === "directory";
  }

  async inner() {
    const things = [];
    for await (const handle of this.handle.values()) {
      things.push(new HandleThing(handle));
      if (things.length > ENTRY_LIMIT) break;
    }
    return things;
  }

  file() {
    return this.handle.getFile();
  }
}

class EntryThing {
  constructor(entry) {
    this.entry = entry;
    this.name = entry.name;
    this.isFolder = entry.isDirectory;
  }

  // A reader hands out its entries in parts and is done when a part is empty.
  async inner() {
    const reader = this.entry.createReader();
    const things = [];
    for (;;) {
      const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      things.push(...part.map((entry) => new EntryThing(entry)));
      if (!part.length || things.length > ENTRY_LIMIT) return things;
    }
  }

  file() {
    return new Promise((resolve, reject) => this.entry.file(resolve, reject));
  }
}

async function fromFolder(root, tell) {
  const files = [];
  const waiting = [[root, ""]];
  while (waiting.length && files.length <= ENTRY_LIMIT) {
    const [folder, lead] = waiting.pop();
    for (const thing of await folder.inner()) {
      const path = lead + thing.name;
      if (thing.isFolder) waiting.push([thing, `${path}/`]);
      else files.push(await fileOf(thing, path));
      tell(files.length);
    }
  }
  return { name: root.name, files };
}

async function fileOf(thing, path) {
  try {
    return { path, file: await thing.file() };
  } catch (error) {
    return { path, file: null, reason: error.name || String(error) };
  }
}
