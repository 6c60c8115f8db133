// Draws the names of the built-in base map on one canvas that reaches beyond the view, so that no name is ever cut.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const REACH_PX = 260; // names whose point lies this far outside the canvas may reach into it
  const STEPS_A_ZOOM = 2; // between whole zooms names are placed anew once
  const LAYOUTS_KEPT = 6;
  const MOST_ZOOMS_STRETCHED = 1.3;
  const ORDER = ['province', 'water', 'country', 'town', 'capital'];
  const spaced = typeof CanvasRenderingContext2D !== 'undefined' && 'letterSpacing' in CanvasRenderingContext2D.prototype;

  const levelOf = (zoom) => Math.floor(zoom * STEPS_A_ZOOM + 0.001) / STEPS_A_ZOOM;

  const isLaidOut = (layout) => Boolean(layout && layout.near); // else it is not begun, or still being made

  parts.BasemapNames = L.Renderer.extend({
    options: { padding: 0.3 },

    initialize(data, slices, palette, options) {
      L.Renderer.prototype.initialize.call(this, options);
      Object.assign(this, { _data: data, _slices: slices, _palette: palette, _layouts: new Map() });
    },

    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._follow };
    },

    setPalette(palette) {
      this._palette = palette;
      const layout = this._map && this._bounds && this._layouts.get(levelOf(this._zoom));
      if (isLaidOut(layout)) this._draw(layout);
    },

    /** Place the names anew, as when more have come; what is drawn stays until that is done. */
    relayout() {
      this._layouts.clear();
      this._update();
    },

    _initContainer() {
      this._container = L.DomUtil.create('canvas', 'dl-basemap-names');
      this._container.setAttribute('aria-hidden', 'true');
    },

    _destroyContainer() {
      this._container.remove();
      this._container = null;
    },

    // The zoom that an animation goes to is known when it begins: the names for it are ready when it ends.
    _onAnimZoom(event) {
      L.Renderer.prototype._onAnimZoom.call(this, event);
      this._prepare(levelOf(event.zoom));
    },

    _onZoomEnd() {},

    _reset() {
      this._update();
      this._onZoom();
    },

    // What is drawn goes along with a zoom, unless that would make giants of the names.
    _updateTransform(center, zoom) {
      L.Renderer.prototype._updateTransform.call(this, center, zoom);
      this._container.style.opacity = Math.abs(zoom - this._zoom) > MOST_ZOOMS_STRETCHED ? '0' : '';
    },

    // A long drag leaves the canvas behind: it catches up before its edge is seen.
    _follow() {
      const size = this._map.getSize();
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      const view = L.bounds(corner, corner.add(size));
      if (!this._bounds || this._bounds.contains(view) || this._zoom !== this._map.getZoom()) return;
      this._update();
    },

    // Until the names of a zoom are placed, those drawn before stay, stretched; so nothing flickers.
    _update() {
      if (!this._map || (this._map._animatingZoom && this._bounds)) return;
      const level = levelOf(this._map.getZoom());
      this._data.wantLabels(level);
      const layout = this._layouts.get(level);
      if (!isLaidOut(layout)) {
        this._prepare(level);
        if (this._bounds) return;
      }
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      L.DomUtil.setPosition(this._container, this._bounds.min);
      Object.assign(this._container.style, { width: `${size.x}px`, height: `${size.y}px`, opacity: '' });
      if (isLaidOut(layout)) this._draw(layout);
    },

    _prepare(level) {
      if (this._layouts.has(level)) return;
      const steps = parts.layOut(this._data.labels, level);
      this._layouts.set(level, steps);
      const next = () => {
        if (this._layouts.get(level) !== steps) return; // more names have come meanwhile
        const { done, value } = steps.next();
        if (!done) {
          this._slices.add(next);
          return;
        }
        this._keep(level, value);
        if (this._map && level === levelOf(this._map.getZoom())) this._update();
      };
      this._slices.add(next);
    },

    _keep(level, layout) {
      this._layouts.delete(level);
      this._layouts.set(level, layout);
      for (const old of [...this._layouts.keys()].slice(0, -LAYOUTS_KEPT)) this._layouts.delete(old);
    },

    _draw(layout) {
      const canvas = this._container;
      const ratio = window.devicePixelRatio || 1;
      const size = this._bounds.getSize();
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d');
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const stretch = this._map.getZoomScale(this._zoom, Math.log2(layout.world / 256));
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const box = {
        left: (corner.x - REACH_PX) / stretch, right: (corner.x + size.x + REACH_PX) / stretch,
        top: (corner.y - REACH_PX) / stretch, bottom: (corner.y + size.y + REACH_PX) / stretch,
      };
      const found = layout.near(box).sort(([a], [b]) => ORDER.indexOf(a.label.face) - ORDER.indexOf(b.label.face));
      const world = layout.world * stretch;
      for (const [placed, copy] of found) {
        drawName(context, placed, (placed.label.x + copy) * world - corner.x, placed.label.y * world - corner.y, this._palette);
      }
      this.fire('drawn');
    },
  });

  function drawName(context, { label, lines, size, height, dx, dy }, x, y, palette) {
    const face = parts.basemapFaces[label.face];
    if (label.kind === 'town') drawDot(context, x, y, label.capital, palette);
    context.save();
    context.translate(x + dx, y + dy);
    if (label.angle) context.rotate((label.angle * Math.PI) / 180);
    context.font = parts.basemapFont(label.face, size);
    if (spaced) context.letterSpacing = `${face.spacing * size}px`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = label.kind === 'province' ? 2.5 : 3;
    context.strokeStyle = palette[face.halo];
    context.fillStyle = palette[face.colour];
    const step = height / lines.length;
    lines.forEach((line, i) => {
      const text = spaced || face.spacing < 0.05 ? line : [...line].join('\u200a'); // hair spaces where a browser cannot space letters
      const at = [(face.spacing * size) / 2, (i - (lines.length - 1) / 2) * step];
      context.strokeText(text, ...at);
      context.fillText(text, ...at);
    });
    context.restore();
  }

  // A capital is a ring around a dot.
  function drawDot(context, x, y, capital, palette) {
    context.beginPath();
    context.arc(x, y, capital ? 3.4 : 2.6, 0, 2 * Math.PI);
    context.fillStyle = palette.landHalo;
    context.fill();
    if (capital) {
      context.lineWidth = 1;
      context.strokeStyle = palette.dot;
      context.stroke();
    }
    context.beginPath();
    context.arc(x, y, capital ? 1.6 : 1.7, 0, 2 * Math.PI);
    context.fillStyle = palette.dot;
    context.fill();
  }
})();
