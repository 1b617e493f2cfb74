"use strict";
(() => {
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
  const text = [...names(node, mode).flatMap(name => lines(name, NODE, 600)), ...few.flatMap(figure => lines(figure, NODE, 600))];
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
      source: `n${edge.subject}`, target: `n${edge.object}`, text: edgeWords(edge), against: edge.against } })),
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
      "curve-style": "bezier", "control-point-step-size": 46, "edge-text-rotation": "autorotate", label: "data(text)", "font-family": FONT, "font-size": EDGE, color: tone("ink"),
      "text-background-color": tone("paper"), "text-background-opacity": 0.92, "text-background-padding": 2, "text-background-shape": "roundrectangle",
      "min-zoomed-font-size": large ? 7 : 0 } },
    { selector: "edge.background", style: { "line-style": "dashed", "line-dash-pattern": [9, 5] } },
    { selector: "edge.unsure", style: { "line-style": "dotted", width: 2.4 } },
    { selector: "edge.ended", style: { "line-opacity": 0.45, "target-arrow-shape": "circle", "target-arrow-fill": "hollow" } },
    { selector: "edge.negated", style: { "line-color": tone("not"), "target-arrow-color": tone("not"), "target-arrow-shape": "tee", color: tone("not") } },
    { selector: "edge.routed", style: { "edge-text-rotation": "none", "curve-style": "round-segments", "segment-weights": "data(weights)", "segment-distances": "data(distances)",
      "segment-radii": 22, "edge-distances": "node-position" } },
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: "edge.chosen", style: { width: 4, "z-index": 9 } },
    { selector: "node.chosen", style: { "border-width": 5, "border-color": tone("accent") } },
    { selector: ".off", style: { display: "none" } },
  ];
}

/* Layouts. Both give the same picture every time: dagre knows no chance, and fcose is dealt the same cards each time. */

function columns() {
  const plan = new dagre.graphlib.Graph({ multigraph: true });
  plan.setGraph({ rankdir: "LR", nodesep: 16, edgesep: 8, ranksep: 44, acyclicer: "greedy" });
  const shown = cy.elements().not(".off");
  shown.nodes().forEach(node => { plan.setNode(node.id(), { width: node.data("w"), height: node.data("h") }); });
  shown.edges().filter(edge => !edge.isLoop()).forEach(edge => {
    const ends = [edge.source().id(), edge.target().id()];
    if (edge.data("against")) ends.reverse();
    plan.setEdge(...ends, { width: width(edge.data("text"), EDGE) + 10, height: EDGE + 7, labelpos: "c" }, edge.id());
  });
  dagre.layout(plan);
  cy.batch(() => {
    plan.nodes().forEach(id => { const { x, y } = plan.node(id); cy.getElementById(id).position({ x, y }); });
    plan.edges().forEach(key => route(cy.getElementById(key.name), plan.edge(key).points.slice(1, -1)));
  });
}

/* Lead an edge through dagre's points, told as cytoscape wants them: along the line between the ends, and aside from it. */
function route(edge, points) {
  if (edge.data("against")) points = [...points].reverse();
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
    cy.edges().removeClass("routed");
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
  if (byId("layout").value === "columns" && cy.zoom() < 0.6) {
    const zoom = cy.zoom();
    byId("layout").value = "web";
    arrange();
    if (cy.zoom() <= zoom) { byId("layout").value = "columns"; arrange(); }
  }
}

/* The panel: everything is set as text, never as markup. */

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== ""));
  return element;
}

const bdi = text => make("bdi", {}, text);
const link = (text, act) => make("button", { class: "link", onclick: act }, bdi(text));
const section = (title, items) => items.length ? [make("h3", {}, title), make("ul", {}, ...items.map(item => make("li", {}, item)))] : [];
const table = own => Object.keys(own).length
  ? [make("dl", {}, ...Object.entries(own).flatMap(([name, value]) => [make("dt", {}, name.replaceAll("_", " ")), make("dd", {}, bdi(value))]))] : [];

function proof(said) {
  const where = [said.proof_source, (said.proof_date || "").replace("T", " ")].filter(Boolean).join(" · ");
  const badge = (text, warn = false) => make("span", { class: warn ? "badge warn" : "badge" }, text);
  return [
    make("p", {}, badge(said.modality, said.modality !== "fact"), badge(said.origin, said.origin !== "stated"),
      said.negated ? badge("negated", true) : "", said.ended ? badge("ended", true) : "",
      said.belief === null ? "" : badge(`belief ${said.belief.toFixed(2)}`), said.holder ? badge(`held by ${said.holder}`) : ""),
    said.proof ? make("blockquote", { dir: "auto" }, said.proof) : make("p", { class: "quiet" }, "No sentence is kept for this."),
    make("p", { class: "quiet" }, where ? bdi(where) : "Source not known."),
  ];
}

function edgeLine(edge) {
  return [bdi(nodes.get(edge.subject).name), ` ${edgeWords(edge)} `, bdi(nodes.get(edge.object).name)];
}

