// What the scrubber knows: the events, the window and the axis, and how the one follows from the others.

/**
 * @typedef {{from: number, to: number}} Span half-open, in minutes
 * @typedef {{from: number|null, to: number|null, mode: "window"|"cumulative"}} OpenWindow a null is an open end
 */

const BUSIEST_MIN = 21 * DAY_MIN;

function createModel() {
  let byEnd = null;
  const model = {
    columns: null, shown: null, busiest: null, domain: null, limits: null, axis: null, bins: null, width: 0,
    win: { from: null, to: null, mode: "window" },
  };

  /** @returns {Span} the window with its open ends filled in: at the first and last date, or a day away where those lie beyond the other end */
  model.span = () => {
    const { from, to } = model.win;
    const { domain } = model;
    return {
      from: from ?? (to === null || to > domain.from ? domain.from : to - DAY_MIN),
      to: to ?? (from === null || from < domain.to ? domain.to : from + DAY_MIN),
    };
  };
  model.ready = () => model.domain !== null && model.axis !== null;
  model.setWidth = (width) => {
    model.width = width;
    if (width && model.domain) fitAxis();
  };
  /** The window in numbers, whatever is known: before there are events an open end is as far as the columns can say. */
  model.bounds = () => (model.domain ? model.span() : { from: model.win.from ?? -(2 ** 31), to: model.win.to ?? 2 ** 31 - 1 });
  model.isEverything = () => model.win.from === null && model.win.to === null;
  model.setSpan = ({ from, to }) => {
    model.win = { ...model.win, from: from <= model.domain.from ? null : from, to: to >= model.domain.to ? null : to };
  };
  /** The ends as the address has them; an open one is left out. */
  model.address = () => {
    const { from, to, mode } = model.win;
    const span = { from: from ?? to, to: to ?? from }; // an open end has no say in whether days or minutes are told
    return {
      from: from === null ? null : edgeIso(span, "from"),
      to: to === null ? null : edgeIso(span, "to"),
      mode: mode === "cumulative" ? mode : null,
    };
  };
  model.isoSpan = () => (model.domain ? isoOf(model.span()) : null);
  model.isoAxis = () => {
    const iso = (minutes) => new Date(minutes * 60000).toISOString();
    return model.axis && { from: iso(model.axis.from), to: iso(model.axis.to) };
  };
  model.axisIsWhole = () => model.axis.from <= model.limits.from && model.axis.to >= model.limits.to;
  model.unit = () => unitFor(model.axis, model.width);
  model.snap = () => snapFor(model.axis);

  /** The axis after its limits changed: it stays where it is, unless it showed everything, or nothing yet. */
  function fitAxis() {
    const whole = model.axis && model.axisIsWhole();
    model.limits = axisLimits(model.domain, model.width);
    model.bins = null;
    if (!model.axis) model.axis = openingAxis(model);
    else model.axis = whole ? { ...model.limits } : axisWithin(model.axis, model.limits);
  }

  model.setColumns = (columns, bits) => {
    model.columns = columns;
    byEnd = window.datelineParts.orderByEnd(columns);
    model.domain = domainOf(columns);
    model.setMask(bits);
    if (model.domain && model.width) fitAxis();
  };
  model.setMask = (bits) => {
    model.shown = shownRows(model.columns, byEnd, bits);
    model.busiest = busiestStretch(model.shown, BUSIEST_MIN);
    model.bins = null;
  };

  /** The bars of the axis, made anew only if the axis has left them: three screens of them are kept. */
  model.freshBins = () => {
    const { axis, bins, limits } = model;
    const unit = model.unit();
    const covered = bins && bins.unit === unit && bins.edges[0] <= axis.from && bins.edges.at(-1) >= Math.min(axis.to, limits.to);
    if (!covered) {
      const room = axis.to - axis.from;
      const range = { from: Math.max(axis.from - room, limits.from), to: Math.min(axis.to + room, limits.to) };
      model.bins = binRows(model.shown, range, unit);
    }
    return model.bins;
  };

  /** The bar under a minute: its number, its span and its counts; null where no event is. */
  model.barAt = (minute) => {
    const { edges, sure, maybe } = model.freshBins();
    const bar = countBelow(edges, minute + 1e-6) - 1;
    if (bar < 0 || bar >= sure.length || !(sure[bar] + maybe[bar])) return null;
    return { bar, span: { from: edges[bar], to: edges[bar + 1] }, sure: sure[bar], maybe: maybe[bar] };
  };
  return model;
}

