// The built-in base map: `window.datelineBasemap(map, {url, theme})` draws Natural Earth under a Leaflet map, with no network.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const PANES = { tiles: ['dateline-basemap', 150], names: ['dateline-labels', 350] };

  /**
   * Adds the base map to a Leaflet map. `url` is where the files of data/basemap/ are, with a slash at its end; `theme` is `light`
   * or `dark`. Returns `setTheme(theme)`, `setVisible(bool)` for all of it, `setNamesVisible(bool)` for the names alone (an online
   * map brings its own), and `ready`, which resolves when the first picture with its names is drawn and rejects if it cannot be.
   */
  window.datelineBasemap = function (map, { url, theme }) {
    const slices = new parts.Slices();
    const palette = parts.basemapPalette(theme);
    const data = new parts.BasemapData(url, slices, {
      onFine: (x, y, zoom) => tiles.redrawInside(x, y, zoom),
      onLabels: () => names.relayout(),
    });
    for (const [name, level] of Object.values(PANES)) {
      const pane = map.getPane(name) || map.createPane(name);
      pane.style.zIndex = String(level);
      pane.style.pointerEvents = 'none';
    }
    const tiles = new parts.BasemapTiles(data, slices, palette, { pane: PANES.tiles[0] });
    const names = new parts.BasemapNames(data, slices, palette, { pane: PANES.names[0] });
    map.getContainer().style.backgroundColor = palette.sea;

    const ready = data.ready.then(() => {
      const drawn = [tiles, names].map((layer, i) => new Promise((resolve) => layer.once(['load', 'drawn'][i], resolve)));
      tiles.addTo(map);
      names.addTo(map);
      return Promise.all(drawn).then(() => undefined);
    });
    ready.catch((error) => console.warn('Dateline: the built-in base map could not be loaded.', error));
    whenFontsCome(() => {
      parts.forgetMeasures(data.labels);
      names.relayout();
    });

    const show = (pane, visible) => {
      map.getPane(pane[0]).style.display = visible ? '' : 'none';
    };
    return {
      ready,
      setTheme(next) {
        const colours = parts.basemapPalette(next);
        map.getContainer().style.backgroundColor = colours.sea;
        tiles.setPalette(colours);
        names.setPalette(colours);
      },
      setVisible(visible) {
        for (const pane of Object.values(PANES)) show(pane, visible);
      },
      setNamesVisible(visible) {
        show(PANES.names, visible);
      },
    };
  };

  function whenFontsCome(then) {
    if (document.fonts && document.fonts.addEventListener) document.fonts.addEventListener('loadingdone', then);
  }
})();
