// Asks for the map's other scripts all at once: streamlit-folium loads them one after the other, a round trip each.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  parts.preloads = []; // taken away again by map.js, or streamlit-folium's new parse of the head would ask for all of them once more
  // The addresses stand in the fragment of this script's own address (geo/mapping/elements.py), which no server ever sees.
  const addresses = new URL(document.currentScript.src).hash.slice(1);
  for (const address of addresses ? addresses.split(',') : []) {
    const link = document.createElement('link');
    link.rel = 'preload';
    link.as = 'script';
    link.href = address;
    document.head.append(link);
    parts.preloads.push(link);
  }
})();
