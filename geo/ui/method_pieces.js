// The pieces that the method page is made of: paragraphs, lists, tables, marks.

// How a column looks, by its heading.
const LOOKS = {
  Events: "dl-met-number", Points: "dl-met-number",
  "Radius here": "dl-met-short", ACLED: "dl-met-short", UCDP: "dl-met-short", Ring: "dl-met-short", "As a figure": "dl-met-short",
  "What that means": "dl-met-prose", "For example": "dl-met-example", "Told in": "dl-met-told",
};
const DISC = "M10-8a18 18 0 1 0 0 36a18 18 0 1 0 0-36Z";
const DOT = "M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13Z";

const p = (...children) => h("p", {}, children);
const strong = (...children) => h("strong", {}, children);
const ol = (items) => h("ol", {}, items.map((item) => h("li", {}, item)));
const ul = (...items) => items.length > 0 && h("ul", {}, items.filter(Boolean).map((item) => h("li", {}, item)));
const count = (number) => number.toLocaleString("en");
const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
const basisRow = (basis) => [basis.word, basis.means, count(basis.events)];
const toldIn = (told) => (told ? [said(told.heading), h("span", { class: "dl-met-minor" }, told.day)] : "–");

/** How many a list that was cut short leaves out. */
function more({ count: all, listed, problems }) {
  const rest = all - (listed ?? problems).length;
  return rest > 0 && p(`and ${count(rest)} more.`);
}

function fold(summary, ...content) {
  return h("details", { class: "dl-met-fold" }, h("summary", {}, summary), content);
}

/** On a narrow page each row of a wide table becomes a block; the roles are said aloud, since `display` takes them from a table's own elements. */
function table(caption, head, rows) {
  const look = (at) => LOOKS[head[at]] ?? null;
  const cell = (content, at) => {
    const what = at ? { role: "cell" } : { role: "rowheader", scope: "row" };
    return h(at ? "td" : "th", { ...what, "data-label": head[at], class: look(at) }, h("span", {}, content));
  };
  const title = (words, at) => h("th", { scope: "col", role: "columnheader", class: look(at) }, words);
  return h(
    "table",
    { role: "table", class: head.length > 3 && "dl-met-wide" },
    h("caption", {}, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head.map(title))),
    h("tbody", { role: "rowgroup" }, rows.map((row) => h("tr", { role: "row" }, row.map(cell)))),
  );
}

function records(list) {
  const facts = (event) => h("p", { class: "dl-met-facts" }, event.facts.map((fact, at) => [at > 0 && " · ", said(fact)]));
  const note = (event) => event.note && said(event.note, "p", { class: "dl-met-note" });
  const about = (event) => h("div", {}, said(event.title, "p", { class: "dl-met-title" }), facts(event), note(event));
  const record = (event) => h("li", {}, kindMark(event.kind, event.solid), about(event));
  return [h("ul", { class: "dl-met-records" }, list.listed.map(record)), more(list)];
}

function codes(tables) {
  const names = tables.map((one) => one.name).join(" and ");
  return fold(`What the codes mean: ${names}`, tables.map((one) => table(`${one.name}, in our words`, ["Code", "What is known"], one.rows)));
}

/** The mark of a precision, in no kind's colour: solid, hollow in its disc, or an empty space where there is none. */
function placeMark(look) {
  const ink = { fill: "currentColor", stroke: "currentColor" };
  const disc = look === "disc" && h("path", { ...ink, d: DISC, "fill-opacity": ".12", "stroke-dasharray": "4 3" });
  const dot = look !== "none" && h("path", { ...ink, d: DOT, ...(look === "disc" && { fill: "none" }), "stroke-width": 3 });
  return h("svg", { viewBox: "-9 -9 38 38", width: 30, height: 30, class: "dl-mark", "aria-hidden": "true", focusable: "false" }, disc, dot);
}
