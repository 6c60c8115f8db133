// The form in which a proposal is changed before it is accepted.

function changeForm(proposal, data, { send, close, draft }) {
  const given = { ...proposal.form, ...draft };
  const keep = (event) => (draft[event.target.name] = event.target.value);
  const field = (name, label, props = {}) =>
    h("label", { class: "dl-rev-field" }, h("span", {}, label), h("input", { name, value: given[name] ?? "", autocomplete: "off", on: { input: keep }, ...props }));
  const choice = (name, label, options, wide = null) => {
    const select = h("select", { name, class: wide, on: { change: keep } }, options.map(([value, words]) => h("option", { value, selected: value === given[name] }, words)));
    return h("label", { class: "dl-rev-field" }, h("span", {}, label), select);
  };
  const entries = proposal.place.alternatives.map((one) => [one.id, [one.name, one.country, one.what].filter(Boolean).join(", ")]);
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const sent = Object.fromEntries([...form.entries()].map(([name, value]) => [name, String(value)]));
    send({ do: "change", ids: [proposal.id], given: sent });
  };
  return h(
    "form",
    { class: "dl-rev-form", "aria-label": "Change this proposal", novalidate: true, on: { submit } },
    proposal.problem && said(proposal.problem, "p", { class: "dl-rev-notice is-bad", role: "alert" }),
    field("title", "Title", { maxlength: 200, class: "is-wide" }),
    choice("kind", "Kind", data.kinds.map((kind) => [kind.code, kind.label]), "is-wide"),
    field("start", "First day or minute (UTC)", { placeholder: "2021-03-04" }),
    field("end", "Last day or minute (UTC)", { placeholder: "2021-03-04" }),
    choice("date_precision", "Known to the", data.date_precisions.map((one) => [one, one])),
    entries.length > 0 && choice("entry", "Place", [["", "As it was read"], ...entries], "is-wide"),
    h("p", { class: "dl-rev-minor is-wide" }, entries.length > 0 ? "Or a place of your own" : "A place of your own", ", in decimal degrees, with the radius in which the true place lies:"),
    field("lon", "Longitude", { inputmode: "decimal" }),
    field("lat", "Latitude", { inputmode: "decimal" }),
    field("uncertainty_km", "Within, km", { inputmode: "decimal" }),
    field("place_name", "Name of the place", { maxlength: 200, class: "is-wide" }),
    choice("place_precision", "What the place is", [["", "As it was read"], ...data.place_precisions.map((one) => [one.code, one.label])], "is-wide"),
    h(
      "div",
      { class: "dl-rev-acts is-wide" },
      h("button", { type: "submit", class: "dl-button dl-rev-primary" }, "Keep the change"),
      proposal.changed && h("button", { type: "button", class: "dl-button", on: { click: () => send({ do: "change", ids: [proposal.id], given: null }) } }, "As it was read"),
      h("button", { type: "button", class: "dl-button", on: { click: close } }, "Cancel"),
    ),
  );
}
