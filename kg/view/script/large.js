  // ---- what the two ways of drawing many nodes share: which lines are drawn, and how names and sizes follow the zoom

  const LINES = 7000; // drawn at a time: those that matter most of what is in view
  const FEW = 2400; // from afar
  const weight = lines.map((line) => Math.min(neighbours[line.from].size, neighbours[line.to].size) + neighbours[line.from].size / 1e6);
  const ranked = lines.map((line) => line.id).sort((a, b) => weight[b] - weight[a] || a - b);
  const growth = (scale) => Math.min(1.6, Math.max(0.14, scale ** 0.6)); // nodes shrink less than the distances between them

  // Every line of what is chosen, then the lines that matter most of those in view.
  function wantedLines(scale, centre) {
    const [wide, high] = [canvas.clientWidth / scale / 2 + 50, canvas.clientHeight / scale / 2 + 50];
    const inView = (id) => Math.abs(given[id].x - centre.x) < wide && Math.abs(given[id].y - centre.y) < high;
    const wanted = new Set();
    for (const line of chosen === null ? [] : lines) if (isLit(line) && seen(line)) wanted.add(line.id);
    const most = scale < 0.25 ? FEW : LINES;
    for (const id of ranked) {
      if (wanted.size >= most) break;
      const line = lines[id];
      if (seen(line) && (inView(line.from) || inView(line.to))) wanted.add(id);
    }
    return wanted;
  }

  function lineLook(id, crowded) {
    if (isLit(lines[id])) return { size: 1.6, color: tone.lit };
    return { size: 0.7, color: chosen !== null ? tone.dim : crowded ? tone.crowded : tone.line };
  }

  function towardsPaper(color) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    const part = (value, paper) => Math.round(value * 0.16 + paper * 0.84).toString(16).padStart(2, "0");
    return `#${part(r, tone.paper[0])}${part(g, tone.paper[1])}${part(b, tone.paper[2])}`;
  }

  const shownColor = (id) => (isDim(id) ? towardsPaper(colorOf(id)) : colorOf(id));

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
    const [wide, high] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (sheet.width !== wide || sheet.height !== high) [sheet.width, sheet.height] = [wide, high];
    const context = sheet.getContext("2d", { willReadFrequently: true }); // not by a GPU that is imitated
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, wide, high);
    return context;
  }

  // Where there is no graphics card, imitating one takes sigma up to a second a frame, and plain canvases a few hundredths.
  function hasCard() {
    if (location.hash === "#sigma" || location.hash === "#canvas") return location.hash === "#sigma";
    const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
    const about = context?.getExtension("WEBGL_debug_renderer_info");
    const name = about ? context.getParameter(about.UNMASKED_RENDERER_WEBGL) : "";
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null && !/swiftshader|llvmpipe|software|basic render/i.test(name);
  }
