// Playing: the window steps along the visible axis, no faster than the screen draws and never over a date.

const PLAY_MS = 12000; // the whole visible axis, at 1x
const CALM_STEP_MS = 1000; // a step for people who asked for less motion
const TELL_EVERY_MS = 340; // Python hears of a playing window about three times a second
const PLAY_SPEEDS = [1, 2, 4, 0.5];

/** The unit that a window plays by: that of the axis, or a finer one so that a short window leaves no date out. */
function playUnit(span, unit) {
  const units = ["hour", "day", "week", "month", "year"];
  const holdsOne = (each) => floorTo(span.from, each) === span.from && edgeBeyond(span.from, each, 1) <= span.to;
  const fits = (each) => span.to - span.from >= UNIT_MIN[each] || holdsOne(each);
  return units.slice(0, units.indexOf(unit) + 1).reverse().find(fits) ?? "hour";
}

/**
 * What a player moves: a span of its own, which may reach over the ends of the dates so that it keeps its length.
 * It goes from one end of the visible axis to the other: what is to be played is what is seen.
 */
function playStage({ model, moveTo, commit, isLooping, changed }) {
  let span = null;
  let unit = "day";
  let length = () => 0; // from the start of a window to its end, kept by the calendar
  const grows = () => model.win.mode === "cumulative";
  const range = () => ({ from: Math.max(model.axis.from, model.domain.from), to: Math.min(model.axis.to, model.domain.to) });

  function show(next) {
    span = next;
    moveTo(grows() ? { from: model.span().from, to: Math.max(span.to, model.span().from + HOUR_MIN) } : span);
  }

  function rewind() {
    const from = floorTo(range().from, unit);
    show({ from, to: grows() ? addUnits(from, unit, 1) : length(from) });
  }

  function start() {
    const now = model.span();
    const fresh = model.isEverything() && !grows();
    unit = fresh || grows() ? model.unit() : playUnit(now, model.unit());
    length = fresh ? (from) => addUnits(from, unit, 1) : lengthOf(now, unit);
    span = now;
    const { from, to } = range();
    if (fresh || now.to >= to || now[grows() ? "to" : "from"] < from) rewind();
  }

  function step() {
    if (span.to >= range().to) return false;
    const from = grows() ? span.from : spanStepped(span, unit, 1).from;
    show({ from, to: grows() ? edgeBeyond(span.to, unit, 1) : length(from) });
    return true;
  }

  return { start, step, rewind, commit, changed, loop: isLooping, axis: () => model.axis, stepMinutes: () => UNIT_MIN[unit] };
}

/** How far a window reaches from any start: as many whole units as now, or as many minutes. */
function lengthOf({ from, to }, unit) {
  if (floorTo(from, unit) !== from || floorTo(to, unit) !== to) return (start) => start + to - from;
  let count = 0;
  for (let at = from; at < to; at = addUnits(at, unit, 1)) count += 1;
  return (start) => (floorTo(start, unit) === start ? addUnits(start, unit, count) : start + to - from);
}

/**
 * @param {{step: () => boolean, start: () => void, loop: () => boolean, rewind: () => void, stepMinutes: () => number,
 *   axis: () => {from: number, to: number}, commit: () => void, changed: (playing: boolean) => void}} stage
 *   `step` moves the window on and says whether there was room to.
 */
function createPlayer(stage) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0;
  let speed = 1;
  let last = 0;
  let due = 0; // the part of a step that has gone by
  let told = 0;

  function play() {
    if (frame) return;
    stage.start();
    due = 0;
    last = told = performance.now();
    frame = requestAnimationFrame(tick);
    stage.changed(true);
  }

  function stop() {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    stage.changed(false);
    stage.commit();
  }

  function stepMs() {
    if (calm.matches) return CALM_STEP_MS;
    const { from, to } = stage.axis();
    return ((stage.stepMinutes() / (to - from)) * PLAY_MS) / speed;
  }

  function tick(now) {
    frame = requestAnimationFrame(tick);
    due += Math.min(Math.max(now - last, 0), 100) / stepMs();
    last = now;
    if (due < 1) return;
    due = Math.min(due - 1, 1); // one step a frame at most: slower rather than leaving dates out
    if (!stage.step()) {
      if (!stage.loop()) return stop();
      stage.rewind();
    }
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    stage.commit();
  }

  return {
    play, stop,
    playing: () => frame !== 0,
    speed: () => speed,
    nextSpeed: () => { speed = PLAY_SPEEDS[(PLAY_SPEEDS.indexOf(speed) + 1) % PLAY_SPEEDS.length]; return speed; },
    /** Stops without telling anyone, when the page goes away. */
    drop: () => { cancelAnimationFrame(frame); frame = 0; },
  };
}
