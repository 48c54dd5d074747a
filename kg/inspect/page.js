// Previous and next finding by button, or by the keys k and j; hidden severities are passed over.
"use strict";
const notes = () => [...document.querySelectorAll(".note")].filter((note) => note.offsetParent !== null);
const bar = document.querySelector(".bar");
let here = null;
function step(by) {
  const shown = notes();
  if (!shown.length) return;
  const edge = bar.getBoundingClientRect().bottom + 24;
  let at = shown.indexOf(here);
  if (at < 0) {
    const below = shown.findIndex((note) => note.getBoundingClientRect().top > edge);
    at = by > 0 ? (below < 0 ? shown.length : below) - 1 : below < 0 ? shown.length : below;
  }
  here?.classList.remove("here");
  here = shown[(at + by + shown.length) % shown.length];
  here.classList.add("here");
  here.scrollIntoView({ block: "center" });
}
document.querySelector("#next").addEventListener("click", () => step(1));
document.querySelector("#previous").addEventListener("click", () => step(-1));
document.querySelector("#print").addEventListener("click", () => window.print());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
