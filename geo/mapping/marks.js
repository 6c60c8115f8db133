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
    return { paper: read('paper'), ink: read('ink'), accent: read('accent'), font: style.fontFamily };
  };

  /** Two `#rrggbb` colours mixed; `share` of the second. */
  parts.mix = function (one, other, share) {
    const channel = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
    const mixed = [1, 3, 5].map((at) => Math.round(channel(one, at) * (1 - share) + channel(other, at) * share));
    return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  };

  /** The mark of a stack of several kinds: a circle in ink, which is no kind's colour. */
  const STACK = { path: 'M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16Z' };

  parts.Marks = class {
    /** `kinds` as in geo/kinds.py: `{code, label, colour, path}` each; `size` in CSS pixels. */
    constructor(kinds, size) {
      this.kinds = kinds;
      this.size = size;
      this.palette = null;
      this.ratio = 1;
      this._sprites = new Map();
      this._badges = new Map();
    }

    /** The palette and the device's pixel ratio that sprites are drawn for; a change discards them. */
    dress(palette, ratio) {
      if (palette === this.palette && ratio === this.ratio) return;
      Object.assign(this, { palette, ratio });
      this._sprites.clear();
      this._badges.clear();
    }

    colour(kind) {
      if (kind === parts.MIXED) return this.palette.ink;
      return (this.kinds[kind] || this.kinds[this.kinds.length - 1]).colour;
    }

    /** Draw a mark centred on x, y. `grow` makes it larger, for the chosen one. */
    draw(context, x, y, kind, solid, grow = 1) {
      this._place(context, this._sprite(kind, solid, grow), x, y);
    }

    /** Draw the number of events at one place, at the upper right of their mark. */
    drawBadge(context, x, y, number) {
      const text = number > 999 ? '999+' : String(number);
      if (!this._badges.has(text)) this._badges.set(text, this._paintBadge(text));
      this._place(context, this._badges.get(text), x + this.size * 0.52, y - this.size * 0.52);
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
      const { path } = kind === parts.MIXED ? STACK : this.kinds[kind] || this.kinds[this.kinds.length - 1];
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

    _paintBadge(text) {
      const width = 8 + 6.5 * text.length;
      const { canvas, context } = this._sheet(Math.max(15, width) + 3, 18);
      const wide = Math.max(15, width);
      context.beginPath();
      context.roundRect(1.5, 1.5, wide, 15, 7.5);
      context.fillStyle = this.palette.ink;
      context.fill();
      context.lineWidth = HALO;
      context.strokeStyle = this.palette.paper;
      context.stroke();
      context.fillStyle = this.palette.paper;
      context.font = `600 11px ${this.palette.font}`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(text, 1.5 + wide / 2, 9.5);
      return canvas;
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
