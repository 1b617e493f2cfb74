"use strict";
/* Layouts. All give the same picture every time: dagre and the rings know no chance, and fcose is dealt the same cards each time. */

/* Many cards that hang on one card by the same words are put into one tray of several columns, or a column would outgrow the page. */
const FEW = 3, TALL = 340, GAP = { x: 34, y: 16 };

function trays(shown) {
  const groups = new Map();
  shown.nodes().forEach(leaf => {
    const [edge, ...others] = leaf.connectedEdges().filter(each => shown.has(each)).toArray();
    if (!edge || others.length || edge.isLoop() || leaf.hasClass("centre")) return;
    const outward = edge.target().same(leaf), right = outward !== edge.data("against"), hub = outward ? edge.source() : edge.target();
    const key = JSON.stringify([hub.id(), right, edge.data("text"), kinds(edges.get(edge.data("ref"))), leaf.data("fill")]);
    const tray = groups.get(key) || groups.set(key, { id: `tray${key}`, hub: hub.id(), right, leaves: [] }).get(key);
    tray.leaves.push({ leaf, edge });
  });
  return [...groups.values()].filter(({ hub, leaves }) => leaves.length > FEW && !leaves.some(({ leaf }) => leaf.id() === hub)).map(tray => {
    const w = Math.max(...tray.leaves.map(({ leaf }) => leaf.data("w"))), h = Math.max(...tray.leaves.map(({ leaf }) => leaf.data("h"))) + GAP.y;
    const across = Math.min(4, Math.ceil(tray.leaves.length * h / TALL)), down = Math.ceil(tray.leaves.length / across);
    return { ...tray, w, h, down, width: across * w + (across - 1) * GAP.x, height: down * h };
  });
}

/* Lay a tray's cards, the first column next to the hub; lines reach the further ones through the gaps between the rows. */
function serve(tray, { x, y }, label) {
  const way = tray.right ? 1 : -1, near = x - way * tray.width / 2, bearer = Math.floor((tray.down - 1) / 2);
  tray.leaves.forEach(({ leaf, edge }, at) => {
    const column = Math.floor(at / tray.down), row = at % tray.down, top = y - tray.height / 2 + row * tray.h;
    const side = near + way * column * (tray.w + GAP.x), gap = top + GAP.y / 4;
    leaf.position({ x: side + way * tray.w / 2, y: top + (tray.h + GAP.y / 2) / 2 });
    const bends = column ? [{ x: near, y: gap }, { x: side - way * GAP.x / 2, y: gap }] : [];
    edge.data("shown", at === bearer ? `${edge.data("text")} (${tray.leaves.length})` : "").toggleClass("bearer", at === bearer);
    route(edge, [...along(label, way), ...bends], tray.right);
  });
}

/* A line runs straight along its label, so that no other crosses the words. */
function along({ x, y, width }, way = 1) {
  return [{ x: x - way * width / 2, y }, { x, y }, { x: x + way * width / 2, y }];
}

