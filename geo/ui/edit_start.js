// Where editing begins: something new, a draft to go on with, a site or an update, an event that was retracted.

function drawStart(panel, root, data) {
  const { tell } = panel;
  refill(
    root,
    h("h2", { tabindex: -1, "data-focus": "head", class: "dl-sr" }, "Edit"),
    h(
      "div",
      { class: "dl-ed-acts dl-ed-new" },
      button({ class: "dl-button dl-ed-save", "data-focus": "new-event" }, () => tell({ do: "open", kind: "event", id: null }), "Add an event"),
      button({ class: "dl-button", "data-focus": "new-update" }, () => tell({ do: "open", kind: "update", id: null }), "Add an update"),
      button({ class: "dl-button", "data-focus": "new-site" }, () => tell({ do: "open", kind: "site", id: null }), "Add a site"),
    ),
    h("p", { class: "dl-ed-hint" }, "To change an event, open it from the map or the list and press Edit. Every change is recorded with who made it and why, and can be undone."),
    drafts(panel, data.drafts),
    choose(panel, "site", "Edit a site", data.sites),
    choose(panel, "update", "Edit an update", data.updates),
    retracted(panel, data.retracted),
    h("p", { class: "dl-ed-hint dl-ed-me" }, "You write as ", said(data.me), ". ", data.signed_in && button({ class: "dl-ed-link" }, () => tell({ do: "sign-out" }), "Sign out")),
  );
}

function drafts({ tell }, items) {
  if (!items.length) return null;
  const row = ({ kind, id, title, at }) =>
    h(
      "li",
      { class: "dl-ed-row" },
      button({ class: "dl-ed-open" }, () => tell({ do: "open", kind, id }), said(title, "strong"), h("span", { class: "dl-ed-hint" }, `${kind}, typed ${at}`)),
      button({ class: "dl-ed-link", "aria-label": `Discard the draft: ${title}` }, () => tell({ do: "discard", kind, id }), "Discard"),
    );
  return h("section", { class: "dl-ed-part" }, h("h3", {}, `Drafts (${counted(items.length)})`), h("ul", { class: "dl-ed-rows" }, items.map(row)));
}

/** One of the sites or the updates to open. */
function choose({ tell }, kind, title, items) {
  if (!items.length) return null;
  const choice = h(
    "select",
    { class: "dl-ed-field", "aria-label": `${kind === "site" ? "Site" : "Update"} to edit`, "data-focus": kind },
    items.map(({ id, label }) => h("option", { value: id }, label)),
  );
  return h(
    "section",
    { class: "dl-ed-part" },
    h("h3", {}, title),
    h("span", { class: "dl-ed-select" }, choice, icon("down")),
    button({ class: "dl-button", "data-focus": `edit-${kind}` }, () => tell({ do: "open", kind, id: choice.value }), "Open it"),
  );
}

function retracted({ tell }, items) {
  if (!items.length) return null;
  const row = ({ id, title, at, by, why }) =>
    h(
      "li",
      { class: "dl-ed-row" },
      h("div", {}, said(title, "strong"), h("p", { class: "dl-ed-hint" }, "Retracted ", at, " by ", said(by), ": ", said(why))),
      button({ class: "dl-button", "aria-label": `Reinstate: ${title}` }, () => tell({ do: "reinstate", id, why: "" }), "Reinstate"),
    );
  return h("section", { class: "dl-ed-part" }, h("h3", {}, `Retracted (${counted(items.length)})`), h("ul", { class: "dl-ed-rows" }, items.map(row)));
}

/** For somebody who may not write: how to become somebody who may. */
function drawDoor(panel, root, data) {
  const act = (provider) =>
    button({ class: "dl-button dl-ed-save" }, () => panel.tell({ do: "sign-in", provider }), provider ? `Sign in with ${provider}` : "Sign in");
  const words = data.why ? [said(data.why)] : data.signed_in ? ["You are signed in as ", said(data.me), ", who may read. Ask whoever runs this Dateline to be listed as an editor."] : ["Who signs in and is listed as an editor may add and change events. Everybody may read."];
  refill(root, h("h2", { class: "dl-sr" }, "Edit"), h("p", {}, words), h("div", { class: "dl-ed-acts" }, data.signed_in ? button({ class: "dl-button" }, () => panel.tell({ do: "sign-out" }), "Sign out") : data.providers.map(act)));
}
