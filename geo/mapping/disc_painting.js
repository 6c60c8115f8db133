// Decides which discs of uncertainty are drawn, and draws them: a part of the layer of events (event_layer.js).
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const MOST_DISCS = 40; // beyond this many in view, discs would be one grey veil
  const CLEAR_DISCS = 8; // beyond this many each is filled more faintly: what lies beneath has to be seen through all of them

  parts.DiscPainting = {
    /** Discs also reach into view from places outside it. */
    _paintDiscs(context, view) {
      const { shown } = this;
      const wanted = (place) => {
        if (shown.total[place] === 0) return false;
        shown.look(place);
        return shown.vague[place] === 1;
      };
      const asked = { least: this.options.size / 2, most: MOST_DISCS };
      let found = this.discSearch.inView(view, wanted, asked);
      if (found.length > MOST_DISCS) found = this.discSearch.inView(view, wanted, { ...asked, edges: true });
      this.discsLeftOut = found.length > MOST_DISCS ? 'outside' : '';
      if (this.discsLeftOut) found = this._vagueHits(asked.least / view.world);
      if (found.length > MOST_DISCS) {
        this.discsLeftOut = 'all';
        return;
      }
      const rows = found.flatMap((place) => this._vagueRows(place));
      rows.sort((a, b) => this.columns.uncertainty[b] - this.columns.uncertainty[a] || a - b); // the smaller ones lie on top
      const share = Math.min(1, CLEAR_DISCS / rows.length);
      for (const row of rows) this._paintDisc(context, view, row, { share });
    },

    /** The places in view that are vague, with discs of `least` world fractions or more. */
    _vagueHits(least) {
      const { place, count } = this._hits;
      const { reach } = this.places;
      return [...new Set(place.subarray(0, count))].filter((one) => this.shown.vague[one] === 1 && reach[one] >= least);
    },

    /** One row for each size of disc at a place: ten events told of one province make one disc. */
    _vagueRows(place) {
      const { precision, uncertainty } = this.columns;
      const bySize = new Map();
      for (const row of this.shown.rowsAt(place)) {
        if (precision[row] >= parts.VAGUE_FROM && uncertainty[row] > 0) bySize.set(uncertainty[row], row);
      }
      return [...bySize.values()];
    },

    _paintDisc(context, view, row, { chosen = false, share = 1 } = {}) {
      const place = this.places.of[row];
      const radius = this.places.reach[place] * view.world;
      const left = this.places.x[place] * view.world - view.left;
      this.shown.look(place);
      const kind = chosen ? this.columns.kind[row] : this.shown.kind[place];
      let shift = Math.ceil((-radius - left) / view.world);
      for (; left + shift * view.world <= view.width + radius; shift += 1) {
        this.discs.draw(context, view, row, shift, this.marks.colour(kind), { chosen, share });
      }
    },
  };
})();
