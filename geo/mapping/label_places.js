// Finds places for labels on the map: in view, on nothing that matters, not on one another.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const LINE_HEIGHT = 15;
  const AWAY = 8;

  /**
   * The box of a label of `lines` with the widest `width` pixels wide. A spot is `[x, y, side]`: with side 0 the label is centred on it,
   * with 1 or -1 it stands to the right or left of it.
   */
  function boxAt([x, y, side = 0], width, lines) {
    const middle = x + side * (width / 2 + AWAY);
    const [halfWidth, halfHeight] = [width / 2 + 4, (lines * LINE_HEIGHT) / 2];
    return { west: middle - halfWidth, east: middle + halfWidth, north: y - halfHeight, south: y + halfHeight };
  }

  const apart = (a, b) => a.east < b.west || a.west > b.east || a.south < b.north || a.north > b.south;

  parts.LabelPlaces = class {
    /** `firm` boxes are never written on; on `soft` ones (the marks of events) only a label that would otherwise be lost is. */
    constructor(view, { firm, soft }) {
      Object.assign(this, { _view: view, _firm: [...firm], _soft: soft });
    }

    /**
     * Take a place for a label: `wordings` are tried in their order, each an array of lines, on each of the `spots`. Returns
     * `{lines, box}` or null. With `must`, marks may be written on before the label is given up.
     */
    take(wordings, spots, measure, must) {
      return this._find(wordings, spots, measure, this._soft) || (must ? this._find(wordings, spots, measure, []) : null);
    }

    _find(wordings, spots, measure, soft) {
      for (const lines of wordings) {
        const width = Math.max(...lines.map(measure));
        for (const spot of spots) {
          const box = boxAt(spot, width, lines.length);
          if (!this._inView(box) || ![...this._firm, ...soft].every((one) => apart(one, box))) continue;
          this._firm.push(box);
          return { lines, box };
        }
      }
      return null;
    }

    _inView({ west, east, north, south }) {
      const { pad, width, height } = this._view;
      return west >= pad && east <= width - pad && north >= pad && south <= height - pad;
    }
  };

  parts.labelLineHeight = LINE_HEIGHT;
})();
