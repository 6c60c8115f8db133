// Building DOM from data that nobody trusts: text goes in as text, links only if they are http or https.

/**
 * Make an element. `props`: `class`, `on` ({event: handler}), and attributes; a null or false attribute is left out, true is "".
 * Children are nodes or strings; null and false are skipped. There is no way in for markup.
 */
function h(tag, props, ...children) {
  const svg = tag === "svg" || tag === "path";
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [type, handler] of Object.entries(value)) element.addEventListener(type, handler);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Text of a store: its direction is its own, so that a control character in it turns round nothing beside it. */
function said(text, tag = "span", props = {}) {
  return h(tag, { dir: "auto", ...props, class: ["dl-said", props.class].filter(Boolean).join(" ") }, String(text ?? ""));
}

/** A link that leaves the app, or the bare text where the address is no http or https one. */
function outwardLink(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // not an address: shown as text
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return said(text);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", dir: "auto", class: "dl-said" }, String(text));
}

/** The mark of a kind: filled if the place is exact, an outline if it is vaguer. `kind` is {label, colour, path}. */
function kindMark(kind, solid = true) {
  const path = h("path", {
    d: kind.path,
    fill: solid ? kind.colour : "none",
    stroke: kind.colour,
    "stroke-width": solid ? 1 : 2.5,
    "stroke-linejoin": "round",
  });
  return h("svg", { viewBox: "-1 -1 22 22", width: 18, height: 18, class: "dl-mark", "aria-hidden": "true", focusable: "false" }, path);
}
