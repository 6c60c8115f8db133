// The line of the last write, over the list or the detail.

export default function editNote({ parentElement, data, setTriggerValue }) {
  drawNote(parentElement.querySelector(".dl-edit_note"), data.note, (message) => setTriggerValue("act", message));
}
