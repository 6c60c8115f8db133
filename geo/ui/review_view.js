// The desk: the live blog's updates on one side, what it proposes on the other, decided on by mouse or by keyboard.

export default function reviewView({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-review_view");
  const view = (root.dlView ??= newView(root));
  view.data = data;
  view.send = (value) => setTriggerValue("act", value);
  const words = JSON.stringify(data);
  if (words === view.words) return;
  view.words = words;
  const ids = data.proposals.map((one) => one.id);
  for (const id of view.chosen) if (!ids.includes(id)) view.chosen.delete(id);
  // A form that was sent closes, unless it came back with a problem; one that somebody still writes in stays.
  if (view.opened && !data.proposals.some((one) => one.id === view.opened && (one.problem || !view.sent))) view.closed();
  view.sent = false;
  // The card that was decided on is gone: the next one in its place has the focus.
  if (!ids.includes(view.at)) view.at = ids[Math.min(Math.max(view.place, 0), ids.length - 1)] ?? null;
  view.place = ids.indexOf(view.at);
  if (data.given > view.given && ids.length) Object.assign(view, { at: ids[0], place: 0, holds: true }); // a blog was given: on to what it proposes
  view.given = data.given;
  draw(root, data, view);
}

function newView(root) {
  const view = { chosen: new Set(), unfolded: new Set(), at: null, place: 0, opened: null, draft: {}, words: "", sent: false, help: false, given: 0 };
  // What was done is told aloud: the element that does it must stay while the rest is drawn anew.
  view.live = h("div", { class: "dl-sr", role: "status" });
  view.body = h("div", {});
  root.replaceChildren(view.live, view.body);
  const redraw = () => draw(root, view.data, view);
  view.choose = (id) => {
    if (!view.chosen.delete(id)) view.chosen.add(id);
    redraw();
  };
  view.select = (ids, which) => {
    view.chosen = new Set(ids);
    redraw();
    root.querySelector(`[data-select="${which}"]`)?.focus({ preventScroll: true });
  };
  view.fold = (id, open) => (open ? view.unfolded.add(id) : view.unfolded.delete(id));
  view.closed = () => Object.assign(view, { opened: null, draft: {} });
  view.closeForm = () => {
    view.closed();
    redraw();
    view.goToCard(view.at);
  };
  view.act = (what, proposal) => {
    if (what === "change") {
      Object.assign(view, { opened: proposal.id, draft: {}, at: proposal.id });
      redraw();
      root.querySelector(".dl-rev-form input")?.focus();
      return;
    }
    view.at = proposal.id;
    view.place = view.data.proposals.findIndex((one) => one.id === proposal.id);
    view.holds = true;
    view.send({ do: what, ids: [proposal.id] });
  };
  view.bulk = (what) => {
    view.holds = true;
    view.send({ do: what, ids: [...view.chosen] });
    view.chosen = new Set();
  };
  view.sendForm = (value) => {
    Object.assign(view, { sent: true, holds: true });
    view.send(value);
  };
  view.undo = () => {
    view.holds = true;
    view.send({ do: "undo" });
  };
  view.goToCard = (id) => {
    const card = [...root.querySelectorAll("[data-card]")].find((one) => one.dataset.card === id);
    if (!card) return;
    for (const other of root.querySelectorAll("[data-card]")) other.tabIndex = other === card ? 0 : -1;
    Object.assign(view, { at: id, place: view.data.proposals.findIndex((one) => one.id === id) });
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    showPassages(root, view.place);
  };
  return view;
}

function draw(root, data, view) {
  const held = root.contains(document.activeElement) || view.holds;
  const within = document.activeElement?.closest?.(".dl-rev-form");
  const [updatesAt, cardsAt] = [".dl-rev-updates", ".dl-rev-list"].map((part) => root.querySelector(part)?.scrollTop ?? 0);
  const field = within && root.contains(within) ? document.activeElement.name : null;
  const tab = document.activeElement?.dataset?.tab;
  view.holds = false;
  view.live.textContent = data.said.words;
  view.body.replaceChildren(
    head(data, view),
    warnings(data, view),
    h("div", { class: "dl-rev-desk" }, reviewUpdates(data, view), h("section", { class: "dl-rev-cards", "aria-label": "Proposals" }, toolbar(data, view), list(root, data, view))),
  );
  root.querySelector(".dl-rev-updates").scrollTop = updatesAt;
  root.querySelector(".dl-rev-list").scrollTop = cardsAt;
  if (!held) return;
  const writing = field && root.querySelector(`.dl-rev-form [name="${CSS.escape(field)}"]`); // nothing where the form has closed
  if (writing) writing.focus({ preventScroll: true });
  else if (tab) root.querySelector(`[data-tab="${CSS.escape(tab)}"]`)?.focus({ preventScroll: true });
  else if (view.at) view.goToCard(view.at);
  else root.querySelector('[aria-pressed="true"][data-tab]')?.focus();
}

function head(data, view) {
  const { blog } = data;
  const others = data.blogs.length > 1 && h("label", { class: "dl-rev-field" }, h("span", { class: "dl-sr" }, "Live blog"), blogChoice(data, view));
  return h(
    "header",
    { class: "dl-rev-head" },
    h(
      "div",
      {},
      said(blog.name, "h2"),
      h("p", { class: "dl-rev-minor" }, blog.facts, ", last on ", blog.read, blog.address && [" from ", outwardLink(blog.address, blog.publisher)], ". ", blog.flags.map((flag) => [h("span", { class: "dl-rev-doubt" }, flag), ". "])),
      blog.watched && h("p", { class: "dl-rev-minor" }, watchedWords(blog)),
    ),
    h("div", { class: "dl-rev-tools" }, others, data.writable && blog.address && watchTools(blog, view), data.writable && removal(view)),
  );
}

function watchedWords(blog) {
  const { watched } = blog;
  if (watched.error) return [h("strong", {}, "The last try failed: "), said(watched.error), ` Next try at ${watched.next}.`];
  return `Watched: ${watched.last ? `read at ${watched.last}, ${watched.new}; ` : ""}next at ${watched.next}.`;
}

function blogChoice(data, view) {
  const options = data.blogs.map((one) => h("option", { value: one.id, selected: one.id === data.blog.id }, `${one.name} (${one.read})`));
  return h("select", { on: { change: (event) => view.send({ do: "blog", blog: event.target.value }) } }, options);
}

function watchTools(blog, view) {
  const every = [[0, "Not watched"], [5, "Read again every 5 min"], [15, "Read again every 15 min"], [60, "Read again every hour"]];
  const options = every.map(([minutes, words]) => h("option", { value: minutes, selected: minutes === (blog.watch || 0) }, words));
  return [
    h("button", { type: "button", class: "dl-button", on: { click: () => view.send({ do: "again" }) } }, "Read again now"),
    h("label", { class: "dl-rev-field" }, h("span", { class: "dl-sr" }, "Watch the address"), h("select", { on: { change: (event) => view.send({ do: "watch", minutes: Number(event.target.value) || null }) } }, options)),
  ];
}

/** Asks once more, in the same place, since the decisions go with the blog. */
function removal(view) {
  const button = h("button", { type: "button", class: "dl-button" }, "Take off the desk");
  button.addEventListener("click", () => {
    if (button.dataset.sure) view.send({ do: "clear" });
    button.dataset.sure = "yes";
    button.textContent = "Take it off, with its rejections?";
  });
  button.addEventListener("blur", () => {
    delete button.dataset.sure;
    button.textContent = "Take off the desk";
  });
  return button;
}

function warnings(data, view) {
  if (!data.warnings.length) return "";
  const row = (one) =>
    h(
      "li",
      {},
      h("strong", {}, one.words, ". "),
      said(one.quote, "q"),
      one.events.length > 0 && [" Look at: ", one.events.map((event, index) => [index ? ", " : "", linkButton(event.title, () => view.send({ do: "map", event: event.id }))])],
      data.writable && h("button", { type: "button", class: "dl-button dl-rev-small", on: { click: () => view.send({ do: "note", warning: one.id }) } }, "Dealt with"),
    );
  return h("section", { class: "dl-rev-notice is-bad", "aria-label": "What speaks against accepted events" }, h("ul", {}, data.warnings.map(row)));
}

function toolbar(data, view) {
  const names = { open: "To decide", accepted: "Accepted", rejected: "Rejected" };
  const tab = (name) =>
    h("button", { type: "button", class: "dl-button", "data-tab": name, "aria-pressed": String(data.tab === name), on: { click: () => view.send({ do: "tab", tab: name }) } }, `${names[name]} (${data.counts[name].toLocaleString("en-GB")})`);
  const count = view.chosen.size;
  const bulk = (words, what, least) => h("button", { type: "button", class: "dl-button", disabled: count < least, on: { click: () => view.bulk(what) } }, words);
  return h(
    "div",
    { class: "dl-rev-bar" },
    h("div", { role: "group", "aria-label": "Which proposals" }, Object.keys(names).map(tab)),
    data.writable && data.tab === "open" && data.proposals.length > 0 &&
      h(
        "div",
        { role: "group", "aria-label": "With several" },
        selecting("all", data.proposals, view),
        selecting("placed", data.proposals.filter((one) => one.place.position), view),
        count > 0 && [bulk(`Accept ${count}`, "accept", 1), bulk(`Reject ${count}`, "reject", 1), bulk("Merge", "merge", 2)],
      ),
    h("details", { class: "dl-rev-keys", open: view.help, on: { toggle: (event) => (view.help = event.target.open) } }, h("summary", {}, "Keys"), keyHelp(data)),
    data.new > 0 && data.tab === "open" && h("p", { class: "dl-rev-minor" }, `${data.new} new in the last reading, first in the list.`),
    data.said.words && saidLast(data, view),
  );
}

/** What was done last, and the ways on from it. */
function saidLast(data, view) {
  const { words, failed, event, undo } = data.said;
  return h(
    "p",
    { class: failed ? "dl-rev-notice dl-rev-said is-bad" : "dl-rev-notice dl-rev-said" },
    said(words),
    event && [" ", linkButton("See it on the map", () => view.send({ do: "map", event }))],
    undo && data.writable && !failed && [" ", h("button", { type: "button", class: "dl-rev-link", "aria-keyshortcuts": "U", on: { click: view.undo } }, "Undo", h("kbd", { "aria-hidden": "true" }, "U"))],
  );
}

/** Selects these proposals and no others; once more selects none. */
function selecting(which, proposals, view) {
  const ids = proposals.map((one) => one.id);
  const pressed = ids.length > 0 && ids.length === view.chosen.size && ids.every((id) => view.chosen.has(id));
  const choose = () => view.select(pressed ? [] : ids, which);
  return h("button", { type: "button", class: "dl-button", "data-select": which, disabled: !ids.length, "aria-pressed": String(pressed), on: { click: choose } }, `Select ${which} (${ids.length.toLocaleString("en-GB")})`);
}

function keyHelp(data) {
  const rows = [["↑ ↓ or K J", "from proposal to proposal"], ["Enter", "why, and its passages"]];
  if (data.writable) rows.push(["A", "accept"], ["R", "reject"], ["C", "change"], ["X", "select"], ["M", "merge the selected"], ["U", data.tab === "rejected" ? "take it back" : "undo the last decision"]);
  return h("dl", {}, rows.map(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)]));
}

