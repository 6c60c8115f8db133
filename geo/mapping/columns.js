// Reads the packed columns (docs/protocol.md) as they arrive, into typed arrays; the map and the scrubber both use it.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const WHOLE = 0x444c4331; // "DLC1": one chunk, starts and ends as they are
  const CHUNKED = 0x444c4332; // "DLC2"
  const BYTES_PER_EVENT = 20;
  const MOST_EVENTS = 50_000_000; // 1 GB of columns: beyond this a header is wrong, or no browser could hold what it tells of
  const MOST_CHUNK = 1_048_576;
  const LESS_OFTEN = 4; // a part is handed out when this many times as much has come as the time before: what is built of parts costs a third more

  /** What stands in the longitude and latitude of an event that has no point. */
  parts.NOWHERE = 2147483647;

  /** The indices of precision below this one (site, town) are drawn solid; the others are hollow in a disc. */
  parts.VAGUE_FROM = 2;

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

  /** The arrays for all events of a header; without `places`, those of time alone. */
  function emptyColumns({ total, box, lastEnd }, places) {
    const columns = { total, box, lastEnd, earliestEnd: 2147483647, n: 0, start: new Int32Array(total), end: new Int32Array(total), latestEnd: new Int32Array(total) };
    if (!places) return columns;
    return Object.assign(columns, {
      lon: new Int32Array(total), lat: new Int32Array(total), uncertainty: new Uint16Array(total),
      kind: new Uint8Array(total), precision: new Uint8Array(total), kinds: new Set(),
    });
  }

  /** The first `n` rows of columns, as columns. Nothing is copied. */
  function firstRows(columns, n) {
    const arrays = Object.entries(columns).filter(([, value]) => ArrayBuffer.isView(value));
    return { ...columns, n, ...Object.fromEntries(arrays.map(([name, value]) => [name, value.subarray(0, n)])) };
  }

  function headerOf(bytes) {
    const view = new DataView(bytes.buffer);
    const magic = view.getUint32(0, false);
    if (magic !== WHOLE && magic !== CHUNKED) throw new Error('these are no packed columns');
    const total = view.getUint32(4, true);
    if (total > MOST_EVENTS) throw new Error(`packed columns of ${total} events are more than a browser can hold`);
    return { total, plain: magic === WHOLE, rows: total, lastEnd: null, box: null };
  }

  function restOfHeader(header, bytes) {
    const view = new DataView(bytes.buffer);
    const rows = view.getUint32(0, true);
    if (rows < 8 || rows > MOST_CHUNK || rows % 8) throw new Error(`packed columns in chunks of ${rows} events are not what the protocol knows`);
    const [west, south, east, north] = [8, 12, 16, 20].map((at) => view.getInt32(at, true));
    const told = ![west, south, east, north].includes(parts.NOWHERE);
    const box = told ? { west: west / 1e7, south: south / 1e7, east: (east < west ? east / 1e7 + 360 : east / 1e7), north: north / 1e7 } : null;
    return { ...header, rows, lastEnd: header.total ? view.getInt32(4, true) : null, box };
  }

  /** Put one chunk of `m` rows behind those that are there. Rows are sorted by start; `latestEnd` is the running maximum of `end`. */
  function appendChunk(columns, bytes, m, plain) {
    const at = columns.n;
    const starts = new Int32Array(bytes.buffer, 0, m);
    const ends = new Int32Array(bytes.buffer, 4 * m, m);
    let latest = at ? columns.latestEnd[at - 1] : -2147483648;
    for (let i = 0, start = 0; i < m; i += 1) {
      start = plain ? starts[i] : (start + starts[i]) | 0;
      const end = plain ? ends[i] : (start + ends[i]) | 0;
      columns.start[at + i] = start;
      columns.end[at + i] = end;
      if (end > latest) latest = end;
      if (end < columns.earliestEnd) columns.earliestEnd = end;
      columns.latestEnd[at + i] = latest;
    }
    columns.n += m;
    if (!columns.kind) return;
    columns.lon.set(new Int32Array(bytes.buffer, 8 * m, m), at);
    columns.lat.set(new Int32Array(bytes.buffer, 12 * m, m), at);
    columns.uncertainty.set(new Uint16Array(bytes.buffer, 16 * m, m), at);
    columns.kind.set(new Uint8Array(bytes.buffer, 18 * m, m), at);
    columns.precision.set(new Uint8Array(bytes.buffer, 19 * m, m), at);
    const seen = new Uint8Array(256);
    for (let i = at; i < columns.n; i += 1) seen[columns.kind[i]] = 1;
    seen.forEach((is, kind) => { if (is) columns.kinds.add(kind); });
  }

  /** Takes bytes in pieces of any size and makes columns of them. */
  class Reader {
    constructor(places) {
      Object.assign(this, { _places: places, _header: null, _wanted: new Uint8Array(8), _filled: 0, _step: this._onMagic, columns: null });
    }

    take(bytes) {
      for (let at = 0; at < bytes.length && this._wanted; ) {
        const piece = bytes.subarray(at, at + this._wanted.length - this._filled);
        this._wanted.set(piece, this._filled);
        this._filled += piece.length;
        at += piece.length;
        if (this._filled === this._wanted.length) this._step(this._wanted);
      }
    }

    get complete() {
      return this.columns !== null && this.columns.n === this.columns.total;
    }

    _want(bytes, step) {
      Object.assign(this, { _wanted: bytes ? new Uint8Array(bytes) : null, _filled: 0, _step: step });
    }

    _onMagic(bytes) {
      this._header = headerOf(bytes);
      if (this._header.plain) this._begin();
      else this._want(24, this._onHeader);
    }

    _onHeader(bytes) {
      this._header = restOfHeader(this._header, bytes);
      this._begin();
    }

    _begin() {
      this.columns = emptyColumns(this._header, this._places);
      this._wantChunk();
    }

    _wantChunk() {
      const m = Math.min(this._header.rows, this.columns.total - this.columns.n);
      this._want(m * BYTES_PER_EVENT, (bytes) => {
        appendChunk(this.columns, bytes, m, this._header.plain);
        this._wantChunk();
      });
    }
  }

  async function get(url, signal) {
    const answer = await fetch(url, { credentials: 'same-origin', signal });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return answer;
  }

  /**
   * The columns at an address: `n` of `total` events, typed arrays, `latestEnd`, the set `kinds`, `box` in degrees and `lastEnd` if the
   * header tells them. `onPart(columns)` gets the first rows while the others are on their way, so long as they come. Without `places`
   * only times are kept. Throws if the bytes are something else or cut short.
   */
  parts.fetchColumns = async function (url, { onPart = null, places = true, signal } = {}) {
    const reader = new Reader(places);
    const stream = (await get(url, signal)).body.getReader();
    let next = 1;
    try {
      for (let piece = await stream.read(); !piece.done; piece = await stream.read()) {
        reader.take(piece.value);
        const come = reader.columns ? reader.columns.n : 0;
        if (!onPart || come < next || reader.complete) continue;
        next = come * LESS_OFTEN;
        onPart(firstRows(reader.columns, come));
      }
    } catch (error) {
      stream.cancel().catch(() => {});
      throw error;
    }
    if (!reader.complete) throw new Error(reader.columns ? `packed columns of ${reader.columns.total} events are cut short` : 'these are no packed columns');
    return reader.columns;
  };

  async function rowsAt(url, signal) {
    const { rows } = await (await get(url, signal)).json();
    if (!Array.isArray(rows)) throw new Error(`${url} holds no rows`);
    return rows;
  }

  /** All labels, `[id, title, when, place]` a row. */
  parts.fetchLabels = (url) => rowsAt(url);

  /** The labels of one block of rows. */
  parts.fetchLabelBlock = (url, block) => rowsAt(`${url}${url.includes('?') ? '&' : '?'}block=${block}`);
})();
