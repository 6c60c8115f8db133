// The panel of the range rings: those of the store, a form that draws more, and those that were drawn.

const panels = new WeakMap();
// What the form holds outlives the panel, which goes when another tab is looked at.
const kept = { around: "site", unit: "km", radii: "", lat: "", lon: "", site: null, point: null, event: null, away: false, open: new Set() };

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-ring_tool");
  if (!panels.has(root)) panels.set(root, makePanel(root, data));
  const panel = panels.get(root);
  panel.tell = setTriggerValue;
  receive(panel, data);
}

function makePanel(root, data) {
  const panel = { root, data, open: kept.open, arming: null };
  if (data.event?.placed && data.event.id !== kept.event) kept.around = "event";
  kept.event = data.event?.id;
  panel.storeSwitch = h("input", {
    type: "checkbox",
    role: "switch",
    class: "dl-rt-switch",
    "data-focus": "store",
    on: { change: () => panel.tell("store", panel.storeSwitch.checked) },
  });
  panel.store = h("ul", { class: "dl-rt-rings", "aria-label": "Rings of the store" });
  panel.drawnHead = h("div", { class: "dl-rt-head" });
  panel.drawn = h("ul", { class: "dl-rt-rings", "aria-label": "Rings drawn" });
  panel.unplaced = h("p", { class: "dl-rt-hint" });
  panel.spoken = h("p", { class: "dl-sr", "aria-live": "polite" });
  root.append(
    h(
      "section",
      {},
      h("div", { class: "dl-rt-head" }, h("h3", {}, "Rings of the store"), h("label", { class: "dl-rt-toggle" }, "On the map", panel.storeSwitch)),
      panel.store,
    ),
    (panel.form = makeForm(panel)),
    h("section", { class: "dl-rt-drawn" }, panel.drawnHead, panel.drawn, panel.unplaced),
    panel.spoken,
  );
  return panel;
}

function receive(panel, data) {
  const before = panel.data;
  panel.data = data;
  if (data.arm === panel.arming) panel.arming = null;
  const back = takePoint(data.point) && kept.away;
  panel.storeSwitch.checked = data.store.on;
  panel.store.classList.toggle("is-off", !data.store.on);
  refill(panel.store, ...data.store.rings.map((ring) => ringItem(panel, ring, { drawn: false })));
  refill(panel.drawn, ...data.drawn.map((ring) => ringItem(panel, ring, { drawn: true })));
  paintDrawnHead(panel);
  panel.unplaced.hidden = !data.unplaced || !(data.drawn.length || data.store.rings.length);
  panel.unplaced.textContent =
    data.unplaced === 1
      ? "1 event shown is not on the map and counts in no ring."
      : `${counted(data.unplaced)} events shown are not on the map and count in no ring.`;
  paintForm(panel);
  if (back) comeBack(panel);
  const fresh = data.drawn.filter((ring) => !before.drawn.some((other) => other.key === ring.key));
  if (before !== data && fresh.length) showFresh(panel, fresh);
}

function showFresh(panel, fresh) {
  panel.spoken.textContent = `Drawn: ${fresh.map((ring) => ring.label).join(", ")}`;
  byData(panel.drawn, "focus", `remove:${fresh[0].key}`).closest("li").scrollIntoView({ block: "nearest" });
}

function paintDrawnHead(panel) {
  const count = panel.data.drawn.length;
  const removeAll = () => {
    byData(panel.root, "focus", "radii").focus({ preventScroll: true });
    panel.tell("remove", { key: null });
  };
  const button = h("button", { type: "button", class: "dl-rt-link", "data-focus": "remove-all", on: { click: removeAll } }, "Remove all");
  refill(panel.drawnHead, ...(count ? [h("h3", {}, `Rings drawn (${counted(count)})`), count > 1 ? button : ""] : []));
}

/* ---- the form ---- */

function makeForm(panel) {
  panel.parts = { event: h("p", { class: "dl-rt-chosen" }), site: h("div", {}), point: h("div", {}) };
  panel.sites = h("select", { class: "dl-rt-field", "aria-label": "Site", on: { change: () => (kept.site = panel.sites.value) } });
  panel.parts.site.append(h("span", { class: "dl-rt-select" }, panel.sites, icon("down")));
  panel.lat = field("lat", "Latitude", "33.786");
  panel.lon = field("lon", "Longitude", "42.441");
  panel.arm = h("button", { type: "button", class: "dl-button", "data-focus": "arm", on: { click: () => arm(panel, !isArmed(panel)) } });
  panel.armed = h("p", { class: "dl-rt-armed", role: "status" });
  panel.parts.point.append(h("div", { class: "dl-rt-degrees" }, panel.lat.element, panel.lon.element), panel.arm, panel.armed);
  panel.radii = field("radii", "Radii", "5, 10, 25");
  panel.radii.input.setAttribute("aria-describedby", "dl-rt-hint dl-rt-fault");
  panel.fault = h("p", { class: "dl-rt-fault", id: "dl-rt-fault", role: "alert" });
  const units = segments(
    "Unit",
    "unit",
    panel.data.units.map(({ code, name }) => [code, code === "km" ? "km" : name, name]),
    () => {},
  );
  const around = segments(
    "Draw a ring around",
    "around",
    [
      ["event", "Chosen event"],
      ["site", "A site"],
      ["point", "A point"],
    ],
    () => {
      if (isArmed(panel) && kept.around !== "point") arm(panel, false);
      paintForm(panel);
    },
  );
  return h(
    "form",
    { class: "dl-rt-form", novalidate: true, "aria-label": "Draw a ring", on: { submit: (event) => draw(panel, event) } },
    h("h3", {}, "Draw a ring around"),
    around,
    Object.values(panel.parts),
    h("div", { class: "dl-rt-radii" }, panel.radii.element, units),
    panel.fault,
    h(
      "div",
      { class: "dl-rt-foot" },
      h("p", { class: "dl-rt-hint", id: "dl-rt-hint" }, "One or more, with commas between."),
      h("button", { type: "submit", class: "dl-button dl-rt-draw" }, "Draw"),
    ),
  );
}

