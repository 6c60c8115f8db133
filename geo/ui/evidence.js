// What stands behind an event: the claims as one table, and the updates in full with the passages about it marked.

const COLUMNS = ["What", "Figure", "Who says so", "Via", "When", "Update"];
const LONG_TEXT = 900; // characters; a longer update opens with the paragraphs that hold a passage

/** The table of claims. It is stacked where it is narrow, and its roles are spelt out because a stacked table loses them. */
function claimsTable(groups, labelledBy, jump) {
  const column = (name) => h("th", { role: "columnheader", scope: "col", class: `dl-col-${name.split(" ")[0].toLowerCase()}` }, name);
  return h(
    "table",
    { role: "table", class: "dl-claims", "aria-labelledby": labelledBy },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map(column))),
    groups.map((group) => claimGroup(group, jump)),
  );
}

function claimGroup(group, jump) {
  const count = group.rows.length;
  const heading = h(
    "th",
    { role: "rowheader", scope: "rowgroup", colspan: COLUMNS.length, "aria-colspan": COLUMNS.length, class: "dl-metric" },
    said(group.label),
    count > 1 && h("span", { class: "dl-metric-count" }, `${counted(count)} claims`),
  );
  return h(
    "tbody",
    { role: "rowgroup", "data-metric": group.metric },
    h("tr", { role: "row", class: "dl-metric-row" }, heading),
    group.rows.map((claim) => claimRow(claim, group.figures, jump)),
  );
}

function claimRow(claim, figures, jump) {
  const cell = (name, ...content) => h("td", { role: "cell", class: `dl-${name}` }, content);
  const gap = (name, words) => h("td", { role: "cell", class: `dl-${name} dl-none` }, words);
  const what = figures ? { role: "cell", class: "dl-what" } : { role: "cell", class: "dl-what", colspan: 2, "aria-colspan": 2 };
  return h(
    "tr",
    { role: "row", class: figures ? "dl-claim" : "dl-claim dl-statement" },
    h("td", what, said(claim.what)),
    figures && cell("figure", h("span", { class: claim.known ? "dl-number" : "dl-unknown" }, claim.figure), claim.unit && said(claim.unit, "span", { class: "dl-unit" })),
    cell("by", said(claim.by)),
    claim.via ? cell("via", h("span", { class: "dl-lead" }, "via "), said(claim.via)) : gap("via", "not given"),
    claim.when ? cell("when", h("span", { class: "dl-lead" }, "said "), claim.when) : gap("when", "not given"),
    cell("in", jumpButton(claim.update, jump)),
  );
}

function jumpButton(update, jump) {
  return h("button", { type: "button", class: "dl-jump", dir: "auto", on: { click: () => jump(update.id) } }, update.label);
}

/** One update in full. `open` is the set of ids whose whole text is shown. */
function sourceUpdate(update, first, open) {
  const heading = said(update.missing ? update.id : update.heading, "h4", { tabindex: -1 });
  if (update.missing) return h("article", { class: "dl-source", "data-update-id": update.id }, heading, h("p", { class: "dl-note" }, "The store does not hold this update."));
  const text = h("div", { class: "dl-text" });
  const button = wholeButton(update, text, first, open);
  return h("article", { class: "dl-source", "data-update-id": update.id }, heading, byline(update), text, button);
}

function byline(update) {
  const basis = update.date_note ? h("details", {}, h("summary", {}, update.basis), said(update.date_note, "p", { class: "dl-note" })) : h("span", {}, update.basis);
  const source = update.url ? outwardLink(update.url, update.source) : said(update.source);
  return h("div", { class: "dl-byline" }, h("span", { class: "dl-byline-line" }, h("span", {}, update.date), h("span", { class: "dl-sep", "aria-hidden": "true" }, "·"), source), basis);
}

/** Fill `text`, and make the button that shows or folds the paragraphs without a passage; null if there is nothing to fold. */
function wholeButton(update, text, first, open) {
  const told = update.paragraphs.map((runs) => runs.some((run) => run.marked));
  const length = update.paragraphs.flat().reduce((sum, run) => sum + run.text.length, 0);
  const foldable = length > LONG_TEXT && told.includes(true) && told.includes(false);
  if (first && !open.has(`${update.id}/folded`)) open.add(update.id);
  const show = () => text.replaceChildren(...paragraphs(update, told, foldable && !open.has(update.id)));
  show();
  if (!foldable) return null;
  const words = () => (open.has(update.id) ? "Show only what tells this event" : "Show the whole update");
  const button = h("button", { type: "button", class: "dl-quiet dl-whole", "data-focus": `whole:${update.id}`, "aria-expanded": String(open.has(update.id)) }, words());
  const turn = () => {
    if (open.delete(update.id)) open.add(`${update.id}/folded`);
    else open.add(update.id);
    show();
    button.textContent = words();
    button.setAttribute("aria-expanded", open.has(update.id));
  };
  button.addEventListener("click", turn);
  // A search in the page finds folded text too, and opens it.
  text.addEventListener("beforematch", () => !open.has(update.id) && turn());
  return button;
}

function paragraphs(update, told, folded) {
  return update.paragraphs.flatMap((runs, index) => {
    const hidden = folded && !told[index];
    const paragraph = h("p", { dir: "auto", hidden: hidden ? "until-found" : null }, runs.map((run) => (run.marked ? h("mark", {}, run.text) : run.text)));
    const startsGap = hidden && (index === 0 || told[index - 1]);
    return startsGap ? [h("p", { class: "dl-fold", "aria-hidden": "true" }, "[…]"), paragraph] : [paragraph];
  });
}
