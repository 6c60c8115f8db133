// Lists the events that share one coordinate, to pick from with a pointer or the keyboard.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const MOST_LISTED = 200;
  const AWAY = 18;

  parts.StackList = class {
    /** `onPick(row)` is called with the row that a person picks; `icon(row)` gives the drawing of its mark; `home` gets the focus back. */
    constructor(parent, { onPick, icon, home }) {
      Object.assign(this, { _parent: parent, _onPick: onPick, _icon: icon, _home: home, place: -1, _rows: [] });
      this._menu = parts.el('div', { class: 'dl-stack-menu', role: 'menu' });
      this._title = parts.el('div', { class: 'dl-stack-title', id: 'dl-stack-title' });
      this._menu.setAttribute('aria-labelledby', 'dl-stack-title');
      this._rest = parts.el('div', { class: 'dl-stack-rest' });
      this.element = parts.shield(parts.el('div', { class: 'dl-stack dl-panel', hidden: true }, this._title, this._menu, this._rest));
      this.element.addEventListener('keydown', (event) => this._onKey(event));
      parent.append(this.element);
    }

    get isOpen() {
      return !this.element.hidden;
    }

    /** Open beside `point` of the container for the rows of one place, and take the focus. */
    open(place, rows, labelOf, point) {
      this.place = place;
      this.element.hidden = false;
      this._fill(rows, labelOf);
      this._stand(point);
      this._buttons()[0].focus({ preventScroll: true });
    }

    /** Follow the window and the filters: what is no longer shown leaves the list. */
    update(rows, labelOf) {
      if (rows.length === this._rows.length && rows.every((row, i) => row === this._rows[i])) return;
      if (rows.length === 0) {
        this.close();
        return;
      }
      const at = this._buttons().indexOf(document.activeElement);
      this._fill(rows, labelOf);
      if (at >= 0) this._focus(Math.min(at, this._buttons().length - 1));
    }

    close() {
      if (!this.isOpen) return;
      const focused = this.element.contains(document.activeElement);
      this.element.hidden = true;
      this.place = -1;
      if (focused) this._home.focus({ preventScroll: true });
    }

    _fill(rows, labelOf) {
      this._rows = rows;
      this._title.textContent = `${rows.length} ${rows.length === 1 ? 'event' : 'events'} at this place`;
      const items = rows.slice(0, MOST_LISTED).map((row) => this._item(row, labelOf(row)));
      this._menu.replaceChildren(...items);
      const left = rows.length - items.length;
      this._rest.textContent = left ? `and ${left} more: narrow the dates or the filters to list them` : '';
    }

    _item(row, [, title, when]) {
      const words = [parts.words('span', 'dl-stack-name', title), parts.words('span', 'dl-stack-when', when)];
      const text = parts.el('span', { class: 'dl-stack-text' }, ...words);
      const button = parts.el('button', { type: 'button', role: 'menuitem', class: 'dl-stack-item' }, this._icon(row), text);
      button.addEventListener('click', () => {
        this.close();
        this._onPick(row);
      });
      return button;
    }

    _buttons() {
      return [...this._menu.querySelectorAll('button')];
    }

    _focus(index) {
      const buttons = this._buttons();
      buttons[(index + buttons.length) % buttons.length].focus();
    }

    _onKey(event) {
      const at = this._buttons().indexOf(document.activeElement);
      const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
      if (event.key in moves) this._focus(moves[event.key]);
      else if (event.key === 'Escape' || event.key === 'Tab') this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    // Beside the mark, on the side with more room. On a narrow map the style sheet lays it along the lower edge instead.
    _stand({ x, y }) {
      const { offsetWidth: width, offsetHeight: height } = this.element;
      const { clientWidth, clientHeight } = this._parent;
      const left = x < clientWidth / 2 ? x + AWAY : x - width - AWAY;
      const top = Math.max(8, Math.min(y - 24, clientHeight - height - 8));
      this.element.style.setProperty('--dl-left', `${Math.round(Math.max(8, Math.min(left, clientWidth - width - 8)))}px`);
      this.element.style.setProperty('--dl-top', `${Math.round(top)}px`);
    }
  };
})();
