// A Leaflet layer that is one canvas over the view: sized, placed, redrawn once a frame, scaled while the map zooms.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const PAD = 64; // drawn beyond the view, so that a quick drag shows no empty border before the next frame

  /**
   * A subclass gives `paint(context, view)`. `view` holds what it needs to go from world fractions to the canvas:
   * `x = fraction * world - left`, in CSS pixels; `width` and `height` of the canvas; `pad`, by which it stands over the view.
   */
  parts.CanvasLayer = L.Layer.extend({
    onAdd() {
      this._canvas = L.DomUtil.create('canvas', 'dl-canvas leaflet-zoom-animated', this.getPane());
      this._canvas.setAttribute('aria-hidden', 'true');
      this._frame = 0;
      this._zooming = false;
      this.redraw();
    },

    onRemove() {
      cancelAnimationFrame(this._frame);
      this._canvas.remove();
    },

    getEvents() {
      const events = { viewreset: this.redraw, move: this.redraw, moveend: this.redraw, resize: this.redraw, zoomend: this._onZoomEnd };
      if (this._map._zoomAnimated) events.zoomanim = this._onZoomAnimation;
      return events;
    },

    /** Draw in the next animation frame; however often this is called, once. */
    redraw() {
      if (!this._map) return;
      this._due = true;
      this._askForFrame();
    },

    /** Draw now, for the frame that is coming, unless this frame has drawn already: then in the next. A scrubbed map is a frame less behind. */
    redrawAtOnce() {
      if (!this._map) return;
      if (this._frame) this._due = true;
      else this._drawNow();
      this._askForFrame();
    },

    _askForFrame() {
      if (this._frame) return;
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        if (!this._due) return;
        this._due = false;
        this._drawNow();
      });
    },

    _drawNow() {
      const map = this._map;
      // While the map zooms, the browser scales what is there; `_onZoomEnd` draws anew.
      if (!map || !map._loaded || this._zooming) return;
      const size = map.getSize();
      if (!size.x || !size.y) return;
      const ratio = window.devicePixelRatio || 1;
      const view = { pad: PAD, ratio, width: size.x + 2 * PAD, height: size.y + 2 * PAD, zoom: map.getZoom() };
      const corner = map.containerPointToLayerPoint([-PAD, -PAD]);
      const origin = map.getPixelOrigin().add(corner);
      Object.assign(view, { left: origin.x, top: origin.y, world: map.options.crs.scale(view.zoom) });
      L.DomUtil.setPosition(this._canvas, corner);
      this._center = map.getCenter();
      this.paint(this._fresh(view), view);
    },

    _fresh(view) {
      const canvas = this._canvas;
      const width = Math.round(view.width * view.ratio);
      const height = Math.round(view.height * view.ratio);
      if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
        Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px` });
      }
      this.view = view;
      const context = canvas.getContext('2d');
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
      return context;
    },

    // As L.Renderer does it: the canvas goes where its own middle will be, scaled, and CSS moves it there.
    _onZoomAnimation({ center, zoom }) {
      if (!this.view) return;
      this._zooming = true;
      const scale = this._map.getZoomScale(zoom, this.view.zoom);
      const half = L.point(this.view.width, this.view.height).divideBy(2).multiplyBy(scale);
      const middle = this._map.project(this._center, zoom).subtract(this._map._getNewPixelOrigin(center, zoom));
      L.DomUtil.setTransform(this._canvas, middle.subtract(half), scale);
    },

    _onZoomEnd() {
      this._zooming = false;
      this.redraw();
    },
  });
})();
