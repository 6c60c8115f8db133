// Gives `window.dateline`, the read-only handle of docs/protocol.md for tests and tools.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const DAY = 1440;

  /** Minutes since the epoch as the address writes them: a date on a day's boundary, else a time to the minute. */
  function inAddress(minutes, boundary) {
    const text = new Date(minutes * 60000).toISOString();
    return boundary % DAY === 0 ? text.slice(0, text.indexOf('T')) : `${text.slice(0, text.lastIndexOf(':'))}Z`;
  }

  /** The window with both ends inclusive; `to` of the half-open window is the first minute that is out. */
  parts.windowInAddress = function ({ from, to, mode }) {
    const unlimited = from === null || to === null;
    return { from: unlimited ? null : inAddress(from, from), to: unlimited ? null : inAddress(to - 1, to), mode };
  };

  /** Publish the handle; `view` answers `ready`, `visibleIds`, `visibleCount`, `visibleRows`, `window`, `drawn`, `screenXY` and `screenXYOfRow`. */
  parts.publish = function (view) {
    const handle = Object.freeze({
      get ready() { return view.ready(); },
      get drawn() { return Object.freeze({ ...view.drawn() }); },
      visibleIds: () => view.visibleIds(),
      visibleCount: () => view.visibleCount(),
      visibleRows: (limit) => view.visibleRows(limit),
      window: () => parts.windowInAddress(view.window()),
      screenXY: (id) => view.screenXY(id),
      screenXYOfRow: (row) => view.screenXYOfRow(row),
    });
    Object.defineProperty(window, 'dateline', { value: handle, writable: false, configurable: true });
  };
})();
