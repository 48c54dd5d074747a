  // ---- drawn on plain canvases, for machines without a graphics card: lines by strokes, nodes as stamps set pixel by pixel

  function byCanvas() {
    const AMOVE = 900; // lines drawn while the picture moves
    const camera = { x: 0, y: 0, scale: 1 }; // what stands in the middle, and pixels a unit
    const sheet = layer(1); // one for all, for a browser without a card copies each canvas at every frame
    const dots = document.createElement("canvas");
    const gone = new AbortController();
    const { signal } = gone;
    const [xs, ys] = ["x", "y"].map((axis) => Float64Array.from(given, (node) => node[axis]));
    const order = [...classes.keys()];
    const kindAt = Uint16Array.from(given, (node) => order.indexOf(node.group));
    const stamps = new Map();
    let wanted = new Set();
    let listener = () => {};
    let [frame, resting, flight, moving] = [0, 0, 0, false];
    let [pixels, image] = [null, null];

    const radius = (id) => sizeOf(id) * growth(camera.scale);
    const toView = (x, y) => [(x - camera.x) * camera.scale + canvas.clientWidth / 2, (y - camera.y) * camera.scale + canvas.clientHeight / 2];
    const toGraph = (x, y) => ({ x: (x - canvas.clientWidth / 2) / camera.scale + camera.x, y: (y - canvas.clientHeight / 2) / camera.scale + camera.y });

    function stamp(kind, color, size) { // a node's shape as pixels, made once for each half pixel of size
      const half = Math.max(1, Math.round(size * 2) / 2);
      const key = `${kind.shape}${color}${half}`;
      if (!stamps.has(key)) {
        const side = 2 * Math.ceil(half * 1.2 + 1) + 1;
        const scrap = document.createElement("canvas");
        [scrap.width, scrap.height] = [side, side];
        const context = scrap.getContext("2d", { willReadFrequently: true });
        const middle = side / 2;
        const corners = CORNERS[kind.shape];
        context.beginPath();
        if (corners && half >= 2) for (const [dx, dy] of corners) context.lineTo(middle + dx * half, middle + dy * half);
        else context.arc(middle, middle, half, 0, 7);
        context.closePath();
        context.fillStyle = color;
        context.fill();
        stamps.set(key, { side, cells: new Uint32Array(context.getImageData(0, 0, side, side).data.buffer) });
      }
      return stamps.get(key);
    }

    function paintDots() {
      const context = clean(dots);
      const ratio = devicePixelRatio || 1;
      const [wide, high] = [dots.width, dots.height];
      if (image?.width !== wide || image?.height !== high) {
        image = context.createImageData(wide, high);
        pixels = new Uint32Array(image.data.buffer);
      } else pixels.fill(0);
      const grown = growth(camera.scale) * ratio;
      const [zoom, left, top] = [camera.scale * ratio, camera.x - wide / 2 / camera.scale / ratio, camera.y - high / 2 / camera.scale / ratio];
      const looks = []; // the stamp of each class, or of each node, in this frame
      for (const dim of chosen === null ? [false] : [true, false]) {
        looks.length = 0;
        for (let id = 0; id < xs.length; id += 1) {
          if (hidden[id] || (chosen !== null && isDim(id) !== dim)) continue;
          const [x, y] = [Math.round((xs[id] - left) * zoom), Math.round((ys[id] - top) * zoom)];
          if (x < -40 || y < -40 || x > wide + 40 || y > high + 40) continue;
          const key = sized || tinted ? id : kindAt[id];
          press(looks[key] ??= stamp(kindOf(id), shownColor(id), sizeOf(id) * grown), x, y, wide, high);
        }
      }
      context.putImageData(image, 0, 0);
      return dots;
    }

    function press({ side, cells }, x, y, wide, high) {
      const half = (side - 1) / 2;
      const [left, right] = [Math.max(0, half - x), Math.min(side, wide - x + half)];
      for (let row = Math.max(0, half - y); row < side && row + y - half < high; row += 1) {
        const from = (row + y - half) * wide + x - half;
        for (let column = left; column < right; column += 1) {
          const cell = cells[row * side + column];
          if (cell >>> 24 > 127 || (cell && !pixels[from + column])) pixels[from + column] = cell;
        }
      }
    }

    function paintLines(context) {
      const ratio = devicePixelRatio || 1;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const crowded = wanted.size > FEW;
      const looks = new Map();
      let count = 0;
      for (const id of wanted) { // the more important first
        count += 1;
        if (moving && count > AMOVE && !isLit(lines[id])) continue;
        const look = lineLook(id, crowded);
        if (!looks.has(look.color)) looks.set(look.color, { ...look, ids: [] });
        looks.get(look.color).ids.push(id);
      }
      for (const { color, size, ids } of [...looks.values()].sort((a, b) => a.size - b.size)) {
        [context.strokeStyle, context.fillStyle, context.lineWidth] = [color, color, size];
        context.beginPath();
        for (const id of ids) {
          context.moveTo(...toView(given[lines[id].from].x, given[lines[id].from].y));
          context.lineTo(...toView(given[lines[id].to].x, given[lines[id].to].y));
        }
        context.stroke();
        if (size > 1) for (const id of ids) { // what is chosen shows where it leads
          const head = arrowhead(toView(given[lines[id].from].x, given[lines[id].from].y), toView(given[lines[id].to].x, given[lines[id].to].y), radius(lines[id].to), 7);
          if (!head) continue;
          context.beginPath();
          for (const corner of head) context.lineTo(...corner);
          context.fill();
        }
      }
    }

    function render() {
      frame = 0;
      if (!performance.getEntriesByName("first").length) performance.mark("first");
      const context = clean(sheet);
      paintGuides(context);
      paintLines(context);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(paintDots(), 0, 0);
      paint(context);
    }

    const redraw = () => { frame ||= requestAnimationFrame(render); };

    function cull() {
      wanted = wantedLines(camera.scale, camera);
      redraw();
    }

    function look(x, y, scale) {
      Object.assign(camera, { x, y, scale });
      moving = true;
      clearTimeout(resting);
      resting = setTimeout(() => { moving = false; cull(); }, 160);
      redraw();
    }

    function move({ x, y }, scale, quick) {
      cancelAnimationFrame(flight);
      if (quick) return look(x, y, scale);
      const [from, began] = [{ ...camera }, performance.now()];
      const step = () => {
        const part = Math.min(1, (performance.now() - began) / 300);
        const gone = part * part * (3 - 2 * part);
        look(from.x + (x - from.x) * gone, from.y + (y - from.y) * gone, from.scale * (scale / from.scale) ** gone);
        if (part < 1) flight = requestAnimationFrame(step);
      };
      flight = requestAnimationFrame(step);
    }

    function nodeAt(x, y) { // the nearest whose mark is there, or nearly
      let [best, least] = [undefined, Infinity];
      for (let id = 0; id < given.length; id += 1) {
        if (hidden[id]) continue;
        const [u, v] = toView(given[id].x, given[id].y);
        const away = Math.hypot(u - x, v - y) - radius(id);
        if (away < 3 && away < least) [best, least] = [id, away];
      }
      return best;
    }

    // ---- by hand: drag and pinch, wheel, click

    const pointers = new Map();
    let travelled = 0;
    const spot = (event) => {
      const box = canvas.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };

    function zoomAt({ x, y }, factor) { // what is under the pointer stays there
      const at = toGraph(x, y);
      const scale = Math.min(5, Math.max(0.002, camera.scale * factor));
      look(at.x - (x - canvas.clientWidth / 2) / scale, at.y - (y - canvas.clientHeight / 2) / scale, scale);
    }

    canvas.style.touchAction = "none";
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      cancelAnimationFrame(flight);
      if (!pointers.size) travelled = 0;
      pointers.set(event.pointerId, spot(event));
    }, { signal });
    addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = spot(event);
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (other) zoomAt({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)));
      else if (travelled > 3) look(camera.x - (now.x - before.x) / camera.scale, camera.y - (now.y - before.y) / camera.scale, camera.scale);
    }, { signal });
    for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, (event) => pointers.delete(event.pointerId), { signal });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoomAt(spot(event), Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240));
    }, { passive: false, signal });
    canvas.addEventListener("click", (event) => {
      const at = spot(event);
      if (travelled <= 3) listener(nodeAt(at.x, at.y), undefined, at, event);
    }, { signal });
    canvas.addEventListener("dblclick", (event) => {
      const id = nodeAt(spot(event).x, spot(event).y);
      if (id !== undefined) spread(id);
    }, { signal });
    canvas.addEventListener("pointermove", (event) => {
      if (pointers.size) return;
      const id = nodeAt(spot(event).x, spot(event).y);
      canvas.style.cursor = id === undefined ? "" : "pointer";
      canvas.title = id === undefined ? "" : ownTitles[id].slice(0, 300);
    }, { signal });
    const sizes = new ResizeObserver(redraw);
    sizes.observe(canvas);

    return {
      apply: cull, redraw, radius, move,
      scale: () => camera.scale,
      middle: () => ({ x: camera.x, y: camera.y }),
      positions: () => given,
      position: (id) => given[id],
      bend: () => null,
      motion: null,
      drawnLines: () => wanted,
      onClick(action) { listener = action; },
      end() {
        gone.abort();
        sizes.disconnect();
        cancelAnimationFrame(frame);
        cancelAnimationFrame(flight);
        clearTimeout(resting);
        sheet.remove();
      },
    };
  }

  let draw = byCanvas();

  function change() { // to a graphics card, once the picture is there; asking for one takes long where there is none
    const [at, scale] = [draw.middle(), draw.scale()];
    draw.end();
    draw = bySigma();
    draw.onClick(clicked);
    draw.move(at, scale, true);
    draw.apply();
  }
