// A link that looks like a button and takes a large export from the server piece by piece.

export default function exportLink({ parentElement, data }) {
  const root = parentElement.querySelector(".dl-export_link");
  root.replaceChildren(h("a", { class: "dl-button", href: data.href, download: data.file, role: "button" }, data.label));
}
