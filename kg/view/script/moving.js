  // ---- moving about

  const narrow = () => innerWidth <= 860;

  function insets() {
    return {
      left: narrow() ? 12 : legend.offsetWidth + 40,
      right: panel.hidden || narrow() ? 28 : panel.offsetWidth + 24,
      top: 24,
      bottom: panel.hidden || !narrow() ? 34 : panel.offsetHeight + 20,
    };
  }

  function move(position, scale, quick) {
    draw.move(position, scale, quick || still);
  }

  function fit(quick) {
    const ids = given.map((node) => node.id).filter((id) => !hidden[id]);
    const at = draw.positions();
    const points = ids.map((id) => at[id]);
    if (!points.length) return;
    const free = insets();
    const wide = canvas.clientWidth - free.left - free.right;
    const high = canvas.clientHeight - free.top - free.bottom;
    const halves = ids.map((id) => (many || narrow() ? 0 : 6.2 * given[id].label.length)); // names keep their size whatever the scale
    const extent = (scale) => {
      const boxes = page.guides.map(([, , ...box]) => box.map((value) => value * scale));
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      points.forEach((point, k) => {
        left = Math.min(left, point.x * scale - halves[k]);
        right = Math.max(right, point.x * scale + halves[k]);
        top = Math.min(top, point.y * scale - 16);
        bottom = Math.max(bottom, point.y * scale + 32);
      });
      for (const box of boxes) {
        [left, top] = [Math.min(left, box[0]), Math.min(top, box[1])];
        [right, bottom] = [Math.max(right, box[2]), Math.max(bottom, box[3])];
      }
      return [left, top, right, bottom];
    };
    let [low, scale] = [0.002, 1.25];
    for (let step = 0; step < 28; step += 1) {
      const trial = step ? (low + scale) / 2 : scale;
      const [left, top, right, bottom] = extent(trial);
      if (right - left <= wide && bottom - top <= high) {
        low = trial;
        if (!step) break;
      } else scale = trial;
    }
    const [left, top, right, bottom] = extent(low);
    centre({ x: (left + right) / 2 / low, y: (top + bottom) / 2 / low }, low, quick);
  }

  function centre(point, scale, quick) { // in the middle of what legend and panel leave free
    const free = insets();
    move({ x: point.x - (free.left - free.right) / 2 / scale, y: point.y - (free.top - free.bottom) / 2 / scale }, scale, quick);
  }

  function zoom(factor) {
    move(draw.middle(), Math.min(5, Math.max(0.002, draw.scale() * factor)));
  }

  function pan(dx, dy) {
    const at = draw.middle();
    move({ x: at.x + dx / draw.scale(), y: at.y + dy / draw.scale() }, draw.scale(), true);
  }

