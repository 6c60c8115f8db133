// The tabs of the side: the events, the rings, and the editor for whoever may write.

export default function sideTabs({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-side_tabs");
  const side = (root.dlSide ??= { tabs: new Map(), list: h("div", { role: "tablist", "aria-label": "Side of the map" }) });
  const held = root.contains(document.activeElement);
  Object.assign(side, { data, tell: (name) => setTriggerValue("tab", name) });
  // A tab stays the same element from run to run: one that is replaced while it is pressed hears no click.
  const made = data.tabs.map(({ name }) => side.tabs.get(name) ?? makeTab(side, name));
  side.tabs = new Map(data.tabs.map(({ name }, index) => [name, made[index]]));
  if (made.length !== side.list.childElementCount || made.some((tab, index) => tab !== side.list.children[index])) side.list.replaceChildren(...made);
  if (!side.list.isConnected) root.replaceChildren(side.list);
  data.tabs.forEach((tab, index) => paintTab(made[index], tab, tab.name === data.tab));
  if (held) side.tabs.get(data.tab)?.focus();
}

function makeTab(side, name) {
  const choose = () => name === side.data.tab || side.tell(name);
  return h("button", { type: "button", role: "tab", on: { click: choose, keydown: (event) => turn(event, side, name) } });
}

function paintTab(element, { label, count }, on) {
  element.setAttribute("aria-selected", String(on));
  element.tabIndex = on ? 0 : -1;
  const words = JSON.stringify([label, count]);
  if (element.dataset.words === words) return;
  element.dataset.words = words;
  element.replaceChildren(label, ...(count === null ? [] : [h("span", { class: "dl-count" }, count.toLocaleString("en"))]));
}

function turn(event, { data, tell }, name) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = data.tabs.findIndex((other) => other.name === name);
  tell(data.tabs[(at + step + data.tabs.length) % data.tabs.length].name);
}
