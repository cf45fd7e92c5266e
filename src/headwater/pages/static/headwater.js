"use strict";
// What the pages do beyond links and forms; all of them work without it.

// pointing at a branch of the family tree, or focusing it, shows its evidence
const evidence = document.getElementById("evidence");
function show(branch) {
  const row = document.getElementById("e-" + branch.dataset.edge);
  if (!evidence || !row) return;
  document.querySelectorAll(".branch.now").forEach((each) => each.classList.remove("now"));
  branch.classList.add("now");
  const told = document.createElement("b");
  told.textContent = branch.getAttribute("aria-label");
  const list = row.querySelector(".evidence-list").cloneNode(true);
  evidence.replaceChildren(told, list);
  evidence.hidden = false;
}
document.querySelectorAll("[data-edge]").forEach((branch) => {
  // read aloud when it is reached by keyboard, not at every move of a mouse
  branch.addEventListener("pointerenter", () => { evidence.setAttribute("aria-live", "off"); show(branch); });
  branch.addEventListener("focus", () => { evidence.setAttribute("aria-live", "polite"); show(branch); });
});

// the slider over the days of a story stands in for the list of days
document.querySelectorAll("form.as-of").forEach((form) => {
  const slider = form.querySelector(".slider");
  const list = form.querySelector("select");
  const days = form.dataset.days.split(" ");
  slider.hidden = false;
  slider.addEventListener("input", () => {
    list.selectedIndex = Number(slider.value);
    slider.setAttribute("aria-valuetext", days[slider.value]);
  });
  slider.addEventListener("change", () => go(form));
  list.addEventListener("change", () => go(form));
  form.addEventListener("submit", (event) => { event.preventDefault(); go(form); });
});
function go(form) {
  const day = form.querySelector("select").value;
  location.assign(form.action.split("?")[0] + (day ? "?as-of=" + encodeURIComponent(day) : ""));
}

// a correction may take seconds: say so, and take it once; a signature at the top of the queue signs every answer
let sent = false;
document.querySelectorAll("form.correct").forEach((form) => {
  form.addEventListener("submit", () => {
    sent = true; // its answer is the next page: one that is loaded again meanwhile would never show it
    const signer = document.getElementById("signer");
    const author = form.querySelector("input[name=author]");
    if (signer && author && author.type === "hidden") author.value = signer.value;
    document.querySelectorAll("form.correct button").forEach((each) => { each.disabled = true; });
    const button = form.querySelector("button");
    button.textContent = "working it in …";
    button.setAttribute("aria-busy", "true");
  });
});

// keys: / searches; in the review queue j and k move, the letters on the buttons answer
const questions = Array.from(document.querySelectorAll("[data-question]"));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") {
    const find = document.getElementById("find");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
    return;
  }
  if (event.key === "u") {
    const undo = document.querySelector('.note [data-key="u"]');
    if (undo) undo.click();
    return;
  }
  if (!questions.length) return;
  const at = questions.findIndex((each) => each.contains(document.activeElement));
  if (event.key === "j" || event.key === "k") {
    const next = event.key === "j" ? Math.min(at + 1, questions.length - 1) : Math.max(at - 1, 0);
    questions[next].focus();
    questions[next].scrollIntoView({ block: "nearest" });
  } else if (at >= 0) {
    const button = questions[at].querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (button) button.click();
  }
});

// while a run works on the case, say how far it is; when it ends, show what it made
const running = document.getElementById("running");
function typed() {
  return Array.from(document.querySelectorAll("main input:not([type=hidden]):not([type=checkbox])")).some((each) => each.value !== each.defaultValue);
}
// a note of what was done is not for bookmarks, nor for a page that is loaded again
if (/[?&]said=/.test(location.search)) {
  const here = new URL(location.href);
  here.searchParams.delete("said");
  history.replaceState(null, "", here);
}
if (running && running.dataset.ask) {
  let was = !running.hidden;
  const ask = async () => {
    let again = 5000;
    try {
      const answer = await (await fetch(running.dataset.ask, { cache: "no-store" })).json();
      running.hidden = !answer.running;
      running.textContent = answer.running || "";
      if (was && !answer.running && !sent) {
        if (!typed()) { location.reload(); return; }
        running.hidden = false;
        running.textContent = "The run has ended. Load this page again to see what it made; what you have typed would be lost.";
        return;
      }
      was = Boolean(answer.running);
      again = was ? 1500 : 5000;
    } catch { again = 15000; }
    setTimeout(ask, again);
  };
  setTimeout(ask, was ? 1000 : 5000);
}
