// Turns the movements and clicks of a pointer over the map into places hovered and places picked.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const MOUSE_RADIUS = 12;
  const TOUCH_RADIUS = 22;
  const SAME_SPOT = 4;

  const NOTHING = { hits: [], square: null };

  /** Whether an event happened on the map itself, not on a control over it. */
  const onMap = (event) => !(event.target instanceof Element && event.target.closest('.dl-ui > *'));

  /**
   * `on.hover({hits, square}, latlng)` follows a mouse, with no hits off every mark, `square` null off the density, and `latlng` null off the map;
   * `on.pick({hit, square}, {latlng, touch})` is a click or tap, `hit` undefined off every mark.
   */
  parts.watchPointer = function (map, events, on) {
    const container = map.getContainer();
    let last = { point: null, depth: 0 };

    container.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'mouse') return;
      const free = onMap(event);
      const point = map.mouseEventToContainerPoint(event);
      const found = free && event.buttons === 0 ? { hits: events.hit(point, MOUSE_RADIUS), square: events.squareAt(point) } : NOTHING;
      on.hover(found, free ? map.containerPointToLatLng(point) : null);
    });
    container.addEventListener('pointerleave', () => on.hover(NOTHING, null));

    map.on('click', ({ originalEvent, containerPoint, latlng }) => {
      const touch = isTouch(originalEvent);
      const hits = events.hit(containerPoint, touch ? TOUCH_RADIUS : MOUSE_RADIUS);
      // Another click at the same spot asks for the mark that lies under the one picked before.
      const again = last.point !== null && last.point.distanceTo(containerPoint) <= SAME_SPOT && last.view === viewKey(map);
      last = { point: containerPoint, depth: again ? last.depth + 1 : 0, view: viewKey(map) };
      on.pick({ hit: hits[last.depth % Math.max(1, hits.length)], square: events.squareAt(containerPoint) }, { latlng, touch });
    });
  };

  const viewKey = (map) => `${map.getZoom()} ${map.getCenter()}`;

  function isTouch(event) {
    if (event && event.pointerType) return event.pointerType !== 'mouse';
    return window.matchMedia('(pointer: coarse)').matches;
  }
})();
