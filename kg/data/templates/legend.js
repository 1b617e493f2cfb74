"use strict";
/* The legend, each entry a switch; and the picture saved with it. */

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
  ...Object.keys(data.labels).map(label => ({ name: label, label, mark: make("span", { class: "dot" }), drawn: cy.nodes(`[kind = "${label}"]`) })),
  ...LINES_OF.map(([kind, name, dash, tone]) => {
    const mark = swatch(dash, tone);
    if (kind === "ended") mark.style.opacity = 0.45;
    return { name, kind, mark, drawn: cy.edges(`.${kind}`), dash, tone, pale: kind === "ended" };
  }).filter(({ drawn }) => drawn.length),
];
for (const entry of legend) {
  entry.shown = true;
  const button = make("button", { "aria-pressed": "true", onclick: () => {
    entry.shown = !entry.shown;
    button.setAttribute("aria-pressed", entry.shown);
    sift();
  } }, entry.mark, `${entry.name} ${entry.drawn.length}`);
  byId("legend").append(button);
}

function paintLegend() {
  for (const { label, mark } of legend.filter(entry => entry.label)) {
    const { strip, tint } = colours(label);
    mark.style.background = `linear-gradient(to right, ${strip} 35%, ${tint} 35%)`;
    mark.style.borderColor = colours(label).line;
  }
}

/* Saving: the picture as it is laid out, the title above it and the legend under it. */

async function save() {
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
    if (entry.label) {
      brush.fillStyle = colours(entry.label).tint; brush.fillRect(x + 12, top, 28, 28);
      brush.fillStyle = colours(entry.label).strip; brush.fillRect(x + 12, top, 10, 28);
    } else {
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
