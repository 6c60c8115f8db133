// Computes and draws the discs of uncertainty: geodesic circles on the WGS84 ellipsoid.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const STEPS = 72;
  const STEPS_NEAR_POLE = 360; // there, longitude runs fast along the outline
  const FILL = 0.12;
  const FILL_CHOSEN = 0.2;

  /**
   * The outline of a geodesic circle in world fractions around its centre: `{xy, polar}`. `xy` may run beyond 0..1; `polar` is 0, or
   * -1 or 1 if the circle holds the north or the south pole, where the outline crosses the map instead of closing.
   */
  parts.discOutline = function (lon, lat, radius) {
    const steps = Math.abs(lat) + radius / 110000 > 75 ? STEPS_NEAR_POLE : STEPS;
    const xy = new Float64Array(2 * (steps + 1));
    let last = lon;
    for (let i = 0; i <= steps; i += 1) {
      // Starting from the south (or, in the south, from the north) keeps the first point away from the pole.
      const azimuth = (lat >= 0 ? 180 : 0) + (360 * i) / steps;
      const point = window.geodesic.Geodesic.WGS84.Direct(lat, lon, azimuth, radius);
      last = point.lon2 + 360 * Math.round((last - point.lon2) / 360);
      xy[2 * i] = parts.worldX(last);
      xy[2 * i + 1] = parts.worldY(point.lat2);
    }
    const crosses = Math.abs(xy[2 * steps] - xy[0]) > 0.5;
    return { xy, polar: crosses ? (lat >= 0 ? -1 : 1) : 0 };
  };

  parts.Discs = class {
    constructor(columns) {
      this.columns = columns;
      this._outlines = new Map();
    }

    /** Draw the disc of a row in the copy of the world that begins `shift` worlds to the east; `share` of the usual filling. */
    draw(context, view, row, shift, colour, { chosen, share }) {
      const outline = this._outline(row);
      const path = tracePath(outline, view, shift);
      context.fillStyle = colour;
      context.globalAlpha = chosen ? FILL_CHOSEN : FILL * share;
      context.fill(outline.polar ? closeAtPole(path, outline, view, shift) : path);
      context.globalAlpha = chosen ? 1 : 0.75;
      context.strokeStyle = colour;
      context.lineWidth = chosen ? 1.75 : 1;
      context.setLineDash(chosen ? [] : [4, 3]);
      context.stroke(path);
      context.setLineDash([]);
      context.globalAlpha = 1;
    }

    _outline(row) {
      if (!this._outlines.has(row)) {
        const { lon, lat, uncertainty } = this.columns;
        this._outlines.set(row, parts.discOutline(lon[row] / 1e7, lat[row] / 1e7, uncertainty[row] * 100));
      }
      return this._outlines.get(row);
    }
  };

  function tracePath({ xy, polar }, view, shift) {
    const path = new Path2D();
    for (let i = 0; i < xy.length; i += 2) {
      path.lineTo((xy[i] + shift) * view.world - view.left, xy[i + 1] * view.world - view.top);
    }
    if (!polar) path.closePath();
    return path;
  }

  function closeAtPole(path, { xy, polar }, view, shift) {
    const edge = (polar < 0 ? 0 : 1) * view.world - view.top;
    const closed = new Path2D(path);
    closed.lineTo((xy[xy.length - 2] + shift) * view.world - view.left, edge);
    closed.lineTo((xy[0] + shift) * view.world - view.left, edge);
    closed.closePath();
    return closed;
  }
})();
