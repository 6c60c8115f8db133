// Decides what part of the world is shown: placed once at the start, moved only when a person asks.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const NEARER = 2; // zoom levels that a click on a square goes
  const rounded = (value, digits) => Number(value.toFixed(digits));

  parts.stillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  /** A longitude within -180..180, to six decimals: what the map says to the page, whatever copy of the world is in view. */
  parts.wrapLongitude = (lon) => rounded(((((lon + 180) % 360) + 360) % 360) - 180, 6);

  parts.View = class {
    /**
     * `start` is `{zoom, lon, lat}` or null to show all events; `room()` is what the controls cover at each edge; `onPlaced()` is called
     * once, before the map is first placed; `onMoved(view)` after each move or zoom.
     */
    constructor(map, events, { start, room, onPlaced, onMoved }) {
      Object.assign(this, { map, events, start, room, onPlaced, onMoved, placed: false, touched: false, last: '' });
      const container = map.getContainer();
      const touch = () => { this.touched = true; };
      for (const type of ['pointerdown', 'wheel', 'keydown']) container.addEventListener(type, touch, { capture: true, passive: true });
      map.on('moveend', () => this._tell());
      new ResizeObserver(() => this._resize()).observe(container);
    }

    /** Place the map, the one time that it does so by itself. A map without a size has to wait for one (`_resize`). */
    place() {
      const { map, events, start } = this;
      const size = map.getSize();
      if (!events.columns || !size.x || !size.y) return;
      if (!this.placed) this.onPlaced();
      this._fillWorld();
      if (start) map.setView([start.lat, start.lon], start.zoom, { animate: false });
      else this._showEverything(events.columns);
      this.placed = true;
      this.last = JSON.stringify(this.now());
    }

    /** Show all events that are shown now. */
    toAll() {
      this.touched = true;
      const shown = this.events.current();
      if (shown) this._showAll(shown.rows(), !parts.stillness());
    }

    /** Go nearer to a square of the density, as far as the map is still wider than it: no further than to see what is in it. */
    toBox(box) {
      this.touched = true;
      parts.showBox(this.map, box, { room: this.room(), animate: !parts.stillness(), closest: Math.min(this.map.getMaxZoom(), this.map.getZoom() + NEARER) });
    }

    /** Show one event with its whole disc. */
    toRow(row) {
      this.touched = true;
      parts.showEvent(this.map, this.events.columns, row, { room: this.room(), animate: !parts.stillness() });
    }

    /** Show a part of the world that is asked for. */
    toPlace(box) {
      this.touched = true;
      parts.showBox(this.map, box, { room: this.room(), animate: !parts.stillness() });
    }

    now() {
      const { lat, lng } = this.map.getCenter();
      return { zoom: rounded(this.map.getZoom(), 2), lon: rounded(parts.wrapLongitude(lng), 4), lat: rounded(lat, 4) };
    }

    /** All events, shown or not. While some are on their way, the header's word on where they are is taken. */
    _showEverything(columns) {
      if (columns.n < columns.total && columns.box) parts.showBox(this.map, columns.box, { room: this.room(), animate: false });
      else this._showAll(Int32Array.from({ length: columns.n }, (_, row) => row), false);
    }

    _showAll(rows, animate) {
      const box = parts.boxAround(this.events.columns, rows);
      if (box) parts.showBox(this.map, box, { room: this.room(), animate });
    }

    // The size of the iframe is the page's business and may come late. Until someone has done something, a map that shows all events
    // goes on showing all of them; from then on it keeps its middle and its zoom.
    _resize() {
      this.map.invalidateSize({ animate: false });
      this._fillWorld();
      if (!this.placed || !(this.touched || this.start)) this.place();
      this.last = JSON.stringify(this.now());
    }

    /** Zooming out ends where one world fills the width. */
    _fillWorld() {
      const width = this.map.getSize().x;
      if (!width) return;
      const least = Math.max(0, Math.min(3, Math.floor(Math.log2(width / 256) * 4) / 4));
      // Leaflet would go there in an animation of its own, which ends after the map was placed and takes it back.
      if (this.map.getZoom() < least) this.map.setZoom(least, { animate: false });
      this.map.setMinZoom(least);
    }

    // Only what a person did is told: where the map opened, and how it took to a new size, is nobody's choice.
    _tell() {
      const view = this.now();
      if (!this.placed || !this.touched || JSON.stringify(view) === this.last) return;
      this.last = JSON.stringify(view);
      this.onMoved(view);
    }
  };
})();
