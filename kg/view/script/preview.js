  // ---- the first picture, before the library is ready: nodes as dots, heaps by their names, on a plain canvas

  function preview() {
    const sheet = make("canvas", { class: "sheet" });
    const [wide, high, zoom] = [canvas.clientWidth, canvas.clientHeight, devicePixelRatio || 1];
    [sheet.width, sheet.height] = [wide * zoom, high * zoom];
    const context = sheet.getContext("2d", { willReadFrequently: true });
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of given) {
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    const scale = Math.min((wide - 260) / (right - left + 1), (high - 60) / (bottom - top + 1));
    context.setTransform(zoom, 0, 0, zoom, 0, 0);
    context.translate(130 + wide / 2 - ((left + right) / 2) * scale, high / 2 - ((top + bottom) / 2) * scale);
    for (const { id, x, y } of given) {
      if (hidden[id]) continue;
      context.fillStyle = colorOf(id);
      context.fillRect(x * scale - 0.8, y * scale - 0.8, 1.6, 1.6);
    }
    context.font = `600 13px ${fonts}`;
    context.textAlign = "center";
    context.fillStyle = "#1d2733";
    for (const [kind, label, x, y, u] of page.guides.slice(0, 12)) if (kind === "cluster") context.fillText(label, ((x + u) / 2) * scale, y * scale);
    canvas.append(sheet);
    performance.mark("first");
    return sheet;
  }

