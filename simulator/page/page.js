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
  await arrive();
  addEventListener("hashchange", move);
  listen(heard, (down) => { document.getElementById("lost").hidden = !down; }, refresh);
  if (page.clock) await clock.begin();
  await meet();
}

// Where several communes share the page, the address says which one is looked at (“#tu-ky-2026”).
async function arrive() {
  page = await about(location.hash.slice(1));
  clock.place = page.place;
  document.title = `Chạy thử · ${page.bot.name}`;
  document.getElementById("title").textContent = `${page.bot.name} · bản chạy thử`;
  document.getElementById("notice").textContent = page.notice;
  const choice = document.getElementById("place");
  document.getElementById("places").hidden = (page.places ?? []).length < 2;
  choice.replaceChildren(...(page.places ?? []).map(({ slug, name }) => element("option", { value: slug }, name)));
  choice.value = page.place;
  choice.onchange = () => { location.hash = choice.value; };
}

async function notice() {
  document.getElementById("notice").textContent = (await about(page.place)).notice;
}

// To another commune: other phones and another notice under the clock that all share.
async function move() {
  if ((location.hash.slice(1) || page.places?.[0].slug) === page.place) return;
  await arrive();
  phones.clear();
  document.getElementById("phones").replaceChildren();
  document.getElementById("tabs").replaceChildren();
  await Promise.all([page.clock && clock.ask(), meet()]);
}

async function meet() {
  const here = page.place;
  const all = await people(here);
  if (here !== page.place) return;
  const chosen = all.filter((person) => person.role_label);
  for (const person of (chosen.length ? chosen : all).slice(0, MOST)) {
    const key = `${person.kind}:${person.id}`;
    if (phones.has(key) || here !== page.place) continue;
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
  if (event.event === "place") return event.place === page.place && notice();
  if (event.event === "cleared") return refresh();
  if (event.event === "clock") return page.clock && clock.ask();
  if (event.event === "commands") return about(page.place).then(({ bot }) => phones.forEach((phone) => phone.composer.knows(bot.commands)));
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
