// Runs before the page's own scripts: keeps the names of the channels that it opens, so that the benchmark can listen on them.
{
  const Plain = window.BroadcastChannel;
  window.channelNames = [];
  window.BroadcastChannel = class extends Plain {
    constructor(name) {
      super(name);
      window.channelNames.push(name);
    }
  };
}
