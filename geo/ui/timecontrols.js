// The buttons and the two typed dates around the histogram.

/** @param {Object<string, () => void>} actions by the name in `data-do` */
function attachButtons(root, actions, signal) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    actions[button.dataset.do]?.();
  }, { signal });
}

function buttonOf(root, name) {
  return root.querySelector(`button[data-do="${name}"]`);
}

/** A button that cannot be used now keeps the focus and says so. */
function setUsable(button, usable) {
  button.setAttribute("aria-disabled", String(!usable));
}

/**
 * The two typed dates. `apply(edge, span)` takes what was typed, and gives a complaint or null.
 * @returns {{show: (span: {from: number, to: number}) => void}}
 */
function attachTypedDates(root, { ready, apply }, signal) {
  const inputs = [...root.querySelectorAll("input[data-edge]")];
  const error = root.querySelector(".dl-ts-error");
  let shownSpan = null;

  const asTyped = (edge) => edgeIso(shownSpan, edge).replace("T", " ").replace("Z", "");

  function complain(input, words) {
    error.textContent = words ?? "";
    for (const each of inputs) each.removeAttribute("aria-invalid");
    if (words) input.setAttribute("aria-invalid", "true");
  }

  function take(input) {
    if (!ready()) return;
    const edge = input.dataset.edge;
    const typed = input.value.trim();
    const span = typedSpan(typed);
    const words = !typed ? null
      : span ? apply(edge, span)
      : `“${typed}” is not a date that can be read here. Write it like 2021-02-26, 26 Feb 2021 or 2021-02-26 04:20 (UTC).`;
    complain(input, words);
    input.value = asTyped(edge);
  }

  for (const input of inputs) {
    input.addEventListener("change", () => take(input), { signal }); // Enter, or leaving it
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape" || !shownSpan) return;
      input.value = asTyped(input.dataset.edge);
      complain(input, null);
    }, { signal });
  }

  return {
    show(span) {
      if (shownSpan && shownSpan.from === span.from && shownSpan.to === span.to) return;
      const before = shownSpan && inputs.map((input) => asTyped(input.dataset.edge));
      shownSpan = span;
      inputs.forEach((input, index) => {
        const typing = input === document.activeElement && before && input.value !== before[index];
        if (!typing) input.value = asTyped(input.dataset.edge);
      });
      if (error.textContent) complain(inputs[0], null);
    },
  };
}
