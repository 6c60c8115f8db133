// The tabs of the side: the events, the rings, and the editor for whoever may write.

export default function sideTabs({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-side_tabs");
  const held = root.contains(document.activeElement);
  const tab = ({ name, label, count }) => {
    const on = name === data.tab;
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(on),
        tabindex: on ? 0 : -1,
        on: { click: () => on || setTriggerValue("tab", name), keydown: (event) => turn(event, name) },
      },
      label,
      count === null ? null : h("span", { class: "dl-count" }, count.toLocaleString("en")),
    );
  };
  const turn = (event, name) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = data.tabs.findIndex((other) => other.name === name);
    setTriggerValue("tab", data.tabs[(at + step + data.tabs.length) % data.tabs.length].name);
  };
  root.replaceChildren(h("div", { role: "tablist", "aria-label": "Side of the map" }, data.tabs.map(tab)));
  if (held) root.querySelector('[aria-selected="true"]').focus();
}
