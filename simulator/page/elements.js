// Small helpers to build the page without a framework.
export function element(tag, about = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SHAPES = {
  clip: "M20 11.5 12 19.4a5 5 0 0 1-7.1-7.1l8.4-8.3a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.3-7.2",
  send: "M4 12 3.4 4.6 21 12 3.4 19.4 4 12Zm0 0h8",
  down: "M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M5 20h14",
  pencil: "m4 20 1-4.5L16.2 4.3a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19 4 20Z",
  voice: "M12 3.5a3 3 0 0 1 3 3V12a3 3 0 0 1-6 0V6.500a3 3 0 0 1 3-3ZM6 11.500a6 6 0 0 0 12 0M12 18v3",
  pin: "M12 21s7-6.3 7-11.500a7 7 0 0 0-14 0C5 14.7 12 21 12 21Zm0-9.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8.500c0-3.5 3.6-5.5 8-5.500s8 2 8 5.5",
  play: "M8 5.500v13l11-6.500L8 5.500Z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", SHAPES[name]);
  draw(svg, shape, "0 0 24 24", "2");
  return svg;
}

// One tick: sent. Two: the bot has answered since.
export function ticks(read) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", read ? "m1.5 6.5 3.5 3.500L12 2.500M8.5 9.500l.5.5 7-7.5" : "m4.5 6.5 3.5 3.500L15 2.5");
  draw(svg, shape, "0 0 17 12", "1.7");
  return svg;
}

function draw(svg, shape, box, width) {
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({
    fill: "none", stroke: "currentColor", "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round",
  })) shape.setAttribute(name, value);
  svg.append(shape);
}
