// Draws the histogram and its ticks on a canvas. Nothing is remembered here: the same view gives the same picture.

const PLOT_TOP = 14; // room above the tallest bar for the grip that moves the window
const LEAST_BAR_PX = 3; // so that one event among thousands is still seen

/**
 * @typedef {{width: number, plotHeight: number, height: number, axis: Span, domain: Span, span: Span,
 *   bins: object, ticks: object, looks: Object<string, string>, hovered: number|null}} PlotView
 */

/** Fits a canvas to its box in device pixels, and gives its context in CSS pixels. */
function plotContext(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** @param {PlotView} view */
function drawPlot(context, view) {
  const { width, height, plotHeight, looks, axis, span } = view;
  context.clearRect(0, 0, width, height);
  drawGrid(context, view);
  drawBars(context, view, looks.barOut, looks.maybeOut);
  const left = Math.max(pixelOf(span.from, axis, width), 0);
  const right = Math.min(pixelOf(span.to, axis, width), width);
  if (right > left) {
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, plotHeight);
    context.clip();
    context.fillStyle = looks.windowFill;
    context.fillRect(left, 0, right - left, plotHeight);
    drawBars(context, view, looks.barIn, looks.maybeIn);
    context.restore();
  }
  context.fillStyle = looks.line;
  context.fillRect(0, plotHeight, width, 1);
  drawTicks(context, view);
}

/** Faint lines where a new day, month or year begins. */
function drawGrid(context, { axis, width, plotHeight, height, ticks, looks }) {
  context.fillStyle = looks.line;
  for (const { at } of ticks.major) {
    const x = Math.round(pixelOf(at, axis, width));
    if (x > 0) context.fillRect(x, 0, 1, height);
  }
  if (!ticks.major.length) for (const { at } of ticks.minor) context.fillRect(Math.round(pixelOf(at, axis, width)), 0, 1, plotHeight);
}

/** The highest bar on the axis, 1 at least. */
function tallestBar({ edges, sure, maybe }, axis) {
  let tallest = 1;
  for (let bar = 0; bar < sure.length; bar += 1) {
    if (edges[bar + 1] > axis.from && edges[bar] < axis.to) tallest = Math.max(tallest, sure[bar] + maybe[bar]);
  }
  return tallest;
}

/** Solid where the bar holds the whole date; hollow, as on the map, where the event may as well have been in another bar. */
function drawBars(context, { bins, axis, domain, width, plotHeight, tallest, hovered }, solid, hollow) {
  const { edges, sure, maybe } = bins;
  const perEvent = (plotHeight - PLOT_TOP) / tallest;
  for (let bar = 0; bar < sure.length; bar += 1) {
    if (!sure[bar] && !maybe[bar]) continue;
    const left = Math.round(pixelOf(Math.max(edges[bar], domain.from), axis, width));
    const right = Math.round(pixelOf(Math.min(edges[bar + 1], domain.to), axis, width));
    if (right < 0 || left > width) continue;
    const gap = right - left > 4 ? 1 : 0;
    const [x, wide] = [left + gap, Math.max(right - left - 2 * gap, 1)];
    const sureHigh = sure[bar] ? Math.max(sure[bar] * perEvent, LEAST_BAR_PX) : 0;
    const maybeHigh = maybe[bar] ? Math.max(maybe[bar] * perEvent, LEAST_BAR_PX) : 0;
    context.globalAlpha = hovered === null || hovered === bar ? 1 : 0.72;
    context.fillStyle = solid;
    context.fillRect(x, plotHeight - sureHigh, wide, sureHigh);
    if (maybeHigh) drawHollow(context, x, plotHeight - sureHigh - maybeHigh, wide, maybeHigh - (sureHigh ? 1 : 0), hollow, solid);
  }
  context.globalAlpha = 1;
}

function drawHollow(context, x, y, wide, high, fill, edge) {
  context.fillStyle = fill;
  context.fillRect(x, y, wide, high);
  context.strokeStyle = edge;
  context.lineWidth = 1;
  if (wide < 4 || high < 4) {
    context.fillStyle = edge;
    context.fillRect(x, y, wide, 1);
  } else context.strokeRect(x + 0.5, y + 0.5, wide - 1, high - 1);
}

function drawTicks(context, { ticks, axis, width, plotHeight, looks }) {
  context.textBaseline = "top";
  context.textAlign = "left";
  context.font = `400 ${looks.tickSize} ${looks.font}`;
  context.fillStyle = looks.ink2;
  for (const { at, label } of ticks.minor) {
    const x = pixelOf(at, axis, width);
    const wide = context.measureText(label).width;
    context.fillRect(Math.round(x), plotHeight, 1, 4);
    if (x + 3 + wide <= width) context.fillText(label, x + 3, plotHeight + 4);
  }
  context.font = `600 ${looks.tickSize} ${looks.font}`;
  context.fillStyle = looks.ink;
  ticks.major.forEach(({ at, unit }, index) => {
    const left = Math.max(pixelOf(at, axis, width), 0);
    const next = ticks.major[index + 1];
    const right = next ? Math.min(pixelOf(next.at, axis, width), width) : width;
    const label = majorLabels(at, unit).find((words) => context.measureText(words).width <= right - left - 8);
    if (label) context.fillText(label, left + 3, plotHeight + 20);
  });
}

/** The ways to say what a stretch of the axis belongs to, the fullest first. */
function majorLabels(at, unit) {
  const { year, month, day } = partsOf(at);
  if (unit === "year") return [String(year)];
  const short = MONTH_NAMES[month].slice(0, 3);
  if (unit === "month") return [`${MONTH_NAMES[month]} ${year}`, `${short} ${year}`, short];
  return [`${dayWords(at)}, UTC`, `${day} ${short} ${year}`, `${day} ${short}`, String(day)];
}

/** Where every colour and font comes from: probes in the page, since a canvas knows no custom properties. */
function looksOf(root) {
  const looks = {};
  for (const probe of root.querySelectorAll("[data-look]")) looks[probe.dataset.look] = getComputedStyle(probe).color;
  looks.font = getComputedStyle(root).fontFamily;
  looks.tickSize = getComputedStyle(root).getPropertyValue("--dl-text-xs").trim() || "12px";
  return looks;
}
