// Tells what is under the pointer and lets a person choose it: the tooltip, the list of a stack, the chosen event.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});

  parts.Choosing = class {
    /**
     * `events` and `rings` are the layers, `labels` as of labels.js; `on.chosen(id)` is called when a person chooses,
     * `on.point(latlng)` when one points at a place while the map is armed.
     */
    constructor(map, furniture, { events, rings, labels, kinds }, on) {
      Object.assign(this, { _map: map, _furniture: furniture, _events: events, _rings: rings, labels, _kinds: kinds, _on: on });
      this._container = map.getContainer();
      Object.assign(this, { id: null, _row: -1, _told: null, _turn: 0 });
      this.armed = false;
      this._tooltip = new parts.Tooltip(furniture.element);
      this._stack = new parts.StackList(furniture.element, {
        onPick: (row) => this._choose(row), icon: (row) => this._icon(row), labels: () => this.labels, home: this._container,
      });
      parts.watchPointer(map, events, { hover: (found, latlng) => this._hover(found, latlng), pick: (found, how) => this._pick(found, how) });
      map.on('movestart zoomstart resize', () => this._clear());
      this._container.addEventListener('keydown', (event) => {
        if (this.armed && event.key === 'Enter' && event.target === this._container) this._on.point(map.getCenter());
      });
    }

    /** The row of the chosen event, or -1: as it was told, unless that row is known to be another event, else by the labels that are here. */
    get row() {
      if (this.id === null) return -1;
      if (this._row >= 0 && (!this.labels.has(this._row) || this.labels.of(this._row)[0] === this.id)) return this._row;
      return this.labels.rowOf(this.id);
    }

    /** Mark an event as chosen, whoever chose it; nothing moves. `row` is its row in the columns that are drawn, -1 if nobody told. */
    set(id, row = -1) {
      const { columns } = this._events;
      const known = row < 0 && id === this.id ? this._row : row;
      Object.assign(this, { id, _row: columns && known < columns.total ? known : -1 });
      this.mark();
    }

    /** Ring the chosen event, if it is known which mark it is. */
    mark() {
      const { row } = this;
      this._events.choose(row);
      this._furniture.zoom.setChosen(row >= 0 && this._events.places.of[row] >= 0);
    }

    /** Labels have come that were asked for. */
    refresh() {
      this.mark();
      this._stack.refresh();
      if (this._told) this._tell(...this._told);
    }

    /** With `on`, the next click is a point and not a choice. */
    arm(on) {
      this.armed = on;
      this._container.classList.toggle('dl-armed', on);
    }

    /** After a frame: what is told or listed may no longer be shown. */
    follow() {
      const { hovered, shown } = this._events;
      if (hovered >= 0 && shown.total[hovered] === 0) this._point([]);
      if (this._stack.isOpen) this._stack.update(this._rowsIn(this._stack.places));
    }

    /** The rows shown at a run of places, in the order of the columns. */
    _rowsIn([from, to]) {
      const rows = [];
      for (let place = from; place < to; place += 1) if (this._events.shown.total[place]) for (const row of this._events.shown.rowsAt(place)) rows.push(row);
      return to - from > 1 ? rows.sort((a, b) => a - b) : rows;
    }

    _hover({ hits, square }, latlng) {
      this._furniture.cursor.say(latlng);
      this._point(hits, square, latlng && this._rings.siteAt(this._map.latLngToContainerPoint(latlng)));
    }

    _point(hits, square = null, site = null) {
      const [hit] = hits;
      this._container.classList.toggle('dl-on-mark', Boolean(hit || square) && !this.armed);
      this._events.hover(hit ? hit.place : -1);
      this._events.hoverSquare(hit ? null : square);
      this._told = null;
      if (hit) this._tell(hit, hits.length - 1);
      else if (site) this._tooltip.show([['', site.name, '', '']], site);
      else if (square) this._tooltip.showSquare(square.events, square, this._opens(square) ? 'Click to zoom in' : 'Click to list them');
      else this._tooltip.hide();
    }

    _tell(hit, beneath) {
      this._told = [hit, beneath];
      const { shown } = this._events;
      const rows = shown.rowsAt(hit.place, parts.TOOLTIP_LINES);
      if (!rows.length) return;
      this._tooltip.show(rows.map((row) => this.labels.of(row)), hit, { number: shown.total[hit.place], beneath });
      if (!rows.every((row) => this.labels.has(row))) this.labels.ask(rows);
    }

    _clear() {
      this._told = null;
      this._events.hoverSquare(null);
      this._stack.close();
      this._tooltip.hide();
    }

    /** Whether going nearer would take a square apart. */
    _opens(square) {
      return !square.alone && this._map.getZoom() < this._map.getMaxZoom();
    }

    _pick({ hit, square }, { latlng, touch }) {
      this._clear();
      if (this.armed) {
        this._on.point(latlng);
        return;
      }
      if (!hit && square) {
        this._open(square);
        return;
      }
      const rows = hit ? this._rowsIn([hit.place, hit.place + 1]) : [];
      if (rows.length > 1) {
        this._stack.open([hit.place, hit.place + 1], rows, hit);
        return;
      }
      this._choose(rows.length ? rows[0] : -1);
      if (touch && rows.length) this._tell(hit, 0); // a finger cannot hover
    }

    /** A square holds events that may lie apart: go nearer, or list them where there is no nearer. */
    _open(square) {
      if (this._opens(square)) this._on.nearer(square.box);
      else this._stack.open(square.places, this._rowsIn(square.places), square);
    }

    /** Choose a row, or none with -1. The page knows events by their id, so a label that is not here is waited for. */
    async _choose(row) {
      const turn = (this._turn += 1);
      if (row >= 0 && !this.labels.has(row)) await this.labels.ask([row]);
      const id = row < 0 ? null : this.labels.of(row)[0];
      // Nobody can say which event is meant, or someone has chosen another in the meantime.
      if (id === '' || turn !== this._turn) return;
      this.set(id, row);
      this._on.chosen(id);
      if (row >= 0) this._events.announce(this._feature(row));
    }

    _feature(row) {
      const { lon, lat } = this._events.columns;
      const [id, title, when, place] = this.labels.of(row);
      const properties = { title, when, place, kind: this._kind(row).code };
      return { type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon[row] / 1e7, lat[row] / 1e7] }, properties };
    }

    _kind(row) {
      return this._kinds[this._events.columns.kind[row]] || this._kinds[this._kinds.length - 1];
    }

    _icon(row) {
      return parts.kindIcon(this._kind(row), this._events.palette, this._events.columns.precision[row] < parts.VAGUE_FROM);
    }
  };
})();
