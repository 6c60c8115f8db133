// The buttons on the map: zoom in and out, zoom to all, zoom to the chosen, and those that open a panel.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});

  // Lines on a 20 x 20 canvas.
  const ICONS = {
    plus: 'M10 4V16M4 10H16',
    minus: 'M4 10H16',
    all: 'M3 7V3H7M13 3H17V7M17 13V17H13M7 17H3V13M7.5 10H12.5M10 7.5V12.5',
    chosen: 'M10 2V5.5M10 14.5V18M2 10H5.5M14.5 10H18M10 5.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9Z',
    legend: 'M3.5 5.5H5M3.5 10H5M3.5 14.5H5M8 5.5H17M8 10H17M8 14.5H17',
    back: 'M12 5L7 10L12 15',
    on: 'M8 5L13 10L8 15',
    base: 'M10 3L18 7.5L10 12L2 7.5ZM2 11L10 15.5L18 11',
  };

  parts.button = function (icon, name, onClick) {
    const drawing = parts.drawing(20, 'dl-icon', { d: ICONS[icon] });
    const button = parts.el('button', { type: 'button', class: 'dl-tool', 'aria-label': name, title: name }, drawing);
    button.addEventListener('click', onClick);
    return button;
  };

  /** The zoom buttons. `onAll` and `onChosen` move the map; `setChosen(on)` says whether there is a chosen event on the map. */
  parts.zoomTools = function (map, { onAll, onChosen }) {
    const zoomIn = parts.button('plus', 'Zoom in', () => map.zoomIn());
    const zoomOut = parts.button('minus', 'Zoom out', () => map.zoomOut());
    const all = parts.button('all', 'Zoom to all events shown', onAll);
    const chosen = parts.button('chosen', 'Zoom to the chosen event', onChosen);
    const follow = () => {
      zoomIn.setAttribute('aria-disabled', String(map.getZoom() >= map.getMaxZoom()));
      zoomOut.setAttribute('aria-disabled', String(map.getZoom() <= map.getMinZoom()));
    };
    map.on('zoomend zoomlevelschange', follow);
    follow();
    chosen.setAttribute('aria-disabled', 'true');
    const element = parts.el('div', { class: 'dl-tools dl-group', role: 'group', 'aria-label': 'Zoom' }, zoomIn, zoomOut, all, chosen);
    return { element: parts.shield(element), setChosen: (on) => chosen.setAttribute('aria-disabled', String(!on)) };
  };

  /**
   * Buttons that open one panel each, one at a time: `entries` are `{icon, name, panel}`. Escape closes and returns the focus.
   * `open(index)` opens one without taking the focus.
   */
  parts.panelTools = function (entries) {
    const buttons = entries.map(({ icon, name, panel }, index) => {
      panel.id = `dl-panel-${index}`;
      const button = parts.button(icon, name, () => set(panel.hidden ? index : -1));
      button.setAttribute('aria-controls', panel.id);
      panel.setAttribute('role', 'region');
      panel.setAttribute('aria-label', name);
      panel.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return;
        set(-1);
        button.focus();
      });
      return button;
    });
    function set(open) {
      entries.forEach(({ panel }, index) => {
        panel.hidden = index !== open;
        buttons[index].setAttribute('aria-expanded', String(index === open));
      });
    }
    set(-1);
    const bar = parts.el('div', { class: 'dl-group dl-group-row' }, ...buttons);
    const element = parts.el('div', { class: 'dl-panels' }, bar, ...entries.map(({ panel }) => panel));
    return { element: parts.shield(element), open: set };
  };

  /** A short note over the map, for what a person should know and need not answer; an empty text takes it away. */
  parts.notice = function () {
    // The live region itself is always there: one that appears together with its words is not read out everywhere.
    const element = parts.el('div', { role: 'status' });
    const say = (text) => {
      if (element.textContent !== text) element.replaceChildren(...(text ? [parts.el('div', { class: 'dl-notice' }, text)] : []));
    };
    return { element, say };
  };
})();
