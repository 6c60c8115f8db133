// The choice of base map: the built-in one, and online ones that lie over it once a person picks them.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const OFFLINE = { name: 'offline', label: 'Built-in map', attribution: '', hosts: [] };
  const BUILT_IN_CREDIT = 'Built-in map: Natural Earth';
  const HINT = 'The built-in map needs no network. An online map asks the named host for pictures of where you look.';
  const ENOUGH_ERRORS = 3;
  const UNREACHABLE = 'Online map not reachable; showing the built-in map';

  parts.BaseChoice = class {
    /**
     * `maps` as in geo/mapping/tiles.py; `say(text)` shows a note; `showNames(on)` shows the names of the built-in map over an online
     * one that has none; `onChoose(name)` is told of a person's choice.
     */
    constructor(map, { maps, pane, say, showNames, onChoose }) {
      Object.assign(this, { _map: map, _maps: [OFFLINE, ...maps], _pane: pane, _say: say, _showNames: showNames, _layer: null });
      this.credit = parts.shield(parts.el('div', { class: 'dl-credit' }));
      this._inputs = new Map();
      const choices = this._maps.map((entry) => this._choice(entry, onChoose));
      const hint = parts.el('p', { class: 'dl-hint' }, HINT);
      const legend = parts.el('legend', { class: 'dl-legend-heading' }, 'Base map');
      this.element = parts.el('div', { class: 'dl-panel dl-base' }, parts.el('fieldset', {}, legend, ...choices), hint);
      this.show('offline');
    }

    _choice(entry, onChoose) {
      const input = parts.el('input', { type: 'radio', name: 'dl-base', value: entry.name });
      input.addEventListener('change', () => {
        this.show(entry.name);
        onChoose(entry.name);
      });
      this._inputs.set(entry.name, input);
      const host = entry.hosts.length ? parts.el('span', { class: 'dl-base-host' }, entry.hosts.join(', ')) : '';
      return parts.el('label', { class: 'dl-base-choice' }, input, parts.el('span', {}, entry.label, host));
    }

    /** Show a base map by name; an unknown name shows the built-in one. Nothing is asked of a host before this. */
    show(name) {
      const entry = this._maps.find((one) => one.name === name) || OFFLINE;
      this._inputs.get(entry.name).checked = true;
      this._say('');
      this._showNames(true);
      if (this._layer) this._layer.remove();
      this._layer = entry === OFFLINE ? null : this._tiles(entry).addTo(this._map);
      this.credit.replaceChildren(...credits(entry));
    }

    // A tile that fails stays invisible, so the built-in map shows through.
    _tiles(entry) {
      const layer = L.tileLayer(entry.url, {
        pane: this._pane,
        maxZoom: this._map.getMaxZoom(),
        maxNativeZoom: entry.max_zoom,
        subdomains: entry.subdomains || 'abc',
        referrerPolicy: 'strict-origin-when-cross-origin', // tile.openstreetmap.org refuses those who do not say who asks
      });
      let errors = 0;
      let loaded = 0;
      layer.on('tileload', () => {
        loaded += 1;
        this._say('');
        if (loaded === 1 && entry.named) this._showNames(false);
      });
      layer.on('tileerror', () => {
        errors += 1;
        if (errors >= ENOUGH_ERRORS && loaded === 0) this._say(UNREACHABLE);
      });
      return layer;
    }
  };

  function credits(entry) {
    if (!entry.attribution) return [BUILT_IN_CREDIT];
    if (!entry.attribution_url) return [`${entry.attribution} · ${BUILT_IN_CREDIT}`];
    const link = parts.el('a', { href: entry.attribution_url, target: '_blank', rel: 'noopener noreferrer' }, entry.attribution);
    return [link, ` · ${BUILT_IN_CREDIT}`];
  }
})();
