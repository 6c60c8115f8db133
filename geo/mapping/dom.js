// Makes the map's own elements: words only ever become text nodes, never HTML.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SVG = 'http://www.w3.org/2000/svg';

  /** An element with attributes and children; a string among the children becomes a text node. */
  parts.el = function (tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children);
    return element;
  };

  /** An SVG drawing of path data on a `size` x `size` canvas; it says nothing to a screen reader. */
  parts.drawing = function (size, className, ...paths) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
    svg.setAttribute('class', className);
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('focusable', 'false');
    for (const attributes of paths) {
      const path = document.createElementNS(SVG, 'path');
      for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
      svg.append(path);
    }
    return svg;
  };

  /**
   * Words that came with the data, in an element of their own: `dir="auto"` and isolation (map.css) keep right-to-left text
   * from turning what stands beside it, and the cut keeps a hostile million characters out of the layout.
   */
  parts.words = function (tag, className, text, longest = 400) {
    return parts.el(tag, { class: `dl-words ${className}`, dir: 'auto' }, parts.cut(text, longest));
  };

  /** The first `longest` characters of a text (whole code points), with an ellipsis if any are left out. */
  parts.cut = function (text, longest) {
    const whole = String(text === null || text === undefined ? '' : text);
    if (whole.length <= longest) return whole;
    return `${Array.from(whole.slice(0, longest * 2)).slice(0, longest).join('')}…`;
  };

  /** Keep clicks, drags and wheel turns on an element from reaching the map under it. */
  parts.shield = function (element) {
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
    return element;
  };

  /**
   * Resolves when every style sheet of the document is in force. streamlit-folium parses the whole head anew just before it runs
   * the map's script, so for a moment there are none, and colours and sizes read then would be wrong.
   */
  parts.styled = function () {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !link.sheet);
    const settled = links.map((link) => new Promise((resolve) => {
      link.addEventListener('load', resolve, { once: true });
      link.addEventListener('error', resolve, { once: true });
    }));
    const patience = new Promise((resolve) => { setTimeout(resolve, 3000); });
    return Promise.race([Promise.all(settled), patience]);
  };
})();
