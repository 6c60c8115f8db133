// Draws range rings with their labels, and sites with their names, on a canvas under the events.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SMALLEST_LABELLED = 9; // pixels: the label of a ring smaller than this would hide what the ring encloses
  const LABEL_LONGEST = 60;
  const SITE_RADIUS = 8;
  const LABELS_APART = 250; // a ring around a pole runs on from one copy of the world to the next
  const PLATE = 0.82;
  const NAME_SPOTS = [[6, 0, 1], [-6, 0, -1], [0, 15, 0], [0, -15, 0], [6, 12, 1], [6, -12, 1], [-6, 12, -1]];

  parts.RingsLayer = parts.CanvasLayer.extend({
    /** `options.obstacles(view)` gives boxes on the canvas where no label should stand, `{firm, soft}` as in label_places.js. */
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
      this.sites = sites.filter((site) => site && Number.isFinite(site.lon) && Number.isFinite(site.lat))
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
      const places = new parts.LabelPlaces(view, this.options.obstacles(view));
      const labels = this.rings.map((ring) => this._labelRing(context, view, ring, places));
      const said = labels.flat().flatMap(({ lines }) => lines).join('\n');
      const names = this.sites.filter((site) => !said.includes(site.name)).flatMap((site) => this._nameSite(context, view, site, places));
      this.rings.forEach((ring, i) => this._paintRing(context, view, ring, labels[i]));
      for (const site of this.sites) eachCopy(view, [site.x, site.y], (x, y) => this._paintSquare(context, x, y));
      for (const text of [...labels.flat(), ...names]) this._write(context, text);
    },

    /** The site under a point of the container, `{name, x, y}`, or null. */
    siteAt({ x, y }) {
      const { view } = this;
      let found = null;
      for (const site of view ? this.sites : []) {
        eachCopy(view, [site.x, site.y], (sx, sy) => {
          const at = { name: site.name, x: sx - view.pad, y: sy - view.pad };
          if (Math.hypot(at.x - x, at.y - y) <= SITE_RADIUS) found = at;
        });
      }
      return found;
    },

    // A site whose ring is labelled with its name needs none of its own. In a crowd the name is left out: the pointer tells it, and a
    // closer zoom shows it.
    _nameSite(context, view, site, places) {
      const font = this._font(600);
      const placed = [];
      eachCopy(view, [site.x, site.y], (x, y) => {
        const spots = NAME_SPOTS.map(([dx, dy, side]) => [x + dx, y + dy, side]);
        const place = places.take([[wording(site.name)]], spots, measurer(context, font), false);
        if (place) placed.push({ ...place, font, ink: this.palette.ink });
      });
      return placed;
    },

    _labelRing(context, view, ring, places) {
      if ((ring.east - ring.west) * view.world < 2 * SMALLEST_LABELLED) return [];
      const font = this._font(500);
      const ink = ring.origin === 'tool' ? this.palette.accent : this.palette.ink;
      const placed = [];
      eachCopyOf(ring, view, (shift) => {
        const next = placed.length ? placed[placed.length - 1].box.east + LABELS_APART : -Infinity;
        const spots = ring.spots.map(([x, y, side]) => [(x + shift) * view.world - view.left, y * view.world - view.top, side]);
        const place = places.take(ring.wordings, spots.filter(([x]) => x > next), measurer(context, font), true);
        if (place) placed.push({ ...place, font, ink });
      });
      return placed;
    },

    // The line leaves a gap for its own label: a line through the letters is hard to read.
    _paintRing(context, view, ring, labels) {
      const path = tracePath(view, ring);
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
      if (tool) eachCopy(view, ring.center, (x, y) => paintCross(context, x, y));
      context.restore();
    },

    _paintSquare(context, x, y) {
      Object.assign(context, { strokeStyle: this.palette.paper, lineWidth: 3, fillStyle: this.palette.ink });
      context.strokeRect(x - 3.5, y - 3.5, 7, 7);
      context.fillRect(x - 3.5, y - 3.5, 7, 7);
    },

    _write(context, { lines, font, ink, box }) {
      Object.assign(context, { font, strokeStyle: this.palette.paper, lineWidth: 3, fillStyle: this.palette.paper });
      // A plate dims the base map's own names, which know nothing of this one.
      context.globalAlpha = PLATE;
      context.beginPath();
      context.roundRect(box.west, box.north, box.east - box.west, box.south - box.north, 3);
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = ink;
      lines.forEach((line, i) => {
        const at = [(box.west + box.east) / 2, box.north + (i + 0.5) * parts.labelLineHeight];
        context.strokeText(line, ...at);
        context.fillText(line, ...at);
      });
    },

    _font(weight) {
      return `${weight} 12px ${this.palette.font}`;
    },
  });

  function paintCross(context, x, y) {
    context.beginPath();
    for (const [dx, dy] of [[5, 0], [0, 5]]) {
      context.moveTo(x - dx, y - dy);
      context.lineTo(x + dx, y + dy);
    }
    context.stroke();
  }

  const measurer = (context, font) => {
    context.font = font;
    return (line) => context.measureText(line).width;
  };

  /** Visit the shift, in worlds, of each copy of something between `west` and `east` that can be in view. */
  function eachCopyOf({ west, east }, view, visit) {
    for (let shift = Math.ceil(view.left / view.world - east); (west + shift) * view.world < view.left + view.width; shift += 1) visit(shift);
  }

  function eachCopy(view, [x, y], visit) {
    eachCopyOf({ west: x, east: x }, view, (shift) => visit((x + shift) * view.world - view.left, y * view.world - view.top));
  }

  function tracePath(view, ring) {
    const path = new Path2D();
    for (const line of ring.lines) {
      eachCopyOf(line, view, (shift) => line.xy.forEach(([x, y], i) => {
        path[i ? 'lineTo' : 'moveTo']((x + shift) * view.world - view.left, y * view.world - view.top);
      }));
    }
    return path;
  }

  /** A ring of the channel as world fractions: its lines as they come, split at the antimeridian, and the spots for its label. */
  function prepareRing(ring) {
    if (!ring || !Array.isArray(ring.coordinates) || !Array.isArray(ring.center)) return null;
    const lines = ring.coordinates.map((line) => {
      const xy = line.map(([lon, lat]) => [parts.worldX(lon), parts.worldY(lat)]);
      return { xy, ...extent(xy) };
    }).filter((line) => line.xy.length > 1);
    if (lines.length === 0) return null;
    const center = [parts.worldX(ring.center[0]), parts.worldY(ring.center[1])];
    const around = lines.flatMap((line) => line.xy.map(([x, y]) => [x + Math.round(center[0] - x), y]));
    return { origin: ring.origin, lines, center, wordings: wordings(ring), ...extent(around), spots: labelSpots(around) };
  }

  function extent(xy) {
    const xs = xy.map(([x]) => x);
    return { west: Math.min(...xs), east: Math.max(...xs) };
  }

  /** The label and what it means, on one line or two; where that is too much, the label alone. */
  function wordings({ label, meaning }) {
    const short = wording(label);
    if (!meaning || String(label).includes(meaning)) return [[short]];
    const both = wording(`${label} · ${meaning}`);
    return [both.length < LABEL_LONGEST ? [both] : [short, wording(meaning)], [short]];
  }

  /**
   * Where a label may stand, best first: on the line in the north, in the south, beside it, at its corners, and then all around for when
   * those are out of view.
   */
  function labelSpots(around) {
    const directions = [[0, -1, 0], [0, 1, 0], [1, 0, 1], [-1, 0, -1], [1, -1, 0], [-1, -1, 0], [1, 1, 0], [-1, 1, 0]];
    const extremes = directions.map(([dx, dy, side]) => [...around.reduce((best, one) => (
      one[0] * dx + one[1] * dy > best[0] * dx + best[1] * dy ? one : best)), side]);
    const step = Math.max(1, Math.floor(around.length / 72));
    return [...extremes, ...around.filter((_, i) => i % step === 0)];
  }

  // FSI … PDI: a label in a right-to-left script must not turn the distance around. Line ends would only be drawn as boxes.
  const wording = (text) => `\u2068${parts.cut(text, LABEL_LONGEST).replace(/\s+/g, ' ')}\u2069`;
})();
