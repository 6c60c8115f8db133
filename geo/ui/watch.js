// Asks which state of the store is the newest, while the page is looked at; tells Python once for each state that is not the one shown.

export default function watch({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-watch");
  const asking = (root.dlAsking ??= { timer: 0, told: null });
  asking.data = data;
  asking.tell = setTriggerValue;
  if (!asking.timer) asking.timer = setInterval(() => ask(root, asking), data.every_s * 1000);
}

async function ask(root, asking) {
  if (!root.isConnected) return clearInterval(asking.timer);
  if (document.hidden || asking.busy) return undefined;
  asking.busy = true;
  try {
    const answer = await fetch(asking.data.url, { cache: "no-store" });
    if (answer.ok) compare(asking, await answer.json());
  } catch {
    // The server is being started anew: the next question will tell.
  } finally {
    asking.busy = false;
  }
  return undefined;
}

function compare(asking, { revision, fault }) {
  const newest = JSON.stringify([revision, fault]);
  const { shown } = asking.data;
  if (newest === JSON.stringify([shown.revision, shown.fault])) asking.told = null;
  else if (newest !== asking.told) {
    asking.told = newest;
    asking.tell("changed", newest);
  }
}
