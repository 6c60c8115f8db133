// Puts the map together: `window.datelineMap(map, options)` makes a Leaflet map into the map of events.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const WIDE = 900; // pixels: from here on the legend is open from the start
  const NARROW = 600;
  const MOST_OBSTACLES = 400;
  const PANES = { tiles: ['dateline-tiles', 250], rings: ['dateline-rings', 410], events: ['dateline-events', 420] };

  /**
   * The Leaflet map itself; called by geo/mapping/elements.py. One more world can be reached to each side, so that a view across the
   * antimeridian is a view like any other.
   */
  parts.leafletMap = function (id, center, options) {
    const moving = !parts.stillness();
    return L.map(id, {
      ...options, center, attributionControl: false, maxZoom: 18, zoomSnap: 0.25, wheelPxPerZoomLevel: 90,
      maxBounds: [[-85.06, -540], [85.06, 540]], maxBoundsViscosity: 1, zoomAnimation: moving, fadeAnimation: moving, inertia: moving,
    });
  };

  window.datelineMap = (map, options) => new DatelineMap(map, options);

  class DatelineMap {
    constructor(map, options) {
      Object.assign(this, { map, options, container: map.getContainer() });
      Object.assign(this, { labels: null, byId: null, chosenId: null, armed: false, painted: false });
      Object.assign(this, { address: null, shownWindow: { from: null, to: null, mode: 'window' }, seq: null, lastSeq: 0, frame: { ms: 0, count: 0 } });
      this._prepare();
      this._addLayers();
      this._addControls();
      this.view = new parts.View(map, this.events, {
        start: options.view, room: () => this._room(), onPlaced: () => this._onPlaced(), onMoved: (view) => this.channel.post({ type: 'view', ...view }),
      });
      this._listen();
      this.setTheme(options.theme);
      parts.publish({
        ready: () => this.painted && this.labels !== null,
        drawn: () => ({ seq: this.lastSeq, ...this.frame }),
        visibleIds: () => this.visibleIds(),
        window: () => this.shownWindow,
        screenXY: (id) => this.screenXY(id),
      });
      this.load(options.columns, options.labels);
      this.channel.hello();
    }

    _prepare() {
      const { container, map } = this;
      container.classList.add('dl-map', 'dl-waiting');
      container.setAttribute('role', 'region');
      container.setAttribute('aria-label', 'Map of events');
      for (const [name, level] of Object.values(PANES)) map.createPane(name).style.zIndex = String(level);
      for (const name of [PANES.rings[0], PANES.events[0]]) map.getPane(name).style.pointerEvents = 'none';
    }

    // The layers are added at once, not when the data is there: streamlit-folium looks for them right after this script.
    _addLayers() {
      const { map, options } = this;
      const coarse = window.matchMedia('(pointer: coarse)').matches;
      this.rings = new parts.RingsLayer({ pane: PANES.rings[0], obstacles: (view) => this._obstacles(view) }).addTo(map);
      this.events = new parts.EventLayer({ pane: PANES.events[0], kinds: options.kinds, size: coarse ? 20 : 18 }).addTo(map);
      this.events.on('painted', (frame) => this._onPainted(frame));
      this.basemap = null;
      if (typeof window.datelineBasemap === 'function') {
        try {
          this.basemap = window.datelineBasemap(map, { url: options.basemap, theme: options.theme });
        } catch (error) {
          console.warn('Dateline: the built-in base map failed; the events are drawn without it.', error);
        }
      }
    }

    _addControls() {
      const { map, options } = this;
      this.ui = parts.el('div', { class: 'dl-ui' });
      this.notice = parts.notice();
      this.density = parts.notice();
      this.cursor = parts.cursorReadout();
      this.legend = new parts.Legend(options.kinds);
      this.base = new parts.BaseChoice(map, {
        maps: options.tiles, pane: PANES.tiles[0], say: this.notice.say,
        showNames: (on) => { if (this.basemap) this.basemap.setNamesVisible(on); },
        onChoose: (name) => this.channel.post({ type: 'basemap', name }),
      });
      this.zoom = parts.zoomTools(map, { onAll: () => this.view.toAll(), onChosen: () => this.zoomToChosen() });
      this.panels = parts.panelTools([
        { icon: 'legend', name: 'Legend', panel: this.legend.element }, { icon: 'base', name: 'Base map', panel: this.base.element },
      ]);
      this.ringNames = parts.el('ul', { class: 'dl-sr', 'aria-label': 'Sites and range rings on the map' });
      const foot = parts.el('div', { class: 'dl-foot' }, parts.scaleBar(map), this.cursor.element);
      const notices = parts.el('div', { class: 'dl-notices' }, this.notice.element, this.density.element);
      this.ui.append(this.zoom.element, this.panels.element, notices, foot, this.base.credit, this.ringNames);
      this.container.append(this.ui);
      this.tooltip = new parts.Tooltip(this.ui);
      this.stack = new parts.StackList(this.ui, {
        onPick: (row) => this.pick(row, null), icon: (row) => this._iconOf(row), home: this.container,
      });
      this.base.show(options.base);
    }

    _listen() {
      const { map, container } = this;
      this.channel = parts.openChannel(this.options.channel, {
        theme: (theme) => this.setTheme(theme),
        revision: (columns, labels) => this.load(columns, labels),
        mask: (mask) => this.setMask(mask),
        window: (shown) => this.setWindow(shown),
        select: (id) => this.choose(id),
        rings: (rings) => { this.ringList = rings; this.rings.setRings(rings); this._nameRings(); },
        sites: (sites) => { this.siteList = sites; this.rings.setSites(sites); this._nameRings(); },
        arm: (on) => this.arm(on),
        zoom: (to) => (to === 'all' ? this.view.toAll() : this.zoomToChosen()),
        asked: () => { this.view.touched = true; },
      });
      parts.watchPointer(map, this.events, { hover: (hits, latlng) => this.hover(hits, latlng), pick: (hit, how) => this.onPick(hit, how) });
      container.addEventListener('keydown', (event) => {
        if (this.armed && event.key === 'Enter' && event.target === container) this._postPoint(map.getCenter());
      });
      map.on('movestart zoomstart resize', () => { this.stack.close(); this.tooltip.hide(); });
    }

    /** Fetch a revision's columns and labels. The first columns are drawn at once; later ones wait for their labels, then change in one go. */
    async load(columnsUrl, labelsUrl) {
      if (this.address === columnsUrl) return;
      this.address = columnsUrl;
      const first = !this.events.columns;
      this.loading = !first;
      const labels = parts.fetchLabels(labelsUrl).catch((error) => {
        console.warn('Dateline: no labels.', error);
        return [];
      });
      try {
        const columns = await parts.fetchColumns(columnsUrl);
        await parts.styled();
        const rows = first ? null : await labels;
        if (this.address !== columnsUrl) return;
        this._takeColumns(columns);
        this._takeLabels(rows || await labels, columnsUrl);
      } catch (error) {
        console.warn('Dateline: no events.', error);
        this.container.classList.remove('dl-waiting');
        this.notice.say('The events could not be loaded. Reload the page to try again.');
      }
    }

    _takeColumns(columns) {
      this.loading = false;
      this.labels = null;
      this.byId = null;
      this.events.setColumns(columns, parts.gatherPlaces(columns));
      if (this.nextMask) this.events.setMask(this.nextMask.mask);
      this.nextMask = null;
      this._dress();
      if (!this.view.placed) this.view.place();
    }

    _takeLabels(rows, columnsUrl) {
      if (this.address !== columnsUrl) return;
      this.labels = rows;
      this.byId = null;
      this.choose(this.chosenId);
    }

    // Just before the map is first placed: the legend is opened where there is room, and room is left for it.
    _onPlaced() {
      if (this.map.getSize().x >= WIDE) this.panels.open(0);
      this.container.classList.remove('dl-waiting');
    }

    /** How much of each edge the controls cover, in pixels, with some air. */
    _room() {
      const width = this.map.getSize().x;
      const panel = [this.legend.element, this.base.element].find((element) => !element.hidden);
      if (width < NARROW) return { left: 24, top: 64, right: 68, bottom: 56 };
      return { left: 64, top: 48, right: panel && width >= WIDE ? panel.offsetWidth + 40 : 48, bottom: 56 };
    }

    /** Where no label of a ring or site should stand: on the marks of events and under the controls. */
    _obstacles(view) {
      const { left, top } = this.container.getBoundingClientRect();
      const covered = [...this.ui.querySelectorAll('.dl-group, .dl-panel:not([hidden])')].map((element) => {
        const box = element.getBoundingClientRect();
        const [x, y] = [view.pad - left, view.pad - top];
        return { west: box.left + x, east: box.right + x, north: box.top + y, south: box.bottom + y };
      });
      return [...covered, ...this.events.boxesIn(view, MOST_OBSTACLES)];
    }

    setTheme(theme) {
      document.documentElement.dataset.theme = theme;
      this.container.dataset.theme = theme;
      if (this.basemap && this.options.theme !== theme) this.basemap.setTheme(theme);
      this.options = { ...this.options, theme };
      if (this.events.columns) this._dress();
    }

    _dress() {
      const palette = parts.palette(this.container);
      this.events.setPalette(palette);
      this.rings.setPalette(palette);
      this.legend.show(this.events.columns, palette);
    }

    setWindow({ from, to, mode, seq }) {
      this.shownWindow = { from, to, mode };
      if (Number.isFinite(seq)) this.seq = seq;
      this.events.setWindow(from, to);
    }

    /** A mask belongs to the newest columns: while they are on their way, it waits for them. */
    setMask(mask) {
      if (this.loading) this.nextMask = { mask };
      else this.events.setMask(mask);
    }

    _onPainted({ ms, count }) {
      this.painted = true;
      this.frame = { ms, count };
      this.density.say(this.events.dense ? 'Many events in view: drawn as dots. Zoom in for shapes and discs.' : '');
      if (this.stack.isOpen) this.stack.update(this.events.shown.rowsAt(this.stack.place), (row) => this.labelOf(row));
      if (this.seq === null) return;
      this.lastSeq = this.seq;
      this.seq = null;
      this.channel.post({ type: 'drawn', seq: this.lastSeq, ms, count });
    }

    labelOf(row) {
      const kind = this.options.kinds[this.events.columns.kind[row]];
      return (this.labels && this.labels[row]) || ['', kind ? kind.label : 'Event', '', ''];
    }

    rowOf(id) {
      if (id === null || !this.labels) return -1;
      if (!this.byId) this.byId = new Map(this.labels.map((label, row) => [label[0], row]));
      return this.byId.has(id) ? this.byId.get(id) : -1;
    }

    visibleIds() {
      const shown = this.events.current();
      return shown ? Array.from(shown.rows.subarray(0, shown.count), (row) => this.labelOf(row)[0]) : [];
    }

    screenXY(id) {
      const point = this.events.pointOf(this.rowOf(id));
      if (point === null) return null;
      const { left, top } = this.container.getBoundingClientRect();
      return { x: point.x + left, y: point.y + top };
    }

    choose(id) {
      this.chosenId = id;
      const row = this.rowOf(id);
      this.events.choose(row);
      this.zoom.setChosen(row >= 0 && this.events.places.of[row] >= 0);
    }

    hover(hits, latlng) {
      const [hit] = hits;
      this.cursor.say(latlng);
      this.container.classList.toggle('dl-on-mark', hit !== undefined && !this.armed);
      this.events.hover(hit ? hit.place : -1);
      const site = hit || latlng === null ? null : this.rings.siteAt(this.map.latLngToContainerPoint(latlng));
      if (hit) this._tell(hit, hits.length - 1);
      else if (site) this.tooltip.show([['', site.name, '', '']], site, 0);
      else this.tooltip.hide();
    }

    _tell(hit, beneath) {
      this.tooltip.show(this.events.shown.rowsAt(hit.place).map((row) => this.labelOf(row)), hit, beneath);
    }

    onPick(hit, { latlng, touch }) {
      this.stack.close();
      this.tooltip.hide();
      if (this.armed) {
        this._postPoint(latlng);
        return;
      }
      const rows = hit ? this.events.shown.rowsAt(hit.place) : [];
      if (rows.length > 1) this.stack.open(hit.place, rows, (row) => this.labelOf(row), hit);
      else this.pick(rows.length ? rows[0] : -1, touch && hit ? hit : null);
    }

    /** A person picks an event, or with -1 none. */
    pick(row, tellAt) {
      const id = row < 0 ? null : this.labelOf(row)[0];
      if (id === '') return; // the labels are not there yet, so the page could not know which event is meant
      this.choose(id);
      this.channel.post({ type: 'select', id });
      if (row < 0) return;
      if (tellAt) this._tell(tellAt, 0);
      this.events.announce(this._feature(row));
    }

    _feature(row) {
      const { lon, lat, kind } = this.events.columns;
      const [id, title, when, place] = this.labelOf(row);
      const code = (this.options.kinds[kind[row]] || { code: 'other' }).code;
      return { type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon[row] / 1e7, lat[row] / 1e7] }, properties: { title, when, place, kind: code } };
    }

    _iconOf(row) {
      const { kind, precision } = this.events.columns;
      const { kinds } = this.options;
      return parts.kindIcon(kinds[kind[row]] || kinds[kinds.length - 1], this.events.palette, precision[row] < parts.VAGUE_FROM);
    }

    arm(on) {
      this.armed = on;
      this.container.classList.toggle('dl-armed', on);
    }

    _postPoint({ lat, lng }) {
      this.channel.post({ type: 'point', lon: parts.wrapLongitude(lng), lat: Number(lat.toFixed(6)) });
    }

    zoomToChosen() {
      const row = this.rowOf(this.chosenId);
      if (row >= 0) this.view.toRow(row);
    }

    _nameRings() {
      const names = [...(this.siteList || []).map((site) => site.name), ...(this.ringList || []).map((ring) => [ring.label, ring.meaning].filter(Boolean).join(': '))];
      this.ringNames.replaceChildren(...names.map((name) => parts.words('li', '', name)));
    }
  }
})();
