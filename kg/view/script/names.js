  // ---- names, drawn in the page's own size: the more important first, none over another

  let order = null;
  let drawn = [];
  const large = 14;
  const MOST = many ? 700 : Infinity; // names tried at a time
  let relationNames = true;
  let foreign = false; // whether relations are named in the page's other language
  const widths = new Map();

  const rankOf = (id) => sizeOf(id) * 1.5 + 6 * Math.log2(1 + neighbours[id].size);

  function importance(id) {
    if (chosen !== null && chosen.ids.has(id)) return 1e6;
    return (chosen !== null && chosen.near.has(id) ? 1e3 : 0) + rankOf(id);
  }

  function measure(context, text, weight, size) {
    const key = `${weight}${size}${text}`;
    if (!widths.has(key)) {
      context.font = `${weight} ${size}px ${fonts}`;
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  }

  class Room { // rectangles by the cells they touch
    constructor() { this.cells = new Map(); }
    *keys([left, top, right, bottom]) {
      for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
        for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) yield x * 65536 + y;
      }
    }
    hits(box, own) {
      for (const key of this.keys(box)) {
        for (const [other, owner] of this.cells.get(key) ?? []) {
          if (owner !== own && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
        }
      }
      return false;
    }
    take(box, owner) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push([box, owner]);
      }
    }
  }

  function paint(context) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    const scale = draw.scale();
    const wide = context.canvas.clientWidth;
    const high = context.canvas.clientHeight;
    const middle = draw.middle();
    const place = (x, y) => [(x - middle.x) * scale + wide / 2, (y - middle.y) * scale + high / 2];
    order ??= given.map((node) => node.id).filter((id) => !hidden[id]).sort((a, b) => importance(b) - importance(a) || a - b);
    const at = draw.positions();
    const room = new Room();
    const names = new Room(); // a large node's name may lie over small nodes, never over large ones and names
    for (const over of [legend, panel]) {
      if (over.offsetWidth) names.take([over.offsetLeft, over.offsetTop, over.offsetLeft + over.offsetWidth, over.offsetTop + over.offsetHeight], null);
    }
    for (const [kind, label, left, top] of page.guides) {
      if (kind === "cluster") continue;
      const [x, y] = place(left, top);
      names.take([x + 8, y + 5, x + 16 + measure(context, label, 600, 13), y + 25], null);
    }
    const frames = page.guides.filter(([kind]) => kind === "group").map(([, , left, top, right, bottom]) => [...place(left, top), ...place(right, bottom)]);
    drawn = [];
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineJoin = "round";
    context.strokeStyle = `rgba(${tone.paper}, .92)`;
    paintClusters(context, place, names);
    context.restore();
    const spots = new Map();
    for (const id of order) {
      if (spots.size >= MOST) break;
      const [x, y] = place(at[id].x, at[id].y);
      const radius = draw.radius(id);
      if (x < -200 || y < -40 || x > wide + 200 || y > high + 40) continue;
      spots.set(id, [x, y, radius]);
      const circle = [x - radius, y - radius, x + radius, y + radius];
      room.take(circle, id);
      if (sizeOf(id) >= large) names.take(circle, id);
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineJoin = "round";
    context.textBaseline = "middle";
    context.strokeStyle = `rgba(${tone.paper}, .92)`;
    for (const [id, [x, y, radius]] of spots) {
      const lit = chosen !== null && chosen.ids.has(id);
      const dim = chosen !== null && !lit && !chosen.near.has(id);
      const big = sizeOf(id) >= large;
      const size = big ? 13 : 12;
      const weight = lit || big ? 600 : 400;
      const text = given[id].label;
      const half = measure(context, text, weight, size) / 2;
      const rise = size * 0.62;
      const centres = [
        [x, y + radius + rise + 3],
        [x + radius + half + 5, y],
        [x - radius - half - 5, y],
        [x, y - radius - rise - 3],
      ];
      const boxes = centres.map(([cx, cy]) => [cx - half - 2, cy - rise, cx + half + 2, cy + rise]);
      const inside = (box) => !names.hits(box, id) && box[0] >= 0 && box[2] <= wide && box[1] >= 0 && box[3] <= high;
      const frame = frames.find(([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom);
      const framed = (box) => !frame || (box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3]);
      let free = boxes.findIndex((box) => framed(box) && inside(box) && !room.hits(box, id));
      if (free < 0) free = boxes.findIndex((box) => inside(box) && !room.hits(box, id));
      if (free < 0 && (big || lit)) free = boxes.findIndex(inside);
      if (free < 0 && !lit) continue;
      const [cx, cy] = centres[Math.max(free, 0)];
      const box = boxes[Math.max(free, 0)];
      room.take(box, -1 - id);
      names.take(box, -1 - id);
      drawn.push({ id, text, box });
      context.font = `${weight} ${size}px ${fonts}`;
      context.globalAlpha = dim ? 0.22 : 1;
      context.textAlign = "center";
      context.lineWidth = 3.5;
      context.strokeText(text, cx, cy);
      context.fillStyle = lit || big ? tone.ink : tone.fair;
      context.fillText(text, cx, cy);
    }
    if (relationNames && (!many || chosen !== null || scale > 0.7)) paintRelations(context, place, room, spots);
    context.restore();
  }

  function paintRelations(context, place, room, spots) {
    context.fillStyle = tone.faint;
    context.lineWidth = 3;
    for (const line of lines) {
      const lit = isLit(line);
      if (!seen(line) || (chosen === null ? line.dashes || kindOf(line.from).family.figures : !lit)) continue;
      const one = spots.get(line.from);
      const other = spots.get(line.to);
      if (!one || !other) continue;
      const text = foreign ? line.other : line.label;
      const half = measure(context, text, 400, 10.5) / 2;
      if (Math.hypot(one[0] - other[0], one[1] - other[1]) < 2 * half + one[2] + other[2] + 24) continue;
      let [x, y] = [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
      const bent = draw.bend(line);
      if (bent) [x, y] = place(bent.x, bent.y);
      const box = [x - half - 2, y - 7, x + half + 2, y + 7];
      if (room.hits(box, `line ${line.id}`)) continue;
      room.take(box, `line ${line.id}`);
      drawn.push({ edge: line.id, text, box });
      context.globalAlpha = 1;
      context.font = `400 10.5px ${fonts}`;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }

  // Parts of the picture with a heading of their own, under everything else.
  function paintGuides(context) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    const scale = draw.scale();
    const middle = draw.middle();
    const wide = context.canvas.clientWidth;
    const high = context.canvas.clientHeight;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    page.guides.forEach(([kind, label, left, top, right, bottom], place) => {
      if (kind === "cluster") return;
      const x = (left - middle.x) * scale + wide / 2;
      const y = (top - middle.y) * scale + high / 2;
      context.fillStyle = kind === "group" || place % 2 === 0 ? `rgba(${tone.guides}, .055)` : `rgba(${tone.guides}, .025)`;
      context.beginPath();
      context.roundRect(x, y, (right - left) * scale, (bottom - top) * scale, 10);
      context.fill();
      context.font = `600 13px ${fonts}`;
      context.fillStyle = tone.soft;
      context.textBaseline = "top";
      context.fillText(label, x + 12, y + 9);
    });
    context.restore();
  }

  // What a heap of nodes holds, over it, as long as it is seen from afar.
  function paintClusters(context, place, names) {
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (const [kind, label, left, top, right, bottom] of page.guides) {
      if (kind !== "cluster") continue;
      const [[x, y], [u, v]] = [place(left, top), place(right, bottom)];
      if (u - x < 36 || u - x > context.canvas.clientWidth * 0.6) continue;
      const size = u - x > 150 ? 15 : 13;
      const half = measure(context, label, 600, size) / 2;
      const box = [(x + u) / 2 - half - 6, y - 12, (x + u) / 2 + half + 6, y + 12];
      if (names.hits(box, "cluster") || box[2] < 0 || box[0] > context.canvas.clientWidth || box[3] < 0 || v < 0) continue;
      names.take(box, `cluster ${label}`);
      drawn.push({ cluster: label, text: label, box });
      context.font = `600 ${size}px ${fonts}`;
      context.globalAlpha = chosen === null ? 1 : 0.35;
      context.lineWidth = 5;
      context.strokeText(label, (x + u) / 2, y);
      context.fillStyle = tone.ink;
      context.fillText(label, (x + u) / 2, y);
    }
  }

  function refresh() {
    given.forEach((node, id) => { hidden[id] = isAway(id); });
    order = null;
    draw.apply();
    const shown = hidden.reduce((sum, away) => sum + (away ? 0 : 1), 0);
    $("shown").textContent = `${count("shown_nodes", shown)} · ${count("shown_edges", lines.reduce((sum, line) => sum + (seen(line) ? 1 : 0), 0))}`;
  }

