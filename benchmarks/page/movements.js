// Times each movement of the held scrubber, from the event's own time stamp to the message that says that the map has drawn it.
() => {
  const waiting = [];
  const samples = [];
  const channel = new BroadcastChannel(window.channelNames[0]);
  channel.onmessage = ({ data }) => {
    if (data?.type !== "drawn") return;
    const now = performance.now();
    while (waiting.length && waiting[0].seq <= data.seq) samples.push({ ms: now - waiting.shift().at, drawing: data.ms });
  };
  // The scrubber posts a movement at once or, if it has posted one in this frame, with the next frame: either way under the next number.
  const moved = (event) => {
    if (event.buttons) waiting.push({ seq: window.datelineScrubber.posted + 1, at: event.timeStamp });
  };
  window.addEventListener("pointermove", moved, true);
  window.takeMovements = () => {
    window.removeEventListener("pointermove", moved, true);
    channel.close();
    return { samples, missing: waiting.length };
  };
}
