// The page itself: language, choosing, progress, report.
class Page {
  constructor() {
    const data = (id) => JSON.parse(document.getElementById(id).textContent);
    this.schema = data("schema");
    this.words = new PageWords(data("texts"), document.documentElement.lang.startsWith("zh") ? "zh" : "en");
    this.parts = Object.fromEntries([...document.querySelectorAll("[id]")].map((one) => [one.id, one]));
    this.running = null;
    this.name = "";
    this.report = null;
    this.trouble = null; // [key, facts]
    this.listen();
    this.show();
  }

  listen() {
    const { folder, drop, stop } = this.parts;
    folder.addEventListener("change", () => {
      const chosen = fromInput(folder.files);
      folder.value = ""; // the same folder may be chosen again
      this.check(chosen);
    });
    stop.addEventListener("click", () => this.stop());
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => {
        this.words.language = button.dataset.language;
        this.show();
      });
    }
    // Anywhere on the page: a folder dropped beside the field must not make the browser leave the page.
    document.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget || drop.classList.remove("over"));
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      this.dropped(droppedThings(event.dataTransfer));
    });
  }

  async dropped(things) {
    if (this.running || !things.length) return;
    if (things.length > 1) return this.say("one_folder");
    try {
      const thing = await things[0];
      if (!thing.isFolder) return this.say(/\.zip$/i.test(thing.name) ? "is_zip" : "is_file", { name: thing.name });
      const chosen = await this.lookThrough(thing);
      if (chosen) await this.check(chosen);
    } catch {
      this.running = null;
      this.say("not_by_drop");
    }
  }

  // Null when it was stopped meanwhile.
  async lookThrough(folder) {
    const running = { stop: () => {} };
    this.running = running;
    this.trouble = this.report = null;
    this.show();
    const chosen = await fromFolder(folder, (count) => this.progress("", count, 0));
    if (this.running !== running) return null;
    this.running = null;
    return chosen;
  }

  async check({ name, files }) {
    if (this.running) return;
    if (!isCaseFolder(files.map((one) => one.path))) return this.say("no_case_folder", { name: name || "…" });
    this.name = name;
    this.report = null;
    this.trouble = null;
    this.running = startCheck(files, this.schema, (path, done, total) => this.progress(path, done, total));
    this.show();
    try {
      this.report = await this.running.report;
    } catch (error) {
      this.trouble = ["failed", { reason: String(error.message || error) }];
    }
    this.running = null;
    this.show();
    const heading = document.getElementById("verdict");
    if (heading) heading.focus();
  }

  stop() {
    if (this.running) this.running.stop();
    this.running = null;
    this.show();
  }

  say(key, facts = {}) {
    this.trouble = [key, facts];
    this.report = null;
    this.show();
  }

  progress(path, done, total) {
    const { bar, now } = this.parts;
    bar.value = total ? done / total : 0;
    now.textContent = path
      ? this.words.text("hashing", { done: sizeText(done), total: sizeText(total), name: shownText(path, 120) })
      : this.words.plural("reading", done);
  }

  show() {
    const { words, parts } = this;
    document.documentElement.lang = words.language === "zh" ? "zh-CN" : "en";
    document.title = words.text("title");
    parts.folder.setAttribute("aria-label", words.text("choose"));
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === words.language));
    }
    parts.drop.hidden = Boolean(this.running);
    parts.drop.classList.toggle("small", Boolean(this.report));
    parts.work.hidden = !this.running;
    parts.trouble.hidden = !this.trouble;
    parts.trouble.textContent = this.trouble ? words.text(...this.trouble) : "";
    parts.nosubtle.hidden = Boolean(globalThis.crypto && globalThis.crypto.subtle);
    parts.report.replaceChildren(...(this.report ? renderReport(words, this.name, this.report) : []));
  }
}
