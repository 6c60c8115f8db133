// Holds what each row is called, and which row has an id.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const NONE = ['', 'Event', '', ''];

  parts.Labels = class {
    constructor() {
      this.set(null);
    }

    /** Take the rows `[id, title, when, place]` of the columns that are drawn, or null while they are on their way. */
    set(rows) {
      this._rows = rows;
      this._byId = null; // made when first asked for: most maps of 400,000 events never are
    }

    get known() {
      return this._rows !== null;
    }

    of(row) {
      return (this._rows && this._rows[row]) || NONE;
    }

    rowOf(id) {
      if (id === null || !this._rows) return -1;
      if (!this._byId) this._byId = new Map(this._rows.map((label, row) => [label[0], row]));
      return this._byId.has(id) ? this._byId.get(id) : -1;
    }
  };
})();
