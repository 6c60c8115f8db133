// Runs before the page's own scripts: tells `firstMark` of each name, in milliseconds since the epoch, when its mark is there, in the page or a frame of it.
((marks) => {
  if (window !== window.top) return;
  const waiting = new Map(Object.entries(marks));
  const look = () => {
    const windows = [window, ...Array.from({ length: window.length }, (_, at) => window[at])];
    for (const [name, isThere] of waiting) {
      if (!windows.some(isThere)) continue;
      waiting.delete(name);
      window.firstMark(name, performance.timeOrigin + performance.now());
    }
    if (waiting.size) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
