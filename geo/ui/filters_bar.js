// The filter bar: one search field, a panel for each facet, the second clock, and on a phone one sheet that holds them all.

const NARROW = 680; // below this width the facets and the clock move into the sheet
const WIDE = 1000; // below this one there are no chips
const TYPING_MS = 250;
const FACETS = ["kind", "actor", "precision", "update"];
const bars = new WeakMap();

/** Called by Streamlit with every change of the data, and again with every change of the theme. */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-filters_bar");
  if (!bars.has(root)) bars.set(root, makeBar(root));
  const bar = bars.get(root);
  bar.send = (state) => setTriggerValue("filters", state);
  receive(bar, data);
  // Streamlit calls this also for a call that a newer one has overtaken, while the bar is still in the page.
  return () => root.isConnected || leave(bar);
}

/* ---- the state ---- */

/** One text for equal states, whatever the order of their values. */
function canonical(state) {
  return JSON.stringify([...FACETS.map((name) => [...(state[name] || [])].sort()), state.text || "", state.known || null]);
}

/**
 * Take over what Python says. An answer to what was sent from here changes nothing that was clicked since; any other change is Python's own
 * (a link, a clearing elsewhere) and wins.
 */
function receive(bar, data) {
  const answered = bar.sent.lastIndexOf(canonical(data.wanted));
  if (answered >= 0) bar.sent.splice(0, answered + 1);
  else if (data.version !== bar.data?.version) bar.sent = [];
  bar.data = data;
  if (!bar.sent.length) {
    bar.state = structuredClone(data.wanted);
    if (!bar.typing && bar.input.value.trim() !== bar.state.text) bar.input.value = bar.state.text;
  }
  paint(bar);
}

function change(bar, changes) {
  const state = { ...bar.state, ...changes };
  if (canonical(state) === canonical(bar.state)) return;
  bar.state = state;
  bar.sent.push(canonical(state));
  paint(bar);
  bar.send(state);
}

function clear(bar, names = [...FACETS, "text", "known"]) {
  if (names.includes("text")) {
    stopTyping(bar);
    bar.input.value = "";
  }
  change(bar, Object.fromEntries(names.map((name) => [name, FACETS.includes(name) ? [] : name === "text" ? "" : null])));
}

function stopTyping(bar) {
  clearTimeout(bar.typing);
  bar.typing = null;
}

function search(bar) {
  stopTyping(bar);
  change(bar, { text: bar.input.value.trim() });
}

/** How many things are asked for; the search field counts unless it stands beside. */
function activeCount(state, withText = true) {
  return FACETS.reduce((sum, name) => sum + state[name].length, 0) + (withText && state.text ? 1 : 0) + (state.known ? 1 : 0);
}

/* ---- the bar ---- */

function makeBar(root) {
  const bar = { root, sent: [], state: null, data: null, typing: null, lists: [], open: null, id: `dl-fb-${Math.random().toString(36).slice(2, 8)}` };
  Object.assign(bar, {
    toggle: (name, value, on) => change(bar, { [name]: on ? [...bar.state[name], value] : bar.state[name].filter((other) => other !== value) }),
    clear: (names) => clear(bar, names),
    setClock: (known) => (change(bar, { known }), bar.sheet.open || close(bar, true)),
  });
  bar.input = h("input", {
    type: "search",
    class: "dl-fb-field",
    placeholder: "Search titles, places, updates",
    "aria-label": "Search titles, places and updates",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 200,
    on: {
      input: () => {
        clearTimeout(bar.typing);
        bar.typing = setTimeout(() => search(bar), TYPING_MS);
        paintClearText(bar);
      },
      keydown: (event) => event.key === "Enter" && search(bar),
    },
  });
  bar.clearText = button(
    "dl-fb-x",
    { "aria-label": "Clear the search", on: { click: () => (clear(bar, ["text"]), bar.input.focus()) } },
    icon("close"),
  );
  bar.buttons = Object.fromEntries([...FACETS, "known"].map((name) => [name, opener(bar, name)]));
  bar.chips = h("div", { class: "dl-fb-chips", role: "group", "aria-label": "Active filters" });
  bar.clearAll = button("dl-fb-clear", { on: { click: () => (clear(bar), bar.buttons.kind.focus()) } }, "Clear all");
  bar.all = opener(bar, "all");
  bar.panel = h("div", { id: `${bar.id}-panel`, class: "dl-fb-panel", popover: "manual", role: "dialog", tabindex: -1 });
  bar.sheet = h("dialog", { id: `${bar.id}-sheet`, class: "dl-fb-sheet", "aria-label": "Filters", on: { close: () => closed(bar) } });
  bar.spoken = h("p", { class: "dl-sr", "aria-live": "polite" });
  root.setAttribute("role", "search");
  root.setAttribute("aria-label", "Filter the events");
  root.append(
    h("div", { class: "dl-fb-search" }, icon("search"), bar.input, bar.clearText),
    h("div", { class: "dl-fb-facets" }, Object.values(bar.buttons)),
    bar.all,
    bar.chips,
    bar.clearAll,
    bar.panel,
    bar.sheet,
    bar.spoken,
  );
  listen(bar);
  return bar;
}

