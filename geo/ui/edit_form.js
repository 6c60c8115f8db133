// The form of an event, a site or an update, and its foot: why, save, and what else can be done with it.

/** Draw the form anew from `panel.values`; the focus goes to `focus`, else stays. */
function drawForm(panel, root, focus = null) {
  panel.faults = new Map();
  panel.lists = h("div", { hidden: true });
  const held = focus ?? (root.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined);
  const parts = { event: eventParts, site: siteParts, update: updateParts }[panel.form.kind](panel);
  panel.head = h("div", { class: "dl-ed-state" });
  refill(
    root,
    h("div", { class: "dl-ed-top" }, button({ class: "dl-quiet", "data-focus": "close" }, () => leave(panel), icon("left"), "All edits"), panel.head),
    h("h2", { tabindex: -1, "data-focus": "head" }, title(panel)),
    h("form", { novalidate: true, on: { submit: (event) => save(panel, event) } }, parts, retraction(panel), foot(panel), panel.lists),
  );
  paintForm(panel);
  if (held) byData(root, "focus", held)?.focus({ preventScroll: focus === null });
}

function title({ form }) {
  if (form.isNew) return `A new ${form.kind}`;
  return said(form.heading || form.name);
}

function rebuild(panel, focus) {
  changed(panel);
  drawForm(panel, panel.root, focus);
  flush(panel);
}

function leave(panel) {
  panel.tell({ do: "close", sent: settledForm(panel) });
}

const part = (name, ...fields) => h("section", { class: "dl-ed-part" }, h("h3", {}, name), fields);

function eventParts(panel) {
  const { values, form } = panel;
  const { choices } = form;
  const place = values.place;
  return [
    part(
      "What",
      field(panel, values, "title", "/title", "Title", { kind: "area", rows: 2, oneLine: true }),
      field(panel, values, "kind", "/kind", "Kind", { kind: "select", choices: choices.kind }),
    ),
    part(
      "When",
      pair(
        field(panel, values, "start", "/start", "First day it may have been", { example: "2021-02-26", most: 20 }),
        field(panel, values, "end", "/end", "Last day", { example: "the same", most: 20 }),
      ),
      h("p", { class: "dl-ed-hint" }, "With a time where it is known to the minute: 2021-03-03T04:20Z. An empty last day is that of the day, week, month or year."),
      pair(
        field(panel, values, "date_precision", "/date_precision", "How exact", { kind: "select", choices: choices.date_precision }),
        field(panel, values, "date_basis", "/date_basis", "How it is known", { kind: "select", choices: choices.date_basis }),
      ),
      field(panel, values, "date_note", "/date_note", "Note on the date"),
    ),
    part(
      "Where",
      where(panel),
      pair(
        field(panel, place, "uncertainty_km", "/place/uncertainty_km", "Within (km)", { example: "5", most: 20 }),
        field(panel, place, "precision", "/place/precision", "How exact", { kind: "select", choices: choices.precision }),
      ),
      pair(field(panel, place, "name", "/place/name", "Name of the place"), field(panel, place, "country", "/place/country", "Country")),
      field(panel, place, "basis", "/place/basis", "Who placed it", { kind: "select", choices: choices.basis }),
      field(panel, place, "note", "/place/note", "What the source says, if less than the point", { kind: "area", rows: 2, most: 100000 }),
      faultLine(panel, "/place"),
    ),
    actorsList(panel),
    updatesList(panel),
    claimsList(panel),
    passagesList(panel),
    part("Note", field(panel, values, "note", "/note", "Editor’s note", { kind: "area", rows: 3, most: 100000 }), idField(panel)),
  ];
}

function siteParts(panel) {
  const { values } = panel;
  return [
    part("What", field(panel, values, "name", "/name", "Name", { example: "Ain al-Asad air base" })),
    part("Where", where(panel)),
    ringsList(panel),
    updatesList(panel),
    part("Note", field(panel, values, "note", "/note", "Editor’s note", { kind: "area", rows: 3, most: 100000 }), idField(panel)),
  ];
}

function updateParts(panel) {
  const { values, form } = panel;
  return [
    h(
      "section",
      { class: "dl-ed-part" },
      form.told > 0 && h("p", { class: "dl-ed-hint" }, `${counted(form.told)} events are told in it; the words that they quote must stay in its text.`),
      field(panel, values, "heading", "/heading", "Heading, as printed"),
      pair(
        field(panel, values, "published", "/published", "Published", { example: "2021-02-28T07:30Z", most: 20 }),
        field(panel, values, "date_basis", "/date_basis", "How that is known", { kind: "select", choices: form.choices.update_date_basis }),
      ),
      field(panel, values, "date_note", "/date_note", "Note on the date"),
      field(panel, values, "source", "/source", "Source"),
      field(panel, values, "url", "/url", "Address of the source", { example: "https://", most: 2000 }),
      field(panel, values, "text", "/text", "Text, retold", { kind: "area", rows: 12, most: 100000 }),
      idField(panel),
    ),
  ];
}

function idField(panel) {
  if (!panel.form.isNew) return null;
  return field(panel, panel.values, "id", "/id", "Id", { example: panel.form.proposed, hint: "Left empty, it is made of the words and the date. It stays for good." });
}

/* ---- the point ---- */

