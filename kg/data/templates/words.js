"use strict";
/* Words on lines: each where it covers no card and no other words; where there is no such place it waits until its line is chosen. */

const STEPS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74], NUDGES = [0, -11, 11, -20, 20], CELL = 120, WORDY = 1500;
let silent = 0;

function declutter() {
  const shown = cy.edges().not(".off"), taken = new Map();
  const cells = box => {
    const out = [];
    for (let x = Math.floor(box.x1 / CELL); x <= Math.floor(box.x2 / CELL); x++) for (let y = Math.floor(box.y1 / CELL); y <= Math.floor(box.y2 / CELL); y++) out.push(`${x} ${y}`);
    return out;
  };
  const take = box => cells(box).forEach(cell => { const there = taken.get(cell); if (there) there.push(box); else taken.set(cell, [box]); });
  const free = box => cells(box).every(cell => (taken.get(cell) || []).every(other => box.x2 <= other.x1 || other.x2 <= box.x1 || box.y2 <= other.y1 || other.y2 <= box.y1));
  silent = 0;
  if (large) { silent = shown.length; return; }
  if (shown.length > WORDY) {
    cy.batch(() => shown.forEach(edge => { edge.data("shown", ""); }));
    silent = shown.length;
    return;
  }
  cy.nodes().not(".off").forEach(node => {
    const { x, y } = node.position(), w = node.data("w") / 2 + 1, h = node.data("h") / 2 + 1;
    take({ x1: x - w, x2: x + w, y1: y - h, y2: y + h });
  });
  const weight = edge => (edge.hasClass("bearer") ? 4 : 0) + (edges.get(edge.data("ref")).quantity ? 2 : 0) + (edges.get(edge.data("ref")).belief || 0);
  const placed = shown.filter(edge => edge.data("shown")).toArray().sort((a, b) => weight(b) - weight(a)).map(edge => {
    const routed = edge.hasClass("routed"), middle = edge.midpoint(), w = width(edge.data("shown"), EDGE) / 2 + 4, h = EDGE * 0.75 + 2;
    const spots = routed || edge.isLoop() ? NUDGES.map(dy => ({ x: middle.x, y: middle.y + dy })) : alongCurve(edge, middle);
    const spot = spots.find(({ x, y }) => free({ x1: x - w, x2: x + w, y1: y - h, y2: y + h }));
    if (spot) take({ x1: spot.x - w, x2: spot.x + w, y1: spot.y - h, y2: spot.y + h });
    return { edge, dx: spot ? spot.x - middle.x : 0, dy: spot ? spot.y - middle.y : 0, spot };
  });
  cy.batch(() => placed.forEach(({ edge, dx, dy, spot }) => {
    edge.data({ dx, dy });
    if (!spot) { edge.data("shown", ""); silent += 1; }
  }));
}

/* Places along a line, the middle first: a curve through its middle, between its ends. */
function alongCurve(edge, middle) {
  const from = edge.sourceEndpoint(), to = edge.targetEndpoint();
  const bend = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
  return STEPS.map(t => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * bend.x + t * t * to.x, y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * bend.y + t * t * to.y,
  }));
}
