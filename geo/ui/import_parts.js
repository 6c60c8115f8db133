// Pieces of the Import page: the mapping of columns, the events as they will look, the rows that are set aside.

/** What each column was taken for; `send` gets the member and the column that a person chooses instead. */
function mappingTable(data, send) {
  const options = (chosen) => [
    h("option", { value: "", selected: chosen === "" }, data.changeable ? "not in this file" : "–"),
    data.columns.map((name) => h("option", { value: name, selected: name === chosen }, name)),
  ];
  const choice = (row) => {
    if (!data.changeable) return said(row.column, "span", { class: "dl-imp-column" });
    const change = (event) => send(row.member, event.currentTarget.value);
    const name = { id: `dl-imp-${row.member}`, "data-focus": row.member, class: "dl-imp-select", on: { change } };
    return h("select", name, options(row.column));
  };
  const label = (row) => {
    const words = [row.label, row.needed && data.changeable && h("span", { class: "dl-imp-needed" }, " needed")];
    return data.changeable ? h("label", { for: `dl-imp-${row.member}` }, words) : words;
  };
  return h(
    "table",
    { class: "dl-imp-mapping" },
    h("thead", {}, h("tr", {}, ["In Dateline", "Column of the file", "First value"].map((words) => h("th", { scope: "col" }, words)))),
    h(
      "tbody",
      {},
      data.mapping.map((row) =>
        h(
          "tr",
          { class: row.needed && !row.column ? "is-missing" : row.column ? "" : "is-empty" },
          h("th", { scope: "row" }, label(row)),
          h("td", {}, choice(row)),
          said(row.sample, "td", { class: "dl-imp-sample" }),
        ),
      ),
    ),
  );
}

/** What no column says: who published it, the order of dates. */
function settingFields(data, send) {
  return h(
    "div",
    { class: "dl-imp-settings" },
    data.settings.map((setting) => {
      const change = (event) => send(setting.member, event.currentTarget.value);
      const name = { id: `dl-imp-${setting.member}`, "data-focus": setting.member, on: { change } };
      const options = setting.options?.map((one) => h("option", { value: one.value, selected: one.value === setting.value }, one.label));
      const field = options
        ? h("select", { ...name, class: "dl-imp-select" }, options)
        : h("input", { ...name, class: "dl-imp-select", type: "text", value: setting.value, maxlength: "500", autocomplete: "off" });
      return h("div", {}, h("label", { for: name.id }, setting.label), field);
    }),
  );
}

/** The first events, as the list beside the map shows them, and what it says only when one is opened. */
function eventRows(data) {
  return h(
    "ol",
    { class: "dl-imp-list" },
    data.rows.map((row) => {
      const kind = data.marks[row.kind];
      const facts = [row.when, row.place && said([row.place, row.within].filter(Boolean).join(" ")), !row.on_map && h("em", {}, "not on the map")];
      return h(
        "li",
        {},
        kindMark(kind, row.solid),
        h(
          "div",
          {},
          h("span", { class: "dl-sr" }, `${kind.label}: `),
          said(row.title, "p", { class: "dl-imp-title" }),
          h("p", { class: "dl-imp-facts" }, facts.filter(Boolean).map((fact, at) => [at > 0 && " · ", fact])),
          row.reason && said(row.reason, "p", { class: "dl-imp-facts" }),
          row.claims && said(row.claims, "p", { class: "dl-imp-facts" }),
        ),
        h("span", { class: "dl-imp-number" }, `${data.unit} ${row.number.toLocaleString("en")}`),
      );
    }),
  );
}

/** A page of faults: which row, what is wrong, what to do. */
function faultTable(data) {
  const heads = [data.unit, "Where", "Value", "What is wrong", "What to do"];
  return h(
    "table",
    { class: "dl-imp-faults" },
    h("thead", {}, h("tr", {}, heads.map((words) => h("th", { scope: "col" }, words)))),
    h(
      "tbody",
      {},
      data.rows.map((row) =>
        h(
          "tr",
          {},
          h("td", { "data-head": data.unit }, row.row === null ? "–" : row.row.toLocaleString("en")),
          said(row.field || "as a whole", "td", { "data-head": heads[1] }),
          said(row.value || "–", "td", { "data-head": heads[2], class: "dl-imp-value" }),
          said(row.reason, "td", { "data-head": heads[3] }),
          said(row.advice, "td", { "data-head": heads[4] }),
        ),
      ),
    ),
  );
}

function numbered(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
