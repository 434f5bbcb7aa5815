// The check runs in a worker made from this same script, so that the page stays alive; where a browser gives none,
// it runs in the page, which breathes between the slices of a file.
const TELL_MS = 100;

function seldom(tell) {
  let last = -Infinity;
  return (name, done, total) => {
    if (performance.now() - last < TELL_MS && done !== total) return;
    last = performance.now();
    tell(name, done, total);
  };
}

function listenInWorker() {
  self.onmessage = async ({ data }) => {
    try {
      const report = await verifyFolder(data.files, data.schema, seldom((name, done, total) => self.postMessage({ name, done, total })));
      self.postMessage({ report });
    } catch (error) {
      self.postMessage({ failure: String(error && error.stack ? error.stack : error) });
    }
  };
}

// Starts a check; returns a promise of the report and a way to stop. Stopped, the promise never settles.
function startCheck(files, schema, tell) {
  const worker = newWorker();
  if (!worker) return checkHere(files, schema, tell);
  const report = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.report) resolve(data.report);
      else if (data.failure) reject(new Error(data.failure));
      else return tell(data.name, data.done, data.total);
      worker.terminate();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      checkHere(files, schema, tell).report.then(resolve, reject);
    };
    worker.postMessage({ files, schema });
  });
  return { report, stop: () => worker.terminate() };
}

function newWorker() {
  try {
    const url = URL.createObjectURL(new Blob([document.getElementById("program").textContent], { type: "text/javascript" }));
    return new Worker(url);
  } catch {
    return null;
  }
}

function checkHere(files, schema, tell) {
  let stopped = false;
  const often = seldom(tell);
  const report = verifyFolder(files, schema, (name, done, total) => {
    if (stopped) throw new Error("stopped");
    often(name, done, total);
  });
  return { report: report.catch((error) => (stopped ? new Promise(() => {}) : Promise.reject(error))), stop: () => { stopped = true; } };
}
