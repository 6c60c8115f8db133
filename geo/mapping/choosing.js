// Tells what is under the pointer and lets a person choose it: the tooltip, the list of a stack, the chosen event.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});

  parts.Choosing = class {
    /**
     * `events` and `rings` are the layers, `labels` answers `of(row)` and `rowOf(id)`; `on.chosen(id)` is called when a person chooses,
     * `on.point(latlng)` when one points at a place while the map is armed.
     */
    constructor(map, furniture, { events, rings, labels, kinds }, on) {
      Object.assign(this, { _map: map, _furniture: furniture, _events: events, _rings: rings, _labels: labels, _kinds: kinds, _on: on });
      this._container = map.getContainer();
      this.id = null;
      this.armed = false;
      this._tooltip = new parts.Tooltip(furniture.element);
      this._stack = new parts.StackList(furniture.element, {
        onPick: (row) => this._choose(row), icon: (row) => this._icon(row), home: this._container,
      });
      parts.watchPointer(map, events, { hover: (hits, latlng) => this._hover(hits, latlng), pick: (hit, how) => this._pick(hit, how) });
      map.on('movestart zoomstart resize', () => this._clear());
      this._container.addEventListener('keydown', (event) => {
        if (this.armed && event.key === 'Enter' && event.target === this._container) this._on.point(map.getCenter());
      });
    }

    /** The row of the chosen event, or -1. */
    get row() {
      return this._labels.rowOf(this.id);
    }

    /** Mark an event as chosen, whoever chose it; nothing moves. */
    set(id) {
      this.id = id;
      const { row } = this;
      this._events.choose(row);
      this._furniture.zoom.setChosen(row >= 0 && this._events.places.of[row] >= 0);
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
      if (this._stack.isOpen) this._stack.update(shown.rowsAt(this._stack.place), (row) => this._labels.of(row));
    }

    _hover(hits, latlng) {
      this._furniture.cursor.say(latlng);
      this._point(hits, latlng && this._rings.siteAt(this._map.latLngToContainerPoint(latlng)));
    }

    _point(hits, site = null) {
      const [hit] = hits;
      this._container.classList.toggle('dl-on-mark', hit !== undefined && !this.armed);
      this._events.hover(hit ? hit.place : -1);
      if (hit) this._tell(hit, hits.length - 1);
      else if (site) this._tooltip.show([['', site.name, '', '']], site, 0);
      else this._tooltip.hide();
    }

    _tell(hit, beneath) {
      this._tooltip.show(this._events.shown.rowsAt(hit.place).map((row) => this._labels.of(row)), hit, beneath);
    }

    _clear() {
      this._stack.close();
      this._tooltip.hide();
    }

    _pick(hit, { latlng, touch }) {
      this._clear();
      if (this.armed) {
        this._on.point(latlng);
        return;
      }
      const rows = hit ? this._events.shown.rowsAt(hit.place) : [];
      if (rows.length > 1) {
        this._stack.open(hit.place, rows, (row) => this._labels.of(row), hit);
        return;
      }
      this._choose(rows.length ? rows[0] : -1);
      if (touch && rows.length) this._tell(hit, 0); // a finger cannot hover
    }

    _choose(row) {
      const id = row < 0 ? null : this._labels.of(row)[0];
      if (id === '') return; // the labels are not there yet, so the page could not know which event is meant
      this.set(id);
      this._on.chosen(id);
      if (row >= 0) this._events.announce(this._feature(row));
    }

    _feature(row) {
      const { lon, lat } = this._events.columns;
      const [id, title, when, place] = this._labels.of(row);
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
