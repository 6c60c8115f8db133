// The list of the events shown, and the tray of those that are not on the map.

export default function eventList({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-event_list");
  const kept = keptFor(root, () => ({ trayOpen: false }));
  kept.tell = setTriggerValue;
  const tell = (name, value) => kept.tell(name, value);
  if (isSame(kept, data)) return returnFocus(root); // who goes back at once finds the list that was left, still there
  const turned = kept.turning && kept.page !== data.page;
  Object.assign(kept, { page: data.page, turning: false });
  const open = (id) => {
    handOver("open", id);
    tell("select", id);
  };
  refill(root, header(data, tell, kept), tray(data, open, kept), data.empty ? empty(data.empty, tell) : rows(data, open), pager(data, tell, kept));
  if (turned) goTo(root.querySelector("h2"), root);
  else returnFocus(root);
}

/** Back from the detail: to the row that it was opened from, or to the head of the list if that row is on another page. */
function returnFocus(root) {
  const id = handedOver("back");
  if (id === undefined) return;
  const row = byData(root, "event-id", id);
  const target = row ?? root.querySelector("h2");
  if (target === document.activeElement) return;
  if (!row) return goTo(target, root);
  row.tabIndex = 0;
  goTo(row, row, "nearest");
}

function header(data, tell, kept) {
  const order = data.newest_first ? "Newest first" : "Oldest first";
  const other = data.newest_first ? "oldest first" : "newest first";
  const sort = { class: "dl-quiet", "data-focus": "sort", title: `Sort ${other}` };
  const words = [h("span", { class: "dl-sr" }, "Order: "), order, icon(data.newest_first ? "down" : "up")];
  const title = h("h2", { tabindex: -1, "data-focus": "head", class: "dl-sr" }, `Events (${counted(data.total)})`);
  if (!data.total) return title;
  return h(
    "div",
    { class: "dl-list-head" },
    title,
    data.tray.total ? trayButton(data.tray.total, kept) : h("span", { class: "dl-note" }, "All are on the map"),
    data.total > 1 && button(sort, () => tell("sort", !data.newest_first), words),
  );
}

function trayButton(total, kept) {
  const turn = (event) => {
    kept.trayOpen = !kept.trayOpen;
    event.currentTarget.setAttribute("aria-expanded", kept.trayOpen);
    document.getElementById("dl-tray").hidden = !kept.trayOpen;
  };
  const props = { class: "dl-quiet", "data-focus": "tray", "aria-expanded": String(kept.trayOpen), "aria-controls": "dl-tray" };
  return h("h3", {}, button(props, turn, icon("right"), `Not on the map (${counted(total)})`));
}

function rows(data, open) {
  const list = h(
    "ol",
    { class: "dl-rows", start: data.first, "aria-label": "Events, in the order of time", on: { keydown: moveFocus } },
    data.rows.map((row) => h("li", {}, rowButton(row, data, open, "row"))),
  );
  const buttons = [...list.querySelectorAll("button")];
  for (const button of buttons) button.tabIndex = -1;
  (buttons.find((button) => button.hasAttribute("aria-current")) ?? buttons[0]).tabIndex = 0;
  return list;
}

function rowButton(row, data, open, where) {
  const kind = data.marks[row.kind];
  const facts = [
    h("span", { class: "dl-nobreak" }, row.when),
    row.place && [said(row.place), row.within && h("span", { class: "dl-within" }, row.within)],
    !row.on_map && !row.reason && h("span", { class: "dl-off" }, "not on the map"),
  ].filter(Boolean);
  const parted = facts.map((fact, index) => [index > 0 && h("span", { class: "dl-sep", "aria-hidden": "true" }, "·"), fact]);
  const props = {
    class: "dl-row",
    [where === "row" ? "data-event-id" : "data-tray-id"]: row.id,
    "data-focus": `${where}:${row.id}`,
    "aria-current": row.id === data.selected ? "true" : null,
  };
  const text = h(
    "span",
    { class: "dl-row-text" },
    h("span", { class: "dl-sr" }, `${kind.label}: `),
    said(row.title, "span", { class: "dl-row-title" }),
    h("span", { class: "dl-row-facts" }, parted),
    row.reason && said(row.reason, "span", { class: "dl-reason" }),
  );
  return button(props, () => open(row.id), kindMark(kind, row.solid), text);
}

/** One stop of the tab key for all rows; the arrows go from row to row. */
function moveFocus(event) {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(event.target.closest("button"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const next = buttons[Math.min(Math.max(to, 0), buttons.length - 1)];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

function tray({ tray: { total, rows: held }, ...data }, open, kept) {
  if (!total) return null;
  const more = total - held.length;
  return h(
    "div",
    { id: "dl-tray", class: "dl-tray", hidden: !kept.trayOpen },
    h("ul", { "aria-label": "Events that are not on the map" }, held.map((row) => h("li", {}, rowButton({ ...row, place: "" }, data, open, "tray")))),
    more > 0 && h("p", { class: "dl-note" }, `${counted(more)} more are in the list below.`),
  );
}

function empty({ words, advice, clearable }, tell) {
  return h(
    "div",
    { class: "dl-empty" },
    h("p", { class: "dl-empty-words" }, words),
    h("p", {}, advice),
    clearable && button({ class: "dl-button", "data-focus": "all" }, () => tell("clear", true), "Show all events"),
  );
}

function pager(data, tell, kept) {
  if (data.pages < 2) return null;
  const turn = (page) => () => {
    kept.turning = true;
    tell("page", page);
  };
  const last = data.first + data.rows.length - 1;
  const back = { class: "dl-button", disabled: data.page === 0 };
  const on = { class: "dl-button", disabled: data.page === data.pages - 1 };
  return h(
    "nav",
    { class: "dl-pager", "aria-label": "Pages of the list" },
    button(back, turn(data.page - 1), icon("left"), "Previous page"),
    h("span", {}, `${counted(data.first)} to ${counted(last)} of ${counted(data.total)}`),
    button(on, turn(data.page + 1), "Next page", icon("right")),
  );
}
