  // ---- drawn by sigma on graphology: WebGL for nodes and lines, one canvas above for names and one below for headings

  function bySigma() {
    const { Graph, Sigma, sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } = KgNetwork;
    const shapes = { dot: "circle", square: "square", diamond: "diamond", triangle: "triangle", triangleDown: "triangleDown" };
    const down = sdfTriangle({ rotation: Math.PI });
    const turned = { ...down, name: "triangleDown", glsl: down.glsl.replaceAll("sdf_triangle(", "sdf_triangleDown(") };
    const graph = new Graph({ multi: true, type: "directed" });
    for (const { id, x, y } of given) {
      graph.addNode(String(id), { x, y: -y, size: sizeOf(id), color: colorOf(id), shape: shapes[kindOf(id).shape] ?? "circle", away: hidden[id] });
    }
    const drawn = new Map(); // what each line on the graph looks like
    let styled = ""; // what nodes look like, in short: the costly update is left out where nothing changed
    for (const id of ranked.filter((one) => seen(lines[one])).slice(0, FEW)) put(id, true);
    const sigma = new Sigma(graph, canvas, {
      settings: {
        renderLabels: false, enableEdgeEvents: false, hideEdgesOnMove: false, enableCameraRotation: false, zoomDuration: 120,
        doubleClickZoomingRatio: 1, stagePadding: 0, inertiaDuration: 0, minCameraRatio: null, maxCameraRatio: null, antialiasEdges: false,
        zoomToSizeRatioFunction: (ratio) => 1 / growth(1 / ratio),
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

    function names() {
      paintGuides(clean(under));
      paint(clean(above));
    }

    const scale = () => 1 / sigma.getCamera().getState().ratio; // without rescaling a unit is a pixel at ratio 1
    const middle = () => {
      const at = sigma.viewportToGraph({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 });
      return { x: at.x, y: -at.y };
    };

    function cull() {
      const wanted = wantedLines(scale(), middle());
      for (const id of [...drawn.keys()]) if (!wanted.has(id)) { graph.dropEdge(String(id)); drawn.delete(id); }
      for (const id of wanted) put(id, wanted.size > FEW);
    }

    function put(id, crowded) {
      const look = lineLook(id, crowded);
      const short = `${look.size}${look.color}`;
      if (!drawn.has(id)) graph.addEdgeWithKey(String(id), String(lines[id].from), String(lines[id].to), look);
      else if (drawn.get(id) !== short) graph.mergeEdgeAttributes(String(id), look);
      drawn.set(id, short);
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
        attributes.away = hidden[id];
        attributes.size = sizeOf(id);
        attributes.color = shownColor(id);
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
      sigma, apply, scale, middle,
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
      drawnLines: () => drawn,
      onClick(action) { listener = action; },
    };
  }
