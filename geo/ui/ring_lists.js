// The rings that there are, and under each the events inside it.

const SWATCH = "M1 8C6 2 18 2 23 8";

/**
 * One ring: its look on the map, its label, what it means, and the events inside. `panel` has `open`, the keys of the rings whose events are
 * unfolded, and `tell(name, value)`.
 */
function ringItem(panel, ring, { drawn }) {
  const remove =
    drawn &&
    h(
      "button",
      {
        type: "button",
        class: "dl-rt-remove",
        "aria-label": `Remove: ${ring.label}`,
        title: "Remove",
        "data-focus": `remove:${ring.key}`,
        on: { click: () => removeRing(panel, ring.key) },
      },
      "×",
    );
  return h(
    "li",
    { class: "dl-rt-ring" },
    swatch(drawn),
    h(
      "div",
      { class: "dl-rt-about" },
      said(ring.label, "strong", { class: "dl-rt-label" }),
      ring.meaning && !drawn && said(ring.meaning, "span", { class: "dl-rt-meaning" }),
    ),
    remove,
    ring.note && said(ring.note, "p", { class: "dl-rt-note" }),
    ring.fault ? said(ring.fault, "p", { class: "dl-rt-fault" }) : inside(panel, ring),
  );
}

/** The line with which the map draws it: whole for a ring of the store, dashed for one of the tool. */
function swatch(drawn) {
  const line = h("path", {
    d: SWATCH,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": drawn ? 2 : 1.5,
    "stroke-dasharray": drawn ? "5 3" : null,
  });
  return h(
    "svg",
    { viewBox: "0 0 24 10", width: 24, height: 10, class: drawn ? "dl-rt-swatch is-drawn" : "dl-rt-swatch", "aria-hidden": "true" },
    line,
  );
}

/** The focus goes on to the ring that takes the place of the one removed. */
function removeRing(panel, key) {
  const keys = panel.data.drawn.map((ring) => ring.key);
  const at = keys.indexOf(key);
  const next = keys[at + 1] ?? keys[at - 1];
  byData(panel.root, "focus", next === undefined ? "radii" : `remove:${next}`)?.focus({ preventScroll: true });
  panel.tell("remove", { key });
}

function inside(panel, ring) {
  if (!ring.count) return h("p", { class: "dl-rt-count" }, "No event shown lies inside.");
  const unfold = (event) => (event.target.open ? panel.open.add(ring.key) : panel.open.delete(ring.key));
  const words = `${counted(ring.count)} ${ring.count === 1 ? "event" : "events"} inside`;
  const more = ring.count - ring.rows.length;
  return h(
    "details",
    { class: "dl-rt-inside", open: panel.open.has(ring.key), on: { toggle: unfold } },
    h("summary", { "data-focus": `inside:${ring.key}` }, words, h("span", { class: "dl-sr" }, ", ", said(ring.label)), icon("down")),
    h(
      "ul",
      {},
      ring.rows.map((row) => h("li", {}, nearEvent(panel, ring, row))),
    ),
    more > 0 && h("p", { class: "dl-rt-hint" }, `And ${counted(more)} more, further from the centre.`),
  );
}

function nearEvent(panel, ring, { id, title, when, distance, surely }) {
  return h(
    "button",
    { type: "button", class: "dl-rt-event", "data-focus": `event:${ring.key}:${id}`, on: { click: () => panel.tell("select", id) } },
    said(title, "span", { class: "dl-rt-title" }),
    h("span", { class: "dl-rt-distance" }, distance),
    h("span", { class: "dl-rt-when" }, when, !surely && h("span", { class: "dl-rt-doubt" }, " · may lie outside: the place is known less closely")),
  );
}
