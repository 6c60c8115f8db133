// Draws the events that are shown on one canvas, and finds the mark under a point.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const MANY_MARKS = 80; // beyond this many marks in view, those in crowded cells are counted in a square
  const FEWER_MARKS = 60; // down to this many they stay so, or a window that plays would make them flicker
  const VERY_MANY_MARKS = 300; // beyond this many those that are left are drawn smaller
  const MOST_ALONE = 2; // a cell is crowded with more marks than these,
  const MOST_STACKED = 9; // or with more events: the number would be larger than the mark
  const MOST_DISCS = 100; // beyond this many in view, discs would be one grey veil
  const CLEAR_DISCS = 8; // beyond this many each is filled more faintly: what lies beneath has to be seen through all of them
  const SHRUNK = 0.65;
  const LEAST_WITH_NUMBER = 0.85; // a mark of several kinds has its number in it
  const OUT = 20; // how far outside the canvas a mark may stand and still reach into it
  const BENEATH = 8; // marks this close to the nearest one may be hidden under it
  const GROWN = 1.25;

  /**
   * Fires `painted` with `{ms, count}` after each frame, and `click` with a `layer` that has `toGeoJSON()`, as Leaflet's own layers
   * do, when a person picks an event: streamlit-folium hands that to Python as `last_active_drawing`.
   */
  parts.EventLayer = parts.CanvasLayer.extend({
    initialize(options) {
      L.setOptions(this, options);
      this.marks = new parts.Marks(options.kinds, options.size);
      this.density = new parts.Density();
      this.cells = new parts.Cells();
      this.dense = false;
      this.hoveredCell = null;
      this.window = { from: -2147483648, to: 2147483647 };
      this.mask = null;
      this.chosen = -1;
      this.hovered = -1; // a place
      this._stale = true;
    },

    /** Take new columns; rows mean something else from here on, so what is chosen is set again by whoever knows its id. */
    setColumns(columns, places) {
      this.columns = columns;
      this.places = places;
      this.shown = new parts.Shown(columns, places);
      this.discs = new parts.Discs(columns);
      this.discSearch = new parts.DiscSearch(places);
      this.chosen = -1;
      this.hovered = -1;
      this.hoveredCell = null;
      this.density.clear();
      this._hits = { x: new Float32Array(1024), y: new Float32Array(1024), place: new Int32Array(1024), count: 0 };
      this._changed();
    },

    setWindow(from, to) {
      this.window = { from, to };
      this._stale = true;
      this.redrawAtOnce();
    },

    setMask(mask) {
      this.mask = mask;
      this._changed();
    },

    setPalette(palette) {
      this.palette = palette;
      this.redraw();
    },

    choose(row) {
      this.chosen = row;
      this.redraw();
    },

    hover(place) {
      if (place === this.hovered) return;
      this.hovered = place;
      this.redraw();
    },

    /** Point at a square of the density (`squareAt`), or at none. */
    hoverSquare(square) {
      const told = (one) => (one ? `${one.x} ${one.y}` : '');
      if (told(square) === told(this.hoveredCell)) return;
      this.hoveredCell = square;
      this.redraw();
    },

    _changed() {
      this._stale = true;
      this.redraw();
    },

    /** What is shown now, counted anew if the window or the mask changed since. */
    current() {
      if (this._stale && this.shown) {
        this._stale = false;
        this.shown.update(this.window.from, this.window.to, this.mask);
      }
      return this.shown;
    },

    paint(context, view) {
      if (!this.columns || !this.palette) return;
      const before = performance.now();
      this.marks.dress(this.palette, view.ratio);
      this.density.dress(this.palette, view.ratio);
      this.current();
      this.density.clear();
      this.discsLeftOut = false;
      const count = this._arrange(context, view);
      if (!this.dense) this._paintDiscs(context, view);
      this._paintMarks(context);
      this._paintHovered(context, view);
      this._paintChosen(context, view);
      this.fire('painted', { ms: performance.now() - before, count });
    },

    /**
     * Decide how what is in view is drawn. Few marks are all drawn; of many, those in crowded cells are counted in a square, which is
     * painted here. The marks to be drawn are in `_hits` after this. Returns the number of events on the canvas.
     */
    _arrange(context, view) {
      const { cells, shown } = this;
      const limit = this.dense ? FEWER_MARKS : MANY_MARKS;
      cells.gather(this.places, shown.total, parts.runsInView(this.places, view, OUT), parts.gridLevel(view.zoom));
      this._hits.count = 0;
      let events = 0;
      this.dense = false;
      for (let cell = 0; cell < cells.count && !this.dense; cell += 1) {
        events += this._locate(view, cell);
        this.dense = this._hits.count > limit;
      }
      if (!this.dense) {
        this._sortHits();
        return events;
      }
      this._hits.count = 0;
      const crowded = (cell) => cells.filled[cell] > MOST_ALONE || cells.events[cell] > MOST_STACKED;
      events = this.density.draw(context, view, cells, crowded);
      for (let cell = 0; cell < cells.count; cell += 1) if (!crowded(cell)) events += this._locate(view, cell);
      return events;
    },

    /** Put every mark of a cell that touches the canvas, in each copy of the world, into `_hits`; returns the number of events in them. */
    _locate(view, cell) {
      const { total } = this.shown;
      const { x: worldX, y: worldY } = this.places;
      const { from, to, filled } = this.cells;
      const { world, top } = view;
      const left = view.left - Math.floor(view.left / world) * world;
      const [right, bottom] = [view.width + OUT, view.height + OUT];
      const hits = this._hits;
      let events = 0;
      for (let place = from[cell], rest = filled[cell]; place < to[cell] && rest; place += 1) {
        if (total[place] === 0) continue;
        rest -= 1;
        const y = worldY[place] * world - top;
        if (y < -OUT || y > bottom) continue;
        let x = worldX[place] * world - left;
        if (x < -OUT) x += world;
        if (x > right) continue;
        events += total[place];
        this.shown.look(place);
        for (; x <= right; x += world) {
          if (hits.count === hits.x.length) enlarge(hits);
          hits.x[hits.count] = x;
          hits.y[hits.count] = y;
          hits.place[hits.count++] = place;
        }
      }
      return events;
    },

    /** Few marks may lie on one another: they are drawn in the order of their first event, the latest on top. */
    _sortHits() {
      const { earliest } = this.shown;
      const { x, y, place, count } = this._hits;
      const order = Array.from({ length: count }, (_, i) => [earliest[place[i]], x[i], y[i], place[i]]);
      order.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      order.forEach((hit, i) => { [, x[i], y[i], place[i]] = hit; });
    },

    _paintMarks(context) {
      const { x, y, place, count } = this._hits;
      const grow = this.dense && this.cells.marks > VERY_MANY_MARKS ? SHRUNK : 1;
      for (let i = 0; i < count; i += 1) this._paintOne(context, x[i], y[i], place[i], grow);
    },

    /** Discs also reach into view from places outside it. */
    _paintDiscs(context, view) {
      const { shown } = this;
      const wanted = (place) => {
        if (shown.total[place] === 0) return false;
        shown.look(place);
        return shown.vague[place] === 1;
      };
      const found = this.discSearch.inView(view, wanted, { least: this.options.size / 2, most: MOST_DISCS });
      this.discsLeftOut = found.length > MOST_DISCS;
      if (this.discsLeftOut) return;
      const rows = found.flatMap((place) => this._vagueRows(place));
      rows.sort((a, b) => this.columns.uncertainty[b] - this.columns.uncertainty[a] || a - b); // the smaller ones lie on top
      const share = Math.min(1, CLEAR_DISCS / rows.length);
      for (const row of rows) this._paintDisc(context, view, row, { share });
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

    _paintHovered(context, view) {
      const square = this.hoveredCell && this.density.at(this.hoveredCell.x + view.pad, this.hoveredCell.y + view.pad);
      if (square) this.density.frame(context, square);
      if (this.hovered < 0 || this.shown.total[this.hovered] === 0) return;
      if (this.dense || this.discsLeftOut) {
        for (const row of this._vagueRows(this.hovered)) this._paintDisc(context, view, row);
      }
      this._eachCopy(view, this.hovered, (x, y) => this._paintOne(context, x, y, this.hovered, GROWN));
    },

    _paintChosen(context, view) {
      if (!this.shown.has(this.chosen) || this.places.of[this.chosen] < 0) return;
      const place = this.places.of[this.chosen];
      const vague = this.columns.precision[this.chosen] >= parts.VAGUE_FROM && this.columns.uncertainty[this.chosen] > 0;
      if (vague) this._paintDisc(context, view, this.chosen, { chosen: true });
      this._eachCopy(view, place, (x, y) => {
        this.marks.drawChosenRing(context, x, y);
        this._paintOne(context, x, y, place, GROWN);
      });
    },

    _paintOne(context, x, y, place, grow) {
      this.shown.look(place);
      const { kind, solid, total } = this.shown;
      const size = kind[place] === parts.MIXED ? Math.max(grow, LEAST_WITH_NUMBER) : grow;
      this.marks.draw(context, x, y, kind[place], solid[place], size);
      if (total[place] > 1) this.marks.drawCount(context, x, y, kind[place], solid[place], total[place], size);
    },

    /**
     * Boxes on the canvas around every place in view, shown now or not: labels that keep clear of all of them stand still while the
     * window moves. None if there are more than `most`, for then there is nowhere to go.
     */
    boxesIn(view, most) {
      const boxes = [];
      const half = this.options.size / 2;
      for (const [from, to] of this.places ? parts.runsInView(this.places, view, 0) : []) {
        for (let place = from; place < to; place += 1) {
          const y = this.places.y[place] * view.world - view.top;
          if (y < 0 || y > view.height) continue;
          let x = this.places.x[place] * view.world - view.left;
          x -= Math.floor(x / view.world) * view.world;
          for (; x <= view.width; x += view.world) {
            if (boxes.length === most) return [];
            boxes.push({ west: x - half, east: x + half, north: y - half, south: y + half });
          }
        }
      }
      return boxes;
    },

    /** Every point of the canvas where a place is, in a square of the density or not. */
    _eachCopy(view, place, visit) {
      const y = this.places.y[place] * view.world - view.top;
      if (y < -OUT || y > view.height + OUT) return;
      let x = this.places.x[place] * view.world - view.left;
      x -= Math.floor((x + OUT) / view.world) * view.world;
      for (; x <= view.width + OUT; x += view.world) visit(x, y);
    },

    /**
     * The places whose marks lie within `radius` of a point of the container, nearest first, each `{place, x, y, distance}`, all of
     * them near enough to the first to be hidden under it.
     */
    hit(point, radius) {
      if (!this.view || !this.columns) return [];
      const { x, y, place, count } = this._hits;
      const px = point.x + this.view.pad;
      const py = point.y + this.view.pad;
      const near = [];
      for (let i = 0; i < count; i += 1) {
        const distance = (x[i] - px) ** 2 + (y[i] - py) ** 2;
        if (distance > radius * radius) continue;
        near.push({ place: place[i], x: x[i] - this.view.pad, y: y[i] - this.view.pad, distance: Math.sqrt(distance) });
      }
      near.sort((a, b) => a.distance - b.distance);
      return near.filter((one) => one.distance <= near[0].distance + BENEATH);
    },

    /** The square of the density at a point of the container: `{events, x, y, bounds}`, its middle and its corners; null where none is. */
    squareAt(point) {
      if (!this.view || !this.density.any) return null;
      const { pad } = this.view;
      const square = this.density.at(point.x + pad, point.y + pad);
      if (!square) return null;
      const { column, row, events, filled, level, from, to } = this.cells;
      const latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
      const [x, y, size] = [column[square.cell] / 2 ** level, row[square.cell] / 2 ** level, 1 / 2 ** level];
      const box = { west: 360 * (x - 0.5), east: 360 * (x + size - 0.5), north: latitude(y), south: latitude(y + size) };
      return { events: events[square.cell], alone: filled[square.cell] === 1, places: [from[square.cell], to[square.cell]], x: square.x - pad, y: square.y - pad, box };
    },

    /** Where a row's mark is, in pixels of the container, in the copy of the world nearest to the middle; null if it is not shown. */
    pointOf(row) {
      if (!this.columns || !this.current().has(row) || this.places.of[row] < 0) return null;
      const map = this._map;
      const world = map.options.crs.scale(map.getZoom());
      const origin = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
      const x = this.places.x[this.places.of[row]] * world - origin.x;
      const shift = Math.round((map.getSize().x / 2 - x) / world);
      return L.point(x + shift * world, this.places.y[this.places.of[row]] * world - origin.y);
    },

    /** Tell listeners in Leaflet's way that a person picked an event. */
    announce(feature) {
      const [lon, lat] = feature.geometry.coordinates;
      this.fire('click', { latlng: L.latLng(lat, lon), layer: { toGeoJSON: () => feature } });
    },
  });

  function enlarge(hits) {
    for (const name of ['x', 'y', 'place']) {
      const larger = new hits[name].constructor(hits[name].length * 2);
      larger.set(hits[name]);
      hits[name] = larger;
    }
  }
})();
