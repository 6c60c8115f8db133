// Draws range rings with their labels, and sites with their names, on a canvas under the events.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SMALLEST_LABELLED = 9; // pixels: the name of a ring smaller than this would hide what it encloses
  const LINE_HEIGHT = 15;
  const LABEL_LONGEST = 80;

  parts.RingsLayer = parts.CanvasLayer.extend({
    initialize(options) {
      L.setOptions(this, options);
      this.rings = [];
      this.sites = [];
    },

    setRings(rings) {
      this.rings = rings.map(prepareRing).filter(Boolean);
      this.redraw();
    },

    setSites(sites) {
      this.sites = sites.filter((site) => Number.isFinite(site.lon) && Number.isFinite(site.lat))
        .map((site) => ({ name: parts.cut(site.name, LABEL_LONGEST), x: parts.worldX(site.lon), y: parts.worldY(site.lat) }));
      this.redraw();
    },

    setPalette(palette) {
      this.palette = palette;
      this.redraw();
    },

    paint(context, view) {
      if (!this.palette) return;
      Object.assign(context, { lineJoin: 'round', lineCap: 'butt', textBaseline: 'middle' });
      for (const ring of this.rings) this._paintRing(context, view, ring);
      // The names of sites come first: a ring's label has many places to go, a site's few.
      this._taken = [];
      for (const site of this.sites) this._paintSite(context, view, site);
      for (const ring of this.rings) this._paintLabel(context, view, ring);
    },

    _paintRing(context, view, ring) {
      const path = new Path2D();
      for (const line of ring.lines) {
        for (let shift = firstShift(line.east, view); (line.west + shift) * view.world < view.left + view.width; shift += 1) {
          line.xy.forEach(([x, y], i) => {
            path[i ? 'lineTo' : 'moveTo']((x + shift) * view.world - view.left, y * view.world - view.top);
          });
        }
      }
      const tool = ring.origin === 'tool';
      Object.assign(context, { strokeStyle: this.palette.paper, lineWidth: 4, globalAlpha: 0.7 });
      context.stroke(path);
      Object.assign(context, { strokeStyle: tool ? this.palette.accent : this.palette.ink, lineWidth: tool ? 2 : 1.5, globalAlpha: 1 });
      context.setLineDash(tool ? [7, 4] : []);
      context.stroke(path);
      context.setLineDash([]);
      if (tool) this._eachCopy(view, ring.center, (x, y) => this._paintCross(context, x, y));
    },

    _paintCross(context, x, y) {
      context.beginPath();
      for (const [dx, dy] of [[5, 0], [0, 5]]) {
        context.moveTo(x - dx, y - dy);
        context.lineTo(x + dx, y + dy);
      }
      context.stroke();
    },

    _paintSite(context, view, site) {
      this._eachCopy(view, [site.x, site.y], (x, y) => {
        Object.assign(context, { strokeStyle: this.palette.paper, lineWidth: 3, fillStyle: this.palette.ink });
        context.strokeRect(x - 3.5, y - 3.5, 7, 7);
        context.fillRect(x - 3.5, y - 3.5, 7, 7);
        context.font = `600 12px ${this.palette.font}`;
        const width = context.measureText(site.name).width;
        const away = 15; // a mark of an event may stand on the site itself
        const spots = [[x + away + width / 2, y], [x - away - width / 2, y], [x, y + away], [x, y - away]];
        const spot = spots.find(([sx, sy]) => this._take(sx, sy, width, view)) || spots[0];
        this._write(context, site.name, ...spot, this.palette.ink);
      });
    },

    _paintLabel(context, view, ring) {
      context.font = `500 12px ${this.palette.font}`;
      const width = context.measureText(ring.label).width;
      const ink = ring.origin === 'tool' ? this.palette.accent : this.palette.ink;
      for (let shift = firstShift(ring.east, view); (ring.west + shift) * view.world < view.left + view.width; shift += 1) {
        if ((ring.east - ring.west) * view.world < 2 * SMALLEST_LABELLED) return;
        const spot = ring.spots
          .map(([x, y]) => [(x + shift) * view.world - view.left, y * view.world - view.top])
          .find(([x, y]) => this._take(x, y, width, view));
        if (spot) this._write(context, ring.label, ...spot, ink);
      }
    },

    /** Take a box for a text if it is wholly in view and free. */
    _take(x, y, width, view) {
      const box = { west: x - width / 2 - 3, east: x + width / 2 + 3, north: y - LINE_HEIGHT / 2, south: y + LINE_HEIGHT / 2 };
      const { pad } = view;
      if (box.west < pad || box.east > view.width - pad || box.north < pad || box.south > view.height - pad) return false;
      const free = this._taken.every((one) => box.east < one.west || box.west > one.east || box.south < one.north || box.north > one.south);
      if (free) this._taken.push(box);
      return free;
    },

    _write(context, text, x, y, ink) {
      Object.assign(context, { textAlign: 'center', strokeStyle: this.palette.paper, lineWidth: 4, fillStyle: ink });
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    },

    _eachCopy(view, [worldX, worldY], visit) {
      for (let shift = firstShift(worldX, view); (worldX + shift) * view.world < view.left + view.width; shift += 1) {
        visit((worldX + shift) * view.world - view.left, worldY * view.world - view.top);
      }
    },
  });

  /** The first copy of the world in which something whose eastern edge is `east` can be in view. */
  function firstShift(east, view) {
    return Math.ceil(view.left / view.world - east);
  }

  /** A ring of the channel as world fractions: its lines as they come, split at the antimeridian, and the spots for its label. */
  function prepareRing(ring) {
    if (!Array.isArray(ring.coordinates) || !Array.isArray(ring.center)) return null;
    const lines = ring.coordinates.map((line) => {
      const xy = line.map(([lon, lat]) => [parts.worldX(lon), parts.worldY(lat)]);
      const xs = xy.map(([x]) => x);
      return { xy, west: Math.min(...xs), east: Math.max(...xs) };
    }).filter((line) => line.xy.length > 1);
    if (lines.length === 0) return null;
    const center = [parts.worldX(ring.center[0]), parts.worldY(ring.center[1])];
    const around = lines.flatMap((line) => line.xy.map(([x, y]) => [x + Math.round(center[0] - x), y]));
    const xs = around.map(([x]) => x);
    const meaning = ring.meaning && !String(ring.label).includes(ring.meaning) ? ` · ${ring.meaning}` : '';
    return {
      origin: ring.origin, lines, center, label: isolated(`${parts.cut(ring.label, LABEL_LONGEST)}${parts.cut(meaning, LABEL_LONGEST)}`),
      west: Math.min(...xs), east: Math.max(...xs), spots: labelSpots(around),
    };
  }

  /** Where a label may stand on the line, best first: the north, the other extremes, then all around for when those are out of view. */
  function labelSpots(around) {
    const directions = [[0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1], [1, 0], [-1, 0]];
    const extremes = directions.map(([dx, dy]) => around.reduce((best, one) => (
      one[0] * dx + one[1] * dy > best[0] * dx + best[1] * dy ? one : best)));
    const step = Math.max(1, Math.floor(around.length / 72));
    return [...extremes, ...around.filter((_, i) => i % step === 0)];
  }

  // FSI … PDI: a label in a right-to-left script must not turn the distance around. Line ends would only be drawn as boxes.
  const isolated = (text) => `\u2068${text.replace(/\s+/g, ' ')}\u2069`;
})();
