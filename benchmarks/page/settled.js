// Times one change of the view, from the time stamp of the next event of `type`: until the list's text is another, that of the summary (the counts), the
// address and, if `map` is asked for, what is drawn on the map. Gives the milliseconds of each, `all` of the last; null for what stayed as it was.
({ list, summary, type, map, longest }) => {
  const handle = () => [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow?.dateline).find(Boolean);
  const parts = {
    list: () => document.querySelector(list)?.textContent || undefined,
    counts: () => document.querySelector(summary)?.textContent || undefined,
    address: () => location.search,
    ...(map ? { map: () => handle()?.drawn.count } : {}),
  };
  const before = Object.fromEntries(Object.entries(parts).map(([name, read]) => [name, read()]));
  window.viewSettled = new Promise((tell) => {
    const changed = (event) => {
      const taken = Object.fromEntries(Object.keys(parts).map((name) => [name, null]));
      const look = () => {
        for (const [name, read] of Object.entries(parts)) {
          const now = taken[name] === null ? read() : undefined;
          if (now !== undefined && now !== before[name]) taken[name] = performance.now() - event.timeStamp;
        }
        const times = Object.values(taken);
        const late = performance.now() - event.timeStamp > longest;
        if (!late && times.includes(null)) return false;
        observer.disconnect();
        tell({ ...taken, all: times.includes(null) ? null : Math.max(...times) });
        return true;
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      const frame = () => look() || requestAnimationFrame(frame);
      requestAnimationFrame(frame);
    };
    window.addEventListener(type, changed, { capture: true, once: true });
  });
}
