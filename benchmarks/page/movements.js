// Times each movement of the held scrubber, from the event's own time stamp to the time at which the map had drawn it, as its message says.
() => {
  const waiting = [];
  const samples = [];
  const channel = new BroadcastChannel(window.channelNames[0]);
  channel.onmessage = ({ data }) => {
    if (data?.type !== "drawn") return;
    const drawn = data.at - performance.timeOrigin;
    while (waiting.length && waiting[0].seq <= data.seq) samples.push({ ms: drawn - waiting.shift().at, drawing: data.ms });
  };
  // The scrubber posts a movement at once or, if it has posted one in this frame, with the next frame: either way under the next number.
  const moved = (event) => {
    if (event.buttons) waiting.push({ seq: window.datelineScrubber.posted + 1, at: event.timeStamp });
  };
  const type = "onpointerrawupdate" in window ? "pointerrawupdate" : "pointermove"; // as the scrubber listens
  window.addEventListener(type, moved, true);
  window.takeMovements = () => {
    window.removeEventListener(type, moved, true);
    channel.close();
    return { samples, missing: waiting.length };
  };
}
