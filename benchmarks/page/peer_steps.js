// Times one step of a peer's slider: from the key's own time stamp to the frame in which `count` events are drawn and the list says so; null after `longest`.
({ count, longest }) => {
  const marks = () =>
    Math.max(
      window.instancesDrawn ?? 0,
      ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument?.getElementsByClassName("leaflet-interactive").length ?? 0),
    );
  const listed = () => document.querySelector(".st-key-list")?.textContent.startsWith(`${count} events`);
  window.peerStep = new Promise((tell) => {
    const pressed = (event) => {
      const look = () => {
        if (listed() && marks() === count) tell(performance.now() - event.timeStamp);
        else if (performance.now() - event.timeStamp > longest) tell(null);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    window.addEventListener("keydown", pressed, { capture: true, once: true });
  });
}