/** A button that opens a panel, or the sheet. */
function opener(bar, name) {
  const props = {
    "aria-expanded": "false",
    "aria-haspopup": "dialog",
    "aria-controls": `${bar.id}-${name === "all" ? "sheet" : "panel"}`,
    "data-opens": name,
  };
  const made = button("dl-button dl-fb-open", { ...props, on: { click: () => (bar.open === made ? close(bar, true) : open(bar, made)) } });
  return made;
}

/** Everything that has to hear of the world outside of the bar, until `leave`. */
function listen(bar) {
  const over = new AbortController();
  bar.leave = () => over.abort();
  const outside = (node) => bar.open && !bar.open.contains(node) && !bar.panel.contains(node) && !bar.sheet.open;
  document.addEventListener("pointerdown", (event) => outside(event.target) && close(bar, false), { capture: true, signal: over.signal });
  // A press inside the map's frame is not heard here; that the frame takes the focus is.
  window.addEventListener("blur", () => setTimeout(() => outside(document.activeElement) && close(bar, false)), { signal: over.signal });
  window.addEventListener("resize", () => place(bar), { signal: over.signal });
  document.addEventListener("scroll", () => place(bar), { capture: true, passive: true, signal: over.signal });
  bar.panel.addEventListener("focusout", (event) => event.relatedTarget && outside(event.relatedTarget) && close(bar, false));
  bar.panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close(bar, true);
  });
  const sizes = new ResizeObserver(() => fit(bar));
  sizes.observe(bar.root);
  over.signal.addEventListener("abort", () => sizes.disconnect());
}

function leave(bar) {
  stopTyping(bar);
  close(bar, false);
  bar.leave();
}

function paint(bar) {
  const { state, data } = bar;
  for (const facet of data.facets) paintOpener(bar.buttons[facet.name], [facet.label], state[facet.name].length);
  paintOpener(bar.buttons.known, [icon("clock"), h("span", { class: "dl-sr" }, "Clock: "), clockLabel(bar)], state.known ? 1 : 0, false);
  paintOpener(bar.all, [icon("filters"), "Filters"], activeCount(state, false));
  bar.clearAll.hidden = !activeCount(state);
  // Chips and sentence are Python's words: they stand as they are until it has answered.
  if (canonical(state) === canonical(data.wanted)) {
    bar.chips.replaceChildren(...data.chips.map((each) => chip(bar, each)));
    const sentence = data.sentence.join("");
    if (bar.spoken.textContent !== sentence) bar.spoken.textContent = sentence;
  }
  paintClearText(bar);
  for (const list of bar.lists) list.refresh();
  fit(bar);
  place(bar);
}

function paintOpener(made, label, count, shown = true) {
  made.replaceChildren(...label, ...(count && shown ? [` · ${count}`] : []), icon("open"));
  made.classList.toggle("is-active", count > 0);
}

function paintClearText(bar) {
  bar.clearText.hidden = !bar.input.value;
}

function clockLabel({ state, data }) {
  const day = data.clock.dates.find((each) => each.value === state.known);
  if (!state.known) return "As happened";
  return day ? `As known on ${day.label}` : data.clock.label;
}

function chip(bar, { name, text }) {
  const remove = () => {
    clear(bar, [name]);
    (bar.buttons[name] || bar.input).focus();
  };
  return button("dl-fb-chip", { title: text, "aria-label": `Remove: ${text}`, on: { click: remove } }, said(text), icon("close"));
}

/** Choose the layout for the width, and leave out the chips that there is no room for. */
function fit(bar) {
  const width = bar.root.clientWidth;
  bar.root.dataset.size = width < NARROW ? "narrow" : width < WIDE ? "middle" : "wide";
  const chips = [...bar.chips.children];
  for (const each of chips) each.hidden = false;
  const right = bar.chips.getBoundingClientRect().right + 0.5;
  const over = chips.findIndex((each) => each.getBoundingClientRect().right > right);
  if (over >= 0) for (const each of chips.slice(over)) each.hidden = true;
}
