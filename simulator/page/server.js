// Talking to the simulator: one function a question. Each messenger has its own home for people's doings.
export const MESSENGERS = {
  telegram: { home: "/sim", label: "Telegram" },
  zalo: { home: "/sim/zalo", label: "Zalo", look: "/page/zalo.css" },
};

async function asked(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (body.ok === false) throw new Error(body.description);
  return body.result ?? body;
}

const posted = (path, content) =>
  asked(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });

const of = (place) => (place ? `?place=${encodeURIComponent(place)}` : "");

export const about = (place) => asked(`/sim/page${of(place)}`);

// Everybody of one place; where there is one world only, everybody.
export const people = async (place) => {
  const { messengers = ["telegram"] } = await about();
  const found = (await Promise.all(messengers.map(peopleOn))).flat();
  return place ? found.filter((person) => person.place === place) : found;
};

// Everybody on one messenger, which brings its looks along; where there are several, each says which it is.
async function peopleOn(kind) {
  const { home, label, look } = MESSENGERS[kind];
  if (look && !document.querySelector(`link[href="${look}"]`)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: look }));
  }
  const found = await asked(`${home}/people`);
  return look ? found.map((person) => ({ ...person, role_label: person.role_label && `${label} · ${person.role_label}` })) : found;
}

export const clock = (place) => asked(`/sim/clock${of(place)}`);
export const moveClock = (to) => posted("/sim/clock", { to });
export const fileAddress = (id) => `/sim/files/${encodeURIComponent(id.replace(/-[smxyw]$/, ""))}`;

export const screenOf = (phone) => asked(`${MESSENGERS[phone.kind].home}/people/${phone.id}/screen`);
export const does = (phone, doing, content = {}) =>
  posted(`${MESSENGERS[phone.kind].home}/people/${phone.id}/${doing}`, content);

// Live events; `lost(true|false)` tells whether the connection is down, `again()` that it came back.
export function listen(heard, lost, again) {
  const stream = new EventSource("/sim/events");
  let broken = false;
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  stream.onerror = () => { broken = true; lost(true); };
  stream.onopen = () => { lost(false); if (broken) again(); broken = false; };
}
