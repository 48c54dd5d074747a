  // ---- the picture as PNG and SVG, the view as GEXF and GraphML

  function svgOf() { // what is in view, as it stands
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    const [scale, middle, at] = [draw.scale(), draw.middle(), draw.positions()];
    const place = (x, y) => [(x - middle.x) * scale + wide / 2, (y - middle.y) * scale + high / 2];
    const put = (tag, values, text) => {
      const element = document.createElementNS(SVG, tag);
      for (const [key, value] of Object.entries(values)) element.setAttribute(key, typeof value === "number" ? value.toFixed(2) : value);
      if (text !== undefined) element.textContent = text;
      return element;
    };
    const picture = put("svg", { xmlns: SVG, viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, "font-family": fonts });
    const title = put("title", {}, document.title);
    picture.append(title, put("rect", { width: wide, height: high, fill: "#fbfbf9" }));
    page.guides.forEach(([kind, label, left, top, right, bottom], k) => {
      if (kind === "cluster") return;
      const [x, y] = place(left, top);
      picture.append(put("rect", { x, y, width: (right - left) * scale, height: (bottom - top) * scale, rx: 10, fill: "#5d708c", "fill-opacity": kind === "group" || k % 2 === 0 ? 0.055 : 0.025 }));
      picture.append(put("text", { x: x + 12, y: y + 20, "font-size": 13, "font-weight": 600, fill: "#5b6675" }, label));
    });
    const inside = ([x, y]) => x > -300 && y > -300 && x < wide + 300 && y < high + 300;
    const wanted = draw.drawnLines?.() ?? null; // of a large picture
    for (const line of lines) {
      if (!seen(line) || (wanted && !wanted.has(line.id))) continue;
      const [one, other] = [place(at[line.from].x, at[line.from].y), place(at[line.to].x, at[line.to].y)];
      if (!inside(one) && !inside(other)) continue;
      const [lit, slight] = [isLit(line), isSlight(line)];
      const bent = draw.bend(line);
      const by = bent ? place(bent.x, bent.y).map((value, k) => 2 * value - (one[k] + other[k]) / 2) : null;
      const color = lit ? "#7d8a9b" : "#cbd0d8";
      const faint = { "stroke-opacity": chosen !== null && !lit ? 0.25 : 1, "fill-opacity": chosen !== null && !lit ? 0.25 : 1 };
      const pair = (point) => point.map((value) => value.toFixed(2)).join(" ");
      picture.append(put("path", { d: `M${pair(one)}${by ? `Q${pair(by)} ` : "L"}${pair(other)}`, fill: "none", stroke: color, "stroke-width": lit ? 1.7 : slight ? 0.8 : 1.1, ...faint }));
      const head = lit || (!slight && !many) ? arrowhead(by ?? one, other, draw.radius(line.to), lit ? 7.5 : 5.5) : null;
      if (head) picture.append(put("polygon", { class: "head", points: head.map(pair).join(" "), fill: color, ...faint }));
    }
    for (let id = 0; id < given.length; id += 1) {
      if (hidden[id]) continue;
      const spot = place(at[id].x, at[id].y);
      if (!inside(spot)) continue;
      const mark = shape(kindOf(id), spot[0], spot[1], draw.radius(id), colorOf(id));
      mark.setAttribute("stroke", "#ffffff");
      if (isDim(id)) mark.setAttribute("opacity", "0.16");
      picture.append(mark);
    }
    for (const { id, edge, cluster, text, box } of drawn) {
      const size = cluster ? 14 : edge !== undefined ? 10.5 : sizeOf(id) >= large ? 13 : 12;
      picture.append(put("text", {
        x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 + size * 0.36, "font-size": size, "text-anchor": "middle", "paint-order": "stroke",
        "font-weight": cluster || (id !== undefined && sizeOf(id) >= large) ? 600 : 400,
        stroke: "#fbfbf9", "stroke-width": 3, fill: edge !== undefined ? "#7d8796" : "#1d2733",
        opacity: id !== undefined && isDim(id) ? 0.22 : 1,
      }, text));
    }
    return new XMLSerializer().serializeToString(picture);
  }

  function pngOf() {
    const image = new Image();
    const zoom = Math.max(2, devicePixelRatio || 1);
    return new Promise((done, failed) => {
      image.onload = () => {
        const sheet = document.createElement("canvas");
        sheet.width = canvas.clientWidth * zoom;
        sheet.height = canvas.clientHeight * zoom;
        sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
        sheet.toBlob((blob) => (blob ? done(blob) : failed(new Error("PNG"))), "image/png");
      };
      image.onerror = failed;
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf())}`;
    });
  }

  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const xml = (text) => String(text).replace(CONTROL, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  const yearOf = (id) => page.years[id][0] ?? 0;

  function graphmlOf() {
    const parts = ['<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'];
    for (const [id, owner, type] of [["label", "node", "string"], ["class", "node", "string"], ["year", "node", "int"], ["x", "node", "double"], ["y", "node", "double"], ["relation", "edge", "string"]]) {
      parts.push(`<key id="${id}" for="${owner}" attr.name="${id}" attr.type="${type}"/>\n`);
    }
    parts.push('<graph edgedefault="directed">\n');
    const at = draw.positions();
    given.forEach((node, id) => {
      if (hidden[id]) return;
      parts.push(`<node id="${xml(lore().iris[id])}"><data key="label">${xml(ownTitles[id])}</data><data key="class">${xml(kindOf(id).label)}</data><data key="year">${yearOf(id)}</data><data key="x">${at[id].x}</data><data key="y">${at[id].y}</data></node>\n`);
    });
    for (const line of lines) if (seen(line)) parts.push(`<edge source="${xml(lore().iris[line.from])}" target="${xml(lore().iris[line.to])}"><data key="relation">${xml(line.label)}</data></edge>\n`);
    parts.push("</graph>\n</graphml>\n");
    return parts.join("");
  }

  function gexfOf() {
    const at = draw.positions();
    const parts = ['<?xml version="1.0" encoding="utf-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">\n<graph defaultedgetype="directed">\n<attributes class="node"><attribute id="class" title="class" type="string"/><attribute id="year" title="year" type="integer"/></attributes>\n<nodes>\n'];
    given.forEach((node, id) => {
      if (hidden[id]) return;
      const [r, g, b] = [1, 3, 5].map((k) => parseInt(colorOf(id).slice(k, k + 2), 16));
      parts.push(`<node id="${xml(lore().iris[id])}" label="${xml(ownTitles[id])}"><attvalues><attvalue for="class" value="${xml(kindOf(id).label)}"/><attvalue for="year" value="${yearOf(id)}"/></attvalues><viz:color r="${r}" g="${g}" b="${b}"/><viz:position x="${at[id].x}" y="${-at[id].y}"/><viz:size value="${sizeOf(id)}"/></node>\n`);
    });
    parts.push("</nodes>\n<edges>\n");
    for (const line of lines) if (seen(line)) parts.push(`<edge id="${line.id}" source="${xml(lore().iris[line.from])}" target="${xml(lore().iris[line.to])}" label="${xml(line.label)}"/>\n`);
    parts.push("</edges>\n</graph>\n</gexf>\n");
    return parts.join("");
  }

  async function save(format) {
    const makers = { svg: [svgOf, "image/svg+xml"], gexf: [gexfOf, "application/xml"], graphml: [graphmlOf, "application/xml"] };
    const blob = format === "png" ? await pngOf() : new Blob([makers[format][0]()], { type: makers[format][1] });
    const link = make("a", { href: URL.createObjectURL(blob), download: `${document.title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.${format}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const saving = $("save");
  for (const button of saving.querySelectorAll("[data-format]")) {
    button.addEventListener("click", () => { saving.open = false; save(button.dataset.format); });
  }

  // On paper stands the picture as it is in view, sharp at any size.
  addEventListener("beforeprint", () => {
    const paper = document.importNode(new DOMParser().parseFromString(svgOf(), "image/svg+xml").documentElement, true);
    paper.id = "paper";
    canvas.after(paper);
  });
  addEventListener("afterprint", () => $("paper")?.remove());
