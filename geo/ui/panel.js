// What the list, the detail and the summary share: icons, and a focus that survives a redraw and the change from one to another.

const ICONS = {
  left: "M12.5 4.5L7 10l5.5 5.5",
  right: "M7.5 4.5L13 10l-5.5 5.5",
  down: "M4.5 7.5L10 13l5.5-5.5",
  up: "M4.5 12.5L10 7l5.5 5.5",
};

function icon(name) {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": 1.75, "stroke-linecap": "round", "stroke-linejoin": "round" };
  const path = h("path", { d: ICONS[name], ...line });
  return h("svg", { viewBox: "0 0 20 20", width: 16, height: 16, class: `dl-icon dl-icon-${name}`, "aria-hidden": "true", focusable: "false" }, path);
}

/** A button that does `act`. Its `data-focus` names it over redraws. */
function button(props, act, ...children) {
  return h("button", { type: "button", ...props, on: { click: act } }, ...children);
}

const HANDED = Symbol.for("dateline.panel");

/**
 * Ask the part of the panel that comes next to take the focus: `open`, the detail of an event; `back`, its row in the list. It holds until the
 * person does something else, since Streamlit may draw the next part more than once, and the last part once more.
 */
function handOver(name, id) {
  const handed = { name, id };
  const end = () => {
    if (window[HANDED] === handed) delete window[HANDED];
    for (const type of ["keydown", "pointerdown"]) document.removeEventListener(type, end, true);
  };
  window[HANDED] = handed;
  for (const type of ["keydown", "pointerdown"]) document.addEventListener(type, end, true);
}

/** The event that was handed over under `name`, if one was. */
function handedOver(name) {
  return window[HANDED]?.name === name ? window[HANDED].id : undefined;
}

const keep = new WeakMap();

/** What is kept between the calls of one mounted component; `make` makes what it starts with. */
function keptFor(root, make) {
  if (!keep.has(root)) keep.set(root, make());
  return keep.get(root);
}

/** Whether `data` says the same as at the last call: then nothing is drawn again, and nothing that is open or focused is lost. */
function isSame(kept, data) {
  const words = JSON.stringify(data);
  const same = kept.words === words;
  kept.words = words;
  return same;
}

/** Fill `root` anew; the control that had the focus (known by its data-focus) has it again. */
function refill(root, ...children) {
  const active = root.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  root.replaceChildren(...children.filter(Boolean));
  if (active) byData(root, "focus", active)?.focus({ preventScroll: true });
}

/** The element under `root` whose data attribute `name` is `value`; the value may hold anything. */
function byData(root, name, value) {
  return [...root.querySelectorAll(`[data-${name}]`)].find((element) => element.getAttribute(`data-${name}`) === value);
}

/** Move the focus to `element`, and into view what is `shown` of it: its top to the top, or with "nearest" no further than it must. */
function goTo(element, shown = element, block = "start") {
  element?.focus({ preventScroll: true });
  shown?.scrollIntoView({ block });
}

function counted(number) {
  return number.toLocaleString("en-GB");
}