function where(panel) {
  const control = field(panel, panel.values, "where", "/where", "Coordinates", { example: "33.786, 42.441 or 33°47'10\"N 42°26'28\"E or MGRS", most: 100 });
  panel.arm = button({ class: "dl-button", "data-focus": "arm" }, () => arm(panel, !panel.form.arm), "");
  panel.look = button({ class: "dl-button", "data-focus": "look" }, () => panel.tell({ do: "look", sent: settledForm(panel) }), "Show it there");
  panel.armed = h("span", { role: "status", class: "dl-ed-armed" });
  panel.read = h("p", { class: "dl-ed-read", "aria-live": "polite" });
  return [control, panel.read, h("div", { class: "dl-ed-acts" }, panel.arm, panel.look, panel.armed)];
}

function settledForm(panel) {
  settle(panel);
  return sentForm(panel);
}

/** Wait for a click on the map, or no longer. On a phone the map is out of sight: it is brought there. */
function arm(panel, on) {
  panel.tell({ do: "arm", on, sent: settledForm(panel) });
  const map = document.querySelector(".st-key-map iframe");
  const box = map?.getBoundingClientRect();
  panel.away = Boolean(on && box && (box.bottom < 120 || box.top > window.innerHeight - 120));
  if (panel.away) map.scrollIntoView({ block: "center" });
}

/** A point that was clicked since goes into its field. */
function takePlaced(panel) {
  const { placed } = panel.form;
  if (!placed || placed.n === panel.placed) return;
  panel.placed = placed.n;
  panel.values.where = placed.where;
  panel.touched.add("/where");
  const input = byData(panel.root, "focus", "/where");
  if (input) input.value = placed.where;
  if (panel.away) input?.scrollIntoView({ block: "center" });
  panel.away = false;
}

/* ---- the foot ---- */

function foot(panel) {
  const why = { why: panel.why };
  const control = field(panel, why, "why", "/why", panel.form.isNew ? "Why it is added" : "Why it is changed", { example: "told in the update of 3 March" });
  control.querySelector("input").addEventListener("input", (event) => {
    panel.why = event.target.value;
  });
  panel.saveFault = h("p", { class: "dl-ed-fault", role: "alert" });
  panel.drafted = h("span", { class: "dl-ed-hint" });
  const discard = () => panel.tell({ do: "discard", kind: panel.form.kind, id: panel.form.isNew ? null : panel.name.slice(panel.name.indexOf(":") + 1) });
  return h(
    "div",
    { class: "dl-ed-foot" },
    control,
    panel.saveFault,
    h(
      "div",
      { class: "dl-ed-acts" },
      h("button", { type: "submit", class: "dl-button dl-ed-save", "data-focus": "save" }, panel.form.isNew ? "Add it" : "Save"),
      button({ class: "dl-button", "data-focus": "discard" }, discard, "Discard what I typed"),
      panel.drafted,
    ),
  );
}

const WITHDRAWALS = {
  event: {
    title: "Retract this event",
    hint: "It leaves the map, the lists and the exports, keeps its history, and can be reinstated.",
    why: "Why it no longer counts",
    act: "Retract it",
  },
  site: {
    title: "Take this site out",
    hint: "It leaves the map with its rings. What it was stays in the history, where taking it out can be undone.",
    why: "Why it is taken out",
    act: "Take it out",
  },
};

function retraction(panel) {
  const words = WITHDRAWALS[panel.form.kind];
  if (!words || panel.form.isNew) return null;
  const reason = h("input", { type: "text", class: "dl-ed-field", id: "dl-ed-retract", maxlength: 1000, "data-focus": "retract-why", dir: "auto" });
  // Pressing Enter in it must not save the form.
  reason.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  const act = button({ class: "dl-button dl-ed-danger", "data-focus": "retract" }, () => panel.tell({ do: "retract", why: reason.value }), words.act);
  return h(
    "details",
    { class: "dl-ed-more" },
    h("summary", {}, icon("right"), words.title),
    h("p", { class: "dl-ed-hint" }, words.hint),
    h("div", { class: "dl-ed-control" }, h("label", { for: "dl-ed-retract" }, words.why), reason),
    act,
  );
}

function save(panel, event) {
  event.preventDefault();
  settle(panel);
  panel.all = true;
  paintProblems(panel);
  panel.tell({ do: "save", sent: sentForm(panel), why: panel.why });
  panel.saving = true;
}

/** What changes without the form being drawn anew. */
function paintForm(panel) {
  const { form } = panel;
  paintProblems(panel);
  panel.drafted.textContent = form.drafted ? `Draft kept at ${form.drafted.split(", ").at(-1)}` : "";
  panel.head.replaceChildren(form.changed ? h("p", { class: "dl-ed-changed", role: "status" }, "Somebody has changed this since you opened it. Saving will show you both versions.") : "");
  if (form.where !== undefined) {
    panel.arm.textContent = form.arm ? "Cancel" : "Click on the map";
    panel.arm.setAttribute("aria-pressed", String(form.arm));
    panel.armed.textContent = form.arm ? "Now click the point on the map." : "";
    panel.look.disabled = form.where === null;
    paintWhere(panel);
  }
  const id = byData(panel.root, "focus", "/id");
  if (id) id.placeholder = form.proposed;
}

function paintWhere({ read, form }) {
  const { where: told } = form;
  read.replaceChildren(...(told ? [h("span", {}, told.decimal), h("span", {}, told.dms), h("span", {}, `MGRS ${told.mgrs}`), told.square && h("span", {}, told.square)].filter(Boolean) : []));
}
