// Furnishes the map: its buttons, legend, base map choice, scale, notes and credit, each where it belongs.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const WIDE = 900; // pixels: from here on the legend is open from the start
  const NARROW = 600;
  const SQUARES = 'Many events in view: squares count them. Zoom in for marks and discs.';
  const NO_DISCS = 'Many vague places in view: zoom in or point at one for its disc.';

  parts.Furniture = class {
    /**
     * `options` as of `datelineMap`, `pane` for online tiles; `on` has `showNames(on)` of the built-in map, `baseChosen(name)`,
     * `zoomToAll()` and `zoomToChosen()`.
     */
    constructor(map, options, pane, on) {
      this._map = map;
      this.element = parts.el('div', { class: 'dl-ui' });
      this._notice = parts.notice();
      this._density = parts.notice();
      this.cursor = parts.cursorReadout();
      this.legend = new parts.Legend(options.kinds);
      this.zoom = parts.zoomTools(map, { onAll: on.zoomToAll, onChosen: on.zoomToChosen });
      const { say } = this._notice;
      this._base = new parts.BaseChoice(map, { maps: options.tiles, pane, say, showNames: on.showNames, onChoose: on.baseChosen });
      this._panels = parts.panelTools([
        { icon: 'legend', name: 'Legend', panel: this.legend.element }, { icon: 'base', name: 'Base map', panel: this._base.element },
      ]);
      this._names = parts.el('ul', { class: 'dl-sr', 'aria-label': 'Sites and range rings on the map' });
      const foot = parts.el('div', { class: 'dl-foot' }, parts.scaleBar(map), this.cursor.element);
      const notices = parts.el('div', { class: 'dl-notices' }, this._notice.element, this._density.element);
      this.element.append(this.zoom.element, this._panels.element, notices, foot, this._base.credit, this._names);
      map.getContainer().append(this.element);
      this._base.show(options.base);
    }

    say(text) {
      this._notice.say(text);
    }

    /** Say what is simplified because there is too much in view; `swatches` explain the squares, none if there are none. */
    sayDensity(dense, discsLeftOut, swatches) {
      this._density.say(dense ? SQUARES : discsLeftOut ? NO_DISCS : '');
      this.legend.showDensity(swatches);
    }

    /** Open the legend where there is room for it. */
    unfold() {
      if (this._map.getSize().x >= WIDE) this._panels.open(0);
    }

    /** Say to those who cannot see the canvas what sites and rings are on it. */
    nameAll(sites, rings) {
      const names = [...sites.map((site) => site.name), ...rings.map((ring) => [ring.label, ring.meaning].filter(Boolean).join(': '))];
      this._names.replaceChildren(...names.map((name) => parts.words('li', '', name)));
    }

    /** How much of each edge the controls cover, in pixels, with some air. */
    room() {
      const width = this._map.getSize().x;
      if (width < NARROW) return { left: 24, top: 64, right: 68, bottom: 56 };
      const open = [this.legend.element, this._base.element].find((panel) => !panel.hidden);
      return { left: 64, top: 48, right: open && width >= WIDE ? open.offsetWidth + 40 : 48, bottom: 56 };
    }

    /** The boxes `{west, east, north, south}` that the controls cover on a layer's canvas. */
    covered(view) {
      const { left, top } = this.element.getBoundingClientRect();
      const [x, y] = [view.pad - left, view.pad - top];
      return [...this.element.querySelectorAll('.dl-group, .dl-panel:not([hidden])')].map((element) => {
        const box = element.getBoundingClientRect();
        return { west: box.left + x, east: box.right + x, north: box.top + y, south: box.bottom + y };
      });
    }
  };
})();
