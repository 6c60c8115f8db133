// The editor of the side: keeps what is typed until Python says that the form is another one, and draws the mode that it is in.

export default function editPanel({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-edit_panel");
  const panel = (root.dlPanel ??= { mode: null, name: null, version: null, words: "" });
  panel.tell = (message) => setTriggerValue("act", message);
  if (!panel.note) {
    panel.note = h("div", {});
    panel.root = h("div", { class: "dl-ed-body" });
    root.replaceChildren(panel.note, panel.root);
    holdWhilePressed(panel);
  }
  drawNote(panel.note, data.note, panel.tell);
  const came = panel.mode !== null && panel.mode !== data.mode;
  panel.mode = data.mode;
  if (data.mode === "form") return receiveForm(panel, data.form, came);
  forget(panel);
  const words = JSON.stringify({ ...data, note: null });
  if (words === panel.words) return;
  panel.words = words;
  ({ start: drawStart, door: drawDoor, conflict: (one, home, { conflict }) => drawConflict(one, home, conflict) })[data.mode](panel, panel.root, data);
  if (came) goTo(panel.root.querySelector("h2"), document.querySelector(".st-key-side_tabs"));
}

function receiveForm(panel, form, came) {
  panel.words = "";
  panel.form = form;
  panel.waiting = false;
  if (panel.name !== form.name || panel.version !== form.version) {
    const again = panel.name === form.name;
    clearTimeout(panel.timer);
    Object.assign(panel, { name: form.name, version: form.version, values: structuredClone(form.values), sentWords: JSON.stringify(form.values) });
    Object.assign(panel, { due: false, placed: form.placed?.n ?? null });
    // What is there already, or was typed before, is judged at once; a new form only where the person has been.
    Object.assign(panel, { touched: new Set(), all: !form.isNew, why: again ? (panel.why ?? "") : "", open: new Set() });
    drawForm(panel, panel.root);
    goTo(panel.root.querySelector("h2"), came || again ? document.querySelector(".st-key-side_tabs") : null);
    return;
  }
  takePlaced(panel);
  const lists = JSON.stringify([form.updates, Object.keys(form.texts ?? {})]);
  if (panel.listWords !== undefined && panel.listWords !== lists) drawForm(panel, panel.root);
  else paintForm(panel);
  panel.listWords = lists;
  if (panel.saving) {
    panel.saving = false;
    const wrong = panel.root.querySelector(".dl-ed-field[aria-invalid=true]");
    if (wrong) unfoldTo(wrong);
  }
}

function unfoldTo(field) {
  for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  field.focus();
}

/** Away from the form; the reason stays for when a conflict leads back to it. */
function forget(panel) {
  clearTimeout(panel.timer);
  Object.assign(panel, { name: panel.mode === "conflict" ? panel.name : null, version: null, due: false });
}
