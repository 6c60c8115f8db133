// The legend: the kinds that the data holds, and what solid, hollow, numbered and ringed mean.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SVG_LINE = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5' };
  const CIRCLE = 'M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14Z';
  const SMALL_CIRCLE = 'M10 6.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6Z';
  const SMALL_SQUARE = 'M6.5 6.5H13.5V13.5H6.5Z';

  /** The mark of a kind as a small drawing. */
  parts.kindIcon = function (kind, palette, solid = true) {
    const colour = parts.kindColour(kind, palette);
    const look = solid ? { fill: colour } : { fill: 'none', stroke: colour, 'stroke-width': '2.5', 'stroke-linejoin': 'round' };
    return parts.drawing(20, 'dl-legend-icon', { d: kind.path, ...look });
  };

  const FORMS = [
    ['Solid: known site or town', { d: SMALL_CIRCLE, fill: 'currentColor' }],
    ['Hollow: within the disc',
      { d: CIRCLE, fill: 'currentColor', 'fill-opacity': '0.14', stroke: 'currentColor', 'stroke-dasharray': '2.5 2' },
      { d: SMALL_CIRCLE, fill: 'none', stroke: 'currentColor', 'stroke-width': '2.2' }],
  ];
  const LINES = [
    ['Site', { d: SMALL_SQUARE, fill: 'currentColor' }],
    ['Ring told by the source', { d: CIRCLE, ...SVG_LINE }],
    ['Ring drawn here', { d: CIRCLE, ...SVG_LINE, 'stroke-dasharray': '4 2.5', class: 'dl-accent-line' }],
  ];

  parts.Legend = class {
    constructor(kinds) {
      this._kinds = kinds;
      this._list = parts.el('ul', { class: 'dl-legend-list' });
      const stack = parts.el('span', { class: 'dl-legend-badge', 'aria-hidden': 'true' }, '3');
      const forms = parts.el('ul', { class: 'dl-legend-list' }, ...FORMS.map(entry), line(stack, 'Number: events at one place'));
      this._density = parts.el('div', { class: 'dl-legend-density', hidden: true });
      this._swatches = '';
      const lines = parts.el('ul', { class: 'dl-legend-list' }, ...LINES.map(entry));
      this.element = parts.el('div', { class: 'dl-panel dl-legend', tabindex: '0' }, heading('Kind'), this._list, heading('Place'), forms, lines, this._density);
    }

    /**
     * Say what a square of the density means: `swatches` are `{fill, text}`, from few events to many. Once there were squares the words
     * stay, for the legend must not grow and shrink with every movement of a window.
     */
    showDensity(swatches) {
      const key = JSON.stringify(swatches);
      if (!swatches.length || key === this._swatches) return;
      this._swatches = key;
      this._density.hidden = false;
      this._density.replaceChildren(
        heading('Square'),
        parts.el('div', { class: 'dl-legend-scale', 'aria-hidden': 'true' }, ...swatches.map(swatch)),
        parts.el('p', { class: 'dl-hint' }, 'The number of events inside it. Among squares no discs are drawn: zoom in, or point at a mark for its disc.'),
      );
    }

    /** List the kinds that occur in the columns, in the colours that the canvas gives them. */
    show(columns, palette) {
      const lines = this._kinds.filter((_, index) => columns.kinds.has(index)).map((kind) => line(parts.kindIcon(kind, palette), kind.label));
      this._list.replaceChildren(...lines);
    }
  };

  function swatch({ fill, text }) {
    const square = parts.el('span', { class: 'dl-legend-swatch' });
    square.style.background = fill;
    return parts.el('span', { class: 'dl-legend-step' }, square, text);
  }

  const heading = (text) => parts.el('div', { class: 'dl-legend-heading' }, text);
  const line = (icon, text) => parts.el('li', { class: 'dl-legend-line' }, icon, text);
  const entry = ([text, ...paths]) => line(parts.drawing(20, 'dl-legend-icon', ...paths), text);
})();
