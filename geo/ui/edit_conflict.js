// Two versions of one record, and the one that both come from: field by field, to choose or to put together.

function drawConflict(panel, root, { title: name, gone, rows, hasBase }) {
  const chosen = new Map(rows.filter(({ standing }) => standing === "choose").map(({ pointer }) => [pointer, "theirs"]));
  const resolve = () => panel.tell({ do: "resolve", mine: [...chosen].filter(([, whose]) => whose === "mine").map(([pointer]) => pointer) });
  const all = (whose) => {
    for (const input of root.querySelectorAll(`input[value="${whose}"]`)) input.click();
  };
  const open = rows.filter(({ standing }) => standing === "choose");
  const settled = rows.filter(({ standing }) => standing !== "choose");
  refill(
    root,
    h("h2", { tabindex: -1, "data-focus": "head" }, "Somebody else has changed this too"),
    h("p", {}, "Nothing was saved, and nothing is lost. ", said(name, "strong"), gone ? " is no longer in the store; your draft is kept." : " was changed after you opened it."),
    open.length > 0 && h("p", { class: "dl-ed-hint" }, open.length === 1 ? "One field differs in both: choose which value stands." : `${open.length} fields differ in both: choose which value stands.`),
    open.length > 1 &&
      h("div", { class: "dl-ed-acts" }, button({ class: "dl-button" }, () => all("theirs"), "All theirs"), button({ class: "dl-button" }, () => all("mine"), "All mine")),
    h("div", { class: "dl-ed-rows" }, open.map((row) => clashRow(row, chosen, hasBase))),
    settled.length > 0 && h("section", { class: "dl-ed-part" }, h("h3", {}, "Put together without a question"), h("dl", { class: "dl-ed-settled" }, settled.map(settledRow))),
    h(
      "div",
      { class: "dl-ed-acts dl-ed-foot" },
      !gone && button({ class: "dl-button dl-ed-save", "data-focus": "resolve" }, resolve, "Put both together, and look at it"),
      button({ class: "dl-button", "data-focus": "back" }, () => panel.tell({ do: "back" }), "Back to my version"),
    ),
  );
}

function clashRow(row, chosen, hasBase) {
  const side = (whose, words, value) => {
    const id = `dl-ed-${whose}-${row.pointer.replace(/\W/g, "-")}`;
    const input = h("input", { type: "radio", id, name: `dl-ed${row.pointer}`, value: whose, checked: chosen.get(row.pointer) === whose, on: { change: () => chosen.set(row.pointer, whose) } });
    return h("label", { class: "dl-ed-side", for: id }, h("span", { class: "dl-ed-whose" }, input, words), values(value));
  };
  return h(
    "fieldset",
    { class: "dl-ed-clash" },
    h("legend", {}, row.label),
    hasBase && h("div", { class: "dl-ed-base" }, h("span", { class: "dl-ed-whose" }, "Before"), values(row.base)),
    h("div", { class: "dl-ed-sides" }, side("theirs", "Theirs, in the store", row.theirs), side("mine", "Mine", row.mine)),
  );
}

function settledRow({ label, base, theirs, mine, standing }) {
  const whose = { theirs: "theirs", mine: "mine", both: "both", same: "the same" }[standing];
  const value = standing === "mine" ? mine : standing === "both" ? [...theirs, ...mine.filter((one) => !theirs.includes(one))] : theirs;
  return h("div", {}, h("dt", {}, label, h("span", { class: "dl-ed-tag" }, whose)), h("dd", {}, h("div", { class: "dl-ed-was" }, values(base)), values(value)));
}

function values(lines) {
  if (!lines.length) return h("p", { class: "dl-ed-nothing" }, "nothing");
  return lines.map((line) => said(line, "p", { class: "dl-ed-value" }));
}
