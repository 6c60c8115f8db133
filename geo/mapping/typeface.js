// Borrows the page's typeface: the map is in a frame of its own, where the fonts that Streamlit brings are not declared.
(function () {
  'use strict';
  const parts = (window.datelineParts = window.datelineParts || {});
  const FAMILY = 'Source Sans';

  /** Declare the page's faces here as well, by the addresses that the page has them from; without a page around, nothing is done. */
  parts.borrowTypeface = function () {
    if (window.parent === window) return;
    try {
      for (const sheet of window.parent.document.styleSheets) {
        for (const rule of sheet.cssRules) if (rule.type === CSSRule.FONT_FACE_RULE) declare(rule, sheet);
      }
    } catch (error) {
      console.info('Dateline: the map keeps to the typefaces of this machine.', error);
    }
  };

  function declare({ style }, sheet) {
    const of = (name) => style.getPropertyValue(name);
    if (of('font-family').replace(/["']/g, '') !== FAMILY) return;
    const base = sheet.href || window.parent.document.baseURI;
    const source = of('src').replace(/url\("([^"]+)"\)/g, (_, address) => `url("${new URL(address, base).href}")`);
    document.fonts.add(new FontFace(FAMILY, source, { style: of('font-style') || 'normal', weight: of('font-weight') || 'normal' }));
  }
})();
