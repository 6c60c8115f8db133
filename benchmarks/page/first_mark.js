// Runs before the page's own scripts: tells `firstMark`, in milliseconds since the epoch, when the first mark is there, in the page or a frame of it.
((isThere) => {
  if (window !== window.top) return;
  const look = () => {
    const windows = [window, ...Array.from({ length: window.length }, (_, at) => window[at])];
    if (windows.some(isThere)) window.firstMark(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
