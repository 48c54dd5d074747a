"use strict";
// The report reader: a mark tells its facts, an address ending in #char=start,end shows these words.
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const words = JSON.parse(document.getElementById("words").textContent);
  const base = "https://w3id.org/policy-kg/id/";
  const panel = document.getElementById("panel");
  const text = document.getElementById("text");
  const made = (name, content, className) => {
    const element = document.createElement(name);
    element.textContent = content;
    if (className) element.className = className;
    return element;
  };
  const address = (iri) => (iri.startsWith(base) ? "/id/" + encodeURI(iri.slice(base.length)) : "/thing?iri=" + encodeURIComponent(iri));
  const link = (iri, label) => {
    const anchor = made("a", label);
    anchor.href = address(iri);
    return anchor;
  };

  let opened = null; // the mark whose facts are shown

  function shut() {
    opened = null;
    for (const one of text.querySelectorAll("mark.on")) {
      one.classList.remove("on");
      one.setAttribute("aria-expanded", "false");
    }
  }

  /** Show the facts of a mark; who came by key goes on at once to them. */
  function tell(mark, byKey = false) {
    shut();
    opened = mark;
    mark.classList.add("on");
    mark.setAttribute("aria-expanded", "true");
    const line = mark.closest("p");
    const where = made("p", "", "hint");
    const here = made("a", words.line.replace("{n}", line.id.slice(1)));
    here.href = "#" + line.id;
    where.append(here);
    if (line.dataset.page) {
      const page = made(words.source ? "a" : "span", words.page.replace("{n}", line.dataset.page));
      if (words.source) page.href = words.source.split("#")[0] + "#page=" + line.dataset.page;
      where.append(" · ", page);
    }
    const close = made("button", words.close, "close");
    close.type = "button";
    close.addEventListener("click", quiet);
    const parts = [close, where];
    for (const iri of mark.dataset.things.split(" ")) {
      const thing = facts[iri];
      if (!thing) continue;
      const head = document.createElement("h2");
      head.append(link(iri, thing.name));
      parts.push(head, made("small", thing.kind));
      const list = document.createElement("dl");
      for (const [name, value, target] of thing.facts) {
        const told = document.createElement("dd");
        told.append(target ? link(target, value) : value);
        list.append(made("dt", name), told);
      }
      parts.push(thing.facts.length ? list : made("p", words.noFacts, "hint"));
    }
    panel.replaceChildren(...parts);
    if (byKey) panel.focus({ preventScroll: true });
  }

  /** Put the facts away; from there, the keyboard goes back to the mark. */
  function quiet() {
    const mark = opened;
    const back = mark && panel.contains(document.activeElement);
    shut();
    panel.replaceChildren(made("p", words.click, "hint"));
    if (back) mark.focus();
  }

  addEventListener("keydown", (event) => event.key === "Escape" && quiet());
  text.addEventListener("click", (event) => event.target.closest("mark") && tell(event.target.closest("mark"), event.detail === 0));
  text.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark");
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      tell(mark, true);
    }
  });

  // Offsets of the graph are code points; those of the page's text nodes are UTF-16.
  function place(offset) {
    let line = null;
    for (const one of text.querySelectorAll("p[data-start]")) {
      if (Number(one.dataset.start) > offset) break;
      line = one;
    }
    let left = offset - Number(line.dataset.start);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    let last = node;
    while (node) {
      const points = [...node.data];
      if (left <= points.length) return [node, points.slice(0, left).join("").length];
      left -= points.length;
      last = node;
      node = walker.nextNode();
    }
    return last ? [last, last.data.length] : [line, 0];
  }

  function show() {
    const found = /^#char=(\d+),(\d+)$/.exec(location.hash);
    if (!found) return;
    const range = new Range();
    range.setStart(...place(Number(found[1])));
    range.setEnd(...place(Number(found[2])));
    if (window.Highlight) CSS.highlights.set("cited", new Highlight(range));
    else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    const box = range.getBoundingClientRect();
    scrollTo({ top: scrollY + box.top - innerHeight / 3 });
    const mark = range.startContainer.parentElement.closest("mark") || (range.startContainer.nextSibling && range.startContainer.nextSibling.matches?.("mark") ? range.startContainer.nextSibling : null);
    if (mark) tell(mark);
    document.documentElement.dataset.cited = range.toString();
  }
  addEventListener("hashchange", show);
  show();
})();
