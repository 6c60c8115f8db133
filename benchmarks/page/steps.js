// Times one step of the plain slider: from the key's own time stamp to the frame in which a map with `count` marks is there; null if none comes.
(count) => {
  const isDrawn = () =>
    [...document.querySelectorAll("iframe")].some((frame) => frame.contentDocument?.querySelectorAll("path.leaflet-interactive").length === count);
  window.stepTaken = new Promise((tell) => {
    const pressed = (event) => {
      const look = () => (isDrawn() ? tell(performance.now() - event.timeStamp) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    };
    window.addEventListener("keydown", pressed, { capture: true, once: true });
    setTimeout(tell, 30000, null);
  });
}
