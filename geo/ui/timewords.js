// Dates in words, in the address, and as a person types them. Spans are half-open in minutes; words and addresses are inclusive.

const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const TYPED_ISO = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::00)?\s*(?:Z|UTC|GMT)?)?)?)?$/i;
const TYPED_DAY_FIRST = /^(?:(\d{1,2})\s+)?([a-z]{3,9})\.?,?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d{2})\s*(?:Z|UTC|GMT)?)?$/i;
const TYPED_MONTH_FIRST = /^([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/i;

const isMidnight = (minutes) => minutes % DAY_MIN === 0;
const twoDigits = (number) => String(number).padStart(2, "0");

/** `28 February 2021`. */
function dayWords(minutes) {
  const { year, month, day } = partsOf(minutes);
  return `${day} ${MONTH_NAMES[month]} ${year}`;
}

/** `28 February 2021, 07:30 UTC`. */
function timeWords(minutes) {
  return `${dayWords(minutes)}, ${clockOf(minutes)} UTC`;
}

function clockOf(minutes) {
  const { hour, minute } = partsOf(minutes);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `1 to 28 February 2021`, `26 February 2021`, or `26 February 2021, 04:00 to 05:59 UTC`. */
function spanWords({ from, to }) {
  if (!isMidnight(from) || !isMidnight(to)) return timedWords(from, to - 1);
  const first = partsOf(from);
  const last = partsOf(to - DAY_MIN);
  const end = dayWords(to - DAY_MIN);
  if (first.year !== last.year) return `${dayWords(from)} to ${end}`;
  if (first.month !== last.month) return `${first.day} ${MONTH_NAMES[first.month]} to ${end}`;
  return first.day === last.day ? end : `${first.day} to ${end}`;
}

function timedWords(from, last) {
  if (from === last) return timeWords(from);
  if (floorTo(from, "day") === floorTo(last, "day")) return `${dayWords(from)}, ${clockOf(from)} to ${clockOf(last)} UTC`;
  return `${timeWords(from)} to ${timeWords(last)}`;
}

/** The window as the page says it. */
function windowWords(span, domain, mode) {
  const fromStart = span.from <= domain.from;
  if (fromStart && span.to >= domain.to) return `All dates: ${spanWords(span)}`;
  if (mode === "cumulative" && fromStart) return `Up to ${edgeWords(span, "to")}`;
  return spanWords(span);
}

/** One end of a window as a handle speaks it: inclusive. */
function edgeWords(span, edge) {
  const at = edge === "from" ? span.from : span.to - (isTimed(span) ? 1 : DAY_MIN);
  return isTimed(span) ? timeWords(at) : dayWords(at);
}

const isTimed = (span) => !isMidnight(span.from) || !isMidnight(span.to);

/** One end of a window as the address has it: inclusive, `2021-02-01` or `2021-02-26T04:20Z`. */
function edgeIso(span, edge) {
  const timed = isTimed(span);
  const { year, month, day, hour, minute } = partsOf(edge === "from" ? span.from : span.to - (timed ? 1 : DAY_MIN));
  const date = `${String(year).padStart(4, "0")}-${twoDigits(month + 1)}-${twoDigits(day)}`;
  return timed ? `${date}T${twoDigits(hour)}:${twoDigits(minute)}Z` : date;
}

const isoOf = (span) => ({ from: edgeIso(span, "from"), to: edgeIso(span, "to") });

/** How many, with the right ending: `1 event`, `1,200 events`. */
function countWords(count) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "event" : "events"}`;
}

/** A bar in words: `26 February 2021: 3 events, 1 of them dated more widely`. */
function barWords(span, sure, maybe) {
  const total = sure + maybe;
  if (!maybe) return `${spanWords(span)}: ${countWords(total)}`;
  if (!sure) return `${spanWords(span)}: ${countWords(total)}, dated more widely than this`;
  return `${spanWords(span)}: ${countWords(total)}, ${maybe.toLocaleString("en-GB")} of them dated more widely than this`;
}

/**
 * The span of what a person typed: a year, a month, a day or a minute, always UTC. Null for anything else.
 * Dates of slashes are refused: 02/03/2021 is two different days on two sides of an ocean.
 */
function typedSpan(text) {
  const clean = text.trim().replace(/\s+/g, " ");
  const iso = TYPED_ISO.exec(clean);
  if (iso) return calendarSpan(iso[1], iso[2] && Number(iso[2]) - 1, iso[3], iso[4], iso[5]);
  const dayFirst = TYPED_DAY_FIRST.exec(clean);
  if (dayFirst) return calendarSpan(dayFirst[3], monthNamed(dayFirst[2]), dayFirst[1], dayFirst[4], dayFirst[5]);
  const monthFirst = TYPED_MONTH_FIRST.exec(clean);
  return monthFirst ? calendarSpan(monthFirst[3], monthNamed(monthFirst[1]), monthFirst[2]) : null;
}

function monthNamed(name) {
  const wanted = name.toLowerCase() === "sept" ? "sep" : name.toLowerCase();
  return MONTH_NAMES.findIndex((month) => month.toLowerCase().startsWith(wanted));
}

/** The span of given parts (a missing one widens it), or null if no calendar has them. */
function calendarSpan(year, month, day, hour, minute) {
  const [y, mo, d, h, mi] = [year, month ?? 0, day ?? 1, hour ?? 0, minute ?? 0].map(Number);
  if (y < 1 || mo < 0 || mo > 11 || h > 23 || mi > 59 || (hour !== undefined && day === undefined)) return null;
  const from = minutesOf(y, mo, d, h, mi);
  if (partsOf(from).day !== d) return null;
  if (month === undefined) return { from, to: addUnits(from, "year", 1) };
  if (day === undefined) return { from, to: addUnits(from, "month", 1) };
  return { from, to: from + (hour === undefined ? DAY_MIN : 1) };
}
