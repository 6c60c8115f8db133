// The history: each change with when, who and why, what it was before and after, and the ways to take it back.

export default function historyView({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-history_view");
  const kept = keptFor(root, () => ({ open: new Set() }));
  kept.tell = (message) => setTriggerValue("act", message);
  if (isSame(kept, data)) return;
  refill(root, h("div", { class: "dl-hi-page" }, head(data, kept), entries(data, kept)));
}

function head(data, kept) {
  const { record } = data;
  const note = h("div", {});
  drawNote(note, data.note, kept.tell);
  return h(
    "header",
    { class: "dl-hi-head" },
    h("h1", {}, "History"),
    record
      ? h(
          "p",
          { class: "dl-hi-lead" },
          "Changes of ",
          said(record.title, "strong"),
          ". ",
          button({ class: "dl-ed-link", "data-focus": "all" }, () => kept.tell({ do: "record", id: null }), "Show all changes"),
          record.open && [" ", button({ class: "dl-ed-link", "data-focus": "open" }, () => kept.tell({ do: "event", id: record.id }), "Open it on the map")],
        )
      : h("p", { class: "dl-hi-lead" }, "Every change of the store, newest first. Nothing is ever taken out of it: what is undone or restored is a change too."),
    data.behind && h("p", { class: "dl-hi-hint" }, "The file has been changed by other hands since; the next change made here records that first."),
    data.fault && said(data.fault, "p", { class: "dl-hi-fault", role: "alert" }),
    note,
  );
}

function entries(data, kept) {
  if (!data.entries.length) {
    const words = data.why ? said(data.why) : data.record ? "Nothing has been changed about it yet." : "Nothing has been changed yet. The history begins with the first change that is saved here.";
    return h("p", { class: "dl-hi-none" }, words);
  }
  return [
    h("ol", { class: "dl-hi-list" }, data.entries.map((entry) => h("li", {}, article(entry, data, kept)))),
    data.more && button({ class: "dl-button", "data-focus": "more" }, () => kept.tell({ do: "more" }), "Show older changes"),
  ];
}

function article(entry, data, kept) {
  const what = [entry.what, entry.undoes && ` (number ${entry.undoes})`];
  return h(
    "article",
    { class: entry.undone ? "dl-hi-entry is-undone" : "dl-hi-entry" },
    h("p", { class: "dl-hi-when" }, entry.at, h("span", { class: "dl-hi-number" }, `Number ${entry.number}`)),
    h("h2", {}, what, entry.undone && h("span", { class: "dl-hi-tag" }, "taken back"), entry.current && h("span", { class: "dl-hi-tag" }, "as it stands now")),
    h("p", { class: "dl-hi-why" }, entry.by && [said(entry.by, "strong"), ": "], said(entry.why)),
    entry.changes.map((change) => changed(change, entry, data, kept)),
    entry.left_out > 0 && h("p", { class: "dl-hi-hint" }, `and ${counted(entry.left_out)} more records`),
    entry.others && h("p", { class: "dl-hi-hint" }, "Something outside of single records has changed too."),
    acts(entry, data, kept),
  );
}

function changed(change, entry, data, kept) {
  const key = `${entry.number}/${change.member}/${change.id}`;
  const toggle = ({ currentTarget }) => kept.open[currentTarget.open ? "add" : "delete"](key);
  const words = change.came ? "is new" : change.went ? "was taken out" : change.rows.length === 1 ? "1 field" : `${change.rows.length} fields`;
  const only = !data.record && button({ class: "dl-ed-link", "aria-label": `Only changes of ${change.title}` }, () => kept.tell({ do: "record", id: change.id }), "Only its changes");
  if (!change.rows.length) return h("p", { class: "dl-hi-change" }, said(change.title), h("span", { class: "dl-hi-hint" }, change.short ? "" : ` ${words}`), " ", only);
  return h(
    "details",
    { class: "dl-hi-change", open: data.record !== null || kept.open.has(key), on: { toggle } },
    h("summary", { "data-focus": key }, icon("right"), said(change.title), h("span", { class: "dl-hi-hint" }, words)),
    h("table", {}, h("colgroup", {}, h("col", { class: "dl-hi-name" }), h("col"), h("col")), h("thead", { class: "dl-sr" }, h("tr", {}, ["Field", "Before", "After"].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, change.rows.map(fieldRow))),
    only,
  );
}

function fieldRow({ label, before, after }) {
  const cell = (lines, name, tag) =>
    h("td", { class: name }, lines.length ? lines.map((line) => h(tag, { dir: "auto", class: "dl-said" }, line)) : h("span", { class: "dl-hi-nothing" }, "nothing"));
  return h("tr", {}, h("th", { scope: "row" }, label), cell(before, "dl-hi-before", "del"), cell(after, "dl-hi-after", "ins"));
}

function acts(entry, data, kept) {
  const parts = [
    entry.can_undo && ask(entry, "undo", "Undo this", "Why it is taken back", (why) => kept.tell({ do: "undo", number: entry.number, why })),
    entry.can_restore &&
      ask(entry, "restore", "Restore the store as it was then", "Why that state should stand", (why) => kept.tell({ do: "restore", revision: entry.revision, seen: data.store, why })),
  ].filter(Boolean);
  return parts.length ? h("div", { class: "dl-hi-acts" }, parts) : null;
}

/** A button that asks for a reason before it does anything. */
function ask(entry, name, words, question, act) {
  const id = `dl-hi-${name}-${entry.number}`;
  const input = h("input", { type: "text", id, class: "dl-hi-field", maxlength: 1000, required: true, dir: "auto" });
  const submit = (event) => {
    event.preventDefault();
    act(input.value);
  };
  return h(
    "details",
    { class: "dl-hi-ask" },
    h("summary", { "data-focus": id }, words),
    h("form", { on: { submit } }, h("label", { for: id }, question), input, h("button", { type: "submit", class: "dl-button" }, words)),
  );
}
