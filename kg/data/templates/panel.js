"use strict";
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
