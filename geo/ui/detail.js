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
  if (other && (!first || wasAskedFor(data.id))) goTo(root.querySelector("h2"), root);
  if (first) closeOnEscape(root);
}

/** Whether a person opened it just now, from the list or the map. The page of a link that is opened keeps its focus. */
function wasAskedFor(id) {
  return handedOver("open") === id || document.activeElement?.tagName === "IFRAME";
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
      handOver("back", data.id);
      kept.tell("close", data.id);
    },
    select: (id) => kept.tell("select", id),
    zoom: () => kept.tell("zoom", data.id),
    ring: () => kept.tell("ring", data.id),
    edit: () => kept.tell("edit", data.id),
    history: () => kept.tell("history", data.id),
    jump: (id) => goTo(byData(root, "update-id", id)?.querySelector("h4")),
    section: (name) => goTo(root.querySelector(`#dl-detail-${name}`)),
  };
}

function topBar({ neighbours }, act) {
  return h(
    "nav",
    { class: "dl-bar", "aria-label": "List and neighbouring events" },
    button({ class: "dl-quiet dl-back", "data-focus": "back" }, act.close, icon("left"), "Back to the list"),
    neighbours ? steps(neighbours, act) : h("span", { class: "dl-number-of" }, "not among the events shown"),
  );
}

function steps({ number, total, previous, next }, act) {
  const place = h("span", { class: "dl-number-of" }, `${counted(number)} of ${counted(total)}`);
  return h("span", { class: "dl-steps" }, step("previous", previous, act), place, step("next", next, act));
}

function step(way, event, act) {
  const label = way === "previous" ? "Previous event" : "Next event";
  const props = { class: "dl-step", disabled: !event, "aria-label": event ? `${label}: ${event.title}` : label, title: label, "data-focus": way };
  return button(props, () => act.select(event.id), icon(way === "previous" ? "left" : "right"));
}

function heading(data, act) {
  return h(
    "header",
    { class: "dl-head" },
    h("p", { class: "dl-eyebrow" }, kindMark(data.mark, data.solid), said(data.mark.label)),
    said(data.title, "h2", { tabindex: -1, "data-focus": "title" }),
    data.known && h("p", { class: "dl-standing dl-later" }, data.known),
    data.standing && said(data.standing, "p", { class: "dl-standing" }),
    mapActs(data, act),
    contents(data, act),
  );
}

function mapActs({ on_map: onMap, editable, has_history: hasHistory }, act) {
  return h(
    "div",
    { class: "dl-acts" },
    button({ class: "dl-button", disabled: !onMap, "data-focus": "zoom" }, act.zoom, "Zoom to it"),
    button({ class: "dl-button", disabled: !onMap, "data-focus": "ring" }, act.ring, "Draw a ring around it"),
    editable && button({ class: "dl-button", "data-focus": "edit" }, act.edit, "Edit"),
    hasHistory && button({ class: "dl-button", "data-focus": "history" }, act.history, "History"),
    !onMap && h("span", { class: "dl-note" }, "There is no point to zoom to or to measure from."),
  );
}

function contents(data, act) {
  const claims = data.claims.reduce((sum, group) => sum + group.rows.length, 0);
  const updates = data.updates.length;
  const link = (name, words) => button({ class: "dl-jump" }, () => act.section(name), words);
  return h(
    "p",
    { class: "dl-contents" },
    claims > 0 && link("claims", `${counted(claims)} ${claims === 1 ? "claim" : "claims"}`),
    updates > 0 && link("updates", `${counted(updates)} source ${updates === 1 ? "update" : "updates"}`),
  );
}

function facts(data) {
  const rows = [
    ["Date", [said(data.date.words, "p", { class: "dl-fact" }), note(data.date.basis, data.date.note)]],
    ["Place", data.place ? placeFacts(data.place) : h("p", { class: "dl-fact" }, "not known")],
    ["Reported", h("p", { class: "dl-fact" }, data.reported)],
    ...data.actors.map(({ role, names }) => [role, names.map((name) => said(name, "p", { class: "dl-fact" }))]),
    data.note && ["Editor’s note", said(data.note, "p", { class: "dl-note" })],
    ["Coded as", data.codes.map(codes)],
  ];
  return h("dl", { class: "dl-facts" }, rows.filter(Boolean).map(([term, content]) => h("div", {}, h("dt", {}, term), h("dd", {}, content))));
}

function codes({ scheme, parts }) {
  const spaced = parts.map((part, index) => [index > 0 && " · ", h("span", { class: "dl-nobreak" }, part)]);
  return h("p", { class: "dl-code" }, `${scheme} `, spaced);
}

function placeFacts(place) {
  const within = place.within && h("span", { class: "dl-within" }, ` ${place.within}`);
  return [h("p", { class: "dl-fact" }, said(place.name), place.country && [", ", said(place.country)], within), note(place.basis, place.note)];
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
  const link = ([way, event]) =>
    button({ class: "dl-foot-link" }, () => act.select(event.id), h("span", { class: "dl-foot-way" }, `${way} event`), said(event.title));
  return h("nav", { class: "dl-foot", "aria-label": "More events" }, ends.map(link));
}