function showEdge(id) {
  const edge = edges.get(id), drawn = cy.getElementById(`e${id}`);
  choose(drawn, drawn.connectedNodes());
  fill(
    make("h2", {}, link(nodes.get(edge.subject).name, () => showNode(edge.subject)), ` ${edgeWords(edge)} `,
      link(nodes.get(edge.object).name, () => showNode(edge.object))),
    ...proof(edge), ...table(edge.own),
    make("p", { class: "quiet" }, "All its sentences: ", make("code", {}, `kg query run evidence/of_fact fact=${edge.id}`)),
  );
}

function showNode(id, move = false) {
  const node = nodes.get(id), drawn = cy.getElementById(`n${id}`);
  choose(drawn, drawn.neighborhood());
  if (move) cy.animate({ center: { eles: drawn }, zoom: Math.max(cy.zoom(), 0.9), duration: 250 });
  const own = data.edges.filter(edge => edge.subject === id || edge.object === id);
  const also = [...new Set([node.name_en, node.name_zh, ...node.aliases])].filter(name => name && name !== node.name);
  fill(
    make("h2", {}, bdi(node.name)), make("p", {}, make("span", { class: "badge" }, node.label)),
    also.length ? make("p", { class: "quiet" }, "Also ", ...also.flatMap((name, at) => [at ? ", " : "", bdi(name)])) : "", ...table(node.own),
    node.hidden ? make("p", {}, `${node.hidden} more neighbours are not in this picture.`) : "",
    ...section("Figures", node.figures.map(figure => {
      const details = make("details", {}, make("summary", {}, bdi(figureWords(figure))), ...table(figure.about), ...proof(figure));
      return details;
    })),
    ...section("Relations", own.map(edge => make("button", { class: "link", onclick: () => showEdge(edge.id) }, ...edgeLine(edge)))),
  );
}

function showNothing() {
  cy.elements().removeClass("faded chosen");
  fill(
    make("h2", {}, "How to read this"),
    make("p", {}, "Press an edge to read the sentence that says it, a card for its figures and names. Press an entry of the legend to hide what it stands for."),
    make("p", { class: "quiet" }, "Columns run from suppliers, left, to those who lean on them, right; the web brings close what is linked."),
    make("p", { class: "quiet" }, "Keys: / searches, 0 fits, + and − zoom, arrows move, Esc goes back."),
  );
}

function choose(drawn, near) {
  cy.batch(() => {
    cy.elements().removeClass("chosen").addClass("faded");
    drawn.union(near).removeClass("faded");
    drawn.addClass("chosen");
  });
}

function fill(...children) {
  byId("panel").replaceChildren(...children.filter(Boolean));
  byId("panel").scrollTop = 0;
}

/* Search, in any language. */

const folded = text => text.normalize("NFKC").toLowerCase();
const haystack = data.nodes.map(node => [node, [node.name, node.name_en, node.name_zh, ...node.aliases, ...Object.values(node.own)].filter(Boolean).map(folded)]);

function search() {
  const wanted = folded(byId("search").value.trim());
  const found = wanted ? haystack.filter(([, words]) => words.some(word => word.includes(wanted))).map(([node]) => node) : [];
  found.sort((a, b) => a.distance - b.distance);
  byId("found").hidden = !wanted;
  byId("found").replaceChildren(...(found.length || !wanted ? found.slice(0, 30).map(node => make("li", {}, make("button", { onclick: () => {
    byId("found").hidden = true;
    showNode(node.id, true);
  } }, bdi(names(node, "both").join(" ")), make("span", { class: "quiet" }, ` ${node.label}`)))) : [make("li", { class: "quiet" }, "Nothing here bears that name.")]));
}

function step(event) {
  const places = [byId("search"), ...byId("found").querySelectorAll("button")];
  const at = places.indexOf(document.activeElement);
  if (event.key === "Enter" && at === 0 && places[1]) places[1].click();
  else if (event.key === "ArrowDown") places[Math.min(at + 1, places.length - 1)].focus();
  else if (event.key === "ArrowUp") places[Math.max(at - 1, 0)].focus();
  else return;
  event.preventDefault();
}

/* The legend, each entry a switch. */

const LINES_OF = [
  ["stated", "stated in a text", "", "edge"], ["background", "reference or derived", "9 5", "edge"],
  ["unsure", "plan, forecast, opinion, …", "2 4", "edge"], ["ended", "ended", "", "edge"], ["negated", "denied", "", "not"],
];

function swatch(dash, tone) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), line = document.createElementNS(svg.namespaceURI, "line");
  for (const [name, value] of Object.entries({ width: 34, height: 10 })) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ x1: 0, x2: 34, y1: 5, y2: 5, stroke: `var(--${tone})`, "stroke-width": 2.4, "stroke-dasharray": dash })) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}

