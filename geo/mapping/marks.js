// Draws marks: shape and colour say the kind, solid or hollow says how well the place is known.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const CANVAS = 20; // the size of the shapes' own canvas (geo/kinds.py)
  const HALO = 1.5;
  const HOLLOW_LINE = 2.5;
  const SOLID_LINE = 1.2;
  const ROOM = 4; // around a shape, for its outline and halo

  /** The colours and the font of the canvas, read from map.css so that they are written down once. */
  parts.palette = function (container) {
    const style = getComputedStyle(container);
    const read = (name) => style.getPropertyValue(`--dl-${name}`).trim();
    const densityOf = () => ({ density: read('density').split(/\s+/), densityInks: read('density-inks').split(/\s+/) });
    return { paper: read('paper'), ink: read('ink'), accent: read('accent'), lift: Number(read('lift')), font: style.fontFamily, ...densityOf() };
  };

  /** A kind's colour for a palette: on a dark map it is lifted towards the ink, or the blues would sink into the land. */
  parts.kindColour = (kind, palette) => parts.mix(kind.colour, palette.ink, palette.lift);

  /** Two `#rrggbb` colours mixed; `share` of the second. */
  parts.mix = function (one, other, share) {
    const channel = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
    const mixed = [1, 3, 5].map((at) => Math.round(channel(one, at) * (1 - share) + channel(other, at) * share));
    return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  };

  /** The mark of several kinds at one place: a circle in ink, which is no kind's colour, large enough for a number. */
  const SEVERAL = { path: 'M10 0.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19Z' };

  parts.Marks = class {
    /** `kinds` as in geo/kinds.py: `{code, label, colour, path}` each; `size` in CSS pixels. */
    constructor(kinds, size) {
      this.kinds = kinds;
      this.size = size;
      this.palette = null;
      this.ratio = 1;
      this._sprites = new Map();
      this._counts = new Map();
    }

    /** The palette and the device's pixel ratio that sprites are drawn for; a change discards them. */
    dress(palette, ratio) {
      if (palette === this.palette && ratio === this.ratio) return;
      Object.assign(this, { palette, ratio });
      this._sprites.clear();
      this._counts.clear();
    }

    colour(kind) {
      if (kind === parts.MIXED) return this.palette.ink;
      return parts.kindColour(this.kinds[kind] || this.kinds[this.kinds.length - 1], this.palette);
    }

    /** Draw a mark centred on x, y. `grow` makes it larger, for the chosen one. */
    draw(context, x, y, kind, solid, grow = 1) {
      this._place(context, this._sprite(kind, solid, grow), x, y);
    }

    /** Draw the number of events at one place: in the mark if it stands for several kinds, else at its upper right. */
    drawCount(context, x, y, kind, solid, number, grow) {
      const mixed = kind === parts.MIXED;
      const text = number > 99 ? '99+' : String(number);
      const key = `${text} ${mixed ? solid : 'badge'}`;
      if (!this._counts.has(key)) this._counts.set(key, mixed ? this._paintNumber(text, solid) : this._paintBadge(text));
      const away = mixed ? 0 : this.size * grow * 0.52;
      this._place(context, this._counts.get(key), x + away, y - away);
    }

    /** The ring around the chosen mark. */
    drawChosenRing(context, x, y) {
      const radius = this.size * 0.95;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.lineWidth = 5.5;
      context.strokeStyle = this.palette.paper;
      context.stroke();
      context.lineWidth = 2.5;
      context.strokeStyle = this.palette.ink;
      context.stroke();
    }

    // Whole device pixels keep an outline sharp; that moves a mark by half a pixel at most.
    _place(context, sprite, x, y) {
      const { ratio } = this;
      const width = sprite.width / ratio;
      const height = sprite.height / ratio;
      context.drawImage(sprite, Math.round((x - width / 2) * ratio) / ratio, Math.round((y - height / 2) * ratio) / ratio, width, height);
    }

    _sprite(kind, solid, grow) {
      const key = kind * 64 + (solid ? 32 : 0) + Math.round(grow * 8);
      if (!this._sprites.has(key)) this._sprites.set(key, this._paintMark(kind, solid, grow));
      return this._sprites.get(key);
    }

    _paintMark(kind, solid, grow) {
      const size = this.size * grow;
      const { canvas, context } = this._sheet(size + 2 * ROOM, size + 2 * ROOM);
      const { path } = kind === parts.MIXED ? SEVERAL : this.kinds[kind] || this.kinds[this.kinds.length - 1];
      const outline = new Path2D();
      outline.addPath(new Path2D(path), new DOMMatrix([size / CANVAS, 0, 0, size / CANVAS, ROOM, ROOM]));
      const colour = this.colour(kind);
      const line = solid ? SOLID_LINE : HOLLOW_LINE;
      context.lineJoin = 'round';
      context.lineWidth = line + 2 * HALO;
      context.strokeStyle = this.palette.paper;
      context.stroke(outline);
      context.globalAlpha = solid ? 1 : 0.6;
      context.fillStyle = solid ? colour : this.palette.paper;
      context.fill(outline);
      context.globalAlpha = 1;
      context.lineWidth = line;
      context.strokeStyle = solid ? parts.mix(colour, this.palette.ink, 0.45) : colour;
      context.stroke(outline);
      return canvas;
    }

    _paintNumber(text, solid) {
      const { canvas, context } = this._sheet(24, 18);
      this._write(context, text, 12, 9.5, solid ? this.palette.paper : this.palette.ink);
      return canvas;
    }

    _paintBadge(text) {
      const wide = Math.max(15, 8 + 6.5 * text.length);
      const { canvas, context } = this._sheet(wide + 3, 18);
      context.beginPath();
      context.roundRect(1.5, 1.5, wide, 15, 7.5);
      context.fillStyle = this.palette.ink;
      context.fill();
      context.lineWidth = HALO;
      context.strokeStyle = this.palette.paper;
      context.stroke();
      this._write(context, text, 1.5 + wide / 2, 9.5, this.palette.paper);
      return canvas;
    }

    _write(context, text, x, y, ink) {
      Object.assign(context, { fillStyle: ink, font: `600 11px ${this.palette.font}`, textAlign: 'center', textBaseline: 'middle' });
      context.fillText(text, x, y);
    }

    _sheet(width, height) {
      const canvas = document.createElement('canvas');
      canvas.width = Math.ceil(width * this.ratio);
      canvas.height = Math.ceil(height * this.ratio);
      const context = canvas.getContext('2d');
      context.scale(this.ratio, this.ratio);
      return { canvas, context };
    }
  };
})();
