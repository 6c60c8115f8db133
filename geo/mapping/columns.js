// Fetches the packed columns and the labels (docs/protocol.md) and gives typed arrays over them.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const MAGIC = 0x444c4331; // "DLC1"
  const HEAD = 8;
  const BYTES_PER_EVENT = 20;

  /** What stands in the longitude and latitude of an event that has no point. */
  parts.NOWHERE = 2147483647;

  /** The indices of precision below this one (site, town) are drawn solid; the others are hollow in a disc. */
  parts.VAGUE_FROM = 2;

  /** Typed arrays over the buffer, without copying, and `latestEnd`: the running maximum of `end`. */
  parts.unpack = function (buffer) {
    const view = new DataView(buffer);
    if (buffer.byteLength < HEAD || view.getUint32(0, false) !== MAGIC) throw new Error('these are no packed columns');
    const n = view.getUint32(4, true);
    if (buffer.byteLength < HEAD + BYTES_PER_EVENT * n) throw new Error(`packed columns of ${n} events are cut short`);
    const columns = {
      n,
      start: new Int32Array(buffer, HEAD, n),
      end: new Int32Array(buffer, HEAD + 4 * n, n),
      lon: new Int32Array(buffer, HEAD + 8 * n, n),
      lat: new Int32Array(buffer, HEAD + 12 * n, n),
      uncertainty: new Uint16Array(buffer, HEAD + 16 * n, n),
      kind: new Uint8Array(buffer, HEAD + 18 * n, n),
      precision: new Uint8Array(buffer, HEAD + 19 * n, n),
    };
    columns.latestEnd = runningMaximum(columns.end);
    return columns;
  };

  // Rows are sorted by start, not by end. Where even the latest end so far lies before the window, no row can reach into it.
  function runningMaximum(values) {
    const result = new Int32Array(values.length);
    let highest = -2147483648;
    for (let i = 0; i < values.length; i += 1) {
      if (values[i] > highest) highest = values[i];
      result[i] = highest;
    }
    return result;
  }

  /** The first index of a sorted array whose value is at least `value`. */
  parts.firstAtLeast = function (sorted, value) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  async function get(url) {
    const answer = await fetch(url, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return answer;
  }

  parts.fetchColumns = async (url) => parts.unpack(await (await get(url)).arrayBuffer());

  /** The labels, `[id, title, when, place]` a row. */
  parts.fetchLabels = async function (url) {
    const { rows } = await (await get(url)).json();
    if (!Array.isArray(rows)) throw new Error(`${url} holds no rows`);
    return rows;
  };
})();
