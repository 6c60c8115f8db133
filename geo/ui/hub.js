// The hub of the page: the channel to the map, the address bar, and what Python is told. docs/protocol.md is the contract.

const VIEW_PAUSE_MS = 700;

/** Whether a page is light or dark, from its own background: Streamlit offers no word for it. */
function themeOf(element) {
  const probe = element.querySelector('[data-look="paper"]');
  const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  const scale = getComputedStyle(probe).color.startsWith("color(") ? 1 : 255;
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / scale > 0.5 ? "light" : "dark";
}

/** A map view as the address has it: zoom/lat/lon. */
function viewWords({ zoom, lon, lat }) {
  return `${Number(zoom.toFixed(2))}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
}

/**
 * The query of the address: what Python owns as it came, then what the hub owns, then Streamlit's own `embed` words.
 * @param {Object<string, string|null>} own a null is the default, and is left out
 */
function mergedQuery(query, own, current) {
  const readable = (text) => encodeURIComponent(text).replace(/%(3A|2F|2C)/g, decodeURIComponent);
  const parts = query ? [query.replace(/^\?/, "")] : [];
  for (const [name, value] of Object.entries(own)) if (value !== null && value !== undefined) parts.push(`${name}=${readable(value)}`);
  for (const [name, value] of new URLSearchParams(current)) {
    if (name === "embed" || name === "embed_options") parts.push(`${name}=${readable(value)}`);
  }
  return parts.length ? `?${parts.join("&")}` : "";
}

/**
 * The hub of one mounted scrubber. `take` is to be called with every call of Streamlit, before anything else.
 * @param {{root: Element, onHello: () => void}} page `onHello`: the map is there and wants to know everything
 */
function createHub({ root, onHello }) {
  let channel = null;
  let component = null; // the newest call of Streamlit: its data and its setters
  let own = { from: null, to: null, mode: null };
  let view = null; // for the address: what the link asked for, then where the person went
  let lastView = null; // where the map last was, in words
  let viewTimer = 0;
  let base = null;
  let zoomDue = null;
  const seen = { base: undefined, state: "" };

  const post = (message) => channel?.postMessage(message);

  const heard = {
    hello() {
      onHello();
    },
    select: ({ id }) => component.setTriggerValue("select", { id: id ?? null }),
    point: ({ lon, lat }) => component.setTriggerValue("point", { lon, lat }),
    basemap({ name }) {
      base = name;
      writeAddress();
      component.setTriggerValue("basemap", { name });
    },
    view({ zoom, lon, lat }) {
      clearTimeout(viewTimer);
      viewTimer = setTimeout(() => tellView({ zoom, lon, lat }), VIEW_PAUSE_MS);
    },
  };

  function tellView(now) {
    if (viewWords(now) === lastView) return;
    lastView = viewWords(now);
    view = now;
    writeAddress();
    component.setStateValue("view", now);
  }

  function open(name) {
    if (channel?.name === name) return;
    channel?.close();
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => {
      if (data && Object.hasOwn(heard, data.type)) heard[data.type](data);
    };
    seen.state = "";
  }

  function take(call) {
    const first = component === null;
    // A zoom that was asked for before this page was there is no request of now.
    zoomDue = !first && call.data.zoomTo && call.data.zoomTo.n !== component.data.zoomTo?.n ? call.data.zoomTo : null;
    component = call;
    const { data } = call;
    open(data.channel);
    if (first) {
      view = data.view ?? null;
      lastView = view && viewWords(view);
    }
    if (data.base !== seen.base) seen.base = base = data.base;
  }

  /** Everything at once for the map; without `always` only if something but the window changed. */
  function sendState(window, always = false) {
    const { columns, labels, state } = component.data;
    const rest = {
      columns, labels, mask: state.mask ?? null, id: state.selected ?? null, selectedRow: state.selectedRow ?? -1,
      rings: state.rings ?? [], sites: state.sites ?? [], theme: themeOf(root), on: Boolean(state.arm),
    };
    const words = JSON.stringify(rest);
    if (always || words !== seen.state) post({ type: "state", ...window, ...rest });
    seen.state = words;
    if (zoomDue) post({ type: "zoom", to: zoomDue.to, ...(zoomDue.box && { box: zoomDue.box }) }); // after the choice that it may be a zoom to
    zoomDue = null;
  }

  function writeAddress() {
    const query = mergedQuery(
      component.data.query ?? "",
      { ...own, map: view && viewWords(view), base: base && base !== "offline" ? base : null },
      location.search,
    );
    if (query !== location.search) history.replaceState(history.state, "", location.pathname + query + location.hash);
  }

  /** The window is let go of: the address first, because Streamlit sends it along with the rerun that the value causes. */
  function tellWindow(value, address) {
    own = address;
    writeAddress();
    component.setStateValue("window", value);
  }

  function close() {
    clearTimeout(viewTimer);
    channel?.close();
  }

  return { take, post, sendState, tellWindow, close, setAddress: (address) => { own = address; writeAddress(); } };
}
