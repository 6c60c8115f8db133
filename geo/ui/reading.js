// Long pages: arriving at a part of one, and marking in its index which part is being read.

/** Go to a part of the page, and once more when the fonts have come and moved it, unless the reader has moved on by then. */
function arrive(go) {
  const moved = new AbortController();
  const options = { signal: moved.signal, passive: true };
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(type, () => moved.abort(), options);
  requestAnimationFrame(async () => {
    go();
    await document.fonts.ready;
    if (!moved.signal.aborted) go();
    moved.abort();
  });
}

/**
 * Marks the link to the part that is being read: the first of `parts` (elements, in their order) on the upper half of the screen. `isFor`
 * says whether a link leads to a part. The result stops it.
 */
function watchPosition(parts, links, isFor) {
  const seen = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target);
      const first = parts.find((part) => seen.has(part));
      for (const link of links) {
        if (first && isFor(link, first)) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-80px 0px -55% 0px" },
  );
  for (const part of parts) observer.observe(part);
  return () => observer.disconnect();
}
