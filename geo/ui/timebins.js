// The events as the scrubber counts them: the mask, the bars and the dates to step through.

/**
 * @typedef {{start: Int32Array, end: Int32Array, ends: Int32Array, latestEnd: Int32Array}} Shown the events that the filters let through, in
 *   the order of their start; `ends` is the same ends, sorted, so that a window is counted by two binary searches, and `latestEnd` their
 *   running maximum, so that what is over before the axis begins is skipped.
 */

/** The bytes of a mask, or null for all. */
function readMask(mask) {
  return mask === null || mask === undefined ? null : Uint8Array.from(atob(mask), (character) => character.charCodeAt(0));
}

/**
 * What the mask lets through. `byEnd` is the rows in the order of their ends, sorted once for all masks: no mask costs a sort.
 * @returns {Shown}
 */
function shownRows({ n, start, end, latestEnd }, byEnd, bits) {
  const passes = (row) => !bits || ((bits[row >> 3] >> (row & 7)) & 1) === 1;
  const ends = new Int32Array(n);
  let kept = 0;
  for (let at = 0; at < n; at += 1) if (passes(byEnd[at])) ends[kept++] = end[byEnd[at]];
  if (!bits) return { start, end, latestEnd, ends };
  const shown = { start: new Int32Array(kept), end: new Int32Array(kept), latestEnd: new Int32Array(kept), ends: ends.slice(0, kept) };
  let latest = -(2 ** 31);
  for (let row = 0, to = 0; row < n; row += 1) {
    if (!passes(row)) continue;
    latest = Math.max(latest, end[row]);
    shown.start[to] = start[row];
    shown.end[to] = end[row];
    shown.latestEnd[to++] = latest;
  }
  return shown;
}

/** From the first to the last date of any event, in whole days, those on their way with it if the header tells; null without events. */
function domainOf({ n, start, latestEnd, lastEnd }) {
  if (!n) return null;
  return { from: floorTo(start[0], "day"), to: ceilTo(Math.max(latestEnd[n - 1], lastEnd ?? latestEnd[n - 1]), "day") };
}

/** The number of sorted values below `limit`. */
function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many events' spans meet a half-open window: those begun before its end, less those over by its start. */
function countIn(shown, { from, to }) {
  return countBelow(shown.start, to) - countBelow(shown.ends, from + 1);
}

/**
 * The bars over `range`. An event counts in every bar that its span meets, as it does in a window: `sure` if the bar holds the whole
 * span, else `maybe`. So a bar is as high as the number of events that a click on it shows.
 */
function binRows(shown, range, unit) {
  const edges = [floorTo(range.from, unit)];
  while (edges.at(-1) < range.to) edges.push(addUnits(edges.at(-1), unit, 1));
  const bars = edges.length - 1;
  const sure = new Uint32Array(bars);
  const steps = new Int32Array(bars + 1); // +1 where a wide event enters, -1 after the bar where it leaves
  const find = barFinder(edges, unit);
  const stop = countBelow(shown.start, edges[bars]);
  const { start, end } = shown;
  for (let row = countBelow(shown.latestEnd, edges[0] + 1); row < stop; row += 1) {
    if (end[row] <= edges[0]) continue;
    const first = start[row] < edges[0] ? 0 : find(start[row]);
    const last = end[row] >= edges[bars] ? bars - 1 : find(end[row] - 1);
    if (first === last && start[row] >= edges[0] && end[row] <= edges[bars]) sure[first] += 1;
    else {
      steps[first] += 1;
      steps[last + 1] -= 1;
    }
  }
  return { unit, edges, sure, maybe: runningSum(steps, bars) };
}

function runningSum(steps, length) {
  const sums = new Uint32Array(length);
  let sum = 0;
  for (let at = 0; at < length; at += 1) sums[at] = sum += steps[at];
  return sums;
}

/** minute -> number of its bar, in constant time: by division, or by a table of days where bars differ in length. */
function barFinder(edges, unit) {
  const first = edges[0];
  if (unit !== "month" && unit !== "year") return (minute) => Math.floor((minute - first) / UNIT_MIN[unit]);
  const table = new Int32Array((edges.at(-1) - first) / DAY_MIN);
  for (let bar = 0; bar + 1 < edges.length; bar += 1) {
    table.fill(bar, (edges[bar] - first) / DAY_MIN, (edges[bar + 1] - first) / DAY_MIN);
  }
  return (minute) => table[Math.floor((minute - first) / DAY_MIN)];
}

/** The next (+1) or previous (-1) date of an event, as wide as the source gives it, beyond `span`; null if there is none. */
function dateBeyond(shown, span, direction, snap) {
  const date = (row) => ({ from: floorTo(shown.start[row], snap), to: ceilTo(shown.end[row], snap) });
  const after = (a, b) => a.from > b.from || (a.from === b.from && a.to > b.to);
  let best = null;
  let row = direction > 0 ? countBelow(shown.start, span.from) : countBelow(shown.start, addUnits(floorTo(span.from, snap), snap, 1)) - 1;
  for (; row >= 0 && row < shown.start.length; row += direction) {
    const here = date(row);
    // Dates that begin on one day stand in no order of their ends, so all of that day are looked at.
    if (best && here.from !== best.from) break;
    const beyond = direction > 0 ? after(here, span) : after(span, here);
    if (beyond && (!best || (direction > 0 ? after(best, here) : after(here, best)))) best = here;
  }
  return best;
}

/** The end of a window that grows (+1) or shrinks (-1) by the next date on which an event begins; null if there is none. */
function growthBeyond(shown, to, direction, snap) {
  const { start } = shown;
  const endOf = (row) => addUnits(floorTo(start[row], snap), snap, 1);
  let row = direction > 0 ? countBelow(start, to) : countBelow(start, to) - 1;
  while (row >= 0 && row < start.length && (endOf(row) - to) * direction <= 0) row += direction;
  return row >= 0 && row < start.length ? endOf(row) : null;
}

/** The stretch of `length` minutes in which most events begin whose date is known to a week or better; null without any. */
function busiestStretch({ start, end }, length) {
  const vague = (row) => end[row] - start[row] > WEEK_MIN;
  let best = { count: 0, first: 0, last: 0 };
  for (let first = 0, last = 0, count = 0; last < start.length; last += 1) {
    if (vague(last)) continue;
    count += 1;
    for (; vague(first) || start[last] - start[first] > length; first += 1) if (!vague(first)) count -= 1;
    if (count > best.count) best = { count, first, last };
  }
  if (!best.count) return null;
  return { from: floorTo(start[best.first], "day"), to: ceilTo(end[best.last], "day") };
}