function list(root, data, view) {
  const empty = { open: "Nothing waits for a decision.", accepted: "Nothing is accepted yet.", rejected: "Nothing is rejected." }[data.tab];
  const more = data.left_out > 0 && h("p", { class: "dl-rev-minor" }, `${data.left_out.toLocaleString("en-GB")} more come up when these are decided.`);
  return h(
    "div",
    { class: "dl-rev-list", on: { keydown: (event) => pressed(event, root, data, view), focusin: (event) => focused(event, root, view) } },
    data.proposals.length ? data.proposals.map((one) => card(one, data, view)) : h("p", { class: "dl-rev-empty" }, empty),
    more,
  );
}

function focused(event, root, view) {
  const card = event.target.closest("[data-card]");
  if (!card) return;
  view.at = card.dataset.card;
  view.place = view.data.proposals.findIndex((one) => one.id === view.at);
  showPassages(root, view.place);
}

/** Single letters work on a card alone: a person who types in a field, or uses a browser's own keys, is not disturbed. */
function pressed(event, root, data, view) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea, .dl-rev-form")) {
    if (event.key === "Escape" && view.opened) view.closeForm();
    return;
  }
  const on = event.target.closest("[data-card]");
  if (!on) return;
  const at = data.proposals.findIndex((one) => one.id === on.dataset.card);
  const proposal = data.proposals[at];
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const open = proposal.state === "open" || proposal.state === "more";
  const go = { Home: 0, End: data.proposals.length - 1 }[event.key] ?? (step && Math.min(Math.max(at + step, 0), data.proposals.length - 1));
  const act = { a: open && "accept", r: open && "reject", c: proposal.state === "open" && "change", u: proposal.state === "rejected" && "reopen" }[event.key.toLowerCase()];
  if (go !== undefined) view.goToCard(data.proposals[go].id);
  else if (event.key === "Enter" && event.target === on) on.querySelector("details").open = !on.querySelector("details").open;
  else if (data.writable && act && !event.repeat) view.act(act, proposal);
  else if (data.writable && open && event.key.toLowerCase() === "u" && data.said.undo && !event.repeat) view.undo();
  else if (data.writable && open && event.key.toLowerCase() === "x") view.choose(proposal.id);
  else if (data.writable && event.key.toLowerCase() === "m" && view.chosen.size > 1) view.bulk("merge");
  else return;
  event.preventDefault();
}
