// What mouse, touch, wheel and keys do to the window and to the axis.

// Heard as it comes, not with the next frame as a pointermove is, a movement is on the map a frame sooner. Not every browser tells it.
const MOVED = "onpointerrawupdate" in window ? ["pointerrawupdate", "pointermove"] : ["pointermove"];
const CLICK_SLOP_PX = { mouse: 3, pen: 5, touch: 8 };

/** A span kept inside of `domain` with its length. */
function spanInside(span, domain) {
  const length = Math.min(span.to - span.from, domain.to - domain.from);
  const from = Math.min(Math.max(span.from, domain.from), domain.to - length);
  return { from, to: from + length };
}

/** One end put at `minute`, at least `least` minutes from the other and inside of `domain`. */
function spanWithEdge(span, edge, minute, domain, least) {
  if (edge === "from") return { ...span, from: Math.max(Math.min(minute, span.to - least), Math.min(domain.from, span.to - least)) };
  return { ...span, to: Math.min(Math.max(minute, span.from + least), Math.max(domain.to, span.from + least)) };
}

/** The window moved by one unit: by the calendar if it is made of whole units, else by as many minutes as its start moves. */
function spanStepped(span, unit, direction) {
  const whole = floorTo(span.from, unit) === span.from && floorTo(span.to, unit) === span.to;
  if (whole) return { from: addUnits(span.from, unit, direction), to: addUnits(span.to, unit, direction) };
  const by = addUnits(floorTo(span.from, unit), unit, direction) - floorTo(span.from, unit);
  return { from: span.from + by, to: span.to + by };
}

/**
 * Pointers and the wheel. `control` is the scrubber: it tells where things are, and takes what the person does.
 * @param {{plot: HTMLElement, overview: HTMLElement}} parts
 */
function attachPointers(parts, control, signal) {
  const touches = new Map(); // the fingers that are down, by pointer: x on the plot
  let drag = null;
  let pinch = null;
  const xOf = (event, element = parts.plot) => event.clientX - element.getBoundingClientRect().left;

  function kindOf(event) {
    const grip = event.target.closest("[data-grip]")?.dataset.grip ?? "brush";
    // All dates cannot be moved anywhere: dragging over them draws a window instead.
    return grip === "window" && control.everything() ? "brush" : grip;
  }

  function down(event) {
    if (event.button !== 0 || !control.ready()) return;
    const x = xOf(event);
    touches.set(event.pointerId, x);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (touches.size === 2) return startPinch();
    if (touches.size > 2) return;
    const kind = kindOf(event);
    const slop = CLICK_SLOP_PX[event.pointerType] ?? CLICK_SLOP_PX.mouse;
    drag = { kind, pointer: event.pointerId, x, slop, moved: false, span: control.span(), axis: control.axis() };
    if (kind === "from" || kind === "to") drag.hold = x - control.edgeX(kind);
    if (kind !== "overview") (event.target.closest("[role=slider]") ?? parts.window).focus({ preventScroll: true });
  }

  function move(event) {
    const x = xOf(event);
    if (!touches.has(event.pointerId)) {
      if (event.type === "pointermove" && event.pointerType === "mouse") control.hover(kindOf(event) === "strip" ? null : x);
      return;
    }
    if (touches.get(event.pointerId) === x) return; // a movement that was heard before
    touches.set(event.pointerId, x);
    if (pinch) return movePinch();
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.moved && Math.abs(x - drag.x) < drag.slop) return;
    if (!drag.moved) control.begin(drag.kind);
    drag.moved = true;
    dragTo(x);
  }

  function dragTo(x) {
    const { kind, span, axis } = drag;
    const minute = control.minuteAt(x);
    if (kind === "strip") return control.setAxis(pannedAxis(axis, -control.minutesFor(x - drag.x, axis), control.limits()));
    if (kind === "overview") return control.setAxis(pannedAxis(axis, control.minutesFor(x - drag.x, control.limits()), control.limits()));
    if (kind === "window") return control.moveWindow(span, control.minutesFor(x - drag.x, axis));
    if (kind === "brush") return control.brush(control.minuteAt(drag.x), minute);
    return control.moveEdge(span, kind, control.minuteAt(x - drag.hold));
  }

  function up(event) {
    if (!touches.delete(event.pointerId)) return;
    if (pinch) {
      pinch = touches.size >= 2 ? pinch : null;
      return;
    }
    if (!drag || event.pointerId !== drag.pointer) return;
    const { kind, moved } = drag;
    const x = xOf(event);
    drag = null;
    control.end(kind);
    if (moved) return kind === "strip" || kind === "overview" ? undefined : control.commit();
    if (kind === "window" || kind === "brush") control.clickAt(x);
    if (kind === "overview") control.centreAxis(xOf(event, parts.overview));
  }

  /** Back to what it was before the drag: Escape, a second finger, or the browser taking the gesture for its own. */
  function cancel() {
    if (!drag) return false;
    const { kind, moved, span, axis } = drag;
    drag = null;
    control.end(kind);
    if (moved && (kind === "strip" || kind === "overview")) control.setAxis(axis);
    else if (moved) control.restore(span);
    return moved;
  }

  function startPinch() {
    cancel();
    const [a, b] = [...touches.values()];
    pinch = { a: control.minuteAt(a), b: control.minuteAt(b) };
  }

  /** Both fingers keep the minute that they first touched. */
  function movePinch() {
    const [a, b] = [...touches.values()];
    if (Math.abs(a - b) < 12 || pinch.a === pinch.b) return;
    const perPixel = Math.abs((pinch.a - pinch.b) / (a - b));
    const middle = (pinch.a + pinch.b) / 2 - ((a + b) / 2) * perPixel;
    control.setAxis(axisWithin({ from: middle, to: middle + perPixel * control.width() }, control.limits()));
  }

  for (const element of [parts.plot, parts.overview]) {
    element.addEventListener("pointerdown", down, { signal });
    for (const moved of MOVED) element.addEventListener(moved, move, { signal });
    element.addEventListener("pointerup", up, { signal });
    element.addEventListener("pointercancel", (event) => {
      touches.delete(event.pointerId);
      pinch = null;
      if (drag?.pointer === event.pointerId) cancel();
    }, { signal });
  }
  parts.plot.addEventListener("mousedown", (event) => event.preventDefault(), { signal }); // no selected text, and the focus stays where we put it
  parts.plot.addEventListener("pointerleave", () => control.hover(null), { signal });
  attachWheel(parts.plot, control, xOf, signal);
  return { cancel, dragging: () => drag !== null };
}

