// Lists the events that share one mark, a page at a time, to pick from with a pointer or the keyboard.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const ROWS_A_PAGE = 25;
  const AWAY = 18;

  parts.StackList = class {
    /**
     * `onPick(row)` is called with the row that a person picks; `icon(row)` gives the drawing of its mark; `labels()` gives
     * the labels as of labels.js; `home` gets the focus back.
     */
    constructor(parent, { onPick, icon, labels, home }) {
      Object.assign(this, { _parent: parent, _onPick: onPick, _icon: icon, _labels: labels, _home: home, places: null, _rows: [], _page: 0 });
      this._menu = parts.el('div', { class: 'dl-stack-menu', role: 'menu' });
      this._title = parts.el('div', { class: 'dl-stack-title', id: 'dl-stack-title' });
      this._menu.setAttribute('aria-labelledby', 'dl-stack-title');
      this._pages = this._pageTools();
      this.element = parts.shield(parts.el('div', { class: 'dl-stack dl-panel', hidden: true }, this._title, this._menu, this._pages));
      this.element.addEventListener('keydown', (event) => this._onKey(event));
      parent.append(this.element);
    }

    get isOpen() {
      return !this.element.hidden;
    }

    /** Open beside `point` of the container for the rows of a run of places, and take the focus. */
    open(places, rows, point) {
      Object.assign(this, { places, _page: 0 });
      this.element.hidden = false;
      this._fill(rows);
      this._stand(point);
      this._buttons()[0].focus({ preventScroll: true });
    }

    /** Follow the window and the filters: what is no longer shown leaves the list. */
    update(rows) {
      if (rows.length === this._rows.length && rows.every((row, i) => row === this._rows[i])) return;
      if (rows.length === 0) this.close();
      else this._fill(rows);
    }

    /** Labels have come: say them, in the lines that are there. Whoever is pressing one just then has pressed it. */
    refresh() {
      if (!this.isOpen) return;
      const listed = this._listed();
      this._buttons().forEach((button, at) => button.lastChild.replaceChildren(...this._words(listed[at])));
      this._labels().ask(listed);
    }

    close() {
      if (!this.isOpen) return;
      const focused = this.element.contains(document.activeElement);
      this.element.hidden = true;
      this.places = null;
      if (focused) this._home.focus({ preventScroll: true });
    }

    get _lastPage() {
      return Math.max(0, Math.ceil(this._rows.length / ROWS_A_PAGE) - 1);
    }

    _fill(rows) {
      const at = this._buttons().indexOf(document.activeElement);
      this._rows = rows;
      this._page = Math.min(this._page, this._lastPage);
      const listed = this._listed();
      const where = this.places && this.places[1] - this.places[0] > 1 ? 'in this square' : 'at this place';
      this._title.textContent = `${rows.length.toLocaleString('en-GB')} ${rows.length === 1 ? 'event' : 'events'} ${where}`;
      this._menu.replaceChildren(...listed.map((row) => this._item(row)));
      this._pages.hidden = this._lastPage === 0;
      this._said.textContent = `Page ${this._page + 1} of ${(this._lastPage + 1).toLocaleString('en-GB')}`;
      this._before.setAttribute('aria-disabled', String(this._page === 0));
      this._after.setAttribute('aria-disabled', String(this._page === this._lastPage));
      if (at >= 0) this._focus(Math.min(at, listed.length - 1));
      this._labels().ask(listed);
    }

    /** The rows of the page that is open. */
    _listed() {
      return this._rows.slice(this._page * ROWS_A_PAGE, (this._page + 1) * ROWS_A_PAGE);
    }

    /** Go to another page, if there is one, and to its first line. */
    _turn(by) {
      const page = Math.max(0, Math.min(this._lastPage, this._page + by));
      if (page === this._page) return;
      this._page = page;
      this._fill(this._rows);
      this._menu.scrollTop = 0;
    }

    _pageTools() {
      this._before = parts.button('back', 'Previous page', () => this._turn(-1));
      this._after = parts.button('on', 'Next page', () => this._turn(1));
      this._said = parts.el('span', { class: 'dl-stack-page', role: 'status' });
      return parts.el('div', { class: 'dl-stack-pages', hidden: true }, this._before, this._said, this._after);
    }

    _item(row) {
      const text = parts.el('span', { class: 'dl-stack-text' }, ...this._words(row));
      const button = parts.el('button', { type: 'button', role: 'menuitem', class: 'dl-stack-item' }, this._icon(row), text);
      button.addEventListener('click', () => {
        this.close();
        this._onPick(row);
      });
      return button;
    }

    _words(row) {
      const [id, title, when] = this._labels().of(row);
      return [parts.words('span', 'dl-stack-name', id === '' ? 'Loading…' : title), parts.words('span', 'dl-stack-when', when)];
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
      const turns = { PageDown: 1, PageUp: -1 };
      if (event.key in turns) {
        this._turn(turns[event.key]);
        this._focus(0);
      } else if (event.key in moves) this._focus(moves[event.key]);
      else if (event.key === 'Tab' && !this._pages.hidden) return; // on to the buttons of the pages
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
