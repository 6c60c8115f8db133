// Draws the events that are shown on one canvas, and finds the mark under a point.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const MANY_MARKS = 300; // beyond this many marks in view they are drawn smaller
  const MOST_MARKS = 1000; // and beyond this many, shapes would only hide one another: dots are drawn
  const MOST_DISCS = 100; // beyond this many in view, discs would be one grey veil
  const SHRUNK = 0.65;
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
      this.chosen = -1;
      this.hovered = -1;
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
      this.current();
      const count = this._locate(view);
      this.dense = this._hits.count > MOST_MARKS;
      this.discsLeftOut = false;
      if (this.dense) this._paintDots(context, view);
      else this._paintDiscs(context, view);
      if (!this.dense) this._paintMarks(context);
      this._paintHovered(context, view);
      this._paintChosen(context, view);
      this.fire('painted', { ms: performance.now() - before, count });
    },

    /** Put every mark that touches the canvas, in each copy of the world, into `_hits`; returns the number of events in them. */
    _locate(view) {
      const { touched, touchedCount, total } = this.shown;
      const { x: worldX, y: worldY } = this.places;
      const { world, top } = view;
      const left = view.left - Math.floor(view.left / world) * world;
      const [right, bottom] = [view.width + OUT, view.height + OUT];
      const hits = this._hits;
      hits.count = 0;
      let events = 0;
      for (let i = 0; i < touchedCount; i += 1) {
        const place = touched[i];
        const y = worldY[place] * world - top;
        if (y < -OUT || y > bottom) continue;
        let x = worldX[place] * world - left;
        if (x < -OUT) x += world;
        if (x > right) continue;
        events += total[place];
        for (; x <= right; x += world) {
          if (hits.count === hits.x.length) enlarge(hits);
          hits.x[hits.count] = x;
          hits.y[hits.count] = y;
          hits.place[hits.count++] = place;
        }
      }
      return events;
    },

    _paintMarks(context) {
      const { x, y, place, count } = this._hits;
      const grow = count > MANY_MARKS ? SHRUNK : 1;
      for (let i = 0; i < count; i += 1) this._paintOne(context, x[i], y[i], place[i], grow);
    },

    /** Discs also reach into view from places outside it, so they are sought among all places that are shown. */
    _paintDiscs(context, view) {
      const found = this._vagueInView(view);
      this.discsLeftOut = found.length > MOST_DISCS;
      if (this.discsLeftOut) return;
      const rows = found.flatMap((place) => this._vagueRows(place));
      rows.sort((a, b) => this.columns.uncertainty[b] - this.columns.uncertainty[a]); // the smaller ones lie on top
      for (const row of rows) this._paintDisc(context, view, row, false);
    },

    _vagueInView(view) {
      const { touched, touchedCount, vague } = this.shown;
      const { x, y, reach } = this.places;
      const found = [];
      for (let i = 0; i < touchedCount && found.length <= MOST_DISCS; i += 1) {
        const place = touched[i];
        const radius = reach[place] * view.world;
        if (!vague[place] || radius < this.options.size / 2) continue;
        const top = y[place] * view.world - view.top;
        const left = x[place] * view.world - view.left;
        if (top + radius < 0 || top - radius > view.height) continue;
        if (Math.ceil((-radius - left) / view.world) * view.world + left <= view.width + radius) found.push(place);
      }
      return found;
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

    _paintDisc(context, view, row, chosen) {
      const place = this.places.of[row];
      const radius = this.places.reach[place] * view.world;
      const left = this.places.x[place] * view.world - view.left;
      const kind = chosen ? this.columns.kind[row] : this.shown.kind[place];
      let shift = Math.ceil((-radius - left) / view.world);
      for (; left + shift * view.world <= view.width + radius; shift += 1) {
        this.discs.draw(context, view, row, shift, this.marks.colour(kind), chosen);
      }
    },

    // Beyond a few thousand marks a sprite each would take longer than a frame. Dots are written into the pixels directly.
    _paintDots(context, view) {
      const { width, height } = this._canvas;
      if (!this._image || this._image.width !== width || this._image.height !== height) {
        this._image = context.createImageData(width, height);
        this._pixels = new Uint32Array(this._image.data.buffer);
      }
      this._pixels.fill(0);
      parts.plotDots(this._pixels, width, height, view.ratio, this._hits, this.shown, (kind) => this.marks.colour(kind));
      context.putImageData(this._image, 0, 0);
    },

    _paintHovered(context, view) {
      if (this.hovered < 0 || this.shown.total[this.hovered] === 0) return;
      if (this.dense || this.discsLeftOut) {
        for (const row of this._vagueRows(this.hovered)) this._paintDisc(context, view, row, false);
      }
      this._eachCopy(this.hovered, (x, y) => this._paintOne(context, x, y, this.hovered, GROWN));
    },

    _paintChosen(context, view) {
      if (!this.shown.has(this.chosen) || this.places.of[this.chosen] < 0) return;
      const place = this.places.of[this.chosen];
      const vague = this.columns.precision[this.chosen] >= parts.VAGUE_FROM && this.columns.uncertainty[this.chosen] > 0;
      if (vague) this._paintDisc(context, view, this.chosen, true);
      this._eachCopy(place, (x, y) => {
        this.marks.drawChosenRing(context, x, y);
        this._paintOne(context, x, y, place, GROWN);
      });
    },

    _paintOne(context, x, y, place, grow) {
      const { kind, solid, total } = this.shown;
      this.marks.draw(context, x, y, kind[place], solid[place], grow);
      if (total[place] > 1) this.marks.drawCount(context, x, y, kind[place], solid[place], total[place], grow);
    },

    /**
     * Boxes on the canvas around every place in view, shown now or not: labels that keep clear of all of them stand still while the
     * window moves. None if there are more than `most`, for then there is nowhere to go.
     */
    boxesIn(view, most) {
      const boxes = [];
      const half = this.options.size / 2;
      for (let place = 0; this.places && place < this.places.count; place += 1) {
        const y = this.places.y[place] * view.world - view.top;
        if (y < 0 || y > view.height) continue;
        let x = this.places.x[place] * view.world - view.left;
        x -= Math.floor(x / view.world) * view.world;
        for (; x <= view.width; x += view.world) {
          if (boxes.length === most) return [];
          boxes.push({ west: x - half, east: x + half, north: y - half, south: y + half });
        }
      }
      return boxes;
    },

    _eachCopy(place, visit) {
      const { x, y, place: at, count } = this._hits;
      for (let i = 0; i < count; i += 1) if (at[i] === place) visit(x[i], y[i]);
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
