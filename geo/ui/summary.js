// The line that says in words what is shown, and what of the store could not be read.

export default function summary({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-summary");
  const line = keptFor(root, () => build(root));
  line.tell = setTriggerValue;
  // A live region is read out when it changes, so it is touched only then.
  const words = [data.words, data.filters].filter(Boolean).join(". ");
  if (line.status.textContent !== words) line.status.replaceChildren(...sentence(data));
  line.clear.hidden = !data.clearable;
  const problems = JSON.stringify(data.problems);
  if (line.shown !== problems) line.problems.replaceChildren(...data.problems.map(problemList));
  line.shown = problems;
}

/** The count stands out; then the window and the clock, then what is filtered. */
function sentence({ words, filters }) {
  const count = words.split(", ", 1)[0];
  const only = filters ? [". ", said(filters, "span", { class: "dl-filters" })] : [];
  return [h("strong", {}, count), words.slice(count.length), ...only];
}

function build(root) {
  const line = { status: h("span", { role: "status", class: "dl-status" }), problems: h("div", { class: "dl-problems" }) };
  line.clear = button({ class: "dl-button", hidden: true }, () => line.tell("clear", true), "Show all events");
  root.replaceChildren(h("p", { class: "dl-line" }, line.status, line.clear), line.problems);
  return line;
}

function problemList({ words, more, items }) {
  const item = ({ pointer, message, value, advice }) =>
    h(
      "li",
      {},
      said(pointer || "/", "code"),
      h("p", {}, said(message), value && [": ", said(value, "span", { class: "dl-value" })]),
      said(advice, "p", { class: "dl-note" }),
    );
  const rest = more > 0 && h("p", { class: "dl-note" }, `And ${counted(more)} more.`);
  return h("details", {}, h("summary", {}, icon("right"), words), h("ul", {}, items.map(item)), rest);
}
