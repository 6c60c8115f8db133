// The calendar and the scale of the time axis: units, snapping, zoom, pan and ticks. Every time is in minutes since 1970-01-01T00:00Z.

const HOUR_MIN = 60;
const DAY_MIN = 1440;
const WEEK_MIN = 7 * DAY_MIN;
const MONDAY = -3 * DAY_MIN; // 1970-01-01 was a Thursday
const UNIT_MIN = { hour: HOUR_MIN, day: DAY_MIN, week: WEEK_MIN, month: 30 * DAY_MIN, year: 365 * DAY_MIN };
const COARSER = { hour: "day", day: "week", week: "month", month: "year", year: "year" };
const MIN_BAR_PX = 5;
const HOURS_BELOW = 4 * DAY_MIN; // an axis shorter than this is read, stepped and snapped in hours
const EDGE_PX = 20; // beside the first and the last date
const SHORTEST_AXIS = 12 * HOUR_MIN;

// Each tick: its unit, every how many, and the room its label takes. Labels of one step never touch.
const TICK_STEPS = [
  ["hour", 1, 44], ["hour", 3, 44], ["hour", 6, 44], ["hour", 12, 44], ["day", 1, 24], ["day", 2, 24], ["day", 7, 24],
  ["month", 1, 32], ["month", 3, 32], ["month", 6, 32], ["year", 1, 40], ["year", 2, 40], ["year", 5, 40], ["year", 10, 40],
  ["year", 20, 40], ["year", 50, 40], ["year", 100, 40], ["year", 500, 40], ["year", 1000, 44],
];
const MAJOR_OF = { hour: "day", day: "month", month: "year", year: null };

/** Minutes of a UTC date; months count from 0 and may overflow into other years. */
function minutesOf(year, month, day = 1, hour = 0, minute = 0) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute);
  return Math.round(date.getTime() / 60000);
}

/** The parts of a UTC date; `month` counts from 0. */
function partsOf(minutes) {
  const date = new Date(minutes * 60000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(),
  };
}

/** The last edge of `unit` at or before `minutes`. */
function floorTo(minutes, unit) {
  if (unit === "week") return Math.floor((minutes - MONDAY) / WEEK_MIN) * WEEK_MIN + MONDAY;
  if (unit === "hour" || unit === "day") return Math.floor(minutes / UNIT_MIN[unit]) * UNIT_MIN[unit];
  const { year, month } = partsOf(minutes);
  return minutesOf(year, unit === "month" ? month : 0);
}

/** The first edge of `unit` at or after `minutes`. */
function ceilTo(minutes, unit) {
  const edge = floorTo(minutes, unit);
  return edge === minutes ? edge : addUnits(edge, unit, 1);
}

/** `count` units later, from an edge of `unit`. */
function addUnits(edge, unit, count) {
  if (unit === "month" || unit === "year") {
    const { year, month } = partsOf(edge);
    return unit === "month" ? minutesOf(year, month + count) : minutesOf(year + count, 0);
  }
  return edge + count * UNIT_MIN[unit];
}

/** The edge of `unit` nearest to `minutes`. */
function roundTo(minutes, unit) {
  const before = floorTo(minutes, unit);
  const after = addUnits(before, unit, 1);
  return minutes - before < after - minutes ? before : after;
}

/** The next edge of `unit` in a direction (+1, -1), strictly beyond `minutes`. */
function edgeBeyond(minutes, unit, direction) {
  if (direction > 0) return addUnits(floorTo(minutes, unit), unit, 1);
  return floorTo(minutes - 1, unit);
}

/** What a bar, and so a step, is on this axis: the finest unit whose bars can still be seen and hit. */
function unitFor(axis, width) {
  const span = axis.to - axis.from;
  const fits = (unit) => (UNIT_MIN[unit] / span) * width >= MIN_BAR_PX;
  if (span < HOURS_BELOW && fits("hour")) return "hour";
  return ["day", "week", "month"].find(fits) ?? "year";
}

/** What dragging snaps to on this axis. */
function snapFor(axis) {
  return axis.to - axis.from < HOURS_BELOW ? "hour" : "day";
}

