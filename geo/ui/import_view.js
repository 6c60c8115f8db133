// The Import page, part by part: each draws what Python has found, and says what the person wants.

const PARTS = { intro, file: filePart, in: inPart, aside: asidePart, events: eventsPart };

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-import_view");
  const view = (root.dlView ??= { content: "", unfolded: null });
  view.send = (name, value) => setTriggerValue(name, { token: data.token, ...value });
  const content = JSON.stringify(data);
  if (content === view.content) return;
  view.content = content;
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  root.replaceChildren(h("section", { class: `dl-imp-part dl-imp-${data.part}` }, PARTS[data.part](data, view)));
  if (held) [...root.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === held)?.focus({ preventScroll: true });
}

function intro(data) {
  return [
    h("h1", {}, "Import"),
    h(
      "p",
      { class: "dl-imp-lead" },
      "Choose a CSV or GeoJSON file of events: UCDP GED, ACLED, a file of Dateline’s, or any table with coordinates and dates. ",
      "You see first what becomes of every row. Nothing is written to ",
      said(data.store, "strong"),
      ` before you press Import. At most ${data.most_mb.toLocaleString("en")} MB; larger files go in from the command line.`,
    ),
    data.why_not && h("p", { class: "dl-imp-notice", role: "status" }, h("strong", {}, "Preview only. "), said(data.why_not)),
  ];
}

function filePart(data, view) {
  if (data.refusal.length) {
    return [
      h("h2", {}, "This file cannot be read"),
      h("ul", { class: "dl-imp-notice is-bad", role: "alert" }, data.refusal.map((words) => said(words, "li"))),
    ];
  }
  const send = (member, value) => view.send("column", { member, value });
  const facts = [
    ["What it is", data.format],
    ["Size", [data.size, data.rows].filter(Boolean).join(", ")],
    ["Licence and citation", data.licence],
  ];
  const found = data.mapping.filter((row) => row.column).length;
  const summary = data.changeable ? `What the columns mean (${numbered(found, "column")} recognised; change what is wrong)` : "What the columns mean";
  const turned = (event) => (view.unfolded = event.currentTarget.open);
  return [
    said(data.file, "h2"),
    h("dl", { class: "dl-imp-facts-list" }, facts.filter(([, words]) => words).map(([head, words]) => [h("dt", {}, head), said(words, "dd")])),
    data.missing.length > 0 &&
      h(
        "p",
        { class: "dl-imp-notice is-bad", role: "alert" },
        `No column could be recognised for: ${data.missing.join(", ")}. Say below which column it is.`,
      ),
    data.mapping.length > 0 &&
      h(
        "details",
        { class: "dl-imp-fold", open: view.unfolded ?? data.missing.length > 0, on: { toggle: turned } },
        h("summary", { "data-focus": "fold" }, summary),
        mappingTable(data, send),
        data.settings.length > 0 && settingFields(data, send),
      ),
  ];
}

function inPart(data, view) {
  if (data.receipt) return receipt(data, view);
  const blocked = data.choice === "all" && data.aside > 0;
  const press = (event) => {
    event.currentTarget.disabled = true;
    event.currentTarget.textContent = "Importing…";
    view.send("act", { what: "bring_in" });
  };
  const nothing = data.events === 0;
  return [
    h("h2", {}, "What will go in"),
    data.counts && h("p", { class: "dl-imp-counts" }, nothing ? "Nothing new" : data.counts),
    h(
      "p",
      { class: "dl-imp-minor" },
      [
        data.same > 0 && `${numbered(data.same, "record")} ${data.same === 1 ? "is" : "are"} in the store already, to the letter`,
        data.aside > 0 ? `${numbered(data.aside, data.unit)} set aside, listed below` : `no ${data.unit} is set aside`,
      ]
        .filter(Boolean)
        .join("; ") + ".",
    ),
    data.aside > 0 && !nothing && choices(data, view),
    data.fault && h("p", { class: "dl-imp-notice is-bad", role: "alert" }, said(data.fault)),
    data.why_not === null &&
      !nothing &&
      h(
        "div",
        { class: "dl-imp-go" },
        h("button", { type: "button", class: "dl-imp-primary", "data-focus": "go", disabled: blocked, on: { click: press } }, "Import"),
        h(
          "span",
          { class: "dl-imp-minor" },
          blocked
            ? "Nothing goes in while anything is set aside. Mend them and bring the file again, or let the good ones go in."
            : data.keeps_history
              ? "One change in the history; it can be undone."
              : "This kind of store keeps no history: what went in cannot be taken back here. Keep a copy of the file.",
        ),
      ),
  ];
}

