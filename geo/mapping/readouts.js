// What the map says about itself: a scale in kilometres and nautical miles, and where the pointer is.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const NAUTICAL_MILE_M = 1852;
  const WIDEST = 110;
  const EQUATOR_RADIUS_M = 6378137;
  const ECCENTRICITY_2 = 0.00669437999014; // WGS84

  /** Metres in one pixel along the parallel of a latitude, on the ellipsoid. */
  function metresPerPixel(map, lat) {
    const phi = (lat * Math.PI) / 180;
    const parallel = (EQUATOR_RADIUS_M * Math.cos(phi)) / Math.sqrt(1 - ECCENTRICITY_2 * Math.sin(phi) ** 2);
    return (2 * Math.PI * parallel) / map.options.crs.scale(map.getZoom());
  }

  /** The largest 1, 2, 3 or 5 times a power of ten that is not above `limit`. */
  function roundBelow(limit) {
    const power = 10 ** Math.floor(Math.log10(limit));
    return power * [5, 3, 2, 1].find((step) => step * power <= limit * 1.0000001);
  }

  /** Two bars, for the middle of the map. */
  parts.scaleBar = function (map) {
    const bars = [['km', 1000], ['nmi', NAUTICAL_MILE_M]]
      .map(([unit, metres]) => ({ unit, metres, element: parts.el('div', { class: 'dl-scale-bar' }) }));
    const follow = () => {
      const perPixel = metresPerPixel(map, Math.max(-85, Math.min(85, map.getCenter().lat)));
      for (const { unit, metres, element } of bars) {
        const length = roundBelow((WIDEST * perPixel) / metres);
        element.style.width = `${(length * metres) / perPixel}px`;
        element.textContent = `${Number(length.toPrecision(1))} ${unit}`;
      }
    };
    map.on('move zoomend resize', follow);
    follow();
    return parts.el('div', { class: 'dl-scale', role: 'group', 'aria-label': 'Scale' }, ...bars.map((bar) => bar.element));
  };

  /** `33.786° N, 42.441° E` */
  parts.coordinates = function (lat, lon) {
    const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
    return `${Math.abs(lat).toFixed(3)}° ${lat < 0 ? 'S' : 'N'}, ${Math.abs(turned).toFixed(3)}° ${turned < 0 ? 'W' : 'E'}`;
  };

  /** The pointer's position; `say(latlng)` or `say(null)`. A finger covers what it points at, so this is for a mouse only. */
  parts.cursorReadout = function () {
    const element = parts.el('div', { class: 'dl-cursor', 'aria-hidden': 'true', hidden: true });
    return {
      element,
      say(latlng) {
        element.hidden = latlng === null;
        if (latlng) element.textContent = parts.coordinates(latlng.lat, latlng.lng);
      },
    };
  };
})();
