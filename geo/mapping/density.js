// Draws crowded cells as squares: the darker (on a dark map the lighter), the more events, with their number.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const STEPS = 24;
  const MOST = 100_000; // events from which on a square is as strong as it gets; the scale is logarithmic
  const GAP = 1;
  const CORNER = 3;
  const TEXT_ROOM = 1;
  const ROOMY = 32; // pixels: in narrower squares the numbers are smaller
  const MOST_NUMBERS = 3000; // kept as pictures

  /** A number in three or four characters: 999, 1.2k, 12k, 1.2M. */
  parts.shortNumber = function (number) {
    if (number < 1000) return String(number);
    const [unit, sign] = number < 999_500 ? [1000, 'k'] : [1_000_000, 'M'];
    const share = number / unit;
    return `${share < 9.95 ? Number(share.toFixed(1)) : Math.round(share)}${sign}`;
  };

  /** The step of the scale for a number of events. */
  const stepOf = (events) => Math.min(STEPS - 1, Math.floor((Math.log(events) / Math.log(MOST)) * STEPS));

  /** `steps` colours along stops that are as far apart as they look (map.css): between neighbours a plain mix is near enough. */
  function scaleOf(stops, steps) {
    return Array.from({ length: steps }, (_, at) => {
      const along = (at / (steps - 1)) * (stops.length - 1);
      const stop = Math.min(stops.length - 2, Math.floor(along));
      return parts.mix(stops[stop], stops[stop + 1], along - stop);
    });
  }

  /** Relative luminance as WCAG 2 has it. */
  function luminance(hex) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }

  parts.Density = class {
    constructor() {
      this._palette = null;
      this._ratio = 0;
      this._steps = [];
      this._numbers = new Map();
      this._drawn = { count: 0, west: new Float32Array(256), north: new Float32Array(256), cell: new Int32Array(256), side: 0 };
    }

    /** The palette and the device's pixel ratio to draw for. */
    dress(palette, ratio) {
      if (palette === this._palette && ratio === this._ratio) return;
      Object.assign(this, { _palette: palette, _ratio: ratio });
      this._numbers.clear();
      this._steps = scaleOf(palette.density, STEPS).map((fill) => {
        const text = contrast(fill, palette.densityInks[0]) >= contrast(fill, palette.densityInks[1]) ? palette.densityInks[0] : palette.densityInks[1];
        return { fill, text };
      });
    }

    /**
     * Draw the cells of `cells` that `crowded(cell)` holds for, in each copy of the world in view; gives the number of events in them.
     * `view` as of CanvasLayer.
     */
    draw(context, view, cells, crowded) {
      const drawn = this._drawn;
      drawn.count = 0;
      drawn.side = view.world / 2 ** cells.level;
      let events = 0;
      for (let cell = 0; cell < cells.count; cell += 1) if (crowded(cell) && this._place(view, cells, cell)) events += cells.events[cell];
      this._fill(context, cells);
      this._write(context, cells);
      return events;
    }

    /** Nothing is drawn as density. */
    clear() {
      this._drawn.count = 0;
    }

    get any() {
      return this._drawn.count > 0;
    }

    /** The drawn square at a point of the canvas, as the number of its cell and its middle; null where none is. */
    at(x, y) {
      const { count, west, north, cell, side } = this._drawn;
      for (let i = 0; i < count; i += 1) {
        if (x >= west[i] && x < west[i] + side && y >= north[i] && y < north[i] + side) return { cell: cell[i], x: west[i] + side / 2, y: north[i] + side / 2 };
      }
      return null;
    }

    /** Put a frame around the square at a point. */
    frame(context, { x, y }) {
      const { side } = this._drawn;
      context.beginPath();
      this._square(context, x - side / 2, y - side / 2);
      context.lineWidth = 4;
      context.strokeStyle = this._palette.paper;
      context.stroke();
      context.lineWidth = 2;
      context.strokeStyle = this._palette.ink;
      context.stroke();
    }

    /** Squares for the legend: a colour and the words for it each. */
    swatches() {
      return [10, 100, 1000, 10_000, MOST].map((events) => ({ fill: this._steps[stepOf(events)].fill, text: parts.shortNumber(events) }));
    }

    _place(view, cells, cell) {
      const drawn = this._drawn;
      const { side } = drawn;
      const north = cells.row[cell] * side - view.top;
      if (north + side < 0 || north > view.height) return false;
      let west = cells.column[cell] * side - view.left;
      west -= Math.floor((west + side) / view.world) * view.world;
      let any = false;
      for (; west <= view.width; west += view.world) {
        if (drawn.count === drawn.cell.length) enlarge(drawn);
        drawn.west[drawn.count] = west;
        drawn.north[drawn.count] = north;
        drawn.cell[drawn.count++] = cell;
        any = true;
      }
      return any;
    }

    // One path for all squares of a step: filling is what costs. Paper lies under all of them, or names on the base map would show in the gaps.
    _fill(context, cells) {
      const { count, west, north, cell, side } = this._drawn;
      context.beginPath();
      for (let i = 0; i < count; i += 1) context.rect(west[i] - GAP, north[i] - GAP, side + GAP, side + GAP);
      context.fillStyle = this._palette.paper;
      context.fill();
      const bySteps = this._steps.map(() => []);
      for (let i = 0; i < count; i += 1) bySteps[stepOf(cells.events[cell[i]])].push(i);
      bySteps.forEach((members, step) => {
        if (!members.length) return;
        context.beginPath();
        for (const i of members) this._square(context, west[i], north[i]);
        context.fillStyle = this._steps[step].fill;
        context.fill();
      });
    }

    // Whole device pixels on every side, so that all gaps are as wide as one another.
    _square(context, west, north) {
      const snap = (value) => Math.round(value * this._ratio) / this._ratio;
      const { side } = this._drawn;
      const [left, top] = [snap(west), snap(north)];
      context.roundRect(left, top, snap(west + side) - left - GAP, snap(north + side) - top - GAP, CORNER);
    }

    _write(context, cells) {
      const { count, west, north, cell, side } = this._drawn;
      const middle = (side - GAP) / 2;
      for (let i = 0; i < count; i += 1) {
        const picture = this._number(cells.events[cell[i]]);
        const [width, height] = [picture.width / this._ratio, picture.height / this._ratio];
        if (width > side - GAP - TEXT_ROOM) continue;
        const snap = (value) => Math.round(value * this._ratio) / this._ratio;
        context.drawImage(picture, snap(west[i] + middle - width / 2), snap(north[i] + middle - height / 2), width, height);
      }
    }

    /** A number written once and kept as a picture: to write a thousand anew each frame would cost more than all the rest. */
    _number(events) {
      const text = parts.shortNumber(events);
      const ink = this._steps[stepOf(events)].text;
      const size = this._drawn.side < ROOMY ? 10 : 11;
      const key = `${text} ${ink} ${size}`;
      if (!this._numbers.has(key)) {
        if (this._numbers.size >= MOST_NUMBERS) this._numbers.clear();
        this._numbers.set(key, parts.wordPicture(text, ink, `600 ${size}px ${this._palette.font}`, this._ratio));
      }
      return this._numbers.get(key);
    }
  };

  /** A word as a canvas of its own, as wide as it is. */
  parts.wordPicture = function (text, ink, font, ratio) {
    const canvas = document.createElement('canvas');
    let context = canvas.getContext('2d');
    context.font = font;
    canvas.width = Math.ceil((context.measureText(text).width + 1) * ratio);
    canvas.height = Math.ceil(14 * ratio);
    context = canvas.getContext('2d'); // a new size is a new state
    context.scale(ratio, ratio);
    Object.assign(context, { font, fillStyle: ink, textAlign: 'center', textBaseline: 'middle' });
    context.fillText(text, canvas.width / ratio / 2, 7.5);
    return canvas;
  };

  function enlarge(drawn) {
    for (const name of ['west', 'north', 'cell']) {
      const larger = new drawn[name].constructor(drawn[name].length * 2);
      larger.set(drawn[name]);
      drawn[name] = larger;
    }
  }
})();