const legend = [
  ...Object.entries(data.labels).map(([label, { fill, line }]) => {
    const dot = make("span", { class: "dot" });
    dot.style.background = fill;
    dot.style.borderColor = line;
    return { name: label, mark: dot, drawn: cy.nodes().filter(node => nodes.get(node.data("ref")).label === label), fill };
  }),
  ...LINES_OF.map(([kind, name, dash, tone]) => {
    const mark = swatch(dash, tone);
    if (kind === "ended") mark.style.opacity = 0.45;
    return { name, mark, drawn: cy.edges(`.${kind}`), dash, tone, pale: kind === "ended" };
  }).filter(({ drawn }) => drawn.length),
];
for (const entry of legend) {
  entry.shown = true;
  const button = make("button", { "aria-pressed": "true", onclick: () => {
    entry.shown = !entry.shown;
    button.setAttribute("aria-pressed", entry.shown);
    const off = legend.filter(each => !each.shown).reduce((all, each) => all.union(each.drawn), cy.collection());
    cy.batch(() => { cy.elements().removeClass("off"); off.addClass("off"); });
  } }, entry.mark, `${entry.name} ${entry.drawn.length}`);
  byId("legend").append(button);
}

/* Saving: the picture as it is laid out, the title above it and the legend under it. */

async function save() {
  const tone = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const drawn = await createImageBitmap(await cy.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 12000, maxHeight: 12000, bg: tone("paper") }));
  const canvas = document.createElement("canvas"), brush = canvas.getContext("2d"), edge = 40, row = 44;
  const font = `26px ${FONT}`;
  brush.font = font;
  const places = [];
  let x = edge, y = 0;
  canvas.width = Math.max(drawn.width + 2 * edge, 1600);
  brush.font = font;
  for (const entry of legend.filter(({ shown }) => shown)) {
    const wide = 64 + brush.measureText(entry.name).width + 36;
    if (x + wide > canvas.width - edge) { x = edge; y += row; }
    places.push({ entry, x, y });
    x += wide;
  }
  canvas.height = 120 + drawn.height + edge + y + row + edge;
  brush.fillStyle = tone("paper");
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(drawn, (canvas.width - drawn.width) / 2, 120);
  brush.fillStyle = tone("ink");
  brush.font = `600 40px ${FONT}`;
  brush.fillText(document.title, edge, 62);
  brush.font = font;
  brush.fillText(byId("extent").textContent, edge, 102);
  for (const { entry, x, y } of places) {
    const top = 120 + drawn.height + edge + y;
    brush.globalAlpha = entry.pale ? 0.45 : 1;
    if (entry.fill) { brush.fillStyle = entry.fill; brush.fillRect(x + 12, top, 28, 28); } else {
      brush.strokeStyle = tone(entry.tone); brush.lineWidth = 5; brush.setLineDash((entry.dash || "").split(" ").filter(Boolean).map(gap => gap * 2));
      brush.beginPath(); brush.moveTo(x, top + 14); brush.lineTo(x + 52, top + 14); brush.stroke();
    }
    brush.globalAlpha = 1;
    brush.fillStyle = tone("ink");
    brush.fillText(entry.name, x + 64, top + 24);
  }
  canvas.toBlob(blob => {
    const anchor = make("a", { href: URL.createObjectURL(blob), download: `${document.title.replace(/[\\/:*?"<>|]/g, "_")}.png` });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60000);
  });
}

/* Hands on. */

function theme(name) {
  document.documentElement.dataset.theme = name;
  cy.style(style());
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { byId("found").hidden = true; byId("search").value = ""; showNothing(); byId("graph").focus(); return; }
  if (/INPUT|SELECT/.test(document.activeElement.tagName)) return;
  const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  const zoom = factor => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  if (event.key === "/") byId("search").focus();
  else if (event.key === "0") fit();
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (moves[event.key] && document.activeElement === byId("graph")) cy.panBy({ x: moves[event.key][0], y: moves[event.key][1] });
  else return;
  event.preventDefault();
}

cy.on("tap", "node", event => showNode(event.target.data("ref")));
cy.on("tap", "edge", event => showEdge(event.target.data("ref")));
cy.on("tap", event => { if (event.target === cy) showNothing(); });
byId("layout").addEventListener("change", arrange);
byId("names").addEventListener("change", event => {
  cy.batch(() => cy.nodes().forEach(node => { node.data(card(nodes.get(node.data("ref")), event.target.value)); }));
  arrange();
});
byId("fit").addEventListener("click", fit);
byId("save").addEventListener("click", save);
byId("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
byId("search").addEventListener("input", search);
byId("searching").addEventListener("keydown", step);
document.addEventListener("keydown", key);
new ResizeObserver(() => cy.resize()).observe(byId("graph"));

byId("extent").append(`${data.nodes.length} nodes and ${data.edges.length} edges within ${data.hops} ${data.hops === 1 ? "hop" : "hops"}`,
  data.more ? make("strong", {}, `; and ${data.more} more, not drawn`) : "");
theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
showNothing();
begin();
document.documentElement.dataset.ready = "yes";
})();
