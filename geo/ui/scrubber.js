// The time scrubber: loads the events, joins the model, the face, the hands and the hub. Its default export is what Streamlit calls.

function createScrubber(root) {
  const parts = pageParts(root);
  const model = createModel();
  const listening = new AbortController();
  const { signal } = listening;
  const typed = attachTypedDates(root, { ready: model.ready, apply: (edge, span) => control.typedDate(edge, span) }, signal);
  const face = createFace(parts, model, typed);
  const control = createControl({ root, model, face, changed, commit });
  const pointers = attachPointers(parts, control, signal);
  const hub = createHub({ root, onHello: () => { asked = true; sayState(); } });
  let data = null;
  let asked = false; // the map has asked for everything
  let failed = false;
  let loads = 0;
  let seq = 0;
  let told = ""; // the window that Python knows
  const seen = { columns: null, version: null, mask: undefined };

  // One picture and one message a frame: the first change is shown and sent at once, what follows waits for the next frame.
  let frame = 0;
  let stale = null;

  function changed(message) {
    stale = { message: message || Boolean(stale?.message) };
    if (!frame) flush();
  }

  function flush() {
    const { message } = stale;
    stale = null;
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (stale) flush();
    });
    face.draw();
    if (message) hub.post({ type: "window", seq: (seq += 1), ...model.bounds(), mode: model.win.mode });
  }

  /** The person let go, or a playing window is due: the address, Python and the screen reader hear of it, once. */
  function commit(playing) {
    const words = JSON.stringify(model.win);
    if (words === told) return;
    told = words;
    face.settle();
    if (!playing) face.speak();
    const said = saidOn(data.channel);
    said.window = { ...model.win };
    hub.tellWindow({ ...model.win, number: (said.number += 1) }, model.address());
  }

  function sayState() {
    if (!data || !(model.columns || failed)) return;
    hub.sendState({ ...model.bounds(), mode: model.win.mode }, asked);
    asked = false;
  }

  async function load() {
    const mine = (loads += 1);
    try {
      // The first events are shown while the others come; of a new revision all are waited for, or the bars would jump.
      const onPart = model.columns ? null : (part) => { if (mine === loads) take(part); };
      const columns = await window.datelineParts.fetchColumns(data.columns, { places: false, onPart, signal });
      if (mine === loads) take(columns);
    } catch (error) {
      if (mine !== loads || signal.aborted) return;
      failed = true;
      console.warn("The events could not be loaded.", error);
      face.note("The events could not be loaded. Reload the page to try again.");
      sayState();
    }
  }

  function take(columns) {
    failed = false;
    model.setColumns(columns, readMask(data.state.mask));
    seen.mask = data.state.mask;
    face.note(model.domain ? null : "There are no events yet.");
    face.settle();
    changed(false);
    hub.setAddress(model.address());
    sayState();
  }

  /** Python changed the window itself: a link, "clear", "show this event". */
  function takeWindow({ from, to, mode }) {
    control.drop();
    pointers.cancel();
    model.win = { from: from ?? null, to: to ?? null, mode: mode === "cumulative" ? mode : "window" };
    told = JSON.stringify(model.win);
    if (model.ready()) model.axis = axisShowing(model.axis, model.span(), model.limits);
    hub.setAddress(model.address());
    if (model.columns) changed(true);
  }

  /** Each call of Streamlit: a first one, or a rerun with new data. */
  function update(call) {
    data = call.data;
    hub.take(call);
    face.refreshLooks();
    const { state, stateVersion, windowHeard } = data;
    const said = saidOn(data.channel);
    // A server that was started anew has heard less than before, a page that was loaded anew has told less than was heard.
    if (windowHeard < said.heard || windowHeard > said.number) said.number = windowHeard;
    said.heard = windowHeard;
    // Whoever has moved the window since wins: their window is on its way to Python.
    const isBehind = windowHeard < said.number;
    if (isBehind && seen.version === null) takeWindow(said.window);
    else if (!isBehind && stateVersion !== seen.version) takeWindow(state.window);
    seen.version = stateVersion;
    if (data.columns !== seen.columns) {
      if (seen.columns !== null) hub.post({ type: "revision", columns: data.columns, labels: data.labels });
      seen.columns = data.columns;
      load();
    } else if (model.columns && !failed && state.mask !== seen.mask) {
      seen.mask = state.mask;
      model.setMask(readMask(state.mask));
    }
    hub.setAddress(model.address());
    face.settle();
    changed(false);
    sayState();
  }

  const sizes = new ResizeObserver(() => {
    model.setWidth(parts.plot.clientWidth);
    face.settle();
    changed(false);
  });
  sizes.observe(parts.plot);
  attachButtons(root, buttonActions(root, control, parts), signal);
  attachKeys(root, control, pointers, signal);
  const unexpose = expose({ window: () => ({ ...model.isoSpan(), mode: model.win.mode }), axis: () => model.isoAxis(), posted: () => seq });

  function destroy() {
    control.drop();
    listening.abort();
    sizes.disconnect();
    cancelAnimationFrame(frame);
    hub.close();
    unexpose();
  }
  return { root, update, destroy };
}

/** What the person's last window was, its number, and the number that Python has heard: kept for a session, since Streamlit may put up a scrubber anew. */
function saidOn(channel) {
  const all = (window.datelineSaid ??= new Map());
  if (!all.has(channel)) all.set(channel, { number: 0, heard: 0, window: {} });
  return all.get(channel);
}

/** What tests and tools may read. */
function expose({ window: span, axis, posted }) {
  const face = Object.freeze({ window: span, axis, get posted() { return posted(); } });
  Object.defineProperty(window, "datelineScrubber", { value: face, configurable: true });
  return () => { if (window.datelineScrubber === face) delete window.datelineScrubber; };
}

/** What Streamlit calls at each run. Its newest call alone may clean up: it can drop an older one after a newer one has come. */
export default function timeScrubber(component) {
  const { parentElement: home, data } = component;
  const root = home.querySelector(".dl-scrubber");
  if (!root || !data) return undefined;
  if (home.datelineScrubber?.root !== root) {
    home.datelineScrubber?.destroy();
    home.datelineScrubber = createScrubber(root);
  }
  const scrubber = home.datelineScrubber;
  scrubber.call = component;
  scrubber.update(component);
  return () => {
    if (home.datelineScrubber !== scrubber || scrubber.call !== component) return;
    scrubber.destroy();
    delete home.datelineScrubber;
  };
}
