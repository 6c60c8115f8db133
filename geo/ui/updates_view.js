// The live blog as it ran: an index by date, each update's text, and beside it the events that it tells.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-updates_view");
  const view = (root.dlView ??= { send: null, content: "", focus: null });
  view.send = setTriggerValue;
  const content = JSON.stringify({ ...data, focus: null });
  if (content !== view.content) {
    view.content = content;
    draw(root, data, view);
  }
  for (const button of root.querySelectorAll("[data-newest]")) {
    button.setAttribute("aria-pressed", String((button.dataset.newest === "yes") === data.newest_first));
  }
  if (data.focus !== view.focus) {
    view.focus = data.focus;
    highlight(root, data.focus);
    arrive(() => goTo(root, data.focus, "instant"));
  }
  const articles = [...root.querySelectorAll(".dl-upd-article")];
  return watchPosition(articles, root.querySelectorAll(".dl-upd-index a"), (link, article) => link.dataset.update === article.dataset.update);
}

function draw(root, data, view) {
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.newest : undefined;
  root.replaceChildren(
    h(
      "div",
      { class: "dl-upd-page" },
      masthead(data, view),
      index(root, data, view),
      h(
        "div",
        { class: "dl-upd-list" },
        data.updates.map((update) => article(update, data, view)),
        leftOut(data),
      ),
    ),
  );
  highlight(root, view.focus);
  if (held) root.querySelector(`[data-newest="${held === "yes" ? "yes" : "no"}"]`)?.focus({ preventScroll: true });
}

function masthead(data, view) {
  const order = (newest, words) =>
    h(
      "button",
      { type: "button", class: "dl-upd-order", "data-newest": newest ? "yes" : "no", on: { click: () => view.send("order", newest) } },
      words,
    );
  return h(
    "header",
    { class: "dl-upd-masthead" },
    h("div", {}, h("h1", {}, "Updates"), said(data.lead, "p", { class: "dl-upd-lead" })),
    data.updates.length > 1 &&
      h(
        "div",
        { class: "dl-upd-orders", role: "group", "aria-label": "Order of the updates" },
        order(true, "Newest first"),
        order(false, "Oldest first"),
      ),
    data.missing && h("p", { class: "dl-upd-missing", role: "status" }, "This store has no update ", said(data.missing), "."),
  );
}

