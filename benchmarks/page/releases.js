// Times one rerun: from the time stamp of the next event of `type` to the change of the text that `selector` finds; null if it stays as it is.
({ selector, type }) => {
  const words = () => document.querySelector(selector)?.textContent;
  const before = words();
  window.textChanged = new Promise((tell) => {
    const released = (event) => {
      const observer = new MutationObserver(() => {
        const now = words();
        if (!now || now === before) return;
        observer.disconnect();
        tell(performance.now() - event.timeStamp);
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    };
    window.addEventListener(type, released, { capture: true, once: true });
    setTimeout(tell, 30000, null);
  });
}
