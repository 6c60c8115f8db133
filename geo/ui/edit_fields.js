// The fields of the editor's forms: a label, a control, and what is wrong with it; and what is told of every change.

const TYPING_PAUSE_MS = 450;
const LINE = 1000;

/**
 * A field for `holder[name]`. `pointer` is that of the value in the form, which Python's problems name.
 * `kind`: "text", "area" or "select" (with `choices`, [[code, words], …]); `suggestions` are words to pick from that leave others free.
 */
function field(panel, holder, name, pointer, label, { kind = "text", choices = [], example = "", hint = "", rows = 2, suggestions = null, most = LINE, oneLine = false } = {}) {
  const id = `dl-ed${pointer.replace(/\W/g, "-")}`;
  const props = { id, class: "dl-ed-field", "data-focus": pointer, "aria-describedby": `${id}-fault`, maxlength: most };
  let input;
  if (kind === "select") {
    const known = choices.some(([code]) => code === holder[name]) || holder[name] === "";
    const own = known ? [] : [h("option", { value: holder[name] }, holder[name])];
    delete props.maxlength;
    input = h("select", props, h("option", { value: "" }, "Choose …"), own, choices.map(([code, words]) => h("option", { value: code }, words)));
  } else if (kind === "area") {
    input = h("textarea", { ...props, rows, dir: "auto" });
    if (oneLine) input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  } else {
    const list = suggestions && h("datalist", { id: `${id}-list` }, suggestions.map((value) => h("option", { value })));
    input = h("input", { ...props, type: "text", dir: "auto", placeholder: example || null, autocomplete: "off", list: list ? list.id : null });
    if (list) panel.lists.append(list);
  }
  input.value = holder[name];
  input.addEventListener("input", () => {
    holder[name] = input.value;
    panel.touched.add(pointer);
    changed(panel);
  });
  input.addEventListener("change", () => flush(panel));
  input.addEventListener("blur", () => {
    panel.touched.add(pointer);
    if (!panel.waiting) paintProblems(panel);
  });
  const fault = faultLine(panel, pointer, id);
  const shell = kind === "select" ? h("span", { class: "dl-ed-select" }, input, icon("down")) : input;
  return h("div", { class: "dl-ed-control" }, h("label", { for: id }, label), shell, hint && h("p", { class: "dl-ed-hint" }, hint), fault);
}

/** Where the problems at a pointer are told. */
function faultLine(panel, pointer, id = null) {
  const line = h("p", { class: "dl-ed-fault", id: id && `${id}-fault` });
  panel.faults.set(pointer, line);
  return line;
}

/** The form has changed: Python hears of it once the person pauses. */
function changed(panel) {
  clearTimeout(panel.timer);
  panel.due = true;
  panel.timer = setTimeout(() => flush(panel), TYPING_PAUSE_MS);
}

/** Tell Python at once what is typed so far. */
function flush(panel) {
  if (!panel.due) return;
  settle(panel);
  if (JSON.stringify(panel.values) === panel.sentWords) return; // the reason is no part of the form: an answer without news would not be heard of
  panel.waiting = true; // what is known of problems is out of date until Python has answered
  panel.tell({ do: "draft", sent: sentForm(panel) });
}

/** Nothing may move under a pointer that is down, or its click would be lost: problems are told once it is up. */
function holdWhilePressed(panel) {
  const up = () =>
    setTimeout(() => {
      panel.pressed = false;
      if (!panel.unpainted) return;
      panel.unpainted = false;
      if (panel.mode === "form") paintProblems(panel);
    });
  const listen = (type, act) => document.addEventListener(type, function heard(event) {
    if (panel.root.isConnected) act(event);
    else document.removeEventListener(type, heard, true);
  }, true);
  listen("pointerdown", () => (panel.pressed = true));
  listen("pointerup", up);
  listen("pointercancel", up);
}

/** The form goes along with another message, so it need not be sent by itself. */
function settle(panel) {
  clearTimeout(panel.timer);
  panel.due = false;
}

function sentForm(panel) {
  panel.sentWords = JSON.stringify(panel.values);
  return { name: panel.name, version: panel.version, form: panel.values };
}

/** Problems stand at their fields; of a new record only at those that the person has been to, until it is to be saved. */
function paintProblems(panel) {
  if (panel.pressed) {
    panel.unpainted = true;
    return;
  }
  const { problems } = panel.form;
  const left = [];
  const said = new Map();
  for (const problem of problems) {
    const at = nearest(panel.faults, problem.pointer);
    if (at === undefined) left.push(problem);
    else if (panel.all || panel.touched.has(problem.pointer)) said.set(at, [...(said.get(at) ?? []), problem]);
  }
  for (const [pointer, line] of panel.faults) {
    const words = (said.get(pointer) ?? []).map(inWords).join(" ");
    if (line.textContent !== words) line.textContent = words;
    const input = line.id && document.getElementById(line.id.replace(/-fault$/, ""));
    if (input) input.setAttribute("aria-invalid", String(words !== ""));
  }
  const rest = panel.all ? left.map(inWords).join(" ") : "";
  const words = [panel.form.fault, rest].filter(Boolean).join(" ");
  if (panel.saveFault.textContent !== words) panel.saveFault.textContent = words;
}

/** The pointer itself or the nearest above it that has a line. */
function nearest(faults, pointer) {
  let at = pointer;
  while (at && !faults.has(at)) at = at.slice(0, at.lastIndexOf("/"));
  return at || undefined;
}

function inWords({ message, value, advice }) {
  if (value === "''") return "This is needed.";
  const start = message.charAt(0).toUpperCase() + message.slice(1);
  return `${start}${value ? ` (${value})` : ""}. ${advice}`;
}
