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
  const across = { scope: "rowgroup", colspan: COLUMNS.length, "aria-colspan": COLUMNS.length };
  const words = count > 1 && h("span", { class: "dl-metric-count" }, `${counted(count)} claims`);
  const heading = h("th", { role: "rowheader", class: "dl-metric", ...across }, said(group.label), words);
  return h(
    "tbody",
    { role: "rowgroup", "data-metric": group.metric },
    h("tr", { role: "row", class: "dl-metric-row" }, heading),
    group.rows.map((claim) => claimRow(claim, group.figures, jump)),
  );
}

function claimRow(claim, figures, jump) {
  const cell = (name, ...content) => h("td", { role: "cell", class: `dl-${name}` }, content);
  const missing = (name) => h("td", { role: "cell", class: `dl-${name} dl-none` }, "not given");
  const wide = figures ? {} : { colspan: 2, "aria-colspan": 2 };
  const number = h("span", { class: claim.known ? "dl-number" : "dl-unknown" }, claim.figure);
  return h(
    "tr",
    { role: "row", class: figures ? "dl-claim" : "dl-claim dl-statement" },
    h("td", { role: "cell", class: "dl-what", ...wide }, said(claim.what)),
    figures && cell("figure", number, claim.unit && said(claim.unit, "span", { class: "dl-unit" })),
    cell("by", said(claim.by)),
    claim.via ? cell("via", h("span", { class: "dl-lead" }, "via "), said(claim.via)) : missing("via"),
    claim.when ? cell("when", h("span", { class: "dl-lead" }, "said "), claim.when) : missing("when"),
    cell("in", button({ class: "dl-jump", dir: "auto" }, () => jump(claim.update.id), claim.update.label)),
  );
}

/** One update in full. `open` is the set of ids whose whole text is shown. */
function sourceUpdate(update, first, open) {
  const heading = said(update.missing ? update.id : update.heading, "h4", { tabindex: -1 });
  const article = (...content) => h("article", { class: "dl-source", "data-update-id": update.id }, heading, content);
  if (update.missing) return article(h("p", { class: "dl-note" }, "The store does not hold this update."));
  const text = h("div", { class: "dl-text" });
  return article(byline(update), text, wholeButton(update, text, first, open));
}

function byline(update) {
  const source = update.url ? outwardLink(update.url, update.source) : said(update.source);
  const line = h("span", { class: "dl-byline-line" }, update.date, h("span", { class: "dl-sep", "aria-hidden": "true" }, "·"), source);
  const note = update.date_note && said(update.date_note, "p", { class: "dl-note" });
  return h("div", { class: "dl-byline" }, line, note ? h("details", {}, h("summary", {}, update.basis), note) : h("span", {}, update.basis));
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
  const turn = () => {
    if (open.delete(update.id)) open.add(`${update.id}/folded`);
    else open.add(update.id);
    show();
    whole.textContent = words();
    whole.setAttribute("aria-expanded", open.has(update.id));
  };
  const expanded = String(open.has(update.id));
  const whole = button({ class: "dl-quiet dl-whole", "data-focus": `whole:${update.id}`, "aria-expanded": expanded }, turn, words());
  // A search in the page finds folded text too, and opens it.
  text.addEventListener("beforematch", () => !open.has(update.id) && turn());
  return whole;
}

function paragraphs(update, told, folded) {
  return update.paragraphs.flatMap((runs, index) => {
    const hidden = folded && !told[index];
    const words = runs.map((run) => (run.marked ? h("mark", {}, run.text) : run.text));
    const paragraph = h("p", { dir: "auto", hidden: hidden ? "until-found" : null }, words);
    const startsGap = hidden && (index === 0 || told[index - 1]);
    return startsGap ? [h("p", { class: "dl-fold", "aria-hidden": "true" }, "[…]"), paragraph] : [paragraph];
  });
}
