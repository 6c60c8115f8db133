// Gathers events at one coordinate into one place, once per set of columns, so that a stack is one mark.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const EQUATOR_M = 2 * Math.PI * 6378137;
  const MAX_LATITUDE = 85.0511287798;

  /** Web Mercator as fractions of the world: 0..1 from west to east and from north to south. */
  parts.worldX = (lon) => lon / 360 + 0.5;
  parts.worldY = function (lat) {
    const s = Math.sin((Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };

  /**
   * The places of the columns.
   * `of[row]` is the row's place or -1; `x`, `y` are world fractions; `first[place] .. first[place + 1]` are the limits of its rows
   * in `rows`; `reach` is the half-width of the widest disc there, in world fractions.
   */
  parts.gatherPlaces = function (columns) {
    const of = new Int32Array(columns.n).fill(-1);
    const anchors = numberPlaces(columns, of);
    const places = { count: anchors.length, of, ...position(columns, anchors), ...membership(of, anchors.length) };
    places.reach = reaches(columns, places);
    return places;
  };

  /** Give each distinct coordinate a number, by open addressing: 400,000 strings as keys would take a second. */
  function numberPlaces(columns, of) {
    const { n, lon, lat } = columns;
    const bits = Math.max(4, Math.ceil(Math.log2(2 * n + 1)));
    const table = new Int32Array(1 << bits).fill(-1);
    const last = table.length - 1;
    const anchors = [];
    for (let row = 0; row < n; row += 1) {
      if (lon[row] === parts.NOWHERE || lat[row] === parts.NOWHERE) continue;
      let slot = (Math.imul(lon[row], 0x9e3779b1) ^ Math.imul(lat[row], 0x85ebca6b)) >>> (32 - bits);
      let place = table[slot];
      while (place >= 0 && (lon[anchors[place]] !== lon[row] || lat[anchors[place]] !== lat[row])) {
        slot = (slot + 1) & last;
        place = table[slot];
      }
      if (place < 0) {
        place = anchors.push(row) - 1;
        table[slot] = place;
      }
      of[row] = place;
    }
    return anchors;
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
    for (const place of of) if (place >= 0) first[place + 1] += 1;
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
})();
