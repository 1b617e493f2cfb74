"use strict";
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
