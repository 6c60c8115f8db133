// Knows which events the window and the mask show, and counts them by place.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});

  /** What `kind[place]` holds when the events shown there are of several kinds. */
  parts.MIXED = 255;

  parts.Shown = class {
    /** All arrays are made here, once, so that a frame allocates nothing. */
    constructor(columns, places) {
      this.columns = columns;
      this.places = places;
      this.count = 0; // events shown, placed or not
      this.total = new Int32Array(places.count); // events shown at each place
      // What `look` found out of a place; right as long as `seen` is the `version` of the window and the mask.
      this.kind = new Uint8Array(places.count);
      this.solid = new Uint8Array(places.count); // 1 if any event shown there is placed to a site or town
      this.vague = new Uint8Array(places.count); // 1 if any is not
      this.earliest = new Int32Array(places.count); // the first row shown there
      this._seen = new Int32Array(places.count);
      this._version = 0;
      this._byEnd = null;
    }

    /** Take a window (minutes, half-open) and a mask (a bitset, or null for all): what entered and what left is counted, or all anew if that is less. */
    update(from, to, mask) {
      const before = this._version ? { from: this.from, to: this.to, mask: this.mask } : null;
      Object.assign(this, { from, to, mask: mask || null });
      this._version += 1;
      if (before && before.mask === this.mask && this._move(before)) return;
      this._countAnew();
    }

    /** Whether a row is shown. */
    has(row) {
      const { start, end, n } = this.columns;
      return row >= 0 && row < n && start[row] < this.to && end[row] > this.from && this._passes(row);
    }

    /** The rows shown at one place, earliest first; with `most`, no more than that. */
    rowsAt(place, most = Infinity) {
      const { rows } = this.places;
      const found = [];
      const [from, to] = this._spanAt(place);
      for (let at = from; at < to && found.length < most; at += 1) if (this.has(rows[at])) found.push(rows[at]);
      return found;
    }

    /** All rows shown, in the order of the columns; with `most`, no more than that. */
    rows(most = Infinity) {
      const rows = new Int32Array(Math.min(most, this.count));
      let count = 0;
      for (let row = this._firstRow(); count < rows.length; row += 1) if (this.has(row)) rows[count++] = row;
      return rows;
    }

    /** Find out what the mark of a place looks like now. It is asked for the marks in view alone. */
    look(place) {
      if (this._seen[place] === this._version) return;
      this._seen[place] = this._version;
      const { kind: kinds, precision } = this.columns;
      const { rows } = this.places;
      const [from, to] = this._spanAt(place);
      let [kind, solid, vague] = [-1, 0, 0];
      this.earliest[place] = -1;
      for (let at = from; at < to && !(kind === parts.MIXED && solid && vague); at += 1) {
        const row = rows[at];
        if (!this.has(row)) continue;
        if (kind < 0) this.earliest[place] = row;
        kind = kind < 0 || kind === kinds[row] ? kinds[row] : parts.MIXED;
        if (precision[row] >= parts.VAGUE_FROM) vague = 1;
        else solid = 1;
      }
      this.kind[place] = kind;
      this.solid[place] = solid;
      this.vague[place] = vague;
    }

    _passes(row) {
      return this.mask === null || ((this.mask[row >> 3] >> (row & 7)) & 1) === 1;
    }

    // `start` and `latestEnd` are sorted, so two binary searches leave only the rows that can meet the window.
    _firstRow() {
      return parts.firstAtLeast(this.columns.latestEnd, this.from + 1);
    }

    /** Where in `places.rows` the rows of a place that can meet the window are. */
    _spanAt(place) {
      const { first, rows } = this.places;
      const here = rows.subarray(first[place], first[place + 1]);
      const stop = parts.firstAtLeast(this.columns.start, this.to);
      return [first[place] + parts.firstAtLeast(here, this._firstRow()), first[place] + parts.firstAtLeast(here, stop)];
    }

    _countAnew() {
      const { start, end, latestEnd, n } = this.columns;
      const { total, from, mask } = this;
      const { of, first, count: places } = this.places;
      const stop = parts.firstAtLeast(start, this.to);
      if (mask === null && stop === n && this.columns.earliestEnd > from) {
        for (let place = 0; place < places; place += 1) total[place] = first[place + 1] - first[place];
        this.count = n;
        return;
      }
      total.fill(0);
      let count = 0;
      for (let row = parts.firstAtLeast(latestEnd, from + 1); row < stop; row += 1) {
        if (end[row] <= from) continue;
        if (mask !== null && ((mask[row >> 3] >> (row & 7)) & 1) === 0) continue;
        count += 1;
        if (of[row] >= 0) total[of[row]] += 1;
      }
      this.count = count;
    }

    _ends() {
      this._byEnd = this._byEnd || parts.orderByEnd(this.columns);
      return this._byEnd;
    }

    /** The number of rows, in the order of their ends, that are over at a minute. */
    _endedBy(minute) {
      const { end } = this.columns;
      const byEnd = this._ends();
      let low = 0;
      let high = byEnd.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (end[byEnd[middle]] <= minute) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    /** Count what crossed the moved ends; false if to count anew is less work. First the end moves, with the old start, then the start. */
    _move(before) {
      const { start, end } = this.columns;
      const began = [parts.firstAtLeast(start, before.to), parts.firstAtLeast(start, this.to)];
      const ended = [this._endedBy(before.from), this._endedBy(this.from)];
      const crossed = Math.abs(began[1] - began[0]) + Math.abs(ended[1] - ended[0]);
      if (crossed > began[1] - this._firstRow() + this.places.count) return false;
      const grows = began[1] >= began[0] ? 1 : -1;
      for (let row = Math.min(...began); row < Math.max(...began); row += 1) if (end[row] > before.from) this._add(row, grows);
      const byEnd = this._ends();
      const leaves = ended[1] >= ended[0] ? -1 : 1;
      for (let at = Math.min(...ended); at < Math.max(...ended); at += 1) if (start[byEnd[at]] < this.to) this._add(byEnd[at], leaves);
      return true;
    }

    _add(row, by) {
      if (!this._passes(row)) return;
      this.count += by;
      const place = this.places.of[row];
      if (place >= 0) this.total[place] += by;
    }
  };
})();
