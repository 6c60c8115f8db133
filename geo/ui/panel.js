// What the list, the detail and the summary share: icons, and a focus that survives a redraw and the change from one to another.

const ICONS = {
  left: "M12.5 4.5L7 10l5.5 5.5",
  right: "M7.5 4.5L13 10l-5.5 5.5",
  down: "M4.5 7.5L10 13l5.5-5.5",
  up: "M4.5 12.5L10 7l5.5 5.5",
};

function icon(name) {
  const path = h("path", { d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.75, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return h("svg", { viewBox: "0 0 20 20", width: 16, height: 16, class: `dl-icon dl-icon-${name}`, "aria-hidden": "true", focusable: "false" }, path);
}

/** What one part of the panel leaves for the next: `open`, the event whose detail was asked for; `back`, the event that it was left from. */
function handover() {
  return (window[Symbol.for("dateline.panel")] ??= {});
}

/** What a handover holds under `name`, taken out of it. */
function taken(name) {
  const value = handover()[name];
  delete handover()[name];
  return value;
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

/** Move the focus to `element`, and its top into view if it is out of it. */
function goTo(element, block = "start") {
  if (!element) return;
  element.focus({ preventScroll: true });
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight || block === "start") element.scrollIntoView({ block });
}

function counted(number) {
  return number.toLocaleString("en-GB");
}
