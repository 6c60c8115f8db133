// Where the controls of the filter bar open: a panel under its button, or on a phone one sheet with all of them.

const MARGIN = 8;

function open(bar, made) {
  close(bar, false);
  const name = made.dataset.opens;
  bar.open = made;
  made.setAttribute("aria-expanded", "true");
  if (name === "all") {
    bar.sheet.replaceChildren(...sheetContent(bar));
    bar.sheet.showModal();
    return;
  }
  bar.panel.setAttribute("aria-label", name === "known" ? "Which clock counts" : labelOf(bar, name));
  bar.lists = [name === "known" ? clockList(bar) : facetList(bar, name)];
  bar.panel.replaceChildren(bar.lists[0].element);
  // In the order of the tabulator it follows its button; on the screen it lies in the top layer, where nothing clips or covers it.
  made.after(bar.panel);
  bar.panel.showPopover();
  place(bar);
  const first = matchMedia("(pointer: coarse)").matches ? null : bar.panel.querySelector("input, button");
  (first || bar.panel).focus({ preventScroll: true });
}

function close(bar, giveBack) {
  if (!bar.open) return;
  if (bar.sheet.open) return bar.sheet.close();
  const made = bar.open;
  closed(bar);
  if (bar.panel.isConnected && bar.panel.matches(":popover-open")) bar.panel.hidePopover();
  if (giveBack) made.focus();
}

function closed(bar) {
  bar.open?.setAttribute("aria-expanded", "false");
  bar.open = null;
  bar.lists = [];
}

/** Put the panel under its button, or above where there is more room, and never out of the window. */
function place(bar) {
  if (!bar.open || bar.sheet.open) return;
  const { left, top, bottom } = bar.open.getBoundingClientRect();
  const below = window.innerHeight - bottom - 2 * MARGIN;
  const above = top - 2 * MARGIN;
  const up = below < 240 && above > below;
  const width = Math.min(340, window.innerWidth - 2 * MARGIN);
  Object.assign(bar.panel.style, {
    width: `${width}px`,
    maxHeight: `${Math.min(460, up ? above : below)}px`,
    left: `${Math.max(MARGIN, Math.min(left, window.innerWidth - width - MARGIN))}px`,
    top: up ? "auto" : `${bottom + 4}px`,
    bottom: up ? `${window.innerHeight - top + 4}px` : "auto",
  });
}

function sheetContent(bar) {
  bar.lists = [
    ...bar.data.facets.map((facet) => sheetPart(bar, facet.label, facet.name, facetList(bar, facet.name))),
    sheetPart(bar, "Clock", "known", clockList(bar)),
  ];
  const sentence = h("p", { class: "dl-fb-sentence" });
  const done = button("dl-button dl-fb-done", { on: { click: () => bar.sheet.close() } }, "Show events");
  const clearAll = button("dl-button", { on: { click: () => bar.clear() } }, "Clear all");
  bar.lists.push({
    refresh: () => (setIdle(clearAll, !activeCount(bar.state)), sentence.replaceChildren(...bar.data.sentence.map((part) => said(part)))),
  });
  for (const list of bar.lists) list.refresh();
  return [
    h(
      "div",
      { class: "dl-fb-sheet-head" },
      h("h2", {}, "Filters"),
      button("dl-fb-x", { "aria-label": "Close", on: { click: () => bar.sheet.close() } }, icon("close")),
    ),
    h(
      "div",
      { class: "dl-fb-sheet-body" },
      sentence,
      bar.lists.map((list) => list.element),
    ),
    h("div", { class: "dl-fb-sheet-foot" }, clearAll, done),
  ];
}

function sheetPart(bar, label, name, list) {
  const words = h("span", {});
  const element = h("details", { class: "dl-fb-part" }, h("summary", {}, words, icon("open")), list.element);
  const refresh = () => {
    const count = name === "known" ? 0 : bar.state[name].length;
    words.textContent = name === "known" ? clockLabel(bar) : label + (count ? ` · ${count}` : "");
    element.classList.toggle("is-active", count > 0 || (name === "known" && Boolean(bar.state.known)));
    list.refresh();
  };
  return { element, refresh };
}

function labelOf(bar, name) {
  return bar.data.facets.find((facet) => facet.name === name).label;
}
