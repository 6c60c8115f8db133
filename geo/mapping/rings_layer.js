// Draws range rings with their labels, and sites with their names, on a canvas under the events.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SMALLEST_LABELLED = 9; // pixels: the name of a ring smaller than this would hide what it encloses
  const LINE_HEIGHT = 15;
  const LABEL_LONGEST = 80;
  const SITE_RADIUS = 8;
  const LABELS_APART = 250;
  const PLATE = 0.82;
  const BESIDE = 14; // a site's name keeps this far away, as a mark of an event may stand on the site itself

  parts.RingsLayer = parts.CanvasLayer.extend({
    /** `options.obstacles(view)` gives boxes `{west, east, north, south}` on the canvas where no label should stand. */
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
      Object.assign(context, { lineJoin: 'round', lineCap: 'butt', textBaseline: 'middle', textAlign: 'center' });
      this._taken = this.options.obstacles(view);
      // The names of sites come first: a ring's label has many places to go, a site's few.
      const names = this.sites.flatMap((site) => this._placeName(context, view, site));
      const labels = this.rings.map((ring) => this._placeLabels(context, view, ring));
      this.rings.forEach((ring, i) => this._paintRing(context, view, ring, labels[i]));
      for (const site of this.sites) this._eachCopy(view, [site.x, site.y], (x, y) => this._paintSquare(context, x, y));
      for (const text of [...names, ...labels.flat()]) this._write(context, text);
    },

    /** The site under a point of the container, `{name, x, y}`, or null. */
    siteAt({ x, y }) {
      const { view } = this;
      let found = null;
      for (const site of view ? this.sites : []) {
        this._eachCopy(view, [site.x, site.y], (sx, sy) => {
          const at = { name: site.name, x: sx - view.pad, y: sy - view.pad };
          if (Math.hypot(at.x - x, at.y - y) <= SITE_RADIUS) found = at;
        });
      }
      return found;
    },

    _placeName(context, view, site) {
      context.font = this._font(600);
      const width = context.measureText(site.name).width;
      const placed = [];
      this._eachCopy(view, [site.x, site.y], (x, y) => {
        const side = BESIDE + width / 2;
        const spots = [[x + side, y], [x - side, y], [x, y + BESIDE], [x, y - BESIDE], [x + side, y + 12], [x + side, y - 12], [x - side, y + 12]];
        const box = this._take(spots, width, view); // in a crowd the name is left out: the pointer tells it, and a closer zoom shows it
        if (box) placed.push({ text: site.name, weight: 600, ink: this.palette.ink, box });
      });
      return placed;
    },

    _placeLabels(context, view, ring) {
      if ((ring.east - ring.west) * view.world < 2 * SMALLEST_LABELLED) return [];
      context.font = this._font(500);
      const width = context.measureText(ring.label).width;
      const ink = ring.origin === 'tool' ? this.palette.accent : this.palette.ink;
      const placed = [];
      for (let shift = firstShift(ring.east, view); (ring.west + shift) * view.world < view.left + view.width; shift += 1) {
        const spots = ring.spots.map(([x, y]) => [(x + shift) * view.world - view.left, y * view.world - view.top]);
        const next = placed.length ? placed[placed.length - 1].box.east + LABELS_APART : -Infinity; // a ring around a pole runs on
        const box = this._take(spots.filter(([x]) => x - width / 2 > next), width, view);
        if (box) placed.push({ text: ring.label, weight: 500, ink, box });
      }
      return placed;
    },

    /** The box of the first spot that is wholly in view and free, which is free no longer. */
    _take(spots, width, view) {
      const { pad } = view;
      for (const spot of spots) {
        const box = boxAround(spot, width);
        const inView = box.west >= pad && box.east <= view.width - pad && box.north >= pad && box.south <= view.height - pad;
        if (inView && this._taken.every((one) => apart(one, box))) {
          this._taken.push(box);
          return box;
        }
      }
      return null;
    },

    // The line leaves a gap for its own label: a line through the letters is hard to read.
    _paintRing(context, view, ring, labels) {
      const path = this._path(view, ring);
      const tool = ring.origin === 'tool';
      context.save();
      if (labels.length) {
        const outside = new Path2D();
        outside.rect(0, 0, view.width, view.height);
        for (const { box } of labels) outside.rect(box.west, box.north, box.east - box.west, box.south - box.north);
        context.clip(outside, 'evenodd');
      }
      Object.assign(context, { strokeStyle: this.palette.paper, lineWidth: 4, globalAlpha: 0.7 });
      context.stroke(path);
      Object.assign(context, { strokeStyle: tool ? this.palette.accent : this.palette.ink, lineWidth: tool ? 2 : 1.5, globalAlpha: 1 });
      context.setLineDash(tool ? [7, 4] : []);
      context.stroke(path);
      context.setLineDash([]);
      if (tool) this._eachCopy(view, ring.center, (x, y) => paintCross(context, x, y));
      context.restore();
    },

    _path(view, ring) {
      const path = new Path2D();
      for (const line of ring.lines) {
        for (let shift = firstShift(line.east, view); (line.west + shift) * view.world < view.left + view.width; shift += 1) {
          line.xy.forEach(([x, y], i) => {
            path[i ? 'lineTo' : 'moveTo']((x + shift) * view.world - view.left, y * view.world - view.top);
          });
        }
      }
      return path;
    },

    _paintSquare(context, x, y) {
      Object.assign(context, { strokeStyle: this.palette.paper, lineWidth: 3, fillStyle: this.palette.ink });
      context.strokeRect(x - 3.5, y - 3.5, 7, 7);
      context.fillRect(x - 3.5, y - 3.5, 7, 7);
    },

    _write(context, { text, weight, ink, box }) {
      Object.assign(context, { font: this._font(weight), strokeStyle: this.palette.paper, lineWidth: 3, fillStyle: this.palette.paper });
      const at = [(box.west + box.east) / 2, (box.north + box.south) / 2];
      // A plate dims the base map's own names, which know nothing of this one.
      context.globalAlpha = PLATE;
      context.beginPath();
      context.roundRect(box.west, box.north, box.east - box.west, box.south - box.north, 3);
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = ink;
      context.strokeText(text, ...at);
      context.fillText(text, ...at);
    },

    _font(weight) {
      return `${weight} 12px ${this.palette.font}`;
    },

    _eachCopy(view, [worldX, worldY], visit) {
      for (let shift = firstShift(worldX, view); (worldX + shift) * view.world < view.left + view.width; shift += 1) {
        visit((worldX + shift) * view.world - view.left, worldY * view.world - view.top);
      }
    },
  });

  const boxAround = ([x, y], width) => ({ west: x - width / 2 - 4, east: x + width / 2 + 4, north: y - LINE_HEIGHT / 2, south: y + LINE_HEIGHT / 2 });
  const apart = (a, b) => a.east < b.west || a.west > b.east || a.south < b.north || a.north > b.south;

  function paintCross(context, x, y) {
    context.beginPath();
    for (const [dx, dy] of [[5, 0], [0, 5]]) {
      context.moveTo(x - dx, y - dy);
      context.lineTo(x + dx, y + dy);
    }
    context.stroke();
  }

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
    const label = isolated(`${parts.cut(ring.label, LABEL_LONGEST)}${parts.cut(meaning, LABEL_LONGEST)}`);
    return { origin: ring.origin, lines, center, label, west: Math.min(...xs), east: Math.max(...xs), spots: labelSpots(around) };
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
