  // ---- drawn by sigma on graphology: WebGL for nodes and lines, one canvas above for names and one below for headings

  const draw = (() => {
    const MOST = 7000; // lines drawn at a time: those that matter most of what is in view
    const FEW = 2400; // from afar
    const { Graph, Sigma, sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } = KgNetwork;
    const shapes = { dot: "circle", square: "square", diamond: "diamond", triangle: "triangle", triangleDown: "triangleDown" };
    const down = sdfTriangle({ rotation: Math.PI });
    const turned = { ...down, name: "triangleDown", glsl: down.glsl.replaceAll("sdf_triangle(", "sdf_triangleDown(") };
    const graph = new Graph({ multi: true, type: "directed" });
    for (const { id, x, y } of given) {
      graph.addNode(String(id), { x, y: -y, size: sizeOf(id), color: colorOf(id), shape: shapes[kindOf(id).shape] ?? "circle", away: hidden[id] });
    }
    const weight = lines.map((line) => Math.min(neighbours[line.from].size, neighbours[line.to].size) + neighbours[line.from].size / 1e6);
    const ranked = lines.map((line) => line.id).sort((a, b) => weight[b] - weight[a] || a - b);
    const drawn = new Map(); // what each line on the graph looks like
    let styled = ""; // what nodes look like, in short: the costly update is left out where nothing changed
    for (const id of ranked.filter((one) => seen(lines[one])).slice(0, FEW)) put(id, false, true);
    const sigma = new Sigma(graph, canvas, {
      settings: {
        renderLabels: false, enableEdgeEvents: false, hideEdgesOnMove: false, enableCameraRotation: false, zoomDuration: 120,
        doubleClickZoomingRatio: 1, stagePadding: 0, inertiaDuration: 0, minCameraRatio: null, maxCameraRatio: null, antialiasEdges: false,
        zoomToSizeRatioFunction: (ratio) => 1 / Math.min(1.6, Math.max(0.14, (1 / ratio) ** 0.6)),
        autoRescale: false, pickingDownSizingRatio: 4, allowInvalidContainer: true,
      },
      primitives: {
        nodes: { shapes: [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle(), turned] },
      },
      styles: {
        nodes: {
          x: { attribute: "x" }, y: { attribute: "y" }, size: { attribute: "size" }, color: { attribute: "color" }, shape: { attribute: "shape" },
          visibility: (attributes) => (attributes.away ? "hidden" : "visible"),
        },
        edges: { size: { attribute: "size" }, color: { attribute: "color" } },
      },
    });
    const under = layer(0);
    const above = layer(9);
    let listener = () => {};
    let waiting = 0;

    function layer(depth) {
      const sheet = document.createElement("canvas");
      sheet.className = "sheet";
      sheet.style.zIndex = String(depth);
      if (depth) canvas.append(sheet);
      else canvas.prepend(sheet);
      return sheet;
    }

    function clean(sheet) {
      const ratio = devicePixelRatio || 1;
      const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
      if (sheet.width !== Math.round(wide * ratio) || sheet.height !== Math.round(high * ratio)) {
        sheet.width = Math.round(wide * ratio);
        sheet.height = Math.round(high * ratio);
      }
      const context = sheet.getContext("2d", { willReadFrequently: true }); // not by a GPU that is imitated
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, sheet.width, sheet.height);
      return context;
    }

    function names() {
      paintGuides(clean(under));
      paint(clean(above));
    }

    const scale = () => 1 / sigma.getCamera().getState().ratio; // without rescaling a unit is a pixel at ratio 1
    const middle = () => {
      const at = sigma.viewportToGraph({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 });
      return { x: at.x, y: -at.y };
    };

    // The lines that matter most of those in view, and every line of what is chosen.
    function cull() {
      const [now, centre] = [scale(), middle()];
      const [wide, high] = [canvas.clientWidth / now / 2 + 50, canvas.clientHeight / now / 2 + 50];
      const inView = (id) => Math.abs(given[id].x - centre.x) < wide && Math.abs(given[id].y - centre.y) < high;
      const wanted = new Set();
      for (const line of chosen === null ? [] : lines) if (isLit(line) && seen(line)) wanted.add(line.id);
      for (const id of ranked) {
        if (wanted.size >= (now < 0.25 ? FEW : MOST)) break;
        const line = lines[id];
        if (seen(line) && (inView(line.from) || inView(line.to))) wanted.add(id);
      }
      for (const id of [...drawn.keys()]) if (!wanted.has(id)) { graph.dropEdge(String(id)); drawn.delete(id); }
      for (const id of wanted) put(id, isLit(lines[id]), chosen !== null || wanted.size > FEW);
    }

    function put(id, lit, faint) {
      const look = { size: lit ? 1.6 : 0.7, color: lit ? "#7d8a9b" : chosen !== null && !lit ? "#eceef1" : faint ? "#dfe3e9" : "#cbd0d8" };
      const short = `${look.size}${look.color}`;
      if (!drawn.has(id)) graph.addEdgeWithKey(String(id), String(lines[id].from), String(lines[id].to), look);
      else if (drawn.get(id) !== short) graph.mergeEdgeAttributes(String(id), look);
      drawn.set(id, short);
    }

    function mix(color) { // towards the paper
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
      const part = (value, paper) => Math.round(value * 0.16 + paper * 0.84).toString(16).padStart(2, "0");
      return `#${part(r, 251)}${part(g, 251)}${part(b, 249)}`;
    }

    function apply() {
      cull();
      const now = given.map(({ id }) => `${hidden[id] ? "" : sizeOf(id)}${isDim(id) ? "-" : "+"}${tinted ? tinted[id] : ""}`).join();
      if (styled === now) return;
      const first = styled === "";
      styled = now;
      if (first && chosen === null) return; // as they were made
      graph.updateEachNodeAttributes((key, attributes) => {
        const id = Number(key);
        const color = colorOf(id);
        attributes.away = hidden[id];
        attributes.size = sizeOf(id);
        attributes.color = isDim(id) ? mix(color) : color;
        return attributes;
      }, { attributes: ["away", "size", "color"] });
    }

    sigma.on("afterRender", names);
    sigma.getCamera().on("updated", () => {
      clearTimeout(waiting);
      waiting = setTimeout(cull, 160);
    });
    sigma.on("clickNode", ({ node, event }) => listener(Number(node), undefined, event, event.original));
    sigma.on("clickStage", ({ event }) => listener(undefined, undefined, event, event.original));
    sigma.on("doubleClickNode", ({ node, event }) => { event.preventSigmaDefault?.(); spread(Number(node)); });
    sigma.on("enterNode", ({ node }) => { canvas.style.cursor = "pointer"; canvas.title = ownTitles[Number(node)].slice(0, 300); });
    sigma.on("leaveNode", () => { canvas.style.cursor = ""; canvas.title = ""; });
    new ResizeObserver(() => { sigma.resize(); sigma.refresh(); }).observe(canvas);

    return {
      sigma, graph, apply, scale, middle,
      redraw: names,
      radius: (id) => sigma.scaleSize(sizeOf(id)),
      positions: () => given,
      position: (id) => given[id],
      bend: () => null,
      move(position, wanted, quick) {
        const camera = sigma.getCamera();
        const at = sigma.graphToFramedGraph({ x: position.x, y: -position.y });
        const state = { x: at.x, y: at.y, ratio: 1 / wanted, angle: 0 };
        if (quick) camera.setState(state);
        else camera.animate(state, { duration: 300 });
      },
      motion: null,
      lines: () => drawn.size,
      onClick(action) { listener = action; },
    };
  })();
