// The updates of the live blog, as they were read: the passages that proposals rest on are marked, and what was reworded shows how it read before.

function reviewUpdates(data, view) {
  const more = data.updates_left_out > 0 && h("p", { class: "dl-rev-minor" }, `${data.updates_left_out.toLocaleString("en-GB")} more updates are not shown here.`);
  return h(
    "section",
    { class: "dl-rev-updates", "aria-label": "Updates of the live blog", tabindex: "0" },
    data.updates.map((update) => reviewUpdate(update, data, view)),
    more,
  );
}

function reviewUpdate(update, data, view) {
  return h(
    "article",
    { class: "dl-rev-update", "data-update": update.id },
    h(
      "header",
      {},
      said(update.heading, "h3", { tabindex: "-1" }),
      h("p", { class: "dl-rev-minor" }, update.when, update.flags.map((flag) => [" · ", h("span", { class: "dl-rev-doubt" }, flag)])),
      update.note && h("details", { class: "dl-rev-how" }, h("summary", {}, "How the date was found"), said(update.note, "p")),
    ),
    update.paragraphs.map((runs) => h("p", { dir: "auto", class: "dl-rev-text" }, runs.map((run) => passage(run, data, view)))),
    update.earlier.map(earlierWording),
  );
}

/** A run of text; one that tells something is a button to the first proposal that it tells. */
function passage([text, numbers], data, view) {
  if (!numbers.length) return text;
  const titles = numbers.map((number) => data.proposals[number].title).join("; ");
  const go = () => view.goToCard(data.proposals[numbers[0]].id);
  return h("mark", { "data-tells": numbers.join(" "), title: titles, on: { click: go } }, text);
}

function earlierWording(earlier) {
  return h(
    "details",
    { class: "dl-rev-earlier" },
    h("summary", {}, `Reworded. Until ${earlier.until} it read otherwise`),
    earlier.heading && h("p", { class: "dl-rev-minor" }, "Under the heading ", said(earlier.heading)),
    h(
      "p",
      { dir: "auto", class: "dl-rev-text" },
      earlier.runs.map(([what, words]) => (what === "same" ? words : h(what === "out" ? "del" : "ins", {}, h("span", { class: "dl-sr" }, what === "out" ? " [taken out: " : " [put in: "), words, h("span", { class: "dl-sr" }, "] ")))),
    ),
  );
}

/** Bring the passages of a proposal into view, and light them up. */
function showPassages(root, number) {
  const pane = root.querySelector(".dl-rev-updates");
  if (!pane) return;
  let first = null;
  for (const run of pane.querySelectorAll("mark")) {
    const told = run.dataset.tells.split(" ").includes(String(number));
    run.classList.toggle("is-told", told);
    if (told) first ??= run;
  }
  if (!first || getComputedStyle(pane).overflowY === "visible") return;
  const [box, run] = [pane.getBoundingClientRect(), first.getBoundingClientRect()];
  if (run.top < box.top + 24 || run.bottom > box.bottom - 24) pane.scrollTop += run.top - box.top - box.height / 3;
}
