// One proposal: what, when and where it says, on what evidence, and what can be done with it.

function card(proposal, data, view) {
  const open = proposal.state === "open" || proposal.state === "more";
  const chosen = view.chosen.has(proposal.id);
  const title = `dl-rev-title-${proposal.n}`;
  const box =
    open && data.writable
      ? h("input", { type: "checkbox", class: "dl-rev-box", "aria-label": `Select: ${proposal.title}`, tabindex: "-1", on: { change: () => view.choose(proposal.id) } })
      : null;
  if (box) box.checked = chosen;
  return h(
    "article",
    { class: `dl-rev-card${chosen ? " is-chosen" : ""}`, "data-card": proposal.id, tabindex: proposal.id === view.at ? "0" : "-1", "aria-labelledby": title },
    h(
      "header",
      {},
      box,
      kindMark(proposal.mark, proposal.solid),
      h("div", {}, said(proposal.title, "h3", { id: title }), h("p", { class: "dl-rev-badges" }, badges(proposal))),
    ),
    proposal.more_of && h("p", { class: "dl-rev-more" }, "Tells more of an event that is accepted: ", said(proposal.more_of)),
    h("div", { class: "dl-rev-body" }, facts(proposal), where(proposal, data)),
    evidence(proposal, data, view),
    data.writable && view.opened !== proposal.id ? acts(proposal, data, view, open) : null,
    proposal.event && h("p", { class: "dl-rev-minor" }, said(proposal.decided), " ", linkButton("See it on the map", () => view.send({ do: "map", event: proposal.event }))),
    !proposal.event && proposal.decided && said(proposal.decided, "p", { class: "dl-rev-minor" }),
    data.writable && view.opened === proposal.id ? changeForm(proposal, data, { send: view.sendForm, close: view.closeForm, draft: view.draft }) : null,
  );
}

function badges(proposal) {
  const badge = (words, kind = "") => h("span", { class: `dl-rev-badge ${kind}` }, words);
  return [
    proposal.is_new && badge("New", "is-new"),
    proposal.changed && badge("Changed"),
    proposal.undone && badge("Was accepted, then undone"),
    proposal.flags.map((flag) => badge(flag.charAt(0).toUpperCase() + flag.slice(1), "is-doubt")),
  ];
}

function facts(proposal) {
  const row = (name, ...content) => [h("dt", {}, name), h("dd", {}, content)];
  const claims = proposal.claims.map((claim) => h("li", {}, said(claim.what), ": ", h("strong", {}, said(claim.text || claim.figure)), ", ", said(claim.by)));
  return h(
    "dl",
    { class: "dl-rev-facts" },
    row("When", said(proposal.when), proposal.date_note && said(proposal.date_note, "p", { class: "dl-rev-minor" })),
    row("Where", said(proposal.place.words), proposal.place.how && said(` (${proposal.place.how})`)),
    proposal.actors.length > 0 && row("Who", h("ul", {}, proposal.actors.map((actor) => said(actor, "li")))),
    claims.length > 0 && row("Claims", h("ul", {}, claims)),
  );
}

function where(proposal, data) {
  const { place } = proposal;
  const map = locator(place, data.basemap);
  const because = place.position ? null : h("p", { class: "dl-rev-unplaced" }, h("strong", {}, "Not on the map: "), said(place.why));
  if (!map && !because) return null;
  return h("div", { class: "dl-rev-where" }, map, because);
}

function evidence(proposal, data, view) {
  const { place } = proposal;
  const several = proposal.tellings.length > 1;
  const split = (telling) => several && data.writable && proposal.state === "open" && linkButton("Split off", () => view.send({ do: "split", ids: [proposal.id], telling: telling.id }));
  const alternatives = place.alternatives.map((one) => h("li", {}, said([one.name, one.country, one.what].filter(Boolean).join(", "))));
  return h(
    "details",
    { class: "dl-rev-evidence", "data-evidence": proposal.id, open: view.unfolded.has(proposal.id), on: { toggle: (event) => view.fold(proposal.id, event.target.open) } },
    h("summary", { tabindex: "-1" }, several ? `Why: told in ${proposal.tellings.length} passages` : "Why"),
    h(
      "ol",
      { class: "dl-rev-tellings" },
      proposal.tellings.map((telling) =>
        h(
          "li",
          {},
          h("p", { class: "dl-rev-minor" }, said(telling.heading), " ", split(telling)),
          said(telling.exact, "blockquote"),
          telling.reasons.length > 0 && h("p", { class: "dl-rev-minor" }, "Taken for the same incident: ", said(telling.reasons.join("; "))),
        ),
      ),
    ),
    h("p", { class: "dl-rev-minor" }, "Kind by the rule ", said(proposal.kind_rule)),
    place.rule && h("p", { class: "dl-rev-minor" }, "Place", place.phrase && [" by the words “", said(place.phrase), "”"], ": ", said(place.rule), place.entries.length > 0 && [" (", said(place.entries.join("; ")), ")"]),
    (alternatives.length > 1 || (alternatives.length > 0 && !place.position)) && [h("p", { class: "dl-rev-minor" }, "The name may mean:"), h("ul", { class: "dl-rev-alternatives" }, alternatives)],
  );
}

function acts(proposal, data, view, open) {
  const act = (words, key, what, kind = "") =>
    h("button", { type: "button", tabindex: "-1", class: `dl-button ${kind}`, "aria-keyshortcuts": key, "data-act": `${what}:${proposal.id}`, on: { click: () => view.act(what, proposal) } }, words, h("kbd", { "aria-hidden": "true" }, key));
  if (open) {
    return h(
      "div",
      { class: "dl-rev-acts" },
      act(proposal.state === "more" ? "Add to the event" : "Accept", "A", "accept", "dl-rev-primary"),
      proposal.state === "open" && act("Change", "C", "change"),
      act("Reject", "R", "reject"),
    );
  }
  return proposal.state === "rejected" ? h("div", { class: "dl-rev-acts" }, act("Take back", "U", "reopen")) : null;
}

function linkButton(words, act) {
  return h("button", { type: "button", class: "dl-rev-link", on: { click: act } }, words);
}
