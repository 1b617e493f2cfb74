"use strict";
/* The picture: cards and lines, and the words on them. */

const data = JSON.parse(document.getElementById("data").textContent);
const FONT = 'system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const NODE = 14, EDGE = 12, LINE = 1.25, WIDEST = 190, LINES = 3, MANY = 150;
const byId = id => document.getElementById(id);
const nodes = new Map(data.nodes.map(node => [node.id, node]));
const edges = new Map(data.edges.map(edge => [edge.id, edge]));
const pen = document.createElement("canvas").getContext("2d");

/* Words on the picture. */

function width(text, size, weight = 400) {
  pen.font = `${weight} ${size}px ${FONT}`;
  return pen.measureText(text).width;
}

/* Break a text into lines that fit: between words, and between any two characters of Chinese or of a word too long. */
function lines(text, size, weight) {
  const parts = text.replace(/\s+/g, " ").match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+ ?| /gu) || [];
  const fit = parts.flatMap(part => width(part, size, weight) > WIDEST ? Array.from(part) : [part]);
  const out = [""];
  for (const part of fit) {
    if (width(out[out.length - 1] + part.trimEnd(), size, weight) > WIDEST) out.push("");
    out[out.length - 1] += part;
  }
  const kept = out.map(line => line.trim()).filter(Boolean);
  return kept.length > LINES ? [...kept.slice(0, LINES - 1), kept[LINES - 1] + "…"] : kept;
}

function names(node, mode) {
  const { name, name_en: en, name_zh: zh } = node;
  const wanted = mode === "en" ? [en || name] : mode === "zh" ? [zh || name] : [en || name, zh];
  return [...new Set(wanted.filter(Boolean))];
}

const told = said => said.reservations.length ? ` (${said.reservations.join(", ")})` : "";
const figureWords = figure => [figure.name, figure.about.period || figure.about.as_of, `${figure.display}${told(figure)}`].filter(Boolean).join(" ");
const edgeWords = edge => {
  const word = edge.negated ? `NOT ${edge.verb}` : edge.verb;
  const rest = edge.reservations.filter(reservation => reservation !== "not");
  return [word, edge.quantity, rest.length ? `(${rest.join(", ")})` : ""].filter(Boolean).join(" ");
};

function card(node, mode) {
  const few = node.figures.length <= LINES ? node.figures.map(figureWords) : [`${node.figures.length} figures`];
  const unsure = node.label === "Event" && node.own.modality && node.own.modality !== "fact" ? ` (${node.own.modality})` : "";
  const text = [...names(node, mode).flatMap(name => lines(name + unsure, NODE, 600)), ...few.flatMap(figure => lines(figure, NODE, 600))];
  return { text: text.join("\n"), w: Math.ceil(Math.max(46, ...text.map(line => width(line, NODE, 600)))) + 22, h: Math.ceil(text.length * NODE * LINE) + 16 };
}

/* The picture. */

const kinds = edge => [edge.modality === "fact" ? edge.origin === "stated" ? "stated" : "background" : "unsure",
  edge.negated && "negated", edge.ended && "ended"].filter(Boolean);
const cy = cytoscape({
  container: byId("graph"), minZoom: 0.04, maxZoom: 4, boxSelectionEnabled: false, layout: { name: "preset" },
  elements: [
    ...data.nodes.map(node => ({ group: "nodes", data: { id: `n${node.id}`, ref: node.id, ...card(node, "both"), ...looks(node) },
      classes: data.centres.includes(node.id) ? "centre" : node.label === "Event" ? "event" : "" })),
    ...data.edges.map(edge => ({ group: "edges", classes: kinds(edge).join(" "), data: { id: `e${edge.id}`, ref: edge.id,
      source: `n${edge.subject}`, target: `n${edge.object}`, text: edgeWords(edge), shown: edgeWords(edge), against: edge.against } })),
  ],
});

function looks(node) {
  const { fill, line, text } = data.labels[node.label] || { fill: "#bbbbbb", line: "#888888", text: "#000000" };
  return { fill, line, ink: text };
}

function style() {
  const tone = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const large = data.nodes.length > MANY;
  return [
    { selector: "node", style: { shape: "round-rectangle", width: "data(w)", height: "data(h)", label: "data(text)", "background-color": "data(fill)",
      "border-color": "data(line)", "border-width": 1.5, color: "data(ink)", "font-family": FONT, "font-size": NODE, "font-weight": 600, "line-height": LINE,
      "text-wrap": "wrap", "text-max-width": 10000, "text-valign": "center", "text-halign": "center", "min-zoomed-font-size": large ? 4 : 0 } },
    { selector: "node.event", style: { shape: "cut-rectangle" } },
    { selector: "node.centre", style: { "border-width": 5, "border-color": tone("ink") } },
    { selector: "edge", style: { width: 1.8, "line-color": tone("edge"), "target-arrow-color": tone("edge"), "target-arrow-shape": "triangle", "arrow-scale": 1.1,
      "curve-style": "bezier", "control-point-step-size": 46, "edge-text-rotation": "autorotate", label: "data(shown)", "font-family": FONT, "font-size": EDGE, color: tone("ink"),
      "text-background-color": tone("paper"), "text-background-opacity": 0.92, "text-background-padding": 2, "text-background-shape": "roundrectangle",
      "min-zoomed-font-size": large ? 7 : 0 } },
    { selector: "edge.background", style: { "line-style": "dashed", "line-dash-pattern": [9, 5] } },
    { selector: "edge.unsure", style: { "line-style": "dashed", "line-dash-pattern": [2, 5], width: 2.6 } },
    { selector: "edge.ended", style: { "line-opacity": 0.45, "target-arrow-shape": "circle", "target-arrow-fill": "hollow" } },
    { selector: "edge.negated", style: { "line-color": tone("not"), "target-arrow-color": tone("not"), "target-arrow-shape": "tee", color: tone("not") } },
    { selector: "edge.routed", style: { "edge-text-rotation": "none", "curve-style": "round-segments", "segment-weights": "data(weights)", "segment-distances": "data(distances)",
      "segment-radii": 22, "edge-distances": "node-position" } },
    { selector: "edge.bearer", style: { "z-index": 5 } },
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: "edge.chosen", style: { width: 4, "z-index": 9 } },
    { selector: "node.chosen", style: { "border-width": 5, "border-color": tone("accent") } },
    { selector: ".off", style: { display: "none" } },
  ];
}
