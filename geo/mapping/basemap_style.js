// The built-in base map's colours and letters: two quiet palettes over which the coloured marks of events stand out.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const FAMILY = '"Source Sans", system-ui, sans-serif';

  // Each colour of a name has a contrast of 4.5:1 or more with both land and sea (tests/test_basemap_data.py).
  parts.basemapPalettes = {
    light: {
      land: '#f6f3ec', sea: '#d3e0e8', coast: '#9db3c1', province: '#d8d1c4', border: '#8f877b', band: 'rgba(143, 135, 123, 0.16)',
      country: '#4a453e', water: '#285b80', town: '#2b2925', dot: '#45413b', provinceName: '#625d54',
      landHalo: 'rgba(246, 243, 236, 0.85)', seaHalo: 'rgba(211, 224, 232, 0.85)',
    },
    dark: {
      land: '#2a2d31', sea: '#161d26', coast: '#4b5a68', province: '#3e4247', border: '#7d7f82', band: 'rgba(125, 127, 130, 0.16)',
      country: '#c3bfb7', water: '#86b0cf', town: '#dedbd4', dot: '#c3bfb7', provinceName: '#a19d95',
      landHalo: 'rgba(42, 45, 49, 0.85)', seaHalo: 'rgba(22, 29, 38, 0.85)',
    },
  };

  /** The palette of a theme; an unknown theme is light. */
  parts.basemapPalette = (theme) => parts.basemapPalettes[theme] || parts.basemapPalettes.light;

  // `spacing` is the space between letters in parts of the letters' size; `halo` names the colour around them.
  parts.basemapFaces = {
    country: { css: '600', colour: 'country', halo: 'landHalo', spacing: 0.14, upper: true },
    water: { css: 'italic 400', colour: 'water', halo: 'seaHalo', spacing: 0.03, upper: false },
    capital: { css: '600', colour: 'town', halo: 'landHalo', spacing: 0, upper: false },
    town: { css: '400', colour: 'town', halo: 'landHalo', spacing: 0, upper: false },
    province: { css: '400', colour: 'provinceName', halo: 'landHalo', spacing: 0.07, upper: false },
  };

  /** The CSS font of a face (`country`, `water`, …) at a size in pixels. */
  parts.basemapFont = (face, size) => `${parts.basemapFaces[face].css} ${size}px ${FAMILY}`;

  // A name's width is the sum of its letters' widths: measured once a letter, it makes thousands of names cheap to measure.
  const MEASURED_AT_PX = 100;
  let widths = {};
  let context = null;

  /** Forget the letters' widths, as when a web font has come. */
  parts.forgetLetterWidths = () => {
    widths = {};
  };

  /** The width of a text in parts of its size, letter spacing included. */
  parts.letterWidth = function (face, text) {
    context = context || document.createElement('canvas').getContext('2d');
    const known = (widths[face] = widths[face] || new Map());
    let sum = 0;
    for (const letter of text) {
      let width = known.get(letter);
      if (width === undefined) {
        context.font = parts.basemapFont(face, MEASURED_AT_PX);
        width = context.measureText(letter).width / MEASURED_AT_PX + parts.basemapFaces[face].spacing;
        known.set(letter, width);
      }
      sum += width;
    }
    return sum;
  };
})();