function pixelOf(minutes, axis, width) {
  return ((minutes - axis.from) / (axis.to - axis.from)) * width;
}

function minuteAt(x, axis, width) {
  return axis.from + (x / width) * (axis.to - axis.from);
}

/** An axis no shorter than half a day, no longer than `limits` and inside of them. */
function axisWithin(axis, limits) {
  const room = limits.to - limits.from;
  const span = Math.min(Math.max(axis.to - axis.from, Math.min(SHORTEST_AXIS, room)), room);
  const middle = (axis.from + axis.to) / 2;
  const from = Math.min(Math.max(middle - span / 2, limits.from), limits.to - span);
  return { from, to: from + span };
}

/** The axis `factor` times as long, with `anchor` staying where it is on the screen. */
function zoomedAxis(axis, factor, anchor, limits) {
  const span = axis.to - axis.from;
  const room = limits.to - limits.from;
  const wanted = Math.min(Math.max(span * factor, Math.min(SHORTEST_AXIS, room)), room);
  const share = (anchor - axis.from) / span;
  return axisWithin({ from: anchor - share * wanted, to: anchor + (1 - share) * wanted }, limits);
}

function pannedAxis(axis, by, limits) {
  return axisWithin({ from: axis.from + by, to: axis.to + by }, limits);
}

/** The axis on which `span` takes the middle half, so that its surroundings are seen too. */
function axisAround(span, limits) {
  const margin = Math.max((span.to - span.from) / 2, 2 * DAY_MIN);
  return axisWithin({ from: span.from - margin, to: span.to + margin }, limits);
}

/** The axis moved (or, for a span too long for it, widened) as little as shows the whole span. */
function axisShowing(axis, span, limits) {
  const room = (axis.to - axis.from) * 0.9;
  if (span.from >= axis.from && span.to <= axis.to) return axis;
  if (span.to - span.from > room) return axisAround(span, limits);
  const margin = (axis.to - axis.from) * 0.05;
  if (span.from < axis.from) return pannedAxis(axis, span.from - margin - axis.from, limits);
  return pannedAxis(axis, span.to + margin - axis.to, limits);
}

/** What the axis may show: all dates, with enough air that the handles at both ends stand free. */
function axisLimits(domain, width) {
  const air = ((domain.to - domain.from) * EDGE_PX) / Math.max(width - 2 * EDGE_PX, EDGE_PX);
  return { from: domain.from - air, to: domain.to + air };
}

/** The ticks of an axis: `minor` with short labels, `major` with what gives them their context. */
function ticksOf(axis, width) {
  const perPixel = (axis.to - axis.from) / width;
  const [unit, step] = TICK_STEPS.find(([u, n, room]) => (UNIT_MIN[u] * n) / perPixel >= room) ?? TICK_STEPS.at(-1);
  const major = MAJOR_OF[unit];
  return {
    unit,
    minor: tickRun(axis, unit, step).map((at) => ({ at, label: minorLabel(at, unit) })),
    major: major ? tickRun(axis, major, 1, true).map((at) => ({ at, unit: major })) : [],
  };
}

/** Every `step`-th edge of `unit` on the axis; with `before` also the last one ahead of it. */
function tickRun(axis, unit, step, before = false) {
  const run = [];
  let at = floorTo(axis.from, unit);
  if (!before && at < axis.from) at = addUnits(at, unit, 1);
  for (; at <= axis.to; at = addUnits(at, unit, 1)) if (onStep(partsOf(at), unit, step)) run.push(at);
  return run;
}

function onStep({ year, month, day, hour }, unit, step) {
  if (unit === "hour") return hour % step === 0;
  if (unit === "month") return month % step === 0;
  if (unit === "year") return year % step === 0;
  // Days count anew each month: the last ones are left out where the first of the next would crowd them.
  return (day - 1) % step === 0 && day <= (step === 1 ? 31 : 29 - (step === 7 ? 1 : 0));
}

function minorLabel(at, unit) {
  const { year, month, day, hour } = partsOf(at);
  if (unit === "hour") return `${String(hour).padStart(2, "0")}:00`;
  if (unit === "day") return String(day);
  return unit === "month" ? MONTH_NAMES[month].slice(0, 3) : String(year);
}
