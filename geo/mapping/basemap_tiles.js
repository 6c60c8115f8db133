// Draws land, lakes, provinces and borders of the built-in base map as canvas tiles.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const TILE = 256;
  const AHEAD_PX = 192; // tiles this far outside the view are drawn before they are seen
  const OVERLAP_PX = 1; // a tile reaches over its neighbour, so that no seam shows while a zoom scales them
  const MOST_RESOLUTION = 3;
  const LEAST_LAKE_PX = 4; // on a map of a whole region smaller lakes are specks

  parts.BasemapTiles = L.GridLayer.extend({
    options: { tileSize: TILE, maxNativeZoom: 18, updateInterval: 60, updateWhenIdle: false, keepBuffer: 3, className: 'dl-basemap' },

    initialize(data, slices, palette, options) {
      L.setOptions(this, options);
      Object.assign(this, { _data: data, _slices: slices, _palette: palette });
    },

    getEvents() {
      return { ...L.GridLayer.prototype.getEvents.call(this), zoomend: this._sharpen };
    },

    createTile(coords, done) {
      const tile = L.DomUtil.create('canvas', '');
      tile.coords = coords;
      this._slices.add(() => {
        if (!tile.parentNode) return; // gone before its turn came
        this._draw(tile);
        done(null, tile);
      });
      return tile;
    },

    /** Draw every tile again where it is, so that nothing flickers. */
    setPalette(palette) {
      this._palette = palette;
      this._again(() => true);
    },

    /** Draw again what lies in a tile of another zoom. */
    redrawInside(x, y, zoom) {
      this._again(({ coords }) => coords.z >= zoom && coords.x >> (coords.z - zoom) === x && coords.y >> (coords.z - zoom) === y);
    },

    _again(which) {
      for (const { el: tile } of Object.values(this._tiles || {})) {
        if (tile.resolution && which(tile)) this._slices.add(() => tile.parentNode && this._draw(tile));
      }
    },

    // Between whole zooms Leaflet scales the tiles: they are drawn anew with as many pixels as the screen then has.
    _sharpen() {
      const resolution = this._resolution();
      this._again((tile) => tile.coords.z === this._tileZoom && tile.resolution !== resolution);
    },

    _scale() {
      const map = this._map;
      const zoom = map._animatingZoom ? map._animateToZoom : map.getZoom();
      return map.getZoomScale(zoom, this._tileZoom);
    },

    _resolution() {
      return Math.min(MOST_RESOLUTION, (window.devicePixelRatio || 1) * Math.max(0.7, Math.min(2, this._scale())));
    },

    _getTiledPixelBounds(center) {
      const { min, max } = L.GridLayer.prototype._getTiledPixelBounds.call(this, center);
      return L.bounds(min.subtract([AHEAD_PX, AHEAD_PX]), max.add([AHEAD_PX, AHEAD_PX]));
    },

    _initTile(tile) {
      L.GridLayer.prototype._initTile.call(this, tile);
      const grown = (this.getTileSize().x * (TILE + OVERLAP_PX)) / TILE;
      tile.style.width = tile.style.height = `${grown}px`;
    },

    _draw(tile) {
      const resolution = this._resolution();
      const side = Math.ceil((TILE + OVERLAP_PX) * resolution);
      tile.resolution = resolution;
      tile.width = tile.height = side;
      const context = tile.getContext('2d', { alpha: false });
      const pixel = side / (TILE + OVERLAP_PX);
      context.setTransform(pixel, 0, 0, pixel, 0, 0);
      drawTile(context, tile.coords, this._data.setFor(tile.coords.z, tile.coords.x, tile.coords.y), this._palette, 1 / this._scale());
    },
  });

  /** One tile. `px` is the size of a pixel of the screen in units of the tile. */
  function drawTile(context, { z, x, y }, set, palette, px) {
    const side = TILE + OVERLAP_PX;
    context.fillStyle = palette.sea;
    context.fillRect(0, 0, side, side);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    const land = paths(set.land, z, x, y, true);
    const lakes = paths(set.lakes, z, x, y, false, z < 6 ? LEAST_LAKE_PX : 0);
    fill(context, land, palette.land);
    stroke(context, paths(set.provinces, z, x, y, false), palette.province, 0.9 * px);
    fill(context, lakes, palette.sea);
    stroke(context, land, palette.coast, (z < 4 ? 0.6 : 0.9) * px);
    stroke(context, lakes, palette.coast, 0.7 * px);
    const borders = paths(set.borders, z, x, y, false);
    if (z > 3) stroke(context, borders, palette.band, 4 * px);
    stroke(context, borders, palette.border, (z < 4 ? 0.7 : 1.05) * px);
    strokeDashed(context, set.disputed, { z, x, y }, palette, px);
  }

  function fill(context, shapes, colour) {
    if (!shapes) return;
    context.fillStyle = colour;
    context.fill(shapes.area);
  }

  function stroke(context, shapes, colour, width) {
    if (!shapes) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(shapes.outline);
  }

  /** The shapes of a layer in a tile that are `least` pixels large: {area, outline}, or null where there are none. */
  function paths(indexes, z, x, y, mayBeCut, least = 0) {
    const found = indexes.map((index) => index.getTileRaw(z, x, y)).filter((tile) => tile && tile.features.length);
    if (!found.length) return null;
    const area = new Path2D();
    // Antarctica ends at the antimeridian, where no coast is to be drawn.
    const cut = mayBeCut && (x === 0 || x === 2 ** z - 1);
    const outline = cut ? new Path2D() : area;
    for (const { geometry, type, tags } of found.flatMap((tile) => tile.features)) {
      if (tags && tags.zoom > z) continue;
      for (const ring of geometry) {
        if (least && isSmall(ring, least)) continue;
        trace(area, ring, type === 3);
        if (cut) traceUncut(outline, ring);
      }
    }
    return { area, outline };
  }

  function isSmall(ring, px) {
    const least = (px * parts.basemapExtent) / TILE;
    for (let i = 2; i < ring.length; i += 2) {
      if (Math.abs(ring[i] - ring[0]) > least || Math.abs(ring[i + 1] - ring[1]) > least) return false;
    }
    return true;
  }

  function trace(path, ring, closed) {
    const scale = TILE / parts.basemapExtent;
    for (let i = 0; i < ring.length; i += 2) {
      if (i === 0) path.moveTo(ring[0] * scale, ring[1] * scale);
      else path.lineTo(ring[i] * scale, ring[i + 1] * scale);
    }
    if (closed) path.closePath();
  }

  function traceUncut(path, ring) {
    const extent = parts.basemapExtent;
    const scale = TILE / extent;
    const onEdge = (i) => ring[i] === ring[i - 2] && (ring[i] === 0 || ring[i] === extent);
    for (let i = 0; i < ring.length; i += 2) {
      if (i === 0 || onEdge(i)) path.moveTo(ring[i] * scale, ring[i + 1] * scale);
      else path.lineTo(ring[i] * scale, ring[i + 1] * scale);
    }
  }

  function strokeDashed(context, lines, { z, x, y }, palette, px) {
    const count = 2 ** z;
    const reach = 8 / TILE;
    context.beginPath();
    for (const { flat, west, east, north, south } of lines) {
      if (east * count < x - reach || west * count > x + 1 + reach || south * count < y - reach || north * count > y + 1 + reach) continue;
      for (let i = 0; i < flat.length; i += 2) {
        const at = [(flat[i] * count - x) * TILE, (flat[i + 1] * count - y) * TILE];
        if (i === 0) context.moveTo(...at);
        else context.lineTo(...at);
      }
    }
    context.lineCap = 'butt';
    context.strokeStyle = palette.border;
    context.lineWidth = (z < 4 ? 0.8 : 1.15) * px;
    context.setLineDash((z < 4 ? [2.5, 2] : [5, 3.5]).map((length) => length * px));
    context.stroke();
    context.setLineDash([]);
  }
})();
