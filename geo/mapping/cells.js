// Counts the events shown in the cells of a square grid, for the part of the world in view.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const CELLS_PER_TILE = 3; // levels of the grid below a tile of 256 pixels: cells of 32 at whole zooms
  const SOONER = 0.25 + 1e-6; // at three quarters of a zoom level the next grid takes over: cells are 27 to 45 pixels wide

  /** The level of the grid at a zoom: 2 ** level cells along one edge of the world. */
  parts.gridLevel = (zoom) => Math.max(1, Math.min(parts.DEPTH, Math.floor(zoom + SOONER) + CELLS_PER_TILE));

  /** The cells with any event shown, as arrays that grow and are used again: a frame allocates nothing. */
  parts.Cells = class {
    constructor() {
      Object.assign(this, { count: 0, level: 1, marks: 0 });
      this.column = new Int32Array(1024); // of the grid, from the west
      this.row = new Int32Array(1024); // from the north
      this.events = new Int32Array(1024); // shown there
      this.filled = new Int32Array(1024); // places with any of them
      this.from = new Int32Array(1024); // the run of places in the cell
      this.to = new Int32Array(1024);
    }

    /** Count by the cells of a level, in runs of places that hold whole cells (`runsInView`). `total` is the events shown at each place. */
    gather({ code }, total, runs, level) {
      const shift = 2 * (parts.DEPTH - level);
      Object.assign(this, { count: 0, level, marks: 0 });
      for (const [from, to] of runs) {
        for (let at = from; at < to; ) {
          const first = at;
          const cell = code[at] >>> shift;
          let events = 0;
          let filled = 0;
          for (; at < to && code[at] >>> shift === cell; at += 1) {
            events += total[at];
            if (total[at] > 0) filled += 1;
          }
          if (filled) this._add(cell, events, filled, first, at);
        }
      }
    }

    _add(cell, events, filled, from, to) {
      if (this.count === this.events.length) this._enlarge();
      const at = this.count++;
      this.marks += filled;
      this.column[at] = parts.zOrderX(cell);
      this.row[at] = parts.zOrderY(cell);
      this.events[at] = events;
      this.filled[at] = filled;
      this.from[at] = from;
      this.to[at] = to;
    }

    _enlarge() {
      for (const name of ['column', 'row', 'events', 'filled', 'from', 'to']) {
        const larger = new Int32Array(this[name].length * 2);
        larger.set(this[name]);
        this[name] = larger;
      }
    }
  };
})();
