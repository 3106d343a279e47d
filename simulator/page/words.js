// Dates, sizes and texts as people here read them.
import { element } from "./elements.js";

const ZONE = "Asia/Ho_Chi_Minh";
const HOUR = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE });
const DAY = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: ZONE });
const WEEKDAY = new Intl.DateTimeFormat("vi-VN", { weekday: "long", timeZone: ZONE });
const SECOND = new Intl.DateTimeFormat("vi-VN", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: ZONE,
});

export const hour = (unix) => HOUR.format(unix * 1000);
export const day = (unix) => DAY.format(unix * 1000);
export const fullTime = (moment) => `${WEEKDAY.format(moment)}, ${DAY.format(moment)} · ${SECOND.format(moment)}`;

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return (kilo < 1024 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} KB` : `${(kilo / 1024).toFixed(1)} MB`).replace(".", ",");
}

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// A text with its entities (UTF-16 offsets, outer ones first) as nodes; `say` is called when a command is tapped.
export function marked(text, entities = [], say = () => {}) {
  return piece(text, 0, text.length, entities, say);
}

function piece(text, from, to, entities, say) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index++) {
    const { offset, length } = entities[index];
    if (offset < at || offset + length > to) continue;
    const inner = entities.slice(index + 1).filter((other) => other.offset + other.length <= offset + length);
    nodes.push(text.slice(at, offset));
    nodes.push(dressed(entities[index], piece(text, offset, offset + length, inner, say), text, say));
    at = offset + length;
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

function dressed(entity, inside, text, say) {
  const own = text.substr(entity.offset, entity.length);
  if (entity.type === "bot_command") {
    return element("button", { type: "button", class: "tap", onclick: () => say(own) }, ...inside);
  }
  const address = { text_link: entity.url, url: own, email: `mailto:${own}`, phone_number: `tel:${own}` }[entity.type];
  if (address) return link(address, inside);
  if (entity.type === "spoiler") return element("span", { class: "spoiler" }, ...inside);
  return element(TAGS[entity.type] ?? "span", {}, ...inside);
}

function link(address, inside) {
  const full = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  const safe = /^(https?|mailto|tel|tg):/i.test(full) ? full : undefined;
  return element("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, ...inside);
}