function columns() {
  unroute();
  const plan = new dagre.graphlib.Graph({ multigraph: true });
  plan.setGraph({ rankdir: "LR", nodesep: 16, edgesep: 8, ranksep: 44, acyclicer: "greedy" });
  const shown = cy.elements().not(".off"), full = trays(shown), served = cy.collection(full.flatMap(({ leaves }) => leaves.flatMap(({ leaf, edge }) => [leaf, edge])));
  const words = text => ({ width: width(text, EDGE) + 10, height: EDGE + 7, labelpos: "c" });
  const alone = shown.not(served);
  alone.nodes().forEach(node => { plan.setNode(node.id(), { width: node.data("w"), height: node.data("h") }); });
  full.forEach(tray => { plan.setNode(tray.id, { width: tray.width, height: tray.height }); });
  alone.edges().filter(edge => !edge.isLoop()).forEach(edge => {
    const ends = [edge.source().id(), edge.target().id()];
    if (edge.data("against")) ends.reverse();
    plan.setEdge(...ends, words(edge.data("text")), edge.id());
  });
  full.forEach(({ id, hub, right, leaves }) => plan.setEdge(...(right ? [hub, id] : [id, hub]), words(`${leaves[0].edge.data("text")} (99)`), id));
  dagre.layout(plan);
  cy.batch(() => {
    cy.edges().forEach(edge => { edge.removeClass("bearer").data("shown", edge.data("text")); });
    alone.nodes().forEach(node => { const { x, y } = plan.node(node.id()); node.position({ x, y }); });
    full.forEach(tray => {
      const [v, w] = tray.right ? [tray.hub, tray.id] : [tray.id, tray.hub];
      serve(tray, plan.node(tray.id), plan.edge({ v, w, name: tray.id }));
    });
    alone.edges().filter(edge => !edge.isLoop()).forEach(edge => {
      const ends = [edge.source().id(), edge.target().id()];
      if (edge.data("against")) ends.reverse();
      const label = plan.edge({ v: ends[0], w: ends[1], name: edge.id() }), points = label.points.slice(1, -1), middle = (points.length - 1) / 2;
      const way = plan.node(ends[0]).x < plan.node(ends[1]).x ? 1 : -1;
      route(edge, [...points.slice(0, middle), ...along(label, way), ...points.slice(middle + 1)], true);
    });
  });
}

/* Lead an edge through dagre's points, told as cytoscape wants them: along the line between the ends, and aside from it. */
function route(edge, points, rightward) {
  if (rightward === edge.data("against")) points = [...points].reverse();
  const from = edge.source().position(), to = edge.target().position();
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
  edge.data("weights", points.map(({ x, y }) => ((x - from.x) * dx + (y - from.y) * dy) / length ** 2));
  edge.data("distances", points.map(({ x, y }) => ((y - from.y) * dx - (x - from.x) * dy) / length));
  edge.toggleClass("routed", points.length > 0);
}

function unroute() {
  const led = edge => edge.hasClass("routed") || !large && (edge.hasClass("bearer") || edge.data("shown") !== edge.data("text") || edge.data("dx") || edge.data("dy"));
  cy.edges().filter(led).forEach(edge => { edge.removeClass("routed bearer").data({ shown: edge.data("text"), dx: 0, dy: 0 }); });
}

/* Forces. A large graph comes with places that were found when the file was written, for here it would take the reader's seconds. */
function web() {
  const shown = cy.elements().not(".off");
  unroute();
  if (large && data.nodes.every(node => node.at)) cy.batch(() => shown.nodes().forEach(card => { const [x, y] = nodes.get(card.data("ref")).at; card.position({ x, y }); }));
  else forces(shown);
  if (large) { stretch(shown.nodes()); settle(shown.nodes()); } else part();
}

function forces(shown) {
  const native = Math.random;
  let state = 7;
  Math.random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  try {
    shown.layout({
      name: "fcose", quality: large ? "draft" : "proof", randomize: true, animate: false, fit: false, packComponents: false, samplingType: true, sampleSize: large ? 60 : 25,
      nodeRepulsion: () => 20000, idealEdgeLength: edge => 80 + (large ? 0 : width(edge.data("text"), EDGE)), nodeSeparation: large ? 180 : 170, numIter: 5000,
    }).run();
  } finally {
    Math.random = native;
  }
}

