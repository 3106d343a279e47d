// The page: asks who there is, sets up a phone for each, and hands every live event to the phone it is for.
import { Clock } from "./clock.js";
import { element } from "./elements.js";
import { Phone } from "./phone.js";
import { about, listen, people } from "./server.js";

const MOST = 8; // phones; people made for load tests carry no role and stay out
const phones = new Map();
const clock = new Clock();
let page;

async function begin() {
  page = await about();
  document.title = `Chạy thử · ${page.bot.name}`;
  document.getElementById("title").textContent = `${page.bot.name} · bản chạy thử`;
  document.getElementById("notice").textContent = page.notice;
  listen(heard, (down) => { document.getElementById("lost").hidden = !down; }, refresh);
  if (page.clock) await clock.begin();
  await meet();
}

async function meet() {
  const all = await people();
  const chosen = all.filter((person) => person.role_label);
  for (const person of (chosen.length ? chosen : all).slice(0, MOST)) {
    const key = `${person.kind}:${person.id}`;
    if (phones.has(key)) continue;
    const phone = new Phone(person, page.bot, { look, stirred });
    phones.set(key, phone);
    document.getElementById("phones").append(phone.root);
    document.getElementById("tabs").append(tab(key, phone));
    await phone.load();
  }
  if (!document.querySelector(".phone.chosen") && phones.size) choose(phones.keys().next().value);
}

async function refresh() {
  await meet();
  await Promise.all([...phones.values()].map((phone) => phone.load()));
}

function heard(event) {
  if (event.event === "people") return meet();
  if (event.event === "cleared") return refresh();
  if (event.event === "clock") return page.clock && clock.ask();
  if (event.event === "commands") return about().then(({ bot }) => phones.forEach((phone) => phone.composer.knows(bot.commands)));
  if (event.bot && event.bot !== page.bot.id) return undefined;
  return phones.get(`${event.kind ?? "telegram"}:${event.person}`)?.hear(event);
}

function tab(key, phone) {
  return element("button", {
    type: "button", role: "tab", "data-key": key, "aria-controls": phone.root.id, "aria-selected": "false",
    onclick: () => choose(key), onkeydown: (event) => moved(event),
  }, phone.name);
}

function choose(key) {
  for (const [other, phone] of phones) phone.root.classList.toggle("chosen", other === key);
  for (const button of document.querySelectorAll("#tabs button")) {
    const chosen = button.dataset.key === key;
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    if (chosen) button.querySelector(".unread")?.remove();
  }
  const { list } = phones.get(key);
  list.scrollTop = list.scrollHeight;
}

function moved(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...document.querySelectorAll("#tabs button")];
  const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
  choose(next.dataset.key);
  next.focus();
}

// A bot's message on a phone that is not in sight counts on its tab.
function stirred(phone) {
  const button = document.querySelector(`#tabs button[data-key="${phone.kind}:${phone.id}"]`);
  if (!button || button.getAttribute("aria-selected") === "true") return;
  const badge = button.querySelector(".unread") ?? button.appendChild(element("span", { class: "unread" }, "0"));
  badge.textContent = String(Number(badge.textContent) + 1);
}

function look(address, caption) {
  const viewer = document.getElementById("viewer");
  viewer.querySelector("img").src = address;
  viewer.querySelector("p").textContent = caption;
  viewer.showModal();
}

const viewer = document.getElementById("viewer");
viewer.addEventListener("click", (event) => { if (event.target.tagName !== "IMG") viewer.close(); });
begin();