function choices(data, view) {
  const choice = (value, words) => {
    const change = () => view.send("choice", { value });
    const box = h("input", { type: "radio", name: "dl-imp-choice", value, checked: data.choice === value, "data-focus": value, on: { change } });
    return h("label", {}, box, h("span", {}, words));
  };
  return h(
    "fieldset",
    { class: "dl-imp-choice" },
    h("legend", { class: "dl-sr" }, "What to do about what is set aside"),
    choice("good", "The good ones go in"),
    choice("all", "Nothing goes in unless all are good"),
  );
}

function receipt(data, view) {
  const done = data.receipt;
  const act = (what, words, style = "dl-button") =>
    h("button", { type: "button", class: style, "data-focus": what, on: { click: () => view.send("act", { what }) } }, words);
  const minor = [
    done.same > 0 && `${numbered(done.same, "record")} ${done.same === 1 ? "was" : "were"} there already`,
    done.aside > 0 && `${numbered(done.aside, data.unit)} set aside, listed below`,
    done.revision && ["The store is at revision ", h("code", {}, done.revision)],
  ].filter(Boolean);
  const words = done.undone ? "Taken back" : done.nothing ? "Nothing was imported" : "Imported";
  return [
    h(
      "div",
      { class: done.undone || done.nothing ? "dl-imp-receipt is-void" : "dl-imp-receipt", role: "status" },
      h("h2", {}, words),
      h("p", { class: "dl-imp-counts" }, done.undone ? "The store is as it was before." : done.nothing ? "The store is as it was." : done.counts),
      minor.map((one) => h("p", { class: "dl-imp-minor" }, one, ".")),
      done.fault && h("p", { class: "dl-imp-notice is-bad", role: "alert" }, said(done.fault)),
      h(
        "div",
        { class: "dl-imp-go" },
        !done.undone && !done.nothing && act("show", done.shows, "dl-imp-primary"),
        done.can_undo && act("undo", "Undo the import"),
        (done.undone || done.nothing) && act("again", "Look at the file again"),
      ),
    ),
  ];
}

function asidePart(data, view) {
  const turn = (page) => () => view.send("page", { value: page });
  const unit = data.unit.toLowerCase();
  const last = data.first + data.rows.length - 1;
  return [
    h("h2", {}, `Set aside: ${numbered(data.rows_total, unit)}`),
    h("p", { class: "dl-imp-minor" }, "Nothing is guessed for them. Download them with their reasons, mend them, and bring that file again."),
    faultTable(data),
    data.pages > 1 &&
      h(
        "nav",
        { class: "dl-imp-pager", "aria-label": "Pages of what is set aside" },
        h("button", { type: "button", class: "dl-button", "data-focus": "back", disabled: data.page === 0, on: { click: turn(data.page - 1) } }, "Previous page"),
        h("span", {}, `${data.first.toLocaleString("en")} to ${last.toLocaleString("en")} of ${data.total.toLocaleString("en")}`),
        h("button", { type: "button", class: "dl-button", "data-focus": "on", disabled: data.page === data.pages - 1, on: { click: turn(data.page + 1) } }, "Next page"),
      ),
  ];
}

function eventsPart(data) {
  const all = data.rows.length === data.total;
  const one = `${numbered(data.total, "event")} in the file`;
  const words = all ? `${one}, as ${data.total === 1 ? "it" : "they"} will look` : `The first ${data.rows.length} of ${one}, as they will look`;
  return [h("h2", {}, words), eventRows(data)];
}
