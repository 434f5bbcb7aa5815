// The report as a part of the page. Everything from the folder is text, never markup.
function element(tag, attributes = {}, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inner.flat(Infinity).filter((part) => part !== null && part !== ""));
  return made;
}

function renderReport(words, name, report) {
  return [
    verdict(words, name, report),
    ...LAYERS.map((layer) => layerCard(words, layer, report)),
    beyond(words, report),
  ];
}

function verdict(words, name, report) {
  const faults = report.findings.filter((one) => one.weight === "fault");
  const facts = [
    [words.text("folder"), name],
    [words.text("case"), report.case],
    [words.text("entries"), report.first ? `${localText(report.first)} – ${localText(report.last)}` : ""],
    [words.text("head"), report.head && report.head.seq ? `${report.head.seq} · ${report.head.hash}` : "", "mono"],
  ].filter(([, value]) => value);
  const [heading, meaning] = verdictWords(words, report, faults.length);
  return element("section", { class: `card verdict ${faults.length ? "bad" : "plain"}`, "aria-labelledby": "verdict" },
    element("h2", { id: "verdict", tabindex: "-1" }, heading),
    element("p", {}, meaning),
    element("ul", { class: "layers" }, LAYERS.map((layer) => element("li", {},
      element("a", { href: `#layer-${layer}` }, words.own.layers[layer]), pill(words, layer, report)))),
    element("dl", { class: "facts" }, facts.map(([title, value, look]) =>
      element("div", {}, element("dt", {}, title), element("dd", look ? { class: look } : {}, value)))));
}

const isRedacted = (report) => report.findings.some((one) => one.code === "redacted");

// No more than the signature carries.
function verdictWords(words, report, faults) {
  if (faults) return [words.plural("faults", faults), words.text("faults_mean")];
  if (isRedacted(report)) return [words.text("no_fault_redacted"), words.text("verdict_redacted")];
  if (!report.signer) return [words.text("no_fault_unsigned"), words.text("verdict_unsigned")];
  return [words.text("no_fault"), `${words.text("verdict_signed")} ${words.text("no_fault_means")}`];
}

const ofLayer = (report, layer) => report.findings.filter((one) => one.layer === layer);

function pill(words, layer, report) {
  const own = ofLayer(report, layer);
  const faults = own.filter((one) => one.weight === "fault").length;
  if (faults) return element("span", { class: "pill bad" }, words.plural("faults_short", faults));
  if (own.some((one) => one.code === "not-checked-here")) return element("span", { class: "pill warn" }, words.text("not_checked"));
  const [key, look] = layerState(layer, own, report);
  return element("span", { class: `pill ${look}` }, words.text(key));
}

// In the words of the layer: a signature by an unknown key and a self-attested time are no green ticks.
function layerState(layer, own, report) {
  const has = (code) => own.some((one) => one.code === code);
  const seen = (code) => report.checked.some((one) => one.code === code);
  // A redacted copy has nothing that could be checked there.
  if (isRedacted(report) && ["journal", "recordings", "facts", "signature"].includes(layer) && !seen(`${layer}s`)) return ["not_checked", "warn"];
  switch (layer) {
    case "files": return ["state_files", "ok"];
    case "journal": return ["state_journal", "ok"];
    case "recordings":
      if (!report.checked.some((one) => one.code === "recordings" && one.count)) return ["state_no_recordings", "n"];
      return own.length ? ["state_recordings_remarks", "warn"] : ["state_recordings", "ok"];
    case "facts": return seen("facts") ? ["state_facts", "ok"] : ["not_checked", "warn"];
    case "signature": return has("not-signed") ? ["state_not_signed", "warn"] : ["state_signed", "n"];
    case "time": return report.proven.length ? ["state_stamped", "warn"] : ["state_self_attested", "warn"];
    default:
      if (has("redacted")) return ["state_redacted", "warn"];
      if (has("simulated")) return ["state_simulated", "bad"];
      return has("made-elsewhere") ? ["state_imported", "warn"] : ["state_recorded", "n"];
  }
}

function layerCard(words, layer, report) {
  // What stands in the table of stamps or as the fingerprint needs no sentence of its own.
  const own = ofLayer(report, layer).filter((one) => !["stamp-holds", "signed-by-unknown"].includes(one.code));
  const checked = report.checked.filter((one) => one.layer === layer).map((one) => words.checked(one)).join(" · ");
  const faults = own.filter((one) => one.weight === "fault");
  const remarks = own.filter((one) => one.weight !== "fault");
  return element("section", { class: "card layer", id: `layer-${layer}`, "aria-labelledby": `title-${layer}` },
    element("div", { class: "head" },
      element("h2", { id: `title-${layer}` }, words.own.titles[layer]), pill(words, layer, report),
      checked ? element("span", { class: "faint" }, words.text("looked_at", { what: checked })) : ""),
    element("p", { class: "sub" }, words.text(`about_${layer}`)),
    layer === "signature" && report.signer ? fingerprint(words, report.signer) : "",
    layer === "time" && report.proven.length ? stampTable(words, report.proven) : "",
    own.length ? element("ul", { class: "findings" }, [...faults, ...remarks].map((one) => findingItem(words, one))) : "");
}

function fingerprint(words, signer) {
  return element("div", { class: "fingerprint" },
    element("p", { class: "sub" }, words.text("fingerprint")), element("p", { class: "mono digits" }, grouped(signer)));
}

function findingItem(words, one) {
  const fault = one.weight === "fault";
  const item = element("li", { class: one.weight, "data-code": one.code, "data-subject": one.subject },
    element("p", {}, element("span", { class: "kind" }, words.text(fault ? "fault" : "remark")), " ", words.finding(one)));
  const alone = !one.expected && one.found ? words.found(one) : "";
  if (alone) item.append(element("p", { class: "sub" }, alone));
  else if (one.expected || one.found) {
    item.append(element("dl", { class: "compare" },
      [["expected", one.expected], ["found", one.found]].filter(([, value]) => value || one.expected).map(([key, value]) =>
        element("div", {}, element("dt", {}, words.text(key)), element("dd", { class: "mono" }, value || words.text("nothing"))))));
  }
  return item;
}

const PROVES = { folder: "proves_folder", changed: "proves_changed", entries: "proves_entries", checkpoint: "proves_checkpoint" };

function stampTable(words, proven) {
  const cell = (...inner) => element("td", {}, ...inner);
  return element("table", {},
    element("thead", {}, element("tr", {}, ["stamp_time", "stamp_by", "stamp_proves"].map((key) => element("th", { scope: "col" }, words.text(key))))),
    element("tbody", {}, proven.map((stamp) => element("tr", {},
      cell(momentText(stamp.at)),
      cell(stamp.authority, element("small", {}, stamp.by)),
      cell(
        words.text(PROVES[stamp.covers], { seq: stamp.seq }),
        stamp.after ? element("small", {}, words.text("proves_after", { seq: stamp.after })) : "",
        element("small", { class: "mono" }, stamp.name))))));
}

function beyond(words, report) {
  return element("section", { class: "card", "aria-labelledby": "beyond" },
    element("h2", { id: "beyond" }, words.text("beyond")),
    element("ul", { class: "plain sub" }, ["beyond_truth", "beyond_anew", "beyond_links"].map((key) => element("li", {}, words.text(key)))),
    element("p", {}, words.text("commands")),
    commandsFor(report).map(({ key, facts, lines }) => [
      element("h3", {}, words.text(key, facts)), element("pre", {}, lines.join("\n"))]),
    element("h3", {}, words.text("how_all")), element("pre", {}, "evidencedesk verify ."));
}
