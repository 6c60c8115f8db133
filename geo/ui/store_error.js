// The page for a store that cannot be opened: what is wrong, where, and what to do.

export default function storeError({ parentElement, data }) {
  const root = parentElement.querySelector(".dl-store_error");
  root.replaceChildren(
    h("h1", {}, "The store cannot be opened"),
    h("dl", {}, h("dt", {}, "What is wrong"), said(data.what, "dd"), h("dt", {}, "Where"), said(data.where, "dd"), h("dt", {}, "What to do"), said(data.advice, "dd")),
    h("p", {}, "Dateline tries again whenever this page is loaded."),
  );
}
