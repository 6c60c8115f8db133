// The line that says in words what is shown, and what of the store could not be read.

const lines = new WeakMap();

export default function summary({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-summary");
  const line = lines.get(root) ?? build(root);
  lines.set(root, line);
  line.tell = setTriggerValue;
  // A live region is read out when it changes, so it is touched only then.
  if (line.words.textContent !== data.words) line.words.textContent = data.words;
  if (line.filters.textContent !== data.filters) line.filters.textContent = data.filters;
  line.clear.hidden = !data.clearable;
  const problems = JSON.stringify(data.problems);
  if (line.shown !== problems) line.problems.replaceChildren(...data.problems.map(problemList));
  line.shown = problems;
}

function build(root) {
  const line = { words: h("strong", {}), filters: said("", "span", { class: "dl-filters" }), problems: h("div", { class: "dl-problems" }) };
  line.clear = h("button", { type: "button", class: "dl-button", hidden: true, on: { click: () => line.tell("clear", true) } }, "Clear filters");
  root.replaceChildren(h("p", { class: "dl-line" }, h("span", { role: "status", class: "dl-status" }, line.words, " ", line.filters), line.clear), line.problems);
  return line;
}

function problemList({ words, more, items }) {
  const item = ({ pointer, message, value, advice }) =>
    h(
      "li",
      {},
      said(pointer || "/", "code"),
      h("p", {}, said(message), value && [": ", said(value, "q", { class: "dl-value" })]),
      said(advice, "p", { class: "dl-note" }),
    );
  return h("details", {}, h("summary", {}, icon("right"), words), h("ul", {}, items.map(item)), more > 0 && h("p", { class: "dl-note" }, `And ${counted(more)} more.`));
}
