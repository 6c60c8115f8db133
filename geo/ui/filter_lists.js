// The lists of the filter bar: the values of a facet to tick, and the dates of the second clock.

const MANY = 12; // a facet with more values than this gets a search field of its own
const ICONS = {
  search: "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9ZM10.3 10.3L14 14",
  open: "M4.5 6.5L8 10L11.5 6.5",
  close: "M4.5 4.5L11.5 11.5M11.5 4.5L4.5 11.5",
  clock: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12ZM8 5V8.3L10.2 9.8",
  filters: "M2.5 4H13.5M4.5 8H11.5M6.5 12H9.5",
};

function button(name, props, ...children) {
  return h("button", { type: "button", class: name, ...props }, ...children);
}

function icon(name) {
  return h("svg", { viewBox: "0 0 16 16", width: 16, height: 16, class: "dl-fb-icon", "aria-hidden": "true" }, h("path", { d: ICONS[name] }));
}

/** An idle button keeps the focus that it may have. */
function setIdle(made, idle) {
  made.setAttribute("aria-disabled", String(idle));
}

/** A list's own search field: what is typed is handed to `narrow`, in small letters. */
function findField(label, narrow) {
  const field = h("input", {
    type: "search",
    class: "dl-fb-field",
    placeholder: label,
    "aria-label": label,
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 200,
  });
  field.addEventListener("input", () => narrow(field.value.trim().toLocaleLowerCase()));
  return h("div", { class: "dl-fb-search" }, icon("search"), field);
}

