if (typeof document === "undefined") listenInWorker();
else globalThis.page = new Page();
