// The face of the scrubber: puts what the model knows onto the canvas, the handles and the words.

/** The elements of one mounted scrubber, by what they are. */
function pageParts(root) {
  const parts = { root, canvas: root.querySelector("canvas") };
  for (const element of root.querySelectorAll("[data-part]")) parts[element.dataset.part] = element;
  for (const element of root.querySelectorAll("[role=slider]")) parts[element.dataset.grip] = element;
  return parts;
}

function createFace(parts, model, typed) {
  const { root } = parts;
  let looks = looksOf(root);
  let hovered = null;

  function draw() {
    if (!model.ready()) {
      parts.words.textContent = parts.count.textContent = "";
      return;
    }
    const { width, axis } = model;
    const span = model.span();
    const bins = model.freshBins();
    const [plotHeight, height] = [parts.window.offsetHeight, parts.canvas.clientHeight];
    drawPlot(plotContext(parts.canvas, width, height), {
      width, height, plotHeight, axis, span, bins, domain: model.domain, looks, hovered, ticks: ticksOf(axis, width), tallest: tallestBar(bins, axis),
    });
    placeHandles(parts, model, span);
    placeOverview(parts, model, span);
    parts.words.textContent = windowWords(span, model.domain, model.win.mode);
    parts.count.textContent = countLine(model);
    root.toggleAttribute("data-timed", isTimed(span));
    typed.show(span);
  }

  /** What need not follow every movement: which buttons are of use, which mode is on. */
  function settle() {
    if (!model.ready()) return;
    setUsable(buttonOf(root, "previous"), MOVES.neighbour(model, -1) !== null);
    setUsable(buttonOf(root, "next"), MOVES.neighbour(model, 1) !== null);
    setUsable(buttonOf(root, "everything"), !model.isEverything());
    setUsable(buttonOf(root, "fit-window"), !model.isEverything());
    buttonOf(root, "fit-busiest").hidden = !model.busiest || model.domain.to - model.domain.from < 3 * BUSIEST_MIN;
    setUsable(buttonOf(root, "fit-all"), !model.axisIsWhole());
    setUsable(buttonOf(root, "zoom-out"), !model.axisIsWhole());
    for (const mode of ["window", "cumulative"]) buttonOf(root, `mode-${mode}`).setAttribute("aria-pressed", String(model.win.mode === mode));
  }

  /** Tells of the bar under the pointer, in the place of the legend. True if that changed the picture. */
  function hover(minute) {
    const bar = minute === null || !model.ready() ? null : model.barAt(minute);
    const words = bar ? barWords(bar.span, bar.sure, bar.maybe) : "";
    if ((bar?.bar ?? null) === hovered && words === parts.bar.textContent) return false;
    hovered = bar?.bar ?? null;
    parts.bar.textContent = words;
    parts.bar.hidden = !bar;
    parts.legend.hidden = Boolean(bar);
    return true;
  }

  return {
    draw, settle, hover,
    refreshLooks: () => { looks = looksOf(root); },
    speak: () => { parts.spoken.textContent = `${windowWords(model.span(), model.domain, model.win.mode)}. ${countLine(model)}.`; },
    note: (words) => { parts.note.textContent = words ?? ""; parts.note.hidden = !words; },
    playing(on) {
      root.toggleAttribute("data-playing", on);
      parts.playWord.textContent = on ? "Pause" : "Play";
    },
  };
}

function countLine(model) {
  const all = model.shown.start.length;
  if (!all) return "No event matches the filters";
  const inside = countIn(model.shown, model.span());
  return inside === all ? countWords(all) : `${inside.toLocaleString("en-GB")} of ${countWords(all)}`;
}

/** The three sliders: where they stand, and what they say to a screen reader. An end beyond the axis waits at its edge. */
function placeHandles(parts, model, span) {
  const { axis, width, domain } = model;
  const at = { from: pixelOf(span.from, axis, width), to: pixelOf(span.to, axis, width) };
  for (const edge of ["from", "to"]) {
    const x = Math.min(Math.max(at[edge], 0), width);
    parts[edge].style.transform = `translateX(${x}px)`;
    parts[edge].dataset.off = at[edge] < -0.5 ? "left" : at[edge] > width + 0.5 ? "right" : "";
  }
  const left = Math.min(Math.max(at.from, 0), width);
  const right = Math.min(Math.max(at.to, 0), width);
  parts.window.style.transform = `translateX(${left}px)`;
  parts.window.style.width = `${right - left}px`;
  parts.window.toggleAttribute("data-off", at.to < 0 || at.from > width);
  speakSlider(parts.from, Math.min(domain.from, span.from), span.to, span.from, edgeWords(span, "from"));
  speakSlider(parts.to, span.from, Math.max(domain.to, span.to), span.to, edgeWords(span, "to"));
  speakSlider(parts.window, Math.min(domain.from, span.from), Math.max(domain.to, span.from), span.from, windowWords(span, domain, model.win.mode));
}

function speakSlider(slider, least, most, now, words) {
  slider.setAttribute("aria-valuemin", least);
  slider.setAttribute("aria-valuemax", most);
  slider.setAttribute("aria-valuenow", now);
  slider.setAttribute("aria-valuetext", words);
}

/** The thin line of all dates: which part of them the axis shows, and where the window lies. */
function placeOverview(parts, { axis, limits, axisIsWhole }, span) {
  parts.overview.toggleAttribute("data-whole", axisIsWhole());
  const place = (element, { from, to }, least) => {
    const room = limits.to - limits.from;
    const [left, right] = [(from - limits.from) / room, (to - limits.from) / room].map((share) => Math.min(Math.max(share, 0), 1) * 100);
    element.style.left = `min(${left}%, 100% - ${least}px)`;
    element.style.width = `max(${right - left}%, ${least}px)`;
  };
  place(parts.seen, axis, 16);
  place(parts.chosen, span, 3);
}