/* Give each card the free place that is nearest to where it stands, landmarks first: of thousands, pushing apart would never end. */
function settle(all, cell = 36, gap = 6) {
  const cards = all.map(card => ({ card, id: card.id(), ...card.position(), w: card.data("w"), h: card.data("h") }));
  cards.sort((a, b) => b.w * b.h - a.w * a.h || (a.id < b.id ? -1 : 1));
  const { x1, y1, w, h } = bounds(all), wide = Math.ceil(2 * w / cell) + 40, high = Math.ceil(2 * h / cell) + 40;
  const taken = new Uint8Array(wide * high), left = x1 - w / 2, top = y1 - h / 2;
  const at = ({ w, h, x, y }) => ({ from: Math.floor((x - w / 2 - gap - left) / cell), above: Math.floor((y - h / 2 - gap - top) / cell), across: Math.ceil((w + 2 * gap) / cell), down: Math.ceil((h + 2 * gap) / cell) });
  const fits = (from, above, across, down) => {
    if (from < 0 || above < 0 || from + across >= wide || above + down >= high) return false;
    for (let row = above; row <= above + down; row++) for (let place = row * wide + from, end = place + across; place <= end; place++) if (taken[place]) return false;
    return true;
  };
  const free = ({ from, above, across, down }) => {
    for (let far = 0; far < wide + high; far++) {
      for (let along = -far; along <= far; along++) {
        if (fits(from + along, above - far, across, down)) return [along, -far];
        if (fits(from + along, above + far, across, down)) return [along, far];
        if (fits(from - far, above + along, across, down)) return [-far, along];
        if (fits(from + far, above + along, across, down)) return [far, along];
      }
    }
    return [0, 0];
  };
  cy.batch(() => cards.forEach(card => {
    const place = at(card), [dx, dy] = free(place), from = place.from + dx;
    for (let row = place.above + dy; row <= place.above + dy + place.down; row++) taken.fill(1, row * wide + from, row * wide + from + place.across + 1);
    card.card.position({ x: card.x + dx * cell, y: card.y + dy * cell });
  }));
}

/* A draft takes cards for points: give them the room that they take up in all. */
function stretch(cards) {
  const box = bounds(cards), room = cards.reduce((sum, card) => sum + (card.data("w") + 30) * (card.data("h") + 30), 0);
  const factor = Math.sqrt(3 * room / Math.max(1, box.w * box.h));
  if (factor > 1) cy.batch(() => cards.forEach(card => { const { x, y } = card.position(); card.position({ x: x * factor, y: y * factor }); }));
}

/* Rings: what was asked for in the middle, each step a ring further out, and what hangs on one card beside it. */
function rings() {
  unroute();
  const shown = cy.nodes().not(".off"), parent = new Map(), branches = new Map();
  const roots = shown.filter(".centre").nonempty() ? shown.filter(".centre").toArray() : shown.toArray().sort((a, b) => b.degree() - a.degree()).slice(0, 1);
  const order = [...roots], seen = new Set(order.map(card => card.id()));
  const grow = queue => { for (const card of queue) {
    const near = card.neighborhood().nodes().filter(other => shown.has(other) && !seen.has(other.id())).toArray();
    near.sort((a, b) => a.data("kind") < b.data("kind") ? -1 : a.data("kind") > b.data("kind") ? 1 : 0);
    near.forEach(other => { seen.add(other.id()); parent.set(other.id(), card.id()); queue.push(other); });
    branches.set(card.id(), near);
  } };
  grow(order);
  const loose = shown.filter(card => !seen.has(card.id())).toArray(), depth = new Map(roots.map(card => [card.id(), 0]));
  order.slice(roots.length).forEach(card => depth.set(card.id(), depth.get(parent.get(card.id())) + 1));
  const weight = new Map();
  [...order].reverse().forEach(card => weight.set(card.id(), Math.max(1, (branches.get(card.id()) || []).reduce((sum, each) => sum + weight.get(each.id()), 0))));
  const radius = [roots.length > 1 ? 90 * roots.length : 0];
  for (let ring = 1; ring <= Math.max(...depth.values()); ring++) {
    const around = order.filter(card => depth.get(card.id()) === ring).reduce((sum, card) => sum + 0.45 * card.data("w") + card.data("h") + 18, 0);
    radius[ring] = Math.max(radius[ring - 1] + 210, around / (2 * Math.PI));
  }
  const place = (card, from, to) => {
    const angle = (from + to) / 2, far = radius[depth.get(card.id())];
    card.position({ x: 1.35 * far * Math.cos(angle), y: far * Math.sin(angle) });
    let at = from;
    for (const child of branches.get(card.id()) || []) {
      const share = (to - from) * weight.get(child.id()) / weight.get(card.id());
      place(child, at, at + share);
      at += share;
    }
  };
  const whole = roots.reduce((sum, card) => sum + weight.get(card.id()), 0);
  let at = -Math.PI;
  cy.batch(() => {
    roots.forEach(card => { const share = 2 * Math.PI * weight.get(card.id()) / whole; place(card, at, at + share); at += share; });
    loose.forEach((card, number) => card.position({ x: (number - loose.length / 2) * 230, y: radius[radius.length - 1] + 200 }));
  });
  part();
}

