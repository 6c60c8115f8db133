// The head of the Review page: what it is for, what was done last, and why somebody can only look.

export default function reviewIntro({ parentElement, data }) {
  const root = parentElement.querySelector(".dl-review_intro");
  const words = JSON.stringify(data);
  if (root.dlWords === words) return;
  root.dlWords = words;
  const last = data.said.words && said(data.said.words, "p", { class: data.said.failed ? "dl-rev-notice is-bad" : "dl-rev-notice" });
  root.replaceChildren(
    h("h1", {}, "Review"),
    data.empty ? h("p", { class: "dl-rev-lead" }, "Give Dateline a live blog. It proposes the incidents that the blog tells, each with the words that say so. You decide; nothing is on the map before.") : "",
    data.why_not ? h("p", { class: "dl-rev-notice" }, h("strong", {}, "You can look, not decide. "), said(data.why_not)) : "",
    data.why_not && data.empty ? h("p", { class: "dl-rev-lead" }, "No live blog has been read yet.") : "",
    data.fault ? h("p", { class: "dl-rev-notice is-bad" }, said(data.fault.words), " (", said(data.fault.value), "). ", said(data.fault.advice)) : "",
    h("div", { role: "status" }, last || ""),
  );
}
