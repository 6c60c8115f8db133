// Fetches the built-in base map's files (data/basemap/) and makes them ready to be cut into tiles, a little at a time.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SLICE_MS = 10;
  const EXTENT = 4096;
  const INDEX = { maxZoom: 18, indexMaxZoom: 0, indexMaxPoints: 0, tolerance: 2, extent: EXTENT, buffer: 96 };
  // A fine tile is cut this far at once, so that the first picture of a large zoom need not cut it all the way down.
  const FINE_INDEX = { ...INDEX, indexMaxZoom: 6, indexMaxPoints: 600 };
  const LAYERS = ['land', 'lakes', 'borders', 'provinces'];
  const POINTS_A_STEP = 2500;

  parts.basemapExtent = EXTENT;

  /** Runs tasks one after the other on the main thread and lets the browser breathe every few milliseconds. */
  parts.Slices = class {
    constructor() {
      this._tasks = [];
      this._running = false;
    }

    add(task) {
      this._tasks.push(task);
      if (this._running) return;
      this._running = true;
      setTimeout(() => this._run(), 0);
    }

    _run() {
      const end = performance.now() + SLICE_MS;
      while (this._tasks.length && performance.now() < end) {
        try {
          this._tasks.shift()();
        } catch (error) {
          console.warn('Dateline: a part of the built-in base map could not be drawn.', error);
        }
      }
      this._running = this._tasks.length > 0;
      if (this._running) setTimeout(() => this._run(), 0);
    }
  };

  /**
   * The data of the base map. `ready` resolves when the first view can be drawn. `onFine(x, y, zoom)` is called when a finer tile
   * has come, `onLabels()` when more names have.
   */
  parts.BasemapData = class {
    constructor(url, slices, { onFine, onLabels }) {
      Object.assign(this, { _url: url, _slices: slices, _onFine: onFine, _onLabels: onLabels });
      Object.assign(this, { coarse: null, labels: [], _fine: new Map(), _fineTiles: new Set(), _fineZooms: null, _fineLabels: null });
      this.ready = this._start();
    }

    async _start() {
      const labels = this._json('labels.json');
      labels.catch(() => {}); // awaited below: a failure of both files is one failure
      const topology = await this._json('coarse.json');
      this._fineZooms = topology.fine;
      this._fineTiles = new Set(topology.fine.tiles);
      this.coarse = await this._build(topology, INDEX);
      await this._addLabels(await labels);
    }

    async _json(name) {
      const response = await fetch(this._url + name);
      if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
      return response.json();
    }

    /** The set to draw a tile from: the fine one where it is there, else the coarse one, with the fine one sent for. */
    setFor(z, x, y) {
      const { fromZoom, tileZoom } = this._fineZooms;
      if (z < fromZoom) return this.coarse;
      const fineX = x >> (z - tileZoom);
      const fineY = y >> (z - tileZoom);
      const name = `${fineX}_${fineY}`;
      if (!this._fineTiles.has(name)) return this.coarse;
      if (!this._fine.has(name)) this._fetchFine(name, fineX, fineY, tileZoom);
      return this._fine.get(name) || this.coarse;
    }

    async _fetchFine(name, x, y, zoom) {
      this._fine.set(name, null);
      try {
        this._fine.set(name, await this._build(await this._json(`fine_${name}.json`), FINE_INDEX));
        this._onFine(x, y, zoom);
      } catch (error) {
        this._fine.delete(name); // the next view asks again
      }
    }

    /** Send for the names of the larger zooms, once. */
    wantLabels(zoom) {
      if (this._fineLabels || zoom < this._fineZooms.fromZoom - 0.5) return;
      this._fineLabels = this._json('labels_fine.json').then((tables) => this._addLabels(tables)).then(this._onLabels, () => {
        this._fineLabels = null; // the next view asks again
      });
    }

    async _addLabels(tables) {
      let labels = this.labels;
      for (const kind of Object.keys(tables)) {
        await this._step(() => {
          labels = labels.concat(parts.basemapLabels(kind, tables[kind]));
        });
      }
      this.labels = labels;
    }

    // A layer is cut into several indexes, so that no step holds the main thread for long.
    async _build(topology, index) {
      const set = { disputed: [] };
      let lines;
      await this._step(() => {
        lines = arcs(topology);
        set.disputed = dashed(topology, lines);
      });
      for (const layer of LAYERS) {
        set[layer] = [];
        const object = topology.objects[layer];
        for (const features of object ? groups(featuresOf(object, lines)) : []) {
          await this._step(() => set[layer].push(new window.GeoJSONVT({ type: 'FeatureCollection', features }, index)));
        }
      }
      return set;
    }

    _step(work) {
      return new Promise((resolve, reject) => {
        this._slices.add(() => {
          try {
            work();
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
    }
  };

  function arcs({ arcs: deltas, transform: { scale, translate } }) {
    return deltas.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
    });
  }

  // The writer of the files (data/basemap/build_topology.py) shares no arcs: a ring or a line is one arc.
  function featuresOf(object, lines) {
    if (object.type === 'GeometryCollection') return object.geometries.flatMap((geometry) => featuresOf(geometry, lines));
    const properties = object.properties || null;
    const type = object.type === 'MultiPolygon' ? 'Polygon' : 'LineString';
    return object.arcs.map((shape) => {
      const coordinates = type === 'Polygon' ? shape.map(([arc]) => lines[arc]) : lines[shape[0]];
      return { type: 'Feature', properties, geometry: { type, coordinates } };
    });
  }

  function* groups(features) {
    let group = [];
    let points = 0;
    for (const feature of features) {
      const { coordinates, type } = feature.geometry;
      group.push(feature);
      points += type === 'Polygon' ? coordinates.reduce((sum, ring) => sum + ring.length, 0) : coordinates.length;
      if (points < POINTS_A_STEP) continue;
      yield group;
      group = [];
      points = 0;
    }
    if (group.length) yield group;
  }

  // Dashed lines are kept whole, so that their dashes meet where tiles do: [x, y, …] in parts of the world's width.
  function dashed(topology, lines) {
    const { disputed } = topology.objects;
    return (disputed ? disputed.arcs : []).map(([arc]) => {
      const flat = lines[arc].flatMap(([lon, lat]) => parts.worldXY(lon, lat));
      const xs = flat.filter((_, i) => i % 2 === 0);
      const ys = flat.filter((_, i) => i % 2 === 1);
      return { flat, west: Math.min(...xs), east: Math.max(...xs), north: Math.min(...ys), south: Math.max(...ys) };
    });
  }

  /** Web Mercator: [0, 0] is the north-west corner of the world, [1, 1] the south-east one. */
  parts.worldXY = function (lon, lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  };
})();
