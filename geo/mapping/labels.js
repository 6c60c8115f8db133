// Holds what each row is called: all rows of a small store, the blocks that were asked for of a large one.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const WHOLE_UP_TO = 5000; // events whose labels are fetched at once
  const ROWS_A_BLOCK = 512; // docs/protocol.md
  const MOST_BLOCKS = 64; // kept; the one that was used longest ago goes first
  const NONE = ['', 'Event', '', ''];

  parts.Labels = class {
    /** `onCome()` is called when a block that was asked for is there. */
    constructor(onCome) {
      this._onCome = onCome;
      this.clear();
    }

    /** Forget everything, as the columns do when others take their place. */
    clear() {
      Object.assign(this, { whole: null, known: false, _url: null, _total: 0, _blocks: new Map(), _asked: new Map(), _byId: null });
    }

    /** The labels of `total` rows lie at `url`: fetch them all if they are few. Nothing is known of these columns before. */
    async open(url, total) {
      this.clear();
      Object.assign(this, { _url: url, _total: total, known: total > WHOLE_UP_TO });
      if (this.known) return;
      const rows = await parts.fetchLabels(url).catch((error) => {
        console.warn('Dateline: there are no labels.', error);
        return [];
      });
      if (this._url !== url) return;
      Object.assign(this, { whole: rows, known: true });
    }

    /** A row's label, `[id, title, when, place]`; without an id while it is not here. */
    of(row) {
      if (this.whole) return this.whole[row] || NONE;
      const block = this._block(row);
      return (block && block[row % ROWS_A_BLOCK]) || NONE;
    }

    has(row) {
      return this.of(row) !== NONE;
    }

    /** See to it that these rows have their labels; resolves when the server has answered for all of them. */
    async ask(rows) {
      if (this.whole || !this._url) return;
      const blocks = new Set(Array.from(rows, (row) => Math.floor(row / ROWS_A_BLOCK)));
      await Promise.all([...blocks].filter((block) => !this._blocks.has(block)).map((block) => this._fetch(block)));
    }

    /** The row with an id among the labels that are here, or -1. */
    rowOf(id) {
      if (id === null) return -1;
      if (this.whole) {
        this._byId = this._byId || new Map(this.whole.map((label, row) => [label[0], row])); // made when first asked for
        return this._byId.has(id) ? this._byId.get(id) : -1;
      }
      for (const [block, rows] of this._blocks) {
        const at = rows.findIndex((label) => label[0] === id);
        if (at >= 0) return block * ROWS_A_BLOCK + at;
      }
      return -1;
    }

    _block(row) {
      const number = Math.floor(row / ROWS_A_BLOCK);
      const block = this._blocks.get(number);
      if (block) this._keep(number, block);
      return block;
    }

    // A Map remembers the order in which its keys came, so the first is the one that was used longest ago.
    _keep(number, block) {
      this._blocks.delete(number);
      this._blocks.set(number, block);
      if (this._blocks.size > MOST_BLOCKS) this._blocks.delete(this._blocks.keys().next().value);
    }

    _fetch(block) {
      const asked = this._asked; // another one, after other columns have come
      if (!asked.has(block)) asked.set(block, this._take(block, asked));
      return asked.get(block);
    }

    async _take(block, asked) {
      try {
        const rows = await parts.fetchLabelBlock(this._url, block);
        if (asked !== this._asked) return;
        this._keep(block, rows);
        this._onCome();
      } catch (error) {
        console.warn('Dateline: some labels did not come.', error);
      } finally {
        asked.delete(block);
      }
    }
  };
})();
