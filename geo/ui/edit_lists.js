// The lists of the forms: who took part, who claims what, which updates tell it, the very words, and a site's rings.

/** One list: its items as folded parts, and a way to add one. `make` draws the fields of an item, `words` what a folded one says. */
function itemList(panel, { name, title, one, hint, fresh, words, make }) {
  const items = panel.values[name];
  const rows = items.map((item, at) => itemRow(panel, { name, one, item, at, words, make }));
  const add = () => {
    items.push(fresh());
    panel.open.add(`${name}-${items.length - 1}`);
    rebuild(panel, `/${name}/${items.length - 1}/${Object.keys(fresh()).find((key) => key !== "from")}`);
  };
  return h(
    "section",
    { class: "dl-ed-part" },
    h("h3", {}, title, h("span", { class: "dl-ed-count" }, ` ${items.length || "none"}`)),
    hint && h("p", { class: "dl-ed-hint" }, hint),
    faultLine(panel, `/${name}`),
    h("ul", { class: "dl-ed-items" }, rows),
    button({ class: "dl-button", "data-focus": `add-${name}` }, add, `Add ${one}`),
  );
}

function itemRow(panel, { name, one, item, at, words, make }) {
  const key = `${name}-${at}`;
  const takeOut = () => {
    panel.values[name].splice(at, 1);
    panel.open.delete(key);
    rebuild(panel, `add-${name}`);
  };
  const toggle = ({ currentTarget }) => panel.open[currentTarget.open ? "add" : "delete"](key);
  const label = said(words(item) || `New: ${one.replace(/^an? /, "")}`);
  return h(
    "li",
    {},
    h(
      "details",
      { open: panel.open.has(key), on: { toggle } },
      h("summary", { "data-focus": `fold-${key}` }, icon("right"), label),
      h("div", { class: "dl-ed-item" }, make(item, `/${name}/${at}`), button({ class: "dl-ed-link" }, takeOut, `Take this out`)),
    ),
    faultLine(panel, `/${name}/${at}`),
  );
}

function actorsList(panel) {
  return itemList(panel, {
    name: "actors",
    title: "Who",
    one: "an actor",
    hint: "",
    fresh: () => ({ from: null, name: "", role: "other" }),
    words: ({ name, role }) => name && `${name} (${role})`,
    make: (item, at) => [
      field(panel, item, "name", `${at}/name`, "Name"),
      field(panel, item, "role", `${at}/role`, "Role", { kind: "select", choices: panel.form.choices.role }),
    ],
  });
}

function claimsList(panel) {
  const { choices } = panel.form;
  return itemList(panel, {
    name: "claims",
    title: "Claims",
    one: "a claim",
    hint: "One for each who says it, side by side. A figure that is not known stays empty.",
    fresh: () => ({ from: null, metric: "killed", low: "", high: "", unit: "people", text: "", by: "", via: "", stated: "", update: panel.values.updates.at(-1) ?? "" }),
    words: ({ metric, text, by }) => [[metric.replaceAll("_", " "), text].filter(Boolean).join(": "), by].filter(Boolean).join(" – "),
    make: (item, at) => [
      field(panel, item, "metric", `${at}/metric`, "Of what", { suggestions: choices.metric, most: 100 }),
      field(panel, item, "text", `${at}/text`, "In words", { example: "at least 22" }),
      pair(
        field(panel, item, "low", `${at}/low`, "At least", { example: "22", most: 20 }),
        field(panel, item, "high", `${at}/high`, "At most", { most: 20 }),
        field(panel, item, "unit", `${at}/unit`, "Counted in", { example: "people" }),
      ),
      field(panel, item, "by", `${at}/by`, "Who says so", { example: "Syrian Observatory for Human Rights" }),
      pair(field(panel, item, "via", `${at}/via`, "Through whom"), field(panel, item, "stated", `${at}/stated`, "Said on", { example: "2021-03-02" })),
      field(panel, item, "update", `${at}/update`, "Told in", { kind: "select", choices: cited(panel) }),
    ],
  });
}

