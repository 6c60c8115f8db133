// Speaks with the page over the BroadcastChannel of docs/protocol.md: checks what comes in, posts what goes out.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const FIRST_WAIT_MS = 200;
  const LONGEST_WAIT_MS = 5000;

  const isId = (value) => value === null || typeof value === 'string';
  const isBox = (box) => box !== null && typeof box === 'object' && ['west', 'south', 'east', 'north'].every((side) => Number.isFinite(box[side]));
  const isWindow = (message) => Number.isFinite(message.from) && Number.isFinite(message.to);

  const rowIn = ({ selectedRow }) => (Number.isInteger(selectedRow) && selectedRow >= 0 ? selectedRow : -1);

  /** The bitset of a mask message, or null for all. */
  function bitset(mask) {
    return mask === null ? null : Uint8Array.from(atob(mask), (character) => character.charCodeAt(0));
  }

  // What each field of a message asks for. `state` carries them all at once, so every message is read field by field.
  const FIELDS = {
    state: ['theme', 'columns', 'mask', 'window', 'id', 'rings', 'sites', 'on'],
    theme: ['theme'], revision: ['columns'], mask: ['mask'], window: ['window'], select: ['id'], rings: ['rings'], sites: ['sites'], arm: ['on'],
    zoom: ['zoom'],
  };

  // With these someone did something, and from then on the map is theirs. A state says how things stand, which is news only if it differs.
  const ASKING = new Set(['window', 'mask', 'select', 'arm', 'zoom']);
  const choices = ({ from, to, mask, id }) => JSON.stringify([from, to, mask, id]);

  const READERS = {
    theme: (message, on) => { if (message.theme === 'light' || message.theme === 'dark') on.theme(message.theme); },
    columns: (message, on) => {
      if (typeof message.columns === 'string' && typeof message.labels === 'string') on.revision(message.columns, message.labels);
    },
    mask: (message, on) => { if (message.mask === null || typeof message.mask === 'string') on.mask(bitset(message.mask)); },
    window: (message, on) => {
      const { from, to, seq } = message;
      if (isWindow(message)) on.window({ from, to, seq, mode: message.mode === 'cumulative' ? 'cumulative' : 'window' });
    },
    id: (message, on) => { if (isId(message.id)) on.select(message.id, rowIn(message)); },
    rings: (message, on) => { if (Array.isArray(message.rings)) on.rings(message.rings); },
    sites: (message, on) => { if (Array.isArray(message.sites)) on.sites(message.sites); },
    on: (message, on) => { if (typeof message.on === 'boolean') on.arm(message.on); },
    zoom: (message, on) => {
      if (message.to === 'all' || message.to === 'selected') on.zoom(message.to);
      else if (message.to === 'box' && isBox(message.box)) on.zoom('box', message.box);
    },
  };

  /**
   * Listen on a channel. `on` has a function for each thing a message can ask for: theme, revision, mask, window, select, rings, sites,
   * arm, zoom; `on.asked()` says that a person is at work. Returns `{post, hello}`.
   */
  parts.openChannel = function (name, on) {
    const channel = new BroadcastChannel(name);
    let first = null; // what the first state said
    channel.onmessage = ({ data }) => {
      if (data === null || typeof data !== 'object' || !Object.hasOwn(FIELDS, data.type)) return;
      if (data.type === 'state') first = first || choices(data);
      if (ASKING.has(data.type) || (first && data.type === 'state' && choices(data) !== first)) on.asked();
      for (const field of FIELDS[data.type]) {
        try {
          READERS[field](data, on);
        } catch (error) {
          console.warn(`Dateline: the map could not use "${field}" of a "${data.type}" message.`, error);
        }
      }
    };
    // The page's side may be mounted after the map, so the greeting is repeated, ever less often, until it is answered.
    const hello = (wait = FIRST_WAIT_MS) => {
      if (first) return;
      channel.postMessage({ type: 'hello' });
      if (wait <= LONGEST_WAIT_MS) setTimeout(hello, wait, wait * 2);
    };
    return { post: (message) => channel.postMessage(message), hello };
  };
})();
