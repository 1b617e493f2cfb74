"use strict";
/* The panel: everything is set as text, never as markup. */

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== "" && child !== undefined));
  return element;
}

const bdi = text => make("bdi", {}, text);
const link = (text, act) => make("button", { class: "link", onclick: act }, bdi(text));
const section = (title, items) => items.length ? [make("h3", {}, title), make("ul", {}, ...items.map(item => make("li", {}, item)))] : [];
const table = own => Object.keys(own).length
  ? [make("dl", {}, ...Object.entries(own).flatMap(([name, value]) => [make("dt", {}, name.replaceAll("_", " ")), make("dd", {}, bdi(value))]))] : [];
const day = date => (date || "").replace("T", " ");

/* A sentence, marked in its paragraph, and where it stands. What is copied is the sentence with its source. */
function quotation({ text, before = "", after = "", document: place = null, locator = null }, said) {
  const source = data.documents[place] || { title: "", source: said.proof_source, published: said.proof_date, url: null };
  const where = [source.source, day(source.published), locator].filter(Boolean).join(" · ");
  const copy = make("button", { class: "copy", title: "Copy the sentence with its source", onclick: event => {
    navigator.clipboard.writeText(`“${text}” (${[source.title, where].filter(Boolean).join(", ")})`).then(() => { event.target.textContent = "copied"; }, () => {});
  } }, "copy");
  return [
    make("blockquote", { dir: "auto" }, before, make("mark", {}, text), after),
    make("p", { class: "source" }, where ? bdi(where) : "Source not known.", copy),
    source.title && source.title !== text ? make("p", { class: "source" }, bdi(source.title), /^https?:\/\//.test(source.url || "")
      ? make("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, " ↗ open") : "") : "",
  ];
}

function proof(said) {
  const badge = (text, warn = false) => make("span", { class: warn ? "badge warn" : "badge" }, text);
  const told = said.sentences.length ? said.sentences : said.proof ? [{ text: said.proof }] : [];
  const more = (said.claim_count || 0) - told.length;
  return [
    make("p", {}, badge(said.modality, said.modality !== "fact"), badge(said.origin, said.origin !== "stated"),
      said.negated ? badge("negated", true) : "", said.ended ? badge("ended", true) : "",
      said.belief === null ? "" : badge(`belief ${said.belief.toFixed(2)}`), said.support > 1 ? badge(`${said.support} voices`) : "",
      said.holder ? badge(`held by ${said.holder}`) : "", said.rule ? badge(`rule ${said.rule}`) : ""),
    ...(told.length ? told.flatMap(each => quotation(each, said)) : [make("p", { class: "quiet" }, "No sentence is kept for this.")]),
    more > 0 && told.length ? make("p", { class: "quiet" }, `and ${more} more ${more === 1 ? "sentence" : "sentences"}`) : "",
  ];
}

function edgeLine(edge) {
  return [bdi(nodes.get(edge.subject).name), ` ${edgeWords(edge)} `, bdi(nodes.get(edge.object).name)];
}

function showEdge(id, move = false) {
  const edge = edges.get(id), drawn = cy.getElementById(`e${id}`);
  choose(drawn, drawn.connectedNodes());
  if (move) bring(drawn.connectedNodes());
  if (edge.type === "More") { showNode(edge.object); return; }
  fill(
    make("h2", {}, link(nodes.get(edge.subject).name, () => showNode(edge.subject)), ` ${edgeWords(edge)} `,
      link(nodes.get(edge.object).name, () => showNode(edge.object))),
    ...proof(edge), ...table(edge.own),
    edge.first_seen && edge.first_seen !== edge.last_seen ? make("p", { class: "quiet" }, `Said from ${day(edge.first_seen)} to ${day(edge.last_seen)}.`) : "",
    make("p", { class: "quiet" }, "All its sentences: ", make("code", {}, `kg query run evidence/of_fact fact=${edge.id}`)),
  );
}

function showNode(id, move = false) {
  const node = nodes.get(id), drawn = cy.getElementById(`n${id}`);
  choose(drawn, drawn.neighborhood());
  if (move) cy.animate({ center: { eles: drawn }, zoom: Math.max(cy.zoom(), 0.9), duration: 250 });
  if (node.label === "More") {
    fill(make("h2", {}, bdi(node.name)), make("p", {}, "These are within reach of what was asked for, and were left out so that the picture can be read."),
      make("p", { class: "quiet" }, "A larger ", make("code", {}, "--max-nodes"), " draws them; fewer relations, labels or steps leave fewer out."));
    return;
  }
  const own = data.edges.filter(edge => (edge.subject === id || edge.object === id) && edge.type !== "More");
  const also = [...new Set([node.name_en, node.name_zh, ...node.aliases])].filter(name => name && name !== node.name);
  fill(
    make("h2", {}, bdi(node.name)), make("p", {}, make("span", { class: "badge" }, node.label)),
    also.length ? make("p", { class: "quiet" }, "Also ", ...also.flatMap((name, at) => [at ? ", " : "", bdi(name)])) : "", ...table(node.own),
    node.hidden ? make("p", {}, `${node.hidden} more neighbours are not in this picture.`) : "",
    ...section("Figures", node.figures.map(figure => {
      const details = make("details", {}, make("summary", {}, bdi(figureWords(figure))), ...table(figure.about), ...proof(figure).filter(Boolean));
      return details;
    })),
    ...section("Relations", own.map(edge => make("button", { class: "link", onclick: () => showEdge(edge.id, true) }, ...edgeLine(edge)))),
  );
}

const KEYS = [["/", "search, in any language"], ["F", "filter"], ["L", "list every fact"], ["0", "fit"], ["+ −", "zoom"], ["← ↑ → ↓", "move"], ["N B", "next, last fact"],
  ["D", "dark or light"], ["P", "print"], ["Esc", "back"]];

function showNothing() {
  cy.elements().removeClass("faded chosen near");
  chosenFact = -1;
  fill(
    make("h2", {}, "How to read this"),
    make("p", {}, "Press a line to read the sentence that says it, in its paragraph. Press a card for its figures, names and relations. Press an entry of the legend to hide what it stands for."),
    make("p", { class: "quiet" }, "Columns run from suppliers, left, to those who lean on them, right. Rings count the steps from the middle. The web brings close what is linked."),
    silent ? make("p", { class: "quiet" }, `The words of ${silent} ${silent === 1 ? "line" : "lines"} show when you point at the line: there they would cover something.`) : "",
    make("dl", {}, ...KEYS.flatMap(([keys, does]) => [make("dt", {}, ...keys.split(" ").flatMap(key => [make("kbd", {}, key), " "])), make("dd", {}, does)])),
    make("p", {}, link("List every fact", listFacts)),
  );
}

/* Every fact as text, by relation: for those who read without the mouse or without the picture. */

const factsShown = () => data.edges.filter(edge => edge.type !== "More" && !cy.getElementById(`e${edge.id}`).hasClass("off"));

function listFacts() {
  const groups = new Map();
  factsShown().forEach(edge => groups.set(edge.verb, [...(groups.get(edge.verb) || []), edge]));
  fill(make("h2", {}, "Every fact that is shown"), ...[...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([verb, facts]) =>
    make("details", groups.size < 12 ? { open: "" } : {}, make("summary", {}, `${verb} (${facts.length})`),
      make("ul", {}, ...facts.map(edge => make("li", {}, make("button", { class: "link", onclick: () => showEdge(edge.id, true) }, ...edgeLine(edge))))))));
  byId("panel").focus();
}

let chosenFact = -1;
function stepFact(by) {
  const facts = factsShown();
  if (!facts.length) return;
  chosenFact = (chosenFact + by + facts.length + (chosenFact < 0 && by < 0 ? 1 : 0)) % facts.length;
  const at = chosenFact;
  showEdge(facts[at].id, true);
  chosenFact = at;
}

/* Bring what is shown into the window, where it is not there already. */
function bring(drawn) {
  const { x1, x2, y1, y2 } = drawn.renderedBoundingBox({ includeLabels: false });
  if (x1 < 0 || y1 < 0 || x2 > cy.width() || y2 > cy.height()) cy.animate({ fit: { eles: drawn, padding: 120 }, duration: 250 });
}

function choose(drawn, near) {
  cy.batch(() => {
    cy.elements().removeClass("chosen near").addClass("faded");
    drawn.union(near).removeClass("faded");
    near.edges().addClass("near");
    drawn.addClass("chosen");
  });
}

function fill(...children) {
  byId("panel").replaceChildren(...children.filter(Boolean));
  byId("panel").scrollTop = 0;
}
