"use strict";
/* The sheet that is printed: the picture, its legend, and every fact that is shown with its sentence, numbered. */

async function drawSheet() {
  const root = document.documentElement, was = root.dataset.theme;
  root.dataset.theme = "light";
  cy.style(style());
  const picture = make("img", { alt: "The graph", src: cy.png({ full: true, scale: 2, maxWidth: 5000, maxHeight: 5000, bg: "#ffffff" }) });
  const marks = legend.filter(entry => entry.shown).map(entry => {
    const mark = entry.mark.cloneNode(true);
    if (entry.label) mark.style.background = `linear-gradient(to right, ${colours(entry.label).strip} 35%, ${colours(entry.label).tint} 35%)`;
    return make("span", {}, mark, entry.name);
  });
  byId("sheet").replaceChildren(
    make("h1", {}, document.title), data.question ? make("p", {}, data.question) : "", make("p", { class: "quiet" }, byId("extent").textContent), picture,
    make("div", { class: "lines" }, ...marks), make("h2", {}, "What it rests on"), make("ol", {}, ...factsShown().map(printedFact)),
  );
  root.dataset.theme = was;
  cy.style(style());
  await picture.decode();
}

function printedFact(edge) {
  const said = edge.sentences[0] || { text: edge.proof }, source = data.documents[said.document] || { source: edge.proof_source, published: edge.proof_date };
  const where = [source.source, source.title, day(source.published)].filter(Boolean).join(", ");
  const how = [edge.modality === "fact" ? "" : edge.modality, edge.origin === "stated" ? "" : edge.origin, edge.belief === null ? "" : `belief ${edge.belief.toFixed(2)}`];
  return make("li", {}, ...edgeLine(edge), make("span", { class: "quiet" }, ` (${how.filter(Boolean).join(", ")})`),
    said.text ? make("blockquote", {}, said.text, where ? make("span", { class: "quiet" }, ` — ${where}`) : "") : "");
}

async function printSheet() {
  await drawSheet();
  window.print();
}
