"use strict";
/* Filters: how sure, how it is said, where it comes from, when, and which relation. A card that loses its last line goes with it. */

const count = (of, name) => { const out = new Map(); of.forEach(each => out.set(each[name], (out.get(each[name]) || 0) + 1)); return out; };
const facts = data.edges.filter(edge => edge.type !== "More");
const days = [...new Set(facts.map(edge => (edge.first_seen || "").slice(0, 10)).filter(Boolean))].sort();
const bare = { belief: 0, from: 0, to: Math.max(0, days.length - 1), modality: new Set(), origin: new Set(), type: new Set() };
let wanted = structuredClone(bare);

function passes(edge) {
  const seen = (edge.first_seen || "").slice(0, 10);
  return (edge.belief === null || edge.belief >= wanted.belief) && !wanted.modality.has(edge.modality) && !wanted.origin.has(edge.origin) && !wanted.type.has(edge.type)
    && (wanted.from === 0 || seen >= days[wanted.from]) && (!seen || wanted.to === bare.to || seen <= days[wanted.to]);
}

/* Take from the picture what the filters and the legend hide; the cards that stay stand where they stood. */
function sift() {
  const kept = new Set(facts.filter(passes).map(edge => edge.id)), hidden = legend.filter(entry => !entry.shown).reduce((all, entry) => all.union(entry.drawn), cy.collection());
  const gone = new Set(hidden.map(each => each.id()));
  cy.batch(() => {
    cy.elements().removeClass("off");
    hidden.addClass("off");
    cy.edges().forEach(edge => {
      const more = edge.hasClass("rest");
      if ((!more && !kept.has(edge.data("ref"))) || gone.has(edge.source().id()) || gone.has(edge.target().id())) edge.addClass("off");
    });
    cy.nodes().not(".more").forEach(node => {
      const own = node.connectedEdges().not(".rest");
      if (own.length && !node.hasClass("centre") && own.every(edge => edge.hasClass("off"))) node.addClass("off");
    });
    cy.edges(".rest").forEach(edge => { if (edge.source().hasClass("off")) edge.union(edge.target()).addClass("off"); });
  });
  tell();
}

function tell() {
  const shown = factsShown().length, cards = cy.nodes().not(".off").not(".more").length, all = cy.nodes().not(".more").length;
  const some = shown < facts.length || cards < all;
  const within = data.hops ? ` within ${data.hops} ${data.hops === 1 ? "hop" : "hops"}` : "";
  byId("extent").replaceChildren(some ? `${cards} of ${all} nodes and ${shown} of ${facts.length} edges${within}` : `${all} nodes and ${facts.length} edges${within}`,
    data.more ? make("strong", {}, `; and ${data.more} more, not drawn`) : "");
  byId("filter").classList.toggle("on", JSON.stringify(plainly(wanted)) !== JSON.stringify(plainly(bare)));
}

const plainly = state => Object.entries(state).map(([name, value]) => [name, value instanceof Set ? [...value] : value]);

function slider(name, title, max, step, words) {
  const output = make("output", {}, words(wanted[name]));
  const input = make("input", { type: "range", min: 0, max, step, value: wanted[name], "aria-label": title, "data-filter": name, oninput: () => {
    wanted[name] = Number(input.value);
    if (name === "from" && wanted.from > wanted.to || name === "to" && wanted.to < wanted.from) { wanted[name] = name === "from" ? wanted.to : wanted.from; input.value = wanted[name]; }
    output.textContent = words(wanted[name]);
    input.setAttribute("aria-valuetext", output.textContent);
    sift();
  } });
  return make("label", {}, input, output);
}

function boxes(name, title, words = value => value) {
  const found = [...count(facts, name)].sort(([, a], [, b]) => b - a);
  if (found.length < 2) return "";
  return make("fieldset", {}, make("legend", {}, title), ...found.map(([value, many]) => {
    const box = make("input", { type: "checkbox", value, "data-filter": name, onchange: () => { wanted[name][box.checked ? "delete" : "add"](value); sift(); } });
    box.checked = !wanted[name].has(value);
    return make("label", {}, box, make("span", {}, words(value)), make("span", { class: "count" }, many));
  }));
}

function drawFilters() {
  const verbs = new Map(facts.map(edge => [edge.type, edge.verb]));
  byId("filters").replaceChildren(...[
    make("fieldset", {}, make("legend", {}, "Belief at least"), slider("belief", "Belief at least", 1, 0.05, value => value.toFixed(2))),
    days.length > 1 ? make("fieldset", {}, make("legend", {}, "First said"), slider("from", "First said on or after", bare.to, 1, at => at ? days[at] : "any day"),
      slider("to", "First said on or before", bare.to, 1, at => days[at])) : "",
    boxes("modality", "Said as"), boxes("origin", "Comes from"), boxes("type", "Relation", type => verbs.get(type)),
    make("div", { class: "row" }, make("button", { id: "again", onclick: arrange }, "Lay out anew"),
      make("button", { id: "reset", onclick: () => { wanted = structuredClone(bare); drawFilters(); sift(); } }, "Show all")),
  ].filter(Boolean));
}

function toggleFilters() {
  const open = byId("filters").hidden;
  byId("filters").hidden = !open;
  byId("filter").setAttribute("aria-expanded", open);
  fit();
  if (open) byId("filters").querySelector("input").focus();
}
