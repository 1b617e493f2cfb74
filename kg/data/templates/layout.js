"use strict";
/* Layouts. Both give the same picture every time: dagre knows no chance, and fcose is dealt the same cards each time. */

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

function web() {
  const native = Math.random;
  let state = 7;
  Math.random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  try {
    cy.edges().forEach(edge => { edge.removeClass("routed bearer").data("shown", edge.data("text")); });
    cy.elements().not(".off").layout({
      name: "fcose", quality: cy.nodes().length > 400 ? "default" : "proof", randomize: true, animate: false, fit: false, packComponents: false,
      nodeRepulsion: () => 20000, idealEdgeLength: edge => 60 + width(edge.data("text"), EDGE), nodeSeparation: 140, numIter: 5000,
    }).run();
  } finally {
    Math.random = native;
  }
  part();
}

/* Push cards that overlap apart, along the axis on which that takes the smaller step, until none do. */
function part(gap = 14, rounds = 200) {
  const cards = cy.nodes().not(".off").map(node => ({ node, ...node.position(), w: node.data("w"), h: node.data("h") }));
  for (let moved = true, round = 0; moved && round < rounds; round++) {
    moved = false;
    cards.sort((a, b) => a.x - b.x);
    for (let i = 0; i < cards.length; i++) {
      for (let j = i + 1; j < cards.length && cards[j].x - cards[i].x < 260 + gap; j++) {
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
  (byId("layout").value === "web" ? web : columns)();
  fit();
}

function fit() {
  cy.resize();
  cy.fit(cy.elements().not(".off"), 24);
  if (cy.zoom() > 1.5) { cy.zoom(1.5); cy.center(cy.elements().not(".off")); }
}

/* Columns tell the most, as long as they can be read without a lens. */
function begin() {
  byId("layout").value = data.nodes.length > MANY ? "web" : "columns";
  arrange();
  if (byId("layout").value === "columns" && cy.zoom() < 0.45) {
    const zoom = cy.zoom();
    byId("layout").value = "web";
    arrange();
    if (cy.zoom() <= zoom) { byId("layout").value = "columns"; arrange(); }
  }
}
