// Puts the map together: `window.datelineMap(map, options)` makes a Leaflet map into the map of events.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
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

  /** `options` are those that `event_map` of geo/mapping/elements.py writes. */
  window.datelineMap = (map, options) => new DatelineMap(map, options);

  class DatelineMap {
    constructor(map, options) {
      Object.assign(this, { map, options, container: map.getContainer(), ringList: [], siteList: [], selection: { id: null, row: -1 } });
      this.labels = new parts.Labels(() => this.choosing.refresh());
      Object.assign(this, { shownWindow: { from: null, to: null, mode: 'window' }, waiting: null, painted: false });
      this.frame = { seq: 0, ms: 0, count: 0 };
      this._prepare();
      this._addLayers();
      this._addFurniture();
      this._openChannel();
      this.setTheme(options.theme);
      this._publish();
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
      parts.borrowTypeface();
      document.fonts.addEventListener('loadingdone', () => { if (this.events.columns) this._dress(); });
      // Leaflet gives the map the focus on every click; a frame around it helps only those who came by keyboard.
      document.addEventListener('keyup', () => container.classList.add('dl-by-keys'));
      document.addEventListener('pointerdown', () => container.classList.remove('dl-by-keys'), { capture: true });
    }

    // The layers are added at once, not when the data is there: streamlit-folium looks for them right after this script.
    _addLayers() {
      const { map, options } = this;
      const coarse = window.matchMedia('(pointer: coarse)').matches;
      const obstacles = (view) => ({ firm: this.furniture.covered(view), soft: this.events.boxesIn(view, MOST_OBSTACLES) });
      this.rings = new parts.RingsLayer({ pane: PANES.rings[0], obstacles }).addTo(map);
      this.events = new parts.EventLayer({ pane: PANES.events[0], kinds: options.kinds, size: coarse ? 20 : 18 }).addTo(map);
      this.events.on('painted', (frame) => this._onPainted(frame));
      try {
        this.basemap = window.datelineBasemap(map, { url: options.basemap, theme: options.theme });
      } catch (error) {
        console.warn('Dateline: the built-in base map failed; the events are drawn without it.', error);
        this.basemap = { setTheme() {}, setNamesVisible() {} };
      }
    }

    _addFurniture() {
      const { map, options, events, rings, labels } = this;
      const zoomToChosen = () => { if (this.choosing.row >= 0) this.view.toRow(this.choosing.row); };
      this.furniture = new parts.Furniture(map, options, PANES.tiles[0], {
        showNames: (on) => this.basemap.setNamesVisible(on),
        baseChosen: (name) => this.channel.post({ type: 'basemap', name }),
        zoomToAll: () => this.view.toAll(),
        zoomToChosen,
      });
      this.zooms = { all: () => this.view.toAll(), selected: zoomToChosen, box: (box) => this.view.toPlace(box) };
      this.choosing = new parts.Choosing(map, this.furniture, { events, rings, labels, kinds: options.kinds }, {
        chosen: (id) => {
          this.selection = { id, row: -1 };
          this.channel.post({ type: 'select', id });
        },
        nearer: (box) => this.view.toBox(box),
        point: ({ lat, lng }) => this.channel.post({ type: 'point', lon: parts.wrapLongitude(lng), lat: Number(lat.toFixed(6)) }),
      });
      this.view = new parts.View(map, events, {
        start: options.view,
        room: () => this.furniture.room(),
        onPlaced: () => { this.furniture.unfold(); this.container.classList.remove('dl-waiting'); },
        onMoved: (view) => this.channel.post({ type: 'view', ...view }),
      });
    }

    _openChannel() {
      this.channel = parts.openChannel(this.options.channel, {
        theme: (theme) => this.setTheme(theme),
        revision: (columns, labels) => this.load(columns, labels),
        mask: (mask) => this.setMask(mask),
        window: (shown) => this.setWindow(shown),
        select: (id, row) => this.select(id, row),
        rings: (rings) => this.setRings(rings, this.siteList),
        sites: (sites) => this.setRings(this.ringList, sites),
        arm: (on) => this.choosing.arm(on),
        zoom: (to, box) => this.zooms[to](box),
        asked: () => { this.view.touched = true; },
      });
    }

    _publish() {
      parts.publish({
        ready: () => this.painted && this.labels.known && !this.arriving,
        drawn: () => this.frame,
        visibleIds: () => this.visibleIds(),
        visibleCount: () => (this.events.columns ? this.events.current().count : 0),
        visibleRows: (limit) => this.visibleRows(limit),
        window: () => this.shownWindow,
        screenXY: (id) => this.screenXY(this.rowOf(id)),
        screenXYOfRow: (row) => this.screenXY(row),
      });
    }

    /**
     * Fetch a revision's columns and labels. The first columns are drawn as they come; later ones wait until all of them and their labels
     * are there, then change in one go.
     */
    async load(columnsUrl, labelsUrl) {
      if (this.address === columnsUrl) return;
      this.address = columnsUrl;
      this.selection.row = -1; // it was a row of the columns before
      this.loading = Boolean(this.events.columns);
      this.arriving = true;
      const current = () => this.address === columnsUrl;
      const styled = parts.styled();
      const labels = new parts.Labels(() => this.choosing.refresh());
      try {
        const onPart = this.loading ? null : (columns) => styled.then(() => { if (current() && this.arriving) this._takeColumns(columns); });
        const columns = await parts.fetchColumns(columnsUrl, { onPart });
        const labelled = labels.open(labelsUrl, columns.n);
        await (this.loading ? labelled : styled);
        if (!current()) return;
        this.arriving = false;
        this._takeColumns(columns, labels);
        await labelled;
        if (current()) this.choosing.mark();
      } catch (error) {
        if (current()) this._onLoadFailed(error);
      }
    }

    /** Draw columns; the first rows of some have no labels yet. */
    _takeColumns(columns, labels = new parts.Labels(() => {})) {
      this.loading = false;
      this.painted = false; // these were not
      this.labels = labels;
      this.choosing.labels = labels;
      this.events.setColumns(columns, parts.gatherPlaces(columns));
      if (this.nextMask) this.events.setMask(this.nextMask.mask);
      this.nextMask = null;
      this._dress();
      this.choosing.set(null); // rows were counted in other columns
      this.choosing.set(this.selection.id, this.selection.row);
      if (!this.view.placed && (columns.n === columns.total || columns.box || this.options.view)) this.view.place();
    }

    /** The page chose an event. Its row is one of the newest columns: while they are on their way, it waits for them. */
    select(id, row) {
      this.selection = { id, row };
      this.choosing.set(id, this.loading ? -1 : row);
    }

    _onLoadFailed(error) {
      console.warn('Dateline: there are no events.', error);
      this.address = null; // so that the page may ask again
      this.container.classList.remove('dl-waiting');
      this.furniture.say('The events could not be loaded. Reload the page to try again.');
    }

    setTheme(theme) {
      document.documentElement.dataset.theme = theme;
      this.container.dataset.theme = theme;
      if (theme !== (this.theme || this.options.theme)) this.basemap.setTheme(theme);
      this.theme = theme;
      if (this.events.columns) this._dress();
    }

    _dress() {
      const palette = parts.palette(this.container);
      this.events.setPalette(palette);
      this.rings.setPalette(palette);
      this.furniture.legend.show(this.events.columns, palette);
    }

    setWindow({ from, to, mode, seq }) {
      this.shownWindow = { from, to, mode };
      if (Number.isFinite(seq)) this.waiting = seq; // an older one is answered by nobody: only the newest is drawn
      this.events.setWindow(from, to);
    }

    /** A mask belongs to the newest columns: while they are on their way, it waits for them. */
    setMask(mask) {
      if (this.loading) this.nextMask = { mask };
      else this.events.setMask(mask);
    }

    setRings(rings, sites) {
      Object.assign(this, { ringList: rings, siteList: sites });
      this.rings.setRings(rings);
      this.rings.setSites(sites);
      this.furniture.nameAll(sites, rings);
    }

    _onPainted({ ms, count }) {
      this.painted = true;
      this.frame = { ...this.frame, ms, count };
      this.furniture.sayDensity(this.events.dense, this.events.discsLeftOut, this.events.density.any ? this.events.density.swatches() : []);
      this.choosing.follow();
      if (this.waiting === null) return;
      this.frame.seq = this.waiting;
      this.waiting = null;
      this.channel.post({ type: 'drawn', ...this.frame, at: performance.timeOrigin + performance.now() });
    }

    rowOf(id) {
      return id !== null && id === this.choosing.id ? this.choosing.row : this.labels.rowOf(id);
    }

    /** All ids that are shown; of a large store, whose labels come by the block, those that are here. */
    visibleIds() {
      return Array.from(this.visibleRows(), (row) => this.labels.of(row)[0]).filter((id) => id !== '');
    }

    visibleRows(limit = Infinity) {
      return this.events.columns ? Array.from(this.events.current().rows(limit)) : [];
    }

    screenXY(row) {
      const point = this.events.pointOf(row);
      if (point === null) return null;
      const { left, top } = this.container.getBoundingClientRect();
      return { x: point.x + left, y: point.y + top };
    }
  }
})();