/** A text field whose value is kept under `name`. */
function field(name, label, example) {
  const input = h("input", {
    type: "text",
    class: "dl-rt-field",
    placeholder: example,
    autocomplete: "off",
    spellcheck: "false",
    maxlength: name === "radii" ? 200 : 20,
    "data-focus": name,
    on: { input: () => (kept[name] = input.value) },
  });
  input.value = kept[name];
  return { input, element: h("label", { class: "dl-rt-labelled" }, h("span", {}, label), input) };
}

/** One of a few, as radio buttons side by side; `kept[name]` holds which. */
function segments(label, name, choices, changed) {
  const made = choices.map(([value, words, spoken]) => {
    const input = h("input", {
      type: "radio",
      name: `dl-rt-${name}`,
      value,
      checked: kept[name] === value,
      class: "dl-sr",
      "aria-label": spoken,
      on: { change: () => ((kept[name] = value), changed()) },
    });
    return h("label", { class: "dl-rt-segment" }, input, h("span", {}, words));
  });
  return h("fieldset", { class: `dl-rt-segments dl-rt-${name}` }, h("legend", {}, label), h("div", {}, made));
}

function paintForm(panel) {
  const { data, parts } = panel;
  for (const [name, part] of Object.entries(parts)) part.hidden = name !== kept.around;
  for (const input of panel.root.querySelectorAll("input[name=dl-rt-around]")) input.checked = input.value === kept.around;
  const { event } = data;
  parts.event.replaceChildren(
    ...(event ? [said(event.title, "strong")] : ["No event is chosen. Choose one on the map or in the list."]),
    ...(event && !event.placed ? [" is not on the map, so no ring can be drawn around it."] : []),
  );
  const names = data.sites.map((site) => site.id);
  if (JSON.stringify(names) !== panel.siteIds) {
    panel.siteIds = JSON.stringify(names);
    panel.sites.replaceChildren(...data.sites.map((site) => h("option", { value: site.id }, site.name)));
  }
  if (names.includes(kept.site)) panel.sites.value = kept.site;
  panel.lat.input.value = kept.lat;
  panel.lon.input.value = kept.lon;
  panel.arm.textContent = data.arm ? "Cancel" : "Click on the map";
  panel.arm.setAttribute("aria-pressed", String(data.arm));
  panel.armed.textContent = data.arm ? "Now click the point on the map." : "";
  // It stands until the next answer, since the same fault twice is no change that would be heard of.
  if (panel.fault.textContent !== data.fault) panel.fault.textContent = data.fault;
}

/** A point that was clicked on the map since fills the fields; true if there is one. */
function takePoint(point) {
  const known = JSON.stringify(point);
  if (known === kept.point) return false;
  kept.point = known;
  if (point) Object.assign(kept, { around: "point", lat: point.lat, lon: point.lon });
  return Boolean(point);
}

/** Whether the next click on the map is the tool's, as far as was asked for: Python's answer may be on its way still. */
function isArmed(panel) {
  return panel.arming ?? panel.data.arm;
}

/** Wait for a click on the map, or no longer. On a phone the map is out of sight: it is brought there, and the form once there is a point. */
function arm(panel, on) {
  panel.arming = on;
  panel.tell("arm", on);
  const map = document.querySelector(".st-key-map iframe");
  const box = map?.getBoundingClientRect();
  kept.away = Boolean(on && box && (box.bottom < 120 || box.top > window.innerHeight - 120));
  if (kept.away) map.scrollIntoView({ block: "center" });
}

function comeBack(panel) {
  kept.away = false;
  panel.form.scrollIntoView({ block: "center" });
}

function draw(panel, event) {
  event.preventDefault();
  const id = { event: panel.data.event?.id, site: panel.sites.value }[kept.around] || "";
  panel.tell("draw", { around: kept.around, id, lat: kept.lat, lon: kept.lon, radii: kept.radii, unit: kept.unit });
}
