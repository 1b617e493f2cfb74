"use strict";
/* Hands on: search in any language, keys, buttons. */

const folded = text => text.normalize("NFKC").toLowerCase();
const haystack = data.nodes.filter(node => node.label !== "More")
  .map(node => [node, [node.name, node.name_en, node.name_zh, ...node.aliases, ...Object.values(node.own)].filter(Boolean).map(folded)]);

/* The nearest first: whole names, then beginnings, then what holds the words anywhere. */
function search() {
  const sought = folded(byId("search").value.trim());
  const rank = words => words.some(word => word === sought) ? 0 : words.some(word => word.startsWith(sought)) ? 1 : 2;
  const found = sought ? haystack.filter(([, words]) => words.some(word => word.includes(sought))).map(([node, words]) => ({ node, rank: rank(words) })) : [];
  found.sort((a, b) => a.rank - b.rank || a.node.distance - b.node.distance);
  byId("found").hidden = !sought;
  byId("found").replaceChildren(...(found.length || !sought ? found.slice(0, 30).map(({ node }) => make("li", {}, make("button", { onclick: () => {
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

function theme(name) {
  document.documentElement.dataset.theme = name;
  cy.style(style());
  themed();
}

function themed() {
  byId("theme").textContent = document.documentElement.dataset.theme === "dark" ? "Light" : "Dark";
  paintLegend();
}

const turn = () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
const zoom = factor => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
const ACTS = {
  "/": () => byId("search").focus(), 0: fit, "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), f: toggleFilters, l: listFacts, d: turn, s: save, p: printSheet,
  n: () => stepFact(1), b: () => stepFact(-1), "?": showNothing,
};
const MOVES = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { byId("found").hidden = true; byId("search").value = ""; showNothing(); byId("graph").focus(); return; }
  const at = document.activeElement;
  if (at.matches("select, #search") || at.matches("input") && (MOVES[event.key] || event.key === " ")) return;
  const act = ACTS[event.key.toLowerCase()];
  if (act) act();
  else if (MOVES[event.key] && document.activeElement === byId("graph")) cy.panBy({ x: MOVES[event.key][0], y: MOVES[event.key][1] });
  else return;
  event.preventDefault();
}

cy.on("tap", "node", event => showNode(event.target.data("ref")));
cy.on("tap", "edge", event => showEdge(event.target.data("ref")));
cy.on("tap", event => { if (event.target === cy) showNothing(); });
cy.on("mouseover", "node, edge", event => { event.target.addClass("hover"); byId("graph").style.cursor = "pointer"; });
cy.on("mouseout", "node, edge", event => { event.target.removeClass("hover"); byId("graph").style.cursor = ""; });
cy.on("dragfree", "node", event => { event.target.connectedEdges(".routed").removeClass("routed"); });
byId("layout").addEventListener("change", arrange);
byId("names").addEventListener("change", event => {
  cy.batch(() => cy.nodes().forEach(node => { node.data(card(nodes.get(node.data("ref")), event.target.value)); }));
  arrange();
});
byId("fit").addEventListener("click", fit);
byId("save").addEventListener("click", save);
byId("print").addEventListener("click", printSheet);
byId("filter").addEventListener("click", toggleFilters);
byId("theme").addEventListener("click", turn);
byId("search").addEventListener("input", search);
byId("searching").addEventListener("keydown", step);
document.addEventListener("keydown", key);
window.addEventListener("beforeprint", () => { if (!byId("sheet").childElementCount) drawSheet(); });
new ResizeObserver(() => cy.resize()).observe(byId("graph"));

byId("question").textContent = data.question || "";
byId("question").title = data.question_zh || "";
themed();
drawFilters();
begin();
tell();
showNothing();
document.documentElement.dataset.ready = "yes";