/** The dates, each a link that carries its own address, so that it can be copied. */
function index(root, data, view) {
  const entry = (update, before) => {
    const again = before && before.day === update.day;
    const words = [
      h("span", { class: again ? "dl-sr" : "dl-upd-index-day" }, update.day),
      update.time && h("span", { class: "dl-upd-index-time" }, " ", update.time),
    ];
    const open = (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(history.state, "", event.currentTarget.href);
      view.focus = update.id;
      highlight(root, update.id);
      goTo(root, update.id, matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
    };
    const name = !update.time && again && h("span", { class: "dl-upd-index-time" }, " no time given");
    return h("li", {}, h("a", { href: addressOf(update.id), "data-update": update.id, on: { click: open } }, words, name));
  };
  return h(
    "nav",
    { class: "dl-upd-index", "aria-label": "Updates by date" },
    h(
      "ol",
      {},
      data.updates.map((update, at) => entry(update, data.updates[at - 1])),
    ),
  );
}

function addressOf(id) {
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.set("update", id);
  return address.href;
}

function article(update, data, view) {
  const heading = `dl-upd-heading-${data.updates.indexOf(update)}`;
  const element = h(
    "article",
    { class: "dl-upd-article", "data-update": update.id, "aria-labelledby": heading },
    h(
      "div",
      { class: "dl-upd-head" },
      h("p", { class: "dl-upd-when" }, h("time", { datetime: update.published }, update.day, update.time && `, ${update.time}`)),
      said(update.heading, "h2", { id: heading, tabindex: "-1" }),
      h("div", { class: "dl-upd-meta" }, h("span", {}, "Source: ", outwardLink(update.url, update.source)), basis(update)),
    ),
    h(
      "div",
      { class: "dl-upd-text" },
      update.paragraphs.map(paragraph),
      update.paragraphs.length === 0 && h("p", { class: "dl-upd-none" }, "This update has no text."),
    ),
    told(update, data, view),
  );
  pointBothWays(element);
  return element;
}

function basis(update) {
  if (!update.note) return h("span", {}, update.basis);
  return h("details", { class: "dl-upd-basis" }, h("summary", {}, update.basis), said(update.note, "p"));
}

function paragraph(runs) {
  return h(
    "p",
    { dir: "auto", class: "dl-said" },
    runs.map(([words, events]) => (events.length ? h("span", { class: "dl-upd-run", "data-tells": events.join(" ") }, words) : words)),
  );
}

function told(update, data, view) {
  const count = update.events.length + update.more;
  if (count === 0) return h("div", { class: "dl-upd-told" }, h("p", { class: "dl-upd-none" }, "Tells no incident: statements only."));
  return h(
    "div",
    { class: "dl-upd-told" },
    h(
      "div",
      { class: "dl-upd-told-head" },
      h("h3", {}, count === 1 ? "Tells 1 event" : `Tells ${count.toLocaleString("en")} events`),
      update.placed > 1 &&
        h("button", { type: "button", class: "dl-button", on: { click: () => view.send("update", update.id) } }, allOnTheMap(update)),
    ),
    h(
      "ul",
      {},
      update.events.map((number) => eventRow(data.events[number], number, data, view)),
    ),
    update.more > 0 && h("p", { class: "dl-upd-none" }, `and ${update.more.toLocaleString("en")} more, which the map and its list show`),
  );
}

/** Where the list is cut short, only the map knows how many of the events have a point. */
function allOnTheMap(update) {
  return update.more > 0 ? "Show all on the map" : `Show all ${update.placed.toLocaleString("en")} on the map`;
}

function eventRow(event, number, data, view) {
  const kind = data.kinds[event.kind];
  const go = event.placed ? "Show on the map" : "Open in the list";
  return h(
    "li",
    { class: "dl-upd-event", "data-event": number },
    kindMark(kind, event.solid),
    h(
      "div",
      {},
      said(event.title, "p", { class: "dl-upd-title" }),
      h("p", { class: "dl-upd-facts" }, said(kind.label), " · ", said(event.when), " · ", said(event.place)),
      event.placed
        ? h("p", { class: "dl-upd-how" }, event.how)
        : h("p", { class: "dl-upd-how" }, h("strong", {}, "Not on the map. "), said(event.reason)),
      h(
        "button",
        { type: "button", class: "dl-upd-go", "aria-label": `${go}: ${event.title}`, on: { click: () => view.send("event", event.id) } },
        go,
      ),
    ),
  );
}

function leftOut(data) {
  return (
    data.left_out > 0 &&
    h("p", { class: "dl-upd-none" }, `${data.left_out.toLocaleString("en")} more updates are not listed here; the filter on the map has them all.`)
  );
}

/** Pointing at an event marks the words that tell it, and pointing at the words marks the event. */
function pointBothWays(element) {
  const mark = (numbers) => {
    for (const run of element.querySelectorAll("[data-tells]"))
      run.classList.toggle(
        "is-told",
        run.dataset.tells.split(" ").some((number) => numbers.includes(number)),
      );
    for (const row of element.querySelectorAll("[data-event]")) row.classList.toggle("is-told", numbers.includes(row.dataset.event));
  };
  const pointed = (event) => {
    const over = event.target.closest("[data-event], [data-tells]");
    mark(over ? (over.dataset.event ?? over.dataset.tells).split(" ") : []);
  };
  for (const type of ["mouseover", "focusin"]) element.addEventListener(type, pointed);
  for (const type of ["mouseleave", "focusout"]) element.addEventListener(type, () => mark([]));
}

const articleOf = (root, id) => [...root.querySelectorAll(".dl-upd-article")].find((element) => element.dataset.update === id);

function highlight(root, id) {
  for (const element of root.querySelectorAll(".dl-upd-article")) element.classList.toggle("is-focus", element.dataset.update === id);
}

function goTo(root, id, behavior) {
  const target = articleOf(root, id);
  if (!target) return;
  target.querySelector("h2").focus({ preventScroll: true });
  target.scrollIntoView({ block: "start", behavior });
}