function ringsList(panel) {
  return itemList(panel, {
    name: "rings",
    title: "Rings",
    one: "a ring",
    hint: "Distances that a source gives around the site. They are drawn on the map for everybody.",
    fresh: () => ({ from: null, radius_km: "", label: "", note: "", update: panel.values.updates.at(-1) ?? "" }),
    words: ({ radius_km, label }) => [radius_km && `${radius_km} km`, label].filter(Boolean).join(", "),
    make: (item, at) => [
      pair(
        field(panel, item, "radius_km", `${at}/radius_km`, "Radius (km)", { example: "55", most: 20 }),
        field(panel, item, "label", `${at}/label`, "What it is", { example: "declared security zone" }),
      ),
      field(panel, item, "note", `${at}/note`, "Note on the ring", { kind: "area", rows: 2, most: 100000 }),
      field(panel, item, "update", `${at}/update`, "Told in", { kind: "select", choices: cited(panel) }),
    ],
  });
}

function passagesList(panel) {
  return itemList(panel, {
    name: "passages",
    title: "Passages",
    one: "a passage",
    hint: "The very words of an update that tell this event.",
    fresh: () => ({ from: null, update: panel.values.updates.at(-1) ?? "", exact: "" }),
    words: ({ exact }) => exact && `“${exact.length > 90 ? `${exact.slice(0, 90)}…` : exact}”`,
    make: (item, at) => [
      field(panel, item, "update", `${at}/update`, "Update", { kind: "select", choices: cited(panel) }),
      field(panel, item, "exact", `${at}/exact`, "Its words", { kind: "area", rows: 3, most: 100000 }),
      picker(panel, item, at),
    ],
  });
}

/** The update's text to mark words in: what is marked becomes the passage. */
function picker(panel, item, at) {
  const text = panel.form.texts?.[item.update];
  if (!text) return null;
  const words = said(text, "div", { class: "dl-ed-source", tabindex: 0, "aria-label": "Text of the update" });
  const take = () => {
    const selection = getSelection();
    const marked = selection.rangeCount && words.contains(selection.anchorNode) && words.contains(selection.focusNode) ? selection.getRangeAt(0).toString().trim() : "";
    if (!marked) return;
    item.exact = marked;
    panel.touched.add(`${at}/exact`);
    rebuild(panel, `${at}/exact`);
  };
  // The press must not take the selection away.
  const keep = (event) => event.preventDefault();
  const act = h("button", { type: "button", class: "dl-button", on: { click: take, mousedown: keep } }, "Take the words that I marked");
  return h("details", { class: "dl-ed-pick" }, h("summary", {}, icon("right"), "Mark the words in the text"), words, act);
}

/** The updates that tell the event: the chosen ones, and a way to add another. */
function updatesList(panel) {
  const { values, form } = panel;
  const labels = new Map(form.updates.map(({ id, label }) => [id, label]));
  const chosen = values.updates.map((id, at) => {
    const takeOut = () => {
      values.updates.splice(at, 1);
      rebuild(panel, "add-update");
    };
    const out = button({ class: "dl-ed-out", "aria-label": `Take out: ${labels.get(id) ?? id}`, title: "Take out" }, takeOut, "×");
    return h("li", {}, said(labels.get(id) ?? `${id} (not in the store)`), out);
  });
  const add = h(
    "select",
    { class: "dl-ed-field", "aria-label": "Add an update that tells it", "data-focus": "add-update" },
    h("option", { value: "" }, values.updates.length ? "Add another update …" : "Add the update that tells it …"),
    form.updates.filter(({ id }) => !values.updates.includes(id)).map(({ id, label }) => h("option", { value: id }, label)),
  );
  add.addEventListener("change", () => {
    if (!add.value) return;
    values.updates.push(add.value);
    panel.touched.add("/updates");
    rebuild(panel, "add-update");
  });
  return h(
    "section",
    { class: "dl-ed-part" },
    h("h3", {}, "Told in"),
    h("ul", { class: "dl-ed-chosen" }, chosen),
    h("span", { class: "dl-ed-select" }, add, icon("down")),
    faultLine(panel, "/updates"),
    faultLine(panel, "/reported"),
  );
}

const cited = (panel) => {
  const labels = new Map(panel.form.updates.map(({ id, label }) => [id, label]));
  return panel.values.updates.map((id) => [id, labels.get(id) ?? id]);
};

const pair = (...fields) => h("div", { class: "dl-ed-pair" }, fields);
