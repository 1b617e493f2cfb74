"use strict";
/* The picture: cards and lines, and the words on them. */

const data = JSON.parse(document.getElementById("data").textContent);
const FONT = 'system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const NODE = 14, EDGE = 12, LINE = 1.28, WIDEST = 190, LINES = 3, MANY = 150, STRIP = 7;
const byId = id => document.getElementById(id);
const nodes = new Map(data.nodes.map(node => [node.id, node]));
const edges = new Map(data.edges.map(edge => [edge.id, edge]));
const large = data.large;
const pen = document.createElement("canvas").getContext("2d");

/* Words on the picture. */

const measured = new Map();
function width(text, size, weight = 400) {
  const key = `${size} ${weight} ${text}`;
  if (!measured.has(key)) {
    pen.font = `${weight} ${size}px ${FONT}`;
    measured.set(key, pen.measureText(text).width);
  }
  return measured.get(key);
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
  const times = node.times || 1, w = times * (Math.ceil(Math.max(46, ...text.map(line => width(line, NODE, 600)))) + 24 + STRIP);
  return { text: text.join("\n"), size: NODE * times, w, h: times * (Math.ceil(text.length * NODE * LINE) + 16), stops: `0 ${100 * STRIP * times / w} ${100 * STRIP * times / w} 100` };
}

/* The picture. */

const kinds = edge => [edge.type === "More" ? "rest" : edge.modality === "fact" ? edge.origin === "stated" ? "stated" : "background" : "unsure",
  edge.negated && "negated", edge.ended && "ended"].filter(Boolean);
const tone = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/* A card is paper with a breath of its label's colour, and a strip of it at its left. */
function mixed(colour, paper, share) {
  const parts = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
  const [a, b] = [parts(colour), parts(paper)];
  return `#${a.map((part, at) => Math.round(part * share + b[at] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
}

function colours(label) {
  const { fill } = data.labels[label] || { fill: "#8a8f99" }, dark = document.documentElement.dataset.theme === "dark";
  return { strip: dark ? mixed(fill, "#ffffff", 0.68) : fill, tint: mixed(fill, tone("paper"), dark ? 0.3 : 0.13), line: mixed(fill, tone("paper"), dark ? 0.75 : 0.6) };
}

function style() {
  const paper = tone("paper"), ink = tone("ink"), grey = tone("edge"), most = data.nodes.length > MANY;
  const looks = Object.keys(data.labels).map(label => {
    const { strip, tint, line } = colours(label);
    return { selector: `node[kind = "${label}"]`, style: { "background-color": tint, "border-color": line,
      ...(large ? {} : { "background-fill": "linear-gradient", "background-gradient-direction": "to-right", "background-gradient-stop-colors": `${strip} ${strip} ${tint} ${tint}`,
        "background-gradient-stop-positions": "data(stops)" }) } };
  });
  const words = { label: "data(shown)", "font-family": FONT, "font-size": EDGE, color: ink, "text-margin-x": "data(dx)", "text-margin-y": "data(dy)", "text-background-color": paper,
    "text-background-opacity": 0.94, "text-background-padding": 2, "text-background-shape": "roundrectangle", "text-events": "yes", "min-zoomed-font-size": most ? 7 : 0 };
  const told = { ...(large ? words : {}), label: "data(text)" };  // of a large graph a line is told when it is pointed at
  return [
    { selector: "node", style: { shape: "round-rectangle", width: "data(w)", height: "data(h)", label: "data(text)", "border-width": 1.2, color: ink, "font-family": FONT,
      "font-size": "data(size)", "font-weight": 600, "line-height": LINE, "text-wrap": "wrap", "text-max-width": 10000, "text-valign": "center", "text-halign": "center",
      "text-margin-x": STRIP / 2, "min-zoomed-font-size": most ? 4 : 0 } },
    ...looks,
    { selector: "node.event", style: { shape: "cut-rectangle" } },
    { selector: "node.more", style: { "background-color": paper, "border-color": grey, "border-style": "dashed", "border-width": 1.5, color: tone("quiet"), "text-margin-x": 0 } },
    { selector: "node.centre", style: { "border-width": 3, "border-color": ink } },
    { selector: "edge", style: { width: 1.7, "line-color": grey, "target-arrow-color": grey, "target-arrow-shape": "triangle", "arrow-scale": 1.05,
      "curve-style": large ? "haystack" : "bezier", "haystack-radius": 0, "control-point-step-size": 46, ...(large ? { "line-opacity": 0.55 } : words) } },
    { selector: "edge.background", style: { "line-style": "dashed", "line-dash-pattern": [9, 5] } },
    { selector: "edge.unsure", style: { "line-style": "dashed", "line-dash-pattern": [2, 5], width: 2.6 } },
    { selector: "edge.rest", style: { "line-style": "dashed", "line-dash-pattern": [2, 5], width: 1.2, "target-arrow-shape": "none" } },
    { selector: "edge.ended", style: { "line-opacity": 0.45, "target-arrow-shape": "circle", "target-arrow-fill": "hollow" } },
    { selector: "edge.negated", style: { "line-color": tone("not"), "target-arrow-color": tone("not"), "target-arrow-shape": "tee", color: tone("not") } },
    { selector: "edge.routed", style: { "curve-style": "round-segments", "segment-weights": "data(weights)", "segment-distances": "data(distances)",
      "segment-radii": 22, "edge-distances": "node-position" } },
    { selector: "edge.bearer", style: { "z-index": 5 } },
    { selector: ".faded", style: { opacity: 0.14 } },
    { selector: "edge.near", style: { "line-color": tone("accent"), "target-arrow-color": tone("accent"), "line-opacity": 1 } },
    { selector: "edge.chosen", style: { ...told, width: 4, "z-index": 9, "line-color": tone("accent"), "target-arrow-color": tone("accent"), "line-opacity": 1 } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": tone("accent") } },
    { selector: "node.hover", style: { "border-width": 2.4, "border-color": tone("accent") } },
    { selector: "edge.hover", style: { ...told, width: 3.2, "z-index": 9 } },
    { selector: ".off", style: { display: "none" } },
  ];
}

document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const cy = cytoscape({
  style: style(),
  container: byId("graph"), minZoom: 0.03, maxZoom: 4, boxSelectionEnabled: false, layout: { name: "preset", fit: false },
  ...(large ? { textureOnViewport: true, hideEdgesOnViewport: false, pixelRatio: 1 } : {}),
  elements: [
    ...data.nodes.map(node => ({ group: "nodes", data: { id: `n${node.id}`, ref: node.id, kind: node.label, ...card(node, "both") },
      classes: data.centres.includes(node.id) ? "centre" : node.label === "Event" ? "event" : node.label === "More" ? "more" : "" })),
    ...data.edges.map(edge => ({ group: "edges", classes: kinds(edge).join(" "), data: { id: `e${edge.id}`, ref: edge.id,
      source: `n${edge.subject}`, target: `n${edge.object}`, text: edgeWords(edge), shown: edgeWords(edge), dx: 0, dy: 0, against: edge.against } })),
  ],
});

/* Of thousands each is drawn as it is: to keep a picture of each, as the engine would, takes longer than to draw them all. */
if (large) cy.renderer().drawLayeredElements = function (brush, all) { this.drawElements(brush, all); };
