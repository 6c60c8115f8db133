// Draws very many marks at once, as dots written into the pixels: a full square where the place is known, one with a hole where not.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const SIDE = 6;
  const SMALL_SIDE = 4;
  const MANY_DOTS = 5000; // beyond this many they are drawn smaller

  // A pixel of ImageData read as one number, on the little-endian machines there are: 0xAABBGGRR.
  function littleEndian(hex) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }

  /**
   * `hits` holds `x`, `y`, `place` of `count` marks, `shown` their `kind` and `solid` by place. The last stands on top, as among larger
   * marks; so they are drawn from the last to the first, and one whose middle is covered already is left out.
   */
  parts.plotDots = function (pixels, width, height, ratio, hits, shown, colourOf) {
    const side = Math.round((hits.count > MANY_DOTS ? SMALL_SIDE : SIDE) * ratio);
    const half = side >> 1;
    const hole = side >> 2 << 1; // even, as the side is at a whole ratio, so that it stands in the middle
    const inks = Uint32Array.from({ length: 256 }, (_, kind) => littleEndian(colourOf(kind)));
    const { x, y, place } = hits;
    const { kind, solid } = shown;
    for (let i = hits.count - 1; i >= 0; i -= 1) {
      const left = ((x[i] * ratio + 0.5) | 0) - half;
      const top = ((y[i] * ratio + 0.5) | 0) - half;
      if (left < 0 || top < 0 || left + side > width || top + side > height) continue;
      const corner = top * width + left;
      if (pixels[corner + half * width + half] !== 0) continue;
      if (!solid[place[i]]) fillEmpty(pixels, corner + ((side - hole) >> 1) * (width + 1), width, hole, HOLE);
      fillEmpty(pixels, corner, width, side, inks[kind[place[i]]]);
    }
  };

  // Not quite clear, so that nothing more is drawn into the hole.
  const HOLE = 0x01000000;

  function fillEmpty(pixels, corner, width, side, ink) {
    for (let row = 0, start = corner; row < side; row += 1, start += width) {
      for (let pixel = start; pixel < start + side; pixel += 1) if (pixels[pixel] === 0) pixels[pixel] = ink;
    }
  }
})();
