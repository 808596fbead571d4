// The picture of what lies around an object: forces lay it out, a canvas shows it, and a list beside it says the same.
"use strict";
(() => {
  const place = document.querySelector("[data-web]");
  if (!place) return;
  const canvas = place.querySelector("canvas");
  const said = place.querySelector("[data-said]");
  const filter = place.querySelector("input[type=search]");
  const list = place.querySelector("[data-found]");
  const buttons = [...place.querySelectorAll("button[data-kind]")];
  const pen = canvas.getContext("2d");
  const font = getComputedStyle(document.body).fontFamily;
  const probe = place.querySelector("[data-probe]");
  const LISTED = 100;
  const NAMED = 40;

  const KINDS = {
    actor: ["intrusion-set", "threat-actor", "campaign"],
    tool: ["malware", "tool", "infrastructure", "malware-analysis"],
    technique: ["attack-pattern", "vulnerability", "course-of-action"],
    lead: ["indicator", "sighting", "observed-data"],
    who: ["identity", "location"],
    text: ["report", "note", "opinion", "grouping", "incident"],
  };
  const kindOf = (type) => Object.keys(KINDS).find((kind) => KINDS[kind].includes(type)) ?? "thing";

  let points = [];
  let ranked = [];
  let lines = [];
  const hidden = new Set();
  let chosen = null;
  let view = { x: 0, y: 0, scale: 1 };
  let forces = null;
  let waiting = false;
  const costs = [];

  const size = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const isShown = (point) => !hidden.has(point.kind);
  // A token's colour in the light of the moment: a canvas cannot resolve it itself.
  let colours = new Map();
  const colour = (name) => {
    if (!colours.has(name)) {
      probe.style.color = "var(" + name + ")";
      colours.set(name, getComputedStyle(probe).color);
    }
    return colours.get(name);
  };

  // One frame: a step of the layout while it moves, then the drawing. What it cost stands on the canvas, in milliseconds.
  const frame = () => {
    waiting = false;
    const began = performance.now();
    const moves = forces.alpha() > forces.alphaMin();
    if (moves) forces.tick();
    draw();
    costs.push(performance.now() - began);
    if (costs.length > 60) costs.shift();
    canvas.dataset.frame = (costs.reduce((sum, cost) => sum + cost, 0) / costs.length).toFixed(1);
    canvas.dataset.moves = moves;
    if (moves) ask();
  };
  const ask = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(frame);
  };

  const draw = () => {
    const { width, height } = size();
    const dense = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * dense)) canvas.width = Math.round(width * dense);
    if (canvas.height !== Math.round(height * dense)) canvas.height = Math.round(height * dense);
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setTransform(dense * view.scale, 0, 0, dense * view.scale, dense * (width / 2 - view.x * view.scale), dense * (height / 2 - view.y * view.scale));
    pen.lineWidth = (lines.length > 500 ? 0.3 : 1) / view.scale;
    pen.strokeStyle = colour("--edge");
    pen.beginPath();
    for (const { source, target } of lines) {
      if (!isShown(source) || !isShown(target)) continue;
      pen.moveTo(source.x, source.y);
      pen.lineTo(target.x, target.y);
    }
    pen.globalAlpha = lines.length > 500 ? 0.3 : 1;
    pen.stroke();
    pen.globalAlpha = 1;
    if (chosen) {
      pen.strokeStyle = colour("--accent");
      pen.lineWidth = 1.5 / view.scale;
      pen.beginPath();
      for (const { source, target } of lines) {
        if (source !== chosen && target !== chosen) continue;
        pen.moveTo(source.x, source.y);
        pen.lineTo(target.x, target.y);
      }
      pen.stroke();
    }
    for (const [kind, members] of Map.groupBy(points.filter(isShown), (point) => point.kind)) {
      pen.fillStyle = colour("--kind-" + kind);
      pen.beginPath();
      for (const point of members) {
        pen.moveTo(point.x + point.r, point.y);
        pen.arc(point.x, point.y, point.r, 0, 2 * Math.PI);
      }
      pen.fill();
    }
    pen.font = 12 / view.scale + "px " + font;
    pen.lineWidth = 3 / view.scale;
    pen.strokeStyle = colour("--raised");
    pen.fillStyle = colour("--ink");
    const written = [];
    for (const point of named()) {
      const title = point.title.length > 40 ? point.title.slice(0, 39) + "…" : point.title;
      const box = { x: point.x * view.scale, y: point.y * view.scale, width: title.length * 7 + 16 };
      if (written.some((other) => Math.abs(other.y - box.y) < 14 && other.x < box.x + box.width && box.x < other.x + other.width)) continue;
      written.push(box);
      pen.strokeText(title, point.x + point.r + 3 / view.scale, point.y + 4 / view.scale);
      pen.fillText(title, point.x + point.r + 3 / view.scale, point.y + 4 / view.scale);
    }
  };

  // The chosen one, the one in the middle, and of those in sight the ones with the most lines; none is written over
  // another.
  const named = () => {
    const { width, height } = size();
    const sight = ranked.filter((point) => isShown(point)
      && Math.abs(point.x - view.x) * view.scale < width / 2 && Math.abs(point.y - view.y) * view.scale < height / 2);
    return new Set([points[0], chosen, ...(chosen ? neighbours(chosen).slice(0, NAMED) : []), ...sight.slice(0, NAMED)].filter((point) => point && isShown(point)));
  };
  const neighbours = (point) => lines.filter(({ source, target }) => source === point || target === point)
    .map(({ source, target }) => (source === point ? target : source));

  const fit = () => {
    const { width, height } = size();
    const reach = Math.max(40, ...points.filter(isShown).map((point) => Math.max(Math.abs(point.x), Math.abs(point.y))));
    view = { x: 0, y: 0, scale: Math.min(1.5, Math.min(width, height) / (2.1 * reach)) };
    ask();
  };
  const zoom = (by, x = 0, y = 0) => {
    const scale = Math.min(12, Math.max(0.02, view.scale * by));
    view.x += x / view.scale - x / scale;
    view.y += y / view.scale - y / scale;
    view.scale = scale;
    ask();
  };
  const choose = (point, moved) => {
    chosen = point;
    if (point && moved) { view.x = point.x; view.y = point.y; }
    tell();
    ask();
  };

  // The list: the chosen one's neighbours, else what the filter finds.
  const tell = () => {
    const words = filter.value.trim().toLowerCase();
    const pool = chosen ? [chosen, ...new Set(neighbours(chosen))] : points;
    const found = pool.filter((point) => isShown(point) && (point.title.toLowerCase().includes(words) || point.type.includes(words)));
    list.replaceChildren(...found.slice(0, LISTED).map((point) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const name = document.createElement("bdi");
      const type = document.createElement("span");
      const label = document.createElement("span");
      link.href = "/desk/object/" + point.id;
      name.textContent = point.title;
      link.append(name);
      link.addEventListener("focus", () => { if (chosen !== point && !chosen) { view.x = point.x; view.y = point.y; ask(); } });
      type.className = "type";
      type.textContent = point.type;
      item.append(link, " ", type);
      if (chosen && point !== chosen) {
        const line = lines.find(({ source, target }) => (source === chosen && target === point) || (source === point && target === chosen));
        label.className = "quiet";
        label.textContent = (line.source === chosen ? "→ " : "← ") + line.label;
        item.append(" ", label);
      }
      return item;
    }));
    said.textContent = place.dataset.count.replace("{0}", found.length).replace("{1}", points.length);
  };

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const x = (event.clientX - box.left - box.width / 2) / view.scale + view.x;
    const y = (event.clientY - box.top - box.height / 2) / view.scale + view.y;
    let nearest = null;
    let reach = 12 / view.scale;
    for (const point of points) {
      const away = Math.hypot(point.x - x, point.y - y) - point.r;
      if (isShown(point) && away < reach) { nearest = point; reach = away; }
    }
    return nearest;
  };

  const listen = () => {
    let from = null;
    canvas.addEventListener("pointerdown", (event) => { from = { x: event.clientX, y: event.clientY, moved: 0 }; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      view.x -= (event.clientX - from.x) / view.scale;
      view.y -= (event.clientY - from.y) / view.scale;
      from = { x: event.clientX, y: event.clientY, moved: from.moved + Math.abs(event.movementX) + Math.abs(event.movementY) };
      ask();
    });
    canvas.addEventListener("pointerup", (event) => {
      if (from && from.moved < 4) choose(at(event), false);
      from = null;
    });
    canvas.addEventListener("dblclick", (event) => { const point = at(event); if (point) window.location.assign("/desk/object/" + point.id); });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 400), event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => {
      const step = 60 / view.scale;
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (moves[event.key]) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; ask(); }
      else if (event.key === "+" || event.key === "=") zoom(1.3);
      else if (event.key === "-") zoom(1 / 1.3);
      else if (event.key === "0") fit();
      else if (event.key === "Escape") choose(null, false);
      else return;
      event.preventDefault();
    });
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const off = hidden.delete(button.dataset.kind) ? false : Boolean(hidden.add(button.dataset.kind));
        button.setAttribute("aria-pressed", !off);
        tell();
        ask();
      });
    }
    for (const button of place.querySelectorAll("button[data-zoom]")) {
      button.addEventListener("click", () => (button.dataset.zoom === "0" ? fit() : zoom(button.dataset.zoom === "+" ? 1.3 : 1 / 1.3)));
    }
    filter.addEventListener("input", () => { chosen = null; tell(); ask(); });
    new ResizeObserver(ask).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colours = new Map(); ask(); });
  };

  const start = async () => {
    const answer = await fetch(place.dataset.web, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) { said.textContent = place.dataset.failed; return; }
    const web = await answer.json();
    points = web.points.map((point) => ({ ...point, kind: kindOf(point.type), lines: 0 }));
    lines = web.lines.map(([source, target, label]) => ({ source: points[source], target: points[target], label }));
    for (const { source, target } of lines) { source.lines++; target.lines++; }
    for (const point of points) point.r = Math.min(16, 3 + Math.sqrt(point.lines));
    points[0].r = 12;
    ranked = points.toSorted((a, b) => b.lines - a.lines);
    for (const button of buttons) {
      const count = points.filter((point) => point.kind === button.dataset.kind).length;
      button.hidden = count === 0;
      button.querySelector("data").textContent = count;
    }
    place.querySelector("[data-partial]").hidden = !web.partial;
    const few = points.length < 100;
    forces = d3.forceSimulation(points)
      .force("lines", d3.forceLink(lines).distance(few ? 110 : 40).iterations(1))
      .force("apart", d3.forceManyBody().strength(few ? -400 : -40).theta(1.3).distanceMax(600))
      .force("x", d3.forceX().strength(0.04))
      .force("y", d3.forceY().strength(0.04))
      .alphaDecay(points.length > 1000 ? 0.03 : 0.0228)
      .stop();
    // Most of the way before the first look; all of it for whoever wants nothing to move.
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const until = performance.now() + (still ? 4000 : 400);
    while (forces.alpha() > forces.alphaMin() && performance.now() < until) forces.tick();
    if (still) forces.alpha(0);
    listen();
    tell();
    fit();
  };
  start();
})();
