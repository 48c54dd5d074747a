  // ---- drawn by vis-network, as pyvis carries it

  const draw = (() => {
    const together = new Map();
    for (const line of lines) {
      const pair = line.from < line.to ? `${line.from},${line.to}` : `${line.to},${line.from}`;
      if (!together.has(pair)) together.set(pair, []);
      together.get(pair).push(line.id);
      line.title = `${given[line.from].title} — ${line.label} → ${given[line.to].title}`;
    }
    for (const several of together.values()) { // lines between the same two nodes are bent apart
      if (several.length < 2) continue;
      several.forEach((id, place) => {
        const line = lines[id];
        const side = line.from < line.to ? 1 : -1;
        const bend = (place - (several.length - 1) / 2) * 0.3 * side;
        line.smooth = bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false;
      });
    }
    given.forEach((node) => { node.title = `${node.title}\n${kindOf(node.id).label}`.trim(); });
    // Empty until the first look is known, so that each node and line is made once; names are not its to draw.
    const nodes = new vis.DataSet();
    const edges = new vis.DataSet();
    const network = onPlainCanvas(() => new vis.Network(canvas, { nodes, edges }, options));
    const [worn, drawnAs] = [new Map(), new Map()]; // how each node and each line looks now
    let growth = 1;
    let listener = () => {};

    // A picture of so many strokes is drawn faster by the processor than by a graphics card that is imitated.
    function onPlainCanvas(work) {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function plain(kind, wishes) {
        return getContext.call(this, kind, { willReadFrequently: true, ...wishes });
      };
      try {
        return work();
      } finally {
        HTMLCanvasElement.prototype.getContext = getContext;
      }
    }

    // Seen from afar, nodes and lines shrink less than the distances between them.
    function grow(scale) {
      const wanted = Math.min(6, Math.max(0.5, scale ** -0.6));
      if (Math.abs(Math.log(wanted / growth)) < 0.12) return;
      growth = wanted;
      if (nodes.length) dress();
    }

    const nodeLook = (id) => ({
      hidden: hidden[id],
      physics: !hidden[id],
      opacity: isDim(id) ? 0.16 : 1,
      size: sizeOf(id) * growth,
      borderWidth: 1.5 * Math.min(1, 1 / growth), // on the screen, however far away it is seen from
      color: colorsOf(id),
    });

    function colorsOf(id) { // parted from what is behind by the colour of the paper
      const background = colorOf(id);
      return { background, border: `rgb(${tone.paper})`, highlight: { background, border: tone.ink }, hover: { background, border: tone.soft } };
    }

    function lineLook(line) {
      const [slight, lit] = [isSlight(line), isLit(line)];
      const color = lit ? tone.lit : tone.line;
      return {
        hidden: !seen(line),
        color: { ...options.edges.color, color, opacity: lit ? 1 : (chosen === null ? 1 : 0.25) * (slight ? 0.6 : 1) },
        width: (lit ? 1.7 : slight ? 0.8 : 1.1) * growth,
        arrows: { to: { enabled: !slight || lit, scaleFactor: 0.36 * Math.sqrt(growth) } },
      };
    }

    function changed(all, known, look) { // what looks other than before
      const found = [];
      for (const one of all) {
        const now = look(one);
        const key = JSON.stringify(now);
        if (known.get(one.id) === key) continue;
        found.push(known.has(one.id) ? { id: one.id, ...now } : { ...one, label: undefined, ...now });
        known.set(one.id, key);
      }
      return found;
    }

    function dress() {
      nodes.update(changed(given, worn, ({ id }) => nodeLook(id)));
      edges.update(changed(lines, drawnAs, lineLook));
    }

    function apply() {
      dress();
      if (chosen?.line != null) network.setSelection({ nodes: [], edges: [chosen.line] });
      else if (chosen?.ids.size === 1) network.selectNodes([...chosen.ids], false);
      else network.unselectAll();
      network.redraw();
    }

    network.on("beforeDrawing", (context) => paintGuides(context));
    network.on("afterDrawing", (context) => paint(context));
    network.on("zoom", ({ scale }) => grow(scale));
    network.on("click", ({ nodes: [id], edges: [line], pointer, event }) => listener(id, line, pointer.DOM, event?.srcEvent));
    network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) spread(id); });
    for (const kind of ["Node", "Edge"]) {
      network.on(`hover${kind}`, () => { canvas.style.cursor = "pointer"; });
      network.on(`blur${kind}`, () => { canvas.style.cursor = ""; });
    }
    canvas.addEventListener("pointerleave", () => { // the tooltip would stay
      const tip = canvas.querySelector(".vis-tooltip");
      if (tip) tip.style.visibility = "hidden";
    });

    return {
      network, nodes, edges, apply,
      redraw: () => network.redraw(),
      scale: () => network.getScale(),
      middle: () => network.getViewPosition(),
      radius: (id) => sizeOf(id) * growth * network.getScale(),
      positions: () => (nodes.length ? network.getPositions() : given),
      position: (id) => network.getPosition(id),
      bend: (line) => { // the middle of a line that is bent, else nothing
        const drawing = network.body.edges[line.id]?.edgeType;
        return line.smooth && drawing?.getPoint ? drawing.getPoint(0.5) : null;
      },
      move(position, scale, quick) {
        grow(scale);
        network.moveTo({ position, scale, animation: quick ? false : { duration: 450, easingFunction: "easeInOutCubic" } });
      },
      motion(on) {
        network.setOptions({ physics: { ...options.physics, enabled: on } });
        if (on) network.startSimulation();
        else network.storePositions();
      },
      onClick(action) { listener = action; },
    };
  })();
