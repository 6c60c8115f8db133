// The hub's end of a map in a frame: moves the window once a frame and writes down how long it took until the map had drawn it.
window.measureMap = (channelName) => {
  const channel = new BroadcastChannel(channelName);
  const frame = () => new Promise(requestAnimationFrame);
  let waiting = null;
  let seq = 0;
  channel.onmessage = ({ data }) => {
    if (data.type === 'drawn' && waiting && data.seq === waiting.seq) waiting.take(data);
  };

  /** Show a window; gives the milliseconds until it was drawn, of these the drawing, and the events on the canvas. */
  async function show(from, to) {
    seq += 1;
    const drawn = new Promise((take) => { waiting = { seq, take }; });
    const before = performance.now();
    channel.postMessage({ type: 'window', seq, from, to, mode: 'window' });
    const { ms, count } = await drawn;
    return { taken: performance.now() - before, drawing: ms, count };
  }

  return {
    post: (message) => channel.postMessage(message),
    /** Show windows one after the other, each in a frame of its own. */
    async scrub(windows) {
      const results = [];
      for (const [from, to] of windows) {
        await frame();
        results.push(await show(from, to));
      }
      return results;
    },
  };
};