/* Push cards that overlap apart, along the axis on which that takes the smaller step, until none do. */
function part(gap = 14, rounds = 200) {
  const cards = cy.nodes().not(".off").map(node => ({ node, ...node.position(), w: node.data("w"), h: node.data("h") }));
  const widest = Math.max(...cards.map(card => card.w));
  for (let moved = true, round = 0; moved && round < rounds; round++) {
    moved = false;
    cards.sort((a, b) => a.x - b.x);
    for (let i = 0; i < cards.length; i++) {
      for (let j = i + 1; j < cards.length && cards[j].x - cards[i].x < (cards[i].w + widest) / 2 + gap; j++) {
        const a = cards[i], b = cards[j], dx = (a.w + b.w) / 2 + gap - Math.abs(b.x - a.x), dy = (a.h + b.h) / 2 + gap - Math.abs(b.y - a.y);
        if (dx <= 0.5 || dy <= 0.5) continue;
        const axis = dx < dy ? "x" : "y", push = Math.min(dx, dy) / 2, way = b[axis] < a[axis] ? -1 : 1;
        a[axis] -= way * push;
        b[axis] += way * push;
        moved = true;
      }
    }
  }
  cy.batch(() => cards.forEach(({ node, x, y }) => node.position({ x, y })));
}

function arrange() {
  ({ web, rings, columns })[byId("layout").value]();
  declutter();
  fit();
}

/* The room that cards take up: the engine's own answer asks for every line as well, which of thousands takes seconds. */
function bounds(cards) {
  const box = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
  cards.forEach(card => {
    const { x, y } = card.position(), w = card.data("w") / 2, h = card.data("h") / 2;
    Object.assign(box, { x1: Math.min(box.x1, x - w), x2: Math.max(box.x2, x + w), y1: Math.min(box.y1, y - h), y2: Math.max(box.y2, y + h) });
  });
  return { ...box, w: box.x2 - box.x1, h: box.y2 - box.y1 };
}

function fit() {
  cy.resize();
  if (large && cy.nodes().not(".off").nonempty()) {
    const { x1, y1, w, h } = bounds(cy.nodes().not(".off")), zoom = Math.min((cy.width() - 48) / w, (cy.height() - 48) / h);
    cy.viewport({ zoom, pan: { x: cy.width() / 2 - zoom * (x1 + w / 2), y: cy.height() / 2 - zoom * (y1 + h / 2) } });
    return;
  }
  cy.fit(cy.elements().not(".off"), 24);
  if (cy.zoom() > 1.5) { cy.zoom(1.5); cy.center(cy.elements().not(".off")); }
}

/* Columns tell the most, as long as they can be read without a lens; then rings, around one card; then the web. */
function begin() {
  if (data.nodes.length > MANY) { byId("layout").value = "web"; arrange(); return; }
  let best = ["columns", 0];
  for (const layout of data.centres.length === 1 ? ["columns", "rings", "web"] : ["columns", "web"]) {
    byId("layout").value = layout;
    arrange();
    if (cy.zoom() > best[1]) best = [layout, cy.zoom()];
    if (cy.zoom() >= 0.5) return;
  }
  if (byId("layout").value !== best[0]) { byId("layout").value = best[0]; arrange(); }
}
