// What a write has done, in one line, with the way to take it back.

function drawNote(home, note, tell) {
  const words = JSON.stringify(note);
  if (home.dlWords === words) return;
  home.dlWords = words;
  home.replaceChildren();
  if (!note) return;
  home.append(
    h(
      "p",
      { class: note.is_fault ? "dl-ed-note is-fault" : "dl-ed-note", role: note.is_fault ? "alert" : "status" },
      said(note.words),
      note.undo !== null && button({ class: "dl-ed-link", "data-focus": "undo" }, () => tell({ do: "undo", number: note.undo }), "Undo"),
      button({ class: "dl-ed-out", "aria-label": "Hide this message", title: "Hide" }, () => tell({ do: "hush" }), "×"),
    ),
  );
}
