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
      this.rows = new Int32Array(columns.n); // the rows shown, in the order of the columns
      this.count = 0;
      this.total = new Int32Array(places.count); // events shown at each place
      this.kind = new Uint8Array(places.count);
      this.solid = new Uint8Array(places.count); // 1 if any event shown there is placed to a site or town
      this.vague = new Uint8Array(places.count); // 1 if any is not
      this.touched = new Int32Array(places.count); // the places with any event shown, in the order of their first
      this.touchedCount = 0;
    }

    /** Take a window (minutes, half-open) and a mask (a bitset, or null for all) and count anew. */
    update(from, to, mask) {
      Object.assign(this, { from, to, mask });
      this._select();
      this._tally();
    }

    /** Whether a row is shown. */
    has(row) {
      const { start, end, n } = this.columns;
      if (row < 0 || row >= n || !(start[row] < this.to && end[row] > this.from)) return false;
      return this.mask === null || undefined === this.mask || ((this.mask[row >> 3] >> (row & 7)) & 1) === 1;
    }

    /** The rows shown at one place, earliest first. */
    rowsAt(place) {
      const { first, rows } = this.places;
      return Array.from(rows.subarray(first[place], first[place + 1])).filter((row) => this.has(row));
    }

    // `start` and `latestEnd` are sorted, so two binary searches leave only the rows that can meet the window.
    _select() {
      const { start, end, latestEnd } = this.columns;
      const { rows, from, to, mask } = this;
      const stop = parts.firstAtLeast(start, to);
      let count = 0;
      for (let row = parts.firstAtLeast(latestEnd, from + 1); row < stop; row += 1) {
        if (end[row] <= from) continue;
        if (mask && ((mask[row >> 3] >> (row & 7)) & 1) === 0) continue;
        rows[count++] = row;
      }
      this.count = count;
    }

    _tally() {
      const { kind: kinds, precision } = this.columns;
      const { rows, count, total, kind, solid, vague, touched } = this;
      const { of } = this.places;
      for (let i = 0; i < this.touchedCount; i += 1) total[touched[i]] = 0;
      let places = 0;
      for (let i = 0; i < count; i += 1) {
        const row = rows[i];
        const place = of[row];
        if (place < 0) continue;
        const isVague = precision[row] >= parts.VAGUE_FROM ? 1 : 0;
        if (total[place]++ === 0) {
          touched[places++] = place;
          kind[place] = kinds[row];
          solid[place] = 1 - isVague;
          vague[place] = isVague;
        } else {
          if (kind[place] !== kinds[row]) kind[place] = parts.MIXED;
          if (isVague) vague[place] = 1;
          else solid[place] = 1;
        }
      }
      this.touchedCount = places;
    }
  };
})();
