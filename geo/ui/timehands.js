// Every action that a person has on the scrubber, by whatever means: the one place where the window and the axis are changed.

const KEY_PAUSE_MS = 250;

/**
 * @param {{root: HTMLElement, model: object, face: object, changed: (message: boolean) => void, commit: () => void}} scrubber
 *   `changed` has the next picture drawn and, with `message`, the map told; `commit` tells everyone who waits for the release.
 */
function createControl({ root, model, face, changed, commit }) {
  let keyTimer = 0;
  let hoverX = null; // where the mouse rests on the plot
  let startBefore = null; // where the window began before it was "from start"
  const isLooping = () => buttonOf(root, "loop").getAttribute("aria-pressed") === "true";
  const player = createPlayer(playStage({ model, moveTo, commit: tell, isLooping, changed: face.playing }));

  function moveTo(span) {
    model.setSpan(span);
    changed(true);
  }

  function tell() {
    clearTimeout(keyTimer);
    keyTimer = 0;
    commit(player.playing());
  }

  function setAxis(axis) {
    model.axis = axis;
    control.hover(hoverX);
    changed(false);
    face.settle();
  }

  /** A movement that ends where it begins: shown on the axis, and told. */
  function jumpTo(span) {
    if (!span) return;
    player.stop();
    setAxis(axisShowing(model.axis, span, model.limits));
    moveTo(span);
    tell();
  }

  /** A key's step: seen at once, told when the keys have rested. */
  function stepTo(span, grip, direction) {
    player.stop();
    const edge = grip === "window" ? (direction < 0 ? "from" : "to") : grip;
    model.axis = axisShowing(model.axis, grip === "window" ? span : { from: span[edge], to: span[edge] }, model.limits);
    moveTo(span);
    clearTimeout(keyTimer);
    keyTimer = setTimeout(tell, KEY_PAUSE_MS);
  }

  const control = {
    player, setAxis,
    ready: model.ready,
    span: model.span,
    everything: model.isEverything,
    axis: () => model.axis,
    limits: () => model.limits,
    width: () => model.width,
    commit: tell,
    /** Forgets a step that nobody was told of yet: Python has changed the window itself, or the page goes away. */
    drop() {
      clearTimeout(keyTimer);
      player.drop();
      face.playing(false);
    },

    minuteAt: (x) => minuteAt(x, model.axis, model.width),
    minutesFor: (pixels, axis) => (pixels / model.width) * (axis.to - axis.from),
    edgeX: (edge) => Math.min(Math.max(pixelOf(model.span()[edge], model.axis, model.width), 0), model.width),

    begin(kind) {
      if (kind !== "strip" && kind !== "overview") player.stop();
      control.hover(null);
      root.dataset.dragging = kind;
    },
    end: () => delete root.dataset.dragging,
    restore: moveTo,
    moveEdge: (span, edge, minute) => moveTo(MOVES.edge(model, span, edge, minute)),
    moveWindow: (span, by) => moveTo(MOVES.whole(model, span, by)),
    brush: (a, b) => moveTo(MOVES.brush(model, a, b)),
    clickAt(x) {
      const bar = model.barAt(control.minuteAt(x));
      if (!bar) return;
      player.stop();
      moveTo(MOVES.bar(model, bar.span));
      tell();
    },
    centreAxis(x) {
      setAxis(pannedAxis(model.axis, minuteAt(x, model.limits, model.width) - (model.axis.from + model.axis.to) / 2, model.limits));
    },
    hover(x) {
      hoverX = x;
      if (face.hover(x === null ? null : control.minuteAt(x))) changed(false);
    },

    step: (grip, direction, page) => stepTo(MOVES.step(model, grip, direction, page), grip, direction),
    toEnd: (grip, direction) => stepTo(MOVES.toEnd(model, grip, direction), grip, direction),
    togglePlay: () => (player.playing() ? player.stop() : player.play()),
    stopPlaying() {
      const was = player.playing();
      player.stop();
      return was;
    },
    zoomBy(factor) {
      const { axis } = model;
      const { from, to } = model.span();
      const middle = (from + to) / 2;
      setAxis(zoomedAxis(axis, factor, middle > axis.from && middle < axis.to ? middle : (axis.from + axis.to) / 2, model.limits));
    },
    jumpToDate: (direction) => jumpTo(MOVES.neighbour(model, direction)),
    showEverything() {
      model.axis = { ...model.limits };
      jumpTo(model.domain);
    },
    fitAll: () => setAxis({ ...model.limits }),
    fitWindow: () => setAxis(axisAround(model.span(), model.limits)),
    fitBusiest: () => setAxis(axisWithin({ from: model.busiest.from - 2 * DAY_MIN, to: model.busiest.to + 2 * DAY_MIN }, model.limits)),

    setMode(mode) {
      if (!model.ready() || model.win.mode === mode) return;
      player.stop();
      const { from, to } = model.win;
      if (mode === "cumulative") startBefore = from;
      const start = mode === "cumulative" ? null : from ?? (startBefore !== null && startBefore < model.span().to ? startBefore : null);
      model.win = { from: start, to, mode };
      changed(true);
      tell();
    },

    /** Takes a typed date for one end, and gives a complaint or null. */
    typedDate(edge, { from, to }) {
      const { domain } = model;
      if (edge === "from" ? from >= domain.to : to <= domain.from) {
        return `There are no events then: they run from ${dayWords(domain.from)} to ${dayWords(domain.to - 1)}.`;
      }
      const span = model.span();
      // A start beyond the end, or an end ahead of the start, lets go of the other: that one is about to be typed as well.
      if (edge === "from") jumpTo({ from, to: span.to > from ? span.to : domain.to });
      else jumpTo({ from: span.from < to ? span.from : domain.from, to });
      return null;
    },
  };
  return control;
}

/** The buttons of the scrubber, by the name in `data-do`. */
function buttonActions(root, control, parts) {
  const whenReady = (action) => () => { if (control.ready()) action(); };
  return {
    play: whenReady(control.togglePlay),
    previous: whenReady(() => control.jumpToDate(-1)),
    next: whenReady(() => control.jumpToDate(1)),
    speed: () => { parts.speed.textContent = `${control.player.nextSpeed()}×`; },
    loop: () => toggleButton(buttonOf(root, "loop"), "aria-pressed"),
    "mode-window": () => control.setMode("window"),
    "mode-cumulative": () => control.setMode("cumulative"),
    everything: whenReady(control.showEverything),
    "zoom-in": whenReady(() => control.zoomBy(0.5)),
    "zoom-out": whenReady(() => control.zoomBy(2)),
    "fit-all": whenReady(control.fitAll),
    "fit-window": whenReady(control.fitWindow),
    "fit-busiest": whenReady(control.fitBusiest),
    more: () => root.toggleAttribute("data-more", toggleButton(buttonOf(root, "more"), "aria-expanded")),
  };
}

function toggleButton(button, attribute) {
  const on = button.getAttribute(attribute) !== "true";
  button.setAttribute(attribute, String(on));
  return on;
}
