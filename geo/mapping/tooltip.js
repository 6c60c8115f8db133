// Says what is under the pointer: the title, the date exactly as precise as known, the place.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const AWAY = 16;
  const MOST_LISTED = 3;

  parts.Tooltip = class {
    constructor(parent) {
      this.element = parts.el('div', { class: 'dl-tooltip', role: 'tooltip', hidden: true });
      parent.append(this.element);
      this._parent = parent;
      this._key = null;
    }

    /** Show the labels of the events of one mark beside `point` of the container; `beneath` marks are hidden under it. */
    show(labels, point, beneath) {
      const key = JSON.stringify([beneath, labels.slice(0, MOST_LISTED + 1)]);
      if (key !== this._key) {
        this._key = key;
        this.element.replaceChildren(...(labels.length === 1 ? one(labels[0]) : several(labels)));
        if (beneath) this.element.append(parts.el('div', { class: 'dl-tooltip-hint' }, `${beneath} more beneath: click again`));
      }
      this.element.hidden = false;
      this._place(point);
    }

    hide() {
      this.element.hidden = true;
    }

    // Above the mark if there is room, else below; never out of the map.
    _place({ x, y }) {
      const { offsetWidth: width, offsetHeight: height } = this.element;
      const left = Math.max(4, Math.min(x - width / 2, this._parent.clientWidth - width - 4));
      const above = y - height - AWAY;
      const top = above >= 4 ? above : Math.min(y + AWAY, this._parent.clientHeight - height - 4);
      this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }
  };

  function one([, title, when, place]) {
    const lines = [['title', title], ['when', when], ['place', place]].filter(([, text]) => text);
    return lines.map(([name, text]) => parts.words('div', `dl-tooltip-${name}`, text));
  }

  function several(labels) {
    const lines = [parts.el('div', { class: 'dl-tooltip-count' }, `${labels.length} events at this place`)];
    for (const [, title, when] of labels.slice(0, MOST_LISTED)) {
      const words = [parts.words('span', '', title, 90), ' ', parts.words('span', 'dl-tooltip-when', when, 60)];
      lines.push(parts.el('div', { class: 'dl-tooltip-entry' }, ...words));
    }
    if (labels.length > MOST_LISTED) lines.push(parts.el('div', { class: 'dl-tooltip-when' }, `and ${labels.length - MOST_LISTED} more`));
    return lines;
  }
})();