/** The wheel zooms the axis about the pointer, sideways it pans. At its limits the page scrolls on, unless the wheel was just zooming. */
function attachWheel(plot, control, xOf, signal) {
  let lastZoom = 0;
  plot.addEventListener("wheel", (event) => {
    if (!control.ready()) return;
    const before = control.axis();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const pixels = (event.deltaMode === 1 ? 24 : 1) * (sideways ? event.deltaX || event.deltaY : event.deltaY);
    const after = sideways
      ? pannedAxis(before, control.minutesFor(pixels, before), control.limits())
      : zoomedAxis(before, Math.exp(Math.min(Math.max(pixels, -240), 240) * 0.0022), control.minuteAt(xOf(event)), control.limits());
    const changed = after.from !== before.from || after.to !== before.to;
    if (changed || event.timeStamp - lastZoom < 400) event.preventDefault();
    if (!changed) return;
    lastZoom = event.timeStamp;
    control.setAxis(after);
  }, { signal, passive: false });
}

const STEP_KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const PAGE_KEYS = { PageDown: -1, PageUp: 1 };

/** Keys on the sliders, and Escape, which ends a drag or the playing wherever the focus is in the control. */
function attachKeys(root, control, pointers, signal) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !control.ready()) return;
    if (event.key === "Escape") {
      if (pointers.cancel() || control.stopPlaying()) event.preventDefault();
      return;
    }
    const slider = event.target.closest("[role=slider]");
    if (!slider) return;
    if (sliderKey(event, slider.dataset.grip, control)) {
      event.preventDefault();
      event.stopPropagation(); // Streamlit's own keys are not meant here
    }
  }, { signal });
}

/** Does what the key asks for; false if it is none of the slider's. */
function sliderKey({ key, shiftKey }, grip, control) {
  const step = STEP_KEYS[key] ?? PAGE_KEYS[key];
  if (step) control.step(shiftKey ? "window" : grip, step, key in PAGE_KEYS);
  else if (key === "Home") control.toEnd(grip, -1);
  else if (key === "End") control.toEnd(grip, 1);
  else if (key === " ") control.togglePlay();
  else if (key === "+" || key === "=") control.zoomBy(0.5);
  else if (key === "-") control.zoomBy(2);
  else return false;
  return true;
}
