// Gathers events at one coordinate into one place, once per set of columns, and finds the places in view.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const EQUATOR_M = 2 * Math.PI * 6378137;
  const MAX_LATITUDE = 85.0511287798;
  const SIDE = 65536; // cells of the finest grid along one edge of the world
  const TILE_PX = 256;

  /** The level of the finest grid: 2 ** DEPTH cells along one edge of the world, about 430 m wide at 45 degrees of latitude. */
  parts.DEPTH = 16;

  /** Web Mercator as fractions of the world: 0..1 from west to east and from north to south. */
  parts.worldX = (lon) => lon / 360 + 0.5;
  parts.worldY = function (lat) {
    const s = Math.sin((Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };

  /** The bits of a 16-bit number, a zero before each. */
  function spread(value) {
    let bits = value;
    bits = (bits | (bits << 8)) & 0x00ff00ff;
    bits = (bits | (bits << 4)) & 0x0f0f0f0f;
    bits = (bits | (bits << 2)) & 0x33333333;
    return (bits | (bits << 1)) & 0x55555555;
  }

  /** What `spread` took apart, put together: every other bit. */
  function gathered(code) {
    let bits = code & 0x55555555;
    bits = (bits | (bits >>> 1)) & 0x33333333;
    bits = (bits | (bits >>> 2)) & 0x0f0f0f0f;
    bits = (bits | (bits >>> 4)) & 0x00ff00ff;
    return (bits | (bits >>> 8)) & 0x0000ffff;
  }

  /** Z-order: two numbers of at most 16 bits as one, so that the cells of a square are one run of codes at every level. */
  parts.zOrder = (x, y) => ((spread(y) << 1) | spread(x)) >>> 0;
  parts.zOrderX = gathered;
  parts.zOrderY = (code) => gathered(code >>> 1);

  /**
   * The places of the columns, numbered in z-order, so that neighbours are near one another and a square of the grid is a run of places.
   * `of[row]` is the row's place or -1; `code` the finest cell; `x`, `y` are world fractions; `first[place] .. first[place + 1]` are the
   * limits of its rows in `rows`; `reach` is the half-width of the widest disc there, in world fractions.
   */
  parts.gatherPlaces = function (columns) {
    const of = new Int32Array(columns.n).fill(-1);
    const anchors = inZOrder(columns, of, numberPlaces(columns, of));
    const places = { count: anchors.rows.length, of, code: anchors.code, ...position(columns, anchors.rows), ...membership(of, anchors.rows.length) };
    places.reach = reaches(columns, places);
    return places;
  };

  /** Give each distinct coordinate a number, by open addressing: 400,000 strings as keys would take a second. */
  function numberPlaces(columns, of) {
    const { n, lon, lat } = columns;
    const bits = Math.max(4, Math.ceil(Math.log2(2 * n + 1)));
    const table = new Int32Array(2 ** bits).fill(-1);
    const last = table.length - 1;
    const anchors = new Int32Array(n);
    let count = 0;
    for (let row = 0; row < n; row += 1) {
      if (lon[row] === parts.NOWHERE || lat[row] === parts.NOWHERE) continue;
      let slot = (Math.imul(lon[row], 0x9e3779b1) ^ Math.imul(lat[row], 0x85ebca6b)) >>> (32 - bits);
      let place = table[slot];
      while (place >= 0 && (lon[anchors[place]] !== lon[row] || lat[anchors[place]] !== lat[row])) {
        slot = (slot + 1) & last;
        place = table[slot];
      }
      if (place < 0) {
        anchors[count] = row;
        place = count++;
        table[slot] = place;
      }
      of[row] = place;
    }
    return anchors.subarray(0, count);
  }

  const cell = (fraction) => Math.max(0, Math.min(SIDE - 1, Math.floor(fraction * SIDE)));

  /** Number the places anew in z-order; gives the first row and the code of each. */
  function inZOrder(columns, of, anchors) {
    const codes = Uint32Array.from(anchors, (row) => (
      parts.zOrder(cell(parts.worldX(columns.lon[row] / 1e7)), cell(parts.worldY(columns.lat[row] / 1e7)))
    ));
    const order = parts.orderBy(anchors.length, (place) => codes[place]);
    const renamed = new Int32Array(anchors.length);
    order.forEach((before, after) => { renamed[before] = after; });
    for (let row = 0; row < of.length; row += 1) if (of[row] >= 0) of[row] = renamed[of[row]];
    return { rows: Int32Array.from(order, (place) => anchors[place]), code: Uint32Array.from(order, (place) => codes[place]) };
  }

  function position(columns, anchors) {
    const x = new Float64Array(anchors.length);
    const y = new Float64Array(anchors.length);
    anchors.forEach((row, place) => {
      x[place] = parts.worldX(columns.lon[row] / 1e7);
      y[place] = parts.worldY(columns.lat[row] / 1e7);
    });
    return { x, y };
  }

  function membership(of, count) {
    const first = new Int32Array(count + 1);
    for (let row = 0; row < of.length; row += 1) if (of[row] >= 0) first[of[row] + 1] += 1;
    for (let place = 0; place < count; place += 1) first[place + 1] += first[place];
    const rows = new Int32Array(first[count]);
    const next = first.slice();
    for (let row = 0; row < of.length; row += 1) if (of[row] >= 0) rows[next[of[row]]++] = row;
    return { first, rows };
  }

  // Only for leaving out what cannot be in view, so a sphere and a margin will do; near a pole a disc can span every longitude.
  function reaches(columns, places) {
    const reach = new Float32Array(places.count);
    for (let row = 0; row < columns.n; row += 1) {
      const place = places.of[row];
      if (place < 0 || columns.precision[row] < parts.VAGUE_FROM) continue;
      const radius = columns.uncertainty[row] * 100;
      const edge = Math.abs(columns.lat[row] / 1e7) + radius / 110000;
      const wide = edge > 84 ? 1 : (1.05 * radius) / (EQUATOR_M * Math.cos((edge * Math.PI) / 180));
      if (wide > reach[place]) reach[place] = wide;
    }
    return reach;
  }

  /** The parts of 0..1 that a view spans from west to east, none twice, however many copies of the world are in view. */
  function stretches(from, to) {
    if (to - from >= 1) return [[0, 1]];
    const start = from - Math.floor(from);
    const end = start + to - from;
    return end <= 1 ? [[start, end]] : [[start, 1], [0, end - 1]];
  }

  /**
   * Runs of places, `[from, to]` each with `to` left out, that hold every place within `margin` pixels of the view, and a few beyond:
   * squares of about 256 pixels are taken whole. Costs what is in view, not what is stored.
   */
  parts.runsInView = function ({ code }, view, margin) {
    const level = Math.max(0, Math.min(parts.DEPTH, Math.round(Math.log2(view.world / TILE_PX))));
    const tiles = 2 ** level;
    const below = 4 ** (parts.DEPTH - level); // finest cells in a tile
    const tile = (fraction) => Math.max(0, Math.min(tiles - 1, Math.floor(fraction * tiles)));
    const north = (view.top - margin) / view.world;
    const south = (view.top + view.height + margin) / view.world;
    const runs = [];
    for (const [west, east] of stretches((view.left - margin) / view.world, (view.left + view.width + margin) / view.world)) {
      for (let y = tile(north); y <= tile(south); y += 1) {
        for (let x = tile(west); x <= tile(east); x += 1) {
          const least = parts.zOrder(x, y) * below;
          const from = parts.firstAtLeast(code, least);
          const to = parts.firstAtLeast(code, least + below);
          if (to > from) runs.push([from, to]);
        }
      }
    }
    return runs;
  };
})();
