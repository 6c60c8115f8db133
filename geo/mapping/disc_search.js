// Finds the vague places whose discs reach into view, from however far outside it.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});

  /**
   * Vague places by the size of their reach, each class twice as wide as the one before. A class is looked for as far beyond the view as its
   * widest disc reaches, so that a few wide discs do not make one look at all small ones.
   */
  parts.DiscSearch = class {
    constructor(places) {
      this._places = places;
      const classes = new Map();
      for (let place = 0; place < places.count; place += 1) {
        if (places.reach[place] <= 0) continue;
        const size = Math.ceil(Math.log2(places.reach[place]));
        if (!classes.has(size)) classes.set(size, []);
        classes.get(size).push(place);
      }
      this._classes = [...classes].map(([size, members]) => ({ reach: 2 ** size, members: Int32Array.from(members) }));
    }

    /**
     * At most `most` + 1 places that `wanted(place)` holds for, whose disc is at least `least` pixels in radius and reaches into view.
     */
    inView(view, wanted, { least, most }) {
      const found = [];
      for (const { reach, members } of this._classes) {
        if (reach * view.world < least) continue;
        for (const [from, to] of parts.runsInView(this._places, view, reach * view.world)) {
          const stop = parts.firstAtLeast(members, to);
          for (let at = parts.firstAtLeast(members, from); at < stop; at += 1) {
            if (!this._reaches(members[at], view, least) || !wanted(members[at])) continue;
            found.push(members[at]);
            if (found.length > most) return found;
          }
        }
      }
      return found;
    }

    _reaches(place, view, least) {
      const { x, y, reach } = this._places;
      const radius = reach[place] * view.world;
      if (radius < least) return false;
      const top = y[place] * view.world - view.top;
      const left = x[place] * view.world - view.left;
      if (top + radius < 0 || top - radius > view.height) return false;
      return Math.ceil((-radius - left) / view.world) * view.world + left <= view.width + radius;
    }
  };
})();
