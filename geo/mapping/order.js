// Orders row numbers by a 32-bit key in linear time; the map and the scrubber both use it.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const FEW = 4096; // below this many a comparison sort is faster than counting 65,536 digits twice
  const DIGITS = 65536;

  /** The numbers 0 .. n - 1 in the order of `keyOf(number)`, an unsigned 32-bit integer; equal keys keep their order. */
  parts.orderBy = function (n, keyOf) {
    const order = Int32Array.from({ length: n < FEW ? n : 0 }, (_, at) => at);
    if (n < FEW) return order.sort((a, b) => keyOf(a) - keyOf(b) || a - b);
    const keys = new Uint32Array(n);
    for (let at = 0; at < n; at += 1) keys[at] = keyOf(at);
    const low = pass(null, n, (at) => keys[at] & 65535);
    return pass(low, n, (at) => keys[at] >>> 16);
  };

  function pass(before, n, digitOf) {
    const next = new Int32Array(DIGITS + 1);
    for (let at = 0; at < n; at += 1) next[digitOf(at) + 1] += 1;
    for (let digit = 0; digit < DIGITS; digit += 1) next[digit + 1] += next[digit];
    const after = new Int32Array(n);
    for (let i = 0; i < n; i += 1) {
      const at = before === null ? i : before[i];
      after[next[digitOf(at)]++] = at;
    }
    return after;
  }

  /** A signed 32-bit integer as an unsigned one in the same order. */
  parts.sortable = (value) => (value ^ 0x80000000) >>> 0;

  /** The rows in the order of their ends: with it, a window's start moves by what it crosses alone. */
  parts.orderByEnd = ({ n, end }) => parts.orderBy(n, (row) => parts.sortable(end[row]));
})();