/** All dates, or a window that a link brought if it would be too small to handle among all of them. */
function openingAxis({ limits, domain, win, span }) {
  if (win.from === null && win.to === null) return { ...limits };
  const { from, to } = span();
  return to - from < (domain.to - domain.from) / 5 ? axisAround({ from, to }, limits) : { ...limits };
}

/** What a person does to the window, as new windows; nothing here draws or tells. */
const MOVES = {
  /** The end (or start) put at a minute that snaps. */
  edge: (model, span, edge, minute) => spanWithEdge(span, edge, roundTo(minute, model.snap()), model.domain, UNIT_MIN[model.snap()]),

  /** The whole window by some minutes, by its snapping start; a growing one by its end. */
  whole(model, span, by) {
    if (model.win.mode === "cumulative") return MOVES.edge(model, span, "to", span.to + by);
    const moved = roundTo(span.from + by, model.snap()) - span.from;
    return spanInside({ from: span.from + moved, to: span.to + moved }, model.domain);
  },

  /** From one minute to another, in either order. */
  brush(model, a, b) {
    const snap = model.snap();
    const from = Math.max(floorTo(Math.min(a, b), snap), model.domain.from);
    const to = Math.min(ceilTo(Math.max(a, b), snap), model.domain.to);
    const brushed = { from: Math.min(from, model.domain.to - UNIT_MIN[snap]), to: Math.max(to, model.domain.from + UNIT_MIN[snap]) };
    return model.win.mode === "cumulative" ? grownTo(model, brushed.to) : brushed;
  },

  /** One bar on or back (`page`: the next coarser unit). A window stays at least one unit long. */
  step(model, grip, direction, page) {
    const unit = page ? COARSER[model.unit()] : model.unit();
    const span = model.span();
    if (grip === "window" && model.win.mode === "window") return spanInside(spanStepped(span, unit, direction), model.domain);
    if (grip === "from") {
      const minute = edgeBeyond(span.from, unit, direction);
      return direction > 0 && minute > edgeBeyond(span.to, unit, -1) ? span : { ...span, from: Math.max(minute, model.domain.from) };
    }
    const minute = edgeBeyond(span.to, unit, direction);
    return direction < 0 && minute < edgeBeyond(span.from, unit, 1) ? span : { ...span, to: Math.min(minute, model.domain.to) };
  },

  /** A bar that was clicked; a window that grows ends with it. */
  bar: (model, span) => (model.win.mode === "cumulative" ? grownTo(model, span.to) : span),

  /** Home (-1) and End (+1). */
  toEnd(model, grip, direction) {
    const span = model.span();
    const far = direction < 0 ? model.domain.from : model.domain.to;
    if (grip === "window" && model.win.mode === "window") {
      const length = span.to - span.from;
      return spanInside(direction < 0 ? { from: far, to: far + length } : { from: far - length, to: far }, model.domain);
    }
    return spanWithEdge(span, grip === "from" ? "from" : "to", far, model.domain, UNIT_MIN[model.snap()]);
  },

  /** The previous or next date with events; null if there is none. */
  neighbour(model, direction) {
    const span = model.span();
    const { domain } = model;
    if (model.win.mode === "cumulative") {
      const to = growthBeyond(model.shown, span.to, direction, model.snap());
      return to === null || to <= span.from ? null : { from: span.from, to };
    }
    const everything = { from: direction > 0 ? domain.from - 2 * DAY_MIN : domain.to + DAY_MIN };
    return dateBeyond(model.shown, model.isEverything() ? { ...everything, to: everything.from + DAY_MIN } : span, direction, model.snap());
  },
};

function grownTo(model, to) {
  const { from } = model.span();
  return { from: Math.min(from, to - UNIT_MIN[model.snap()]), to };
}
