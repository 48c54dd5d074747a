"use strict";
// Names as they are typed: the search box offers what the index finds.
(() => {
  const box = document.querySelector("header input[name=q]");
  const list = document.getElementById("hits");
  let asked = "";
  box.addEventListener("input", async () => {
    const words = box.value.trim();
    if (!words || words === asked) return;
    asked = words;
    const answer = await fetch("/search?limit=8&q=" + encodeURIComponent(words));
    if (!answer.ok || asked !== words) return;
    list.replaceChildren(...(await answer.json()).map((hit) => new Option("", hit.label)));
  });
})();
