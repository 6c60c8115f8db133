// Says what is under the pointer: the title, the date exactly as precise as known, the place.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const AWAY = 16;
  const MOST_LISTED = 3;

  /** The number of events whose labels a tooltip shows. */
  parts.TOOLTIP_LINES = MOST_LISTED;

  parts.Tooltip = class {
    constructor(parent) {
      this.element = parts.el('div', { class: 'dl-tooltip', role: 'tooltip', hidden: true });
      parent.append(this.element);
      this._parent = parent;
      this._key = null;
    }

    /**
     * Show the labels of the first events of one mark beside `point` of the container, of `number` that it has; `beneath` marks are
     * hidden under it.
     */
    show(labels, point, { number = labels.length, beneath = 0 } = {}) {
      const listed = labels.slice(0, MOST_LISTED);
      this._say(JSON.stringify([beneath, number, listed]), point, () => [
        ...(number === 1 ? one(labels[0]) : several(listed, number)),
        ...(beneath ? [parts.el('div', { class: 'dl-tooltip-hint' }, `${beneath} more beneath: click again`)] : []),
      ]);
    }

    /** Say how many events a square of the density counts, and what a click on it does. */
    showSquare(events, point, hint) {
      this._say(`${events} ${hint}`, point, () => [
        parts.el('div', { class: 'dl-tooltip-count' }, `${events.toLocaleString('en-GB')} events in this square`),
        parts.el('div', { class: 'dl-tooltip-hint' }, hint),
      ]);
    }

    _say(key, point, content) {
      if (key !== this._key) this.element.replaceChildren(...content());
      this._key = key;
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

  function several(labels, number) {
    const lines = [parts.el('div', { class: 'dl-tooltip-count' }, `${number.toLocaleString('en-GB')} events at this place`)];
    for (const [, title, when] of labels) {
      const words = [parts.words('span', '', title, 90), ' ', parts.words('span', 'dl-tooltip-when', when, 60)];
      lines.push(parts.el('div', { class: 'dl-tooltip-entry' }, ...words));
    }
    if (number > labels.length) lines.push(parts.el('div', { class: 'dl-tooltip-when' }, `and ${(number - labels.length).toLocaleString('en-GB')} more`));
    return lines;
  }
})();
