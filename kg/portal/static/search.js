"use strict";
// Names as they are typed: the search box offers what the index finds; one that is chosen opens its page.
(() => {
  const base = "https://w3id.org/policy-kg/id/";
  const box = document.querySelector("header input[name=q]");
  const list = document.getElementById("hits");
  let asked = "";
  let active = -1;

  const address = (iri) => (iri.startsWith(base) ? "/id/" + encodeURI(iri.slice(base.length)).replace(/[?#]/g, encodeURIComponent) : "/thing?iri=" + encodeURIComponent(iri));

  function option(hit, place) {
    const item = document.createElement("li");
    item.id = "hit-" + place;
    item.role = "option";
    item.ariaSelected = "false";
    item.dataset.href = address(hit.iri);
    item.append(hit.label);
    if (hit.form !== hit.label) {
      const form = document.createElement("small");
      form.textContent = hit.form;
      item.append(" ", form);
    }
    return item;
  }

  function close() {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function open(hits) {
    list.replaceChildren(...hits.map(option));
    close();
    list.hidden = !hits.length;
    box.setAttribute("aria-expanded", String(hits.length > 0));
  }

  function mark(place) {
    const items = [...list.children];
    active = (place + items.length + 1) % (items.length + 1); // one more than there are: the box itself
    if (active === items.length) active = -1;
    items.forEach((item, at) => (item.ariaSelected = String(at === active)));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", items[active].id);
    items[active].scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("input", async () => {
    const words = box.value.trim();
    asked = words;
    if (!words) return close();
    const answer = await fetch("/search?limit=8&q=" + encodeURIComponent(words));
    const hits = answer.ok ? await answer.json() : [];
    if (asked !== words) return; // typed on since
    list.dataset.of = words;
    open(hits);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active < 0 ? list.children.length - 1 : active === 0 ? list.children.length : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.href);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) location.assign(item.dataset.href);
  });
  box.addEventListener("blur", () => {
    asked = "";
    close();
  });
})();
