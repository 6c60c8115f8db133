// Finds the box around events, the short way round the world, and the views that show it.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const BINS = 3600;
  const M_PER_DEGREE = 111000;
  const CLOSEST = 9;

  /** The half-height and half-width of an event's disc in degrees; none for a site or town. */
  function spread(columns, row) {
    if (columns.precision[row] < parts.VAGUE_FROM) return { dLat: 0, dLon: 0 };
    const dLat = (columns.uncertainty[row] * 100) / M_PER_DEGREE;
    const far = Math.abs(columns.lat[row] / 1e7) + dLat;
    return { dLat, dLon: far >= 85 ? 180 : Math.min(180, dLat / Math.cos((far * Math.PI) / 180)) };
  }

  const bin = (lon) => ((Math.floor(((lon + 180) * BINS) / 360) % BINS) + BINS) % BINS;

  /** The longitude just east of the widest empty stretch: seen from there, no box is wider than it has to be. */
  function afterWidestGap(columns, rows) {
    const filled = new Uint8Array(BINS);
    for (const row of rows) {
      const { dLon } = spread(columns, row);
      const lon = columns.lon[row] / 1e7;
      const steps = Math.min(BINS, Math.ceil((dLon * 2 * BINS) / 360) + 1);
      for (let step = 0, at = bin(lon - dLon); step < steps; step += 1) filled[(at + step) % BINS] = 1;
    }
    let best = 0;
    let start = 0;
    for (let i = 0, run = 0; i < 2 * BINS; i += 1) {
      run = filled[i % BINS] ? 0 : run + 1;
      if (run > best && run <= BINS) {
        best = run;
        start = (i + 1) % BINS;
      }
    }
    return (start * 360) / BINS - 180;
  }

  /**
   * The box around the placed events among `rows`, discs and all: `{west, south, east, north}` in degrees, or null if none is placed.
   * East may be above 180: the box runs across the antimeridian then.
   */
  parts.boxAround = function (columns, rows) {
    const placed = rows.filter((row) => columns.lon[row] !== parts.NOWHERE);
    if (placed.length === 0) return null;
    const origin = afterWidestGap(columns, placed);
    const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
    for (const row of placed) {
      const { dLat, dLon } = spread(columns, row);
      const east = origin + ((((columns.lon[row] / 1e7 - origin) % 360) + 360) % 360);
      const lat = columns.lat[row] / 1e7;
      box.west = Math.min(box.west, east - dLon);
      box.east = Math.max(box.east, east + dLon);
      box.south = Math.min(box.south, lat - dLat);
      box.north = Math.max(box.north, lat + dLat);
    }
    const turns = 360 * Math.floor((box.west + 180) / 360);
    const east = Math.min(box.east, box.west + 360);
    return { west: box.west - turns, south: Math.max(-85, box.south), east: east - turns, north: Math.min(85, box.north) };
  };

  /** Show a box, in the copy of the world nearest to what is shown now; `room` is left at the edges for the controls. */
  parts.showBox = function (map, box, { room, animate, closest = CLOSEST }) {
    const turns = 360 * Math.round((map.getCenter().lng - (box.west + box.east) / 2) / 360);
    map.fitBounds([[box.south, box.west + turns], [box.north, box.east + turns]], {
      paddingTopLeft: [room.left, room.top], paddingBottomRight: [room.right, room.bottom], maxZoom: closest, animate,
    });
  };

  /** Show one event: its whole disc, or a site or town from near enough to know the country around it. */
  parts.showEvent = function (map, columns, row, options) {
    const box = parts.boxAround(columns, Int32Array.of(row));
    if (box !== null) parts.showBox(map, box, { ...options, closest: Math.max(CLOSEST, map.getZoom()) });
  };
})();
