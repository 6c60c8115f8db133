// The detail of one event: what, when, where and how that is known; who claims what; what the source says.

export default function eventDetail({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-detail");
  const kept = keptFor(root, () => ({ id: null, open: null }));
  const first = kept.id === null;
  kept.tell = setTriggerValue;
  if (isSame(kept, data)) return;
  const other = kept.id !== data.id;
  if (other) Object.assign(kept, { id: data.id, open: new Set() });
  const act = actions(root, kept, data);
  refill(root, topBar(data, act), heading(data, act), facts(data), claims(data, act), updates(data, kept), footBar(data, act));
  if (other && (!first || wasAskedFor(data.id))) goTo(root.querySelector("h2"));
  if (first) closeOnEscape(root);
}

/** Whether a person opened it just now, from the list or the map. The page of a link that is opened keeps its focus. */
function wasAskedFor(id) {
  const asked = taken("open") === id;
  return asked || document.activeElement?.tagName === "IFRAME";
}

/** Escape closes, unless it is typed where it means something else. */
function closeOnEscape(root) {
  const close = (event) => {
    // Streamlit may call the clean-up of one call after the next call, so the listener ends itself.
    if (!root.isConnected) document.removeEventListener("keydown", close);
    else if (event.key === "Escape" && !event.defaultPrevented && (root.contains(event.target) || event.target === document.body)) {
      root.querySelector(".dl-back").click();
    }
  };
  document.addEventListener("keydown", close);
}

function actions(root, kept, data) {
  return {
    close() {
      handover().back = data.id;
      kept.tell("close", data.id);
    },
    select: (id) => kept.tell("select", id),
    zoom: () => kept.tell("zoom", data.id),
    ring: () => kept.tell("ring", data.id),
    jump: (id) => goTo(byData(root, "update-id", id)?.querySelector("h4")),
    section: (name) => goTo(root.querySelector(`#dl-detail-${name}`)),
  };
}

function topBar({ neighbours }, act) {
  return h(
    "nav",
    { class: "dl-bar", "aria-label": "List and neighbouring events" },
    h("button", { type: "button", class: "dl-quiet dl-back", "data-focus": "back", on: { click: act.close } }, icon("left"), "Back to the list"),
    neighbours
      ? h("span", { class: "dl-steps" }, step("previous", neighbours.previous, act), h("span", { class: "dl-number-of" }, `${counted(neighbours.number)} of ${counted(neighbours.total)}`), step("next", neighbours.next, act))
      : h("span", { class: "dl-number-of" }, "not among the events shown"),
  );
}

function step(way, event, act) {
  const label = way === "previous" ? "Previous event" : "Next event";
  return h(
    "button",
    { type: "button", class: "dl-step", disabled: !event, "aria-label": event ? `${label}: ${event.title}` : label, title: label, "data-focus": way, on: { click: () => act.select(event.id) } },
    icon(way === "previous" ? "left" : "right"),
  );
}

function heading(data, act) {
  const count = data.claims.reduce((sum, group) => sum + group.rows.length, 0);
  const link = (name, words) => h("button", { type: "button", class: "dl-jump", on: { click: () => act.section(name) } }, words);
  return h(
    "header",
    { class: "dl-head" },
    h("p", { class: "dl-eyebrow" }, kindMark(data.mark, data.solid), said(data.mark.label)),
    said(data.title, "h2", { tabindex: -1, "data-focus": "title" }),
    data.known && h("p", { class: "dl-standing dl-later" }, data.known),
    data.standing && said(data.standing, "p", { class: "dl-standing" }),
    h(
      "div",
      { class: "dl-acts" },
      h("button", { type: "button", class: "dl-button", disabled: !data.on_map, "data-focus": "zoom", on: { click: act.zoom } }, "Zoom to it"),
      h("button", { type: "button", class: "dl-button", disabled: !data.on_map, "data-focus": "ring", on: { click: act.ring } }, "Draw a ring around it"),
      !data.on_map && h("span", { class: "dl-note" }, "There is no point to zoom to or to measure from."),
    ),
    h(
      "p",
      { class: "dl-contents" },
      count > 0 && link("claims", `${counted(count)} ${count === 1 ? "claim" : "claims"}`),
      data.updates.length > 0 && link("updates", `${counted(data.updates.length)} source ${data.updates.length === 1 ? "update" : "updates"}`),
    ),
  );
}

function facts(data) {
  const place = data.place;
  const rows = [
    ["Date", [said(data.date.words, "p", { class: "dl-fact" }), note(data.date.basis, data.date.note)]],
    [
      "Place",
      place
        ? [h("p", { class: "dl-fact" }, said(place.name), place.country && [", ", said(place.country)], place.within && h("span", { class: "dl-within" }, ` ${place.within}`)), note(place.basis, place.note)]
        : [h("p", { class: "dl-fact" }, "not known")],
    ],
    ["Reported", h("p", { class: "dl-fact" }, data.reported)],
    ...data.actors.map(({ role, names }) => [role, names.map((name) => said(name, "p", { class: "dl-fact" }))]),
    data.note && ["Editor’s note", said(data.note, "p", { class: "dl-note" })],
    ["Coded as", data.codes.map(({ scheme, parts }) => h("p", { class: "dl-code" }, `${scheme} `, parts.join(" · ")))],
  ];
  return h("dl", { class: "dl-facts" }, rows.filter(Boolean).map(([term, content]) => h("div", {}, h("dt", {}, term), h("dd", {}, content))));
}

function note(basis, more) {
  return h("p", { class: "dl-note" }, basis, more && [" ", said(more)]);
}

function claims(data, act) {
  const title = h("h3", { id: "dl-detail-claims", tabindex: -1, "data-focus": "claims" }, "Claims");
  if (!data.claims.length) return h("section", {}, title, h("p", { class: "dl-note" }, "The source makes none about this event."));
  const lead = h("p", { class: "dl-note" }, "Side by side as they were made; none is averaged with another.");
  return h("section", {}, title, lead, claimsTable(data.claims, "dl-detail-claims", act.jump));
}

function updates(data, kept) {
  const title = h("h3", { id: "dl-detail-updates", tabindex: -1, "data-focus": "updates" }, "What the source says");
  const none = !data.updates.length && h("p", { class: "dl-note" }, "Nothing yet.");
  return h("section", {}, title, none, data.updates.map((update, index) => sourceUpdate(update, index === 0, kept.open)));
}

function footBar({ neighbours }, act) {
  const ends = [["Previous", neighbours?.previous], ["Next", neighbours?.next]].filter(([, event]) => event);
  if (!ends.length) return null;
  const link = ([way, event]) => h("button", { type: "button", class: "dl-foot-link", on: { click: () => act.select(event.id) } }, h("span", { class: "dl-foot-way" }, `${way} event`), said(event.title));
  return h("nav", { class: "dl-foot", "aria-label": "More events" }, ends.map(link));
}