/** Arrow keys, Home and End move between what `selector` finds in `element`; from a search field, down goes to the first. */
function roam(element, selector) {
  element.addEventListener("keydown", (event) => {
    const all = [...element.querySelectorAll(selector)].filter((each) => each.offsetParent);
    const at = all.indexOf(document.activeElement);
    const typing = at < 0 && document.activeElement.matches("input:not([type=checkbox])");
    if (!all.length || (typing && event.key !== "ArrowDown")) return;
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
}

/**
 * The values of a facet. The order stays while it is open, so that nothing jumps away under the pointer; `refresh` brings ticks and counts up to
 * date. `bar` has `data`, `state`, `toggle(name, value, on)` and `clear(names)`.
 */
function facetList(bar, name) {
  const rows = new Map();
  const facet = () => bar.data.facets.find((each) => each.name === name);
  const box = h("div", { class: "dl-fb-rows", role: "group", "aria-label": facet().label });
  const nothing = h("p", { class: "dl-fb-hint", hidden: true }, "Nothing here by that name.");
  const clearThis = button(
    "dl-fb-clear",
    { on: { click: () => clearThis.getAttribute("aria-disabled") === "false" && bar.clear([name]) } },
    "Clear this",
  );
  const narrow = (words) => {
    for (const row of rows.values()) row.element.hidden = !row.words.includes(words);
    nothing.hidden = [...rows.values()].some((row) => !row.element.hidden);
  };
  const fill = () => {
    const focused = [...rows.values()].find((row) => row.input === document.activeElement)?.value;
    rows.clear();
    for (const value of facet().values) rows.set(value.value, facetRow(bar, name, value));
    box.replaceChildren(...[...rows.values()].map((row) => row.element));
    rows.get(focused)?.input.focus();
  };
  const refresh = () => {
    const { values } = facet();
    if (values.length !== rows.size || values.some((value) => !rows.has(value.value))) fill();
    for (const value of values) paintRow(rows.get(value.value), value.count, bar.state[name].includes(value.value));
    setIdle(clearThis, !bar.state[name].length);
  };
  refresh();
  const { values, total } = facet();
  const find = values.length > MANY && findField(`Find in ${total.toLocaleString("en-GB")} values`, narrow);
  const more =
    total > values.length &&
    h("p", { class: "dl-fb-hint" }, `The ${values.length.toLocaleString("en-GB")} most frequent of ${total.toLocaleString("en-GB")}.`);
  const element = h(
    "div",
    { class: "dl-fb-list" },
    find,
    box,
    nothing,
    more,
    h("div", { class: "dl-fb-foot" }, h("span", {}, "Any of the ticked"), clearThis),
  );
  roam(element, ".dl-fb-row:not([hidden]) input");
  return { element, refresh };
}

function facetRow(bar, name, { value, label, note, mark }) {
  const idle = () => input.getAttribute("aria-disabled") === "true";
  const input = h("input", {
    type: "checkbox",
    class: "dl-fb-box",
    on: {
      click: (event) => idle() && event.preventDefault(),
      change: () => bar.toggle(name, value, input.checked),
    },
  });
  const count = h("span", { class: "dl-fb-count" });
  const words = h("span", { class: "dl-fb-words" }, said(label), note && said(note, "span", { class: "dl-fb-note" }));
  const element = h(
    "label",
    { class: "dl-fb-row" },
    input,
    mark && kindMark(mark),
    words,
    h("span", { class: "dl-sr" }, ", "),
    count,
    h("span", { class: "dl-sr" }, " events"),
  );
  return { value, element, input, count, words: `${label} ${note || ""}`.toLocaleLowerCase() };
}

/** A value that would show nothing is grey, and can only be ticked off. */
function paintRow({ element, input, count: shown }, count, ticked) {
  input.checked = ticked;
  shown.textContent = count.toLocaleString("en-GB");
  element.classList.toggle("is-empty", !count);
  input.setAttribute("aria-disabled", String(!count && !ticked));
}

/** The second clock: as happened, or as known on one of the days on which the source published, or on a day that is typed. */
function clockList(bar) {
  const choices = [];
  const choice = (value, label, count) => {
    const made = button(
      "dl-fb-row dl-fb-choice",
      { on: { click: () => bar.setClock(value) } },
      h("span", { class: "dl-fb-words" }, label),
      h("span", { class: "dl-fb-count" }, count),
    );
    choices.push({ value, made });
    return made;
  };
  const { dates } = bar.data.clock;
  const first = choice(null, "As happened", "all that is told");
  const days = dates.map(({ value, label, count }) => choice(value, label, `${count} ${count === 1 ? "update" : "updates"}`));
  const element = h(
    "div",
    { class: "dl-fb-list" },
    h(
      "div",
      { class: "dl-fb-rows dl-fb-clock", role: "group", "aria-label": "Clock" },
      first,
      h("p", { class: "dl-fb-hint" }, "As known at the end of a day; what was told later is hidden."),
      days,
    ),
    typedDay(bar),
  );
  const refresh = () => {
    for (const { value, made } of choices) made.setAttribute("aria-pressed", String(value === bar.state.known));
  };
  refresh();
  roam(element, ".dl-fb-choice");
  return { element, refresh };
}

/** A day to type, checked before it is sent: a day that is in the calendar, as 2021-02-27. */
function typedDay(bar) {
  const id = `${bar.id}-day-${Math.random().toString(36).slice(2, 6)}`;
  const fault = h("p", { class: "dl-fb-fault", id: `${id}-fault`, role: "alert" });
  const field = h("input", {
    type: "text",
    id,
    class: "dl-fb-field",
    placeholder: "2021-02-27",
    autocomplete: "off",
    inputmode: "numeric",
    maxlength: 10,
    "aria-describedby": `${id}-fault`,
  });
  if (bar.state.known) field.value = bar.state.known.slice(0, 10);
  const set = () => {
    const day = field.value.trim();
    const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
    const sound = at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day > "0001" && day < "9999-12-31";
    field.setAttribute("aria-invalid", String(!sound));
    fault.textContent = sound ? "" : "Write a day as year-month-day, such as 2021-02-27.";
    if (sound) bar.setClock(day);
    else field.focus();
  };
  field.addEventListener("keydown", (event) => event.key === "Enter" && set());
  return h(
    "div",
    { class: "dl-fb-day" },
    h("label", { for: id }, "Another day"),
    h("div", { class: "dl-fb-day-row" }, field, button("dl-button", { on: { click: set } }, "Set")),
    fault,
  );
}
