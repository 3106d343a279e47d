// The campaign's clock in the strip: it ticks here between two questions to the server, and can be moved.
import { element } from "./elements.js";
import { clock, moveClock } from "./server.js";
import { fullTime } from "./words.js";

const HOUR = 3_600_000;

export class Clock {
  constructor() {
    this.shown = document.getElementById("now");
    this.moves = document.getElementById("moves");
    this.season = document.getElementById("season");
    this.place = undefined;
    this.ahead = 0;
    this.labels = "";
  }

  async begin() {
    document.getElementById("clock").hidden = false;
    await this.ask();
    setInterval(() => this.tick(), 250);
    setInterval(() => this.ask(), 15_000);
  }

  async ask() {
    const { now, presets, season = "" } = await clock(this.place);
    this.season.textContent = season;
    this.ahead = new Date(now).getTime() - Date.now();
    this.tick();
    const labels = JSON.stringify(presets);
    if (labels !== this.labels) this.offer(presets);
    this.labels = labels;
  }

  tick() {
    this.shown.textContent = fullTime(Date.now() + this.ahead);
  }

  offer(presets) {
    const buttons = presets.map(({ label, to }) => element("button", { type: "button", onclick: () => this.move(to) }, label));
    const later = () => this.move(new Date(Date.now() + this.ahead + HOUR).toISOString());
    this.moves.replaceChildren(...buttons, element("button", { type: "button", onclick: later }, "+1 giờ"));
  }

  async move(to) {
    await moveClock(to);
    await this.ask();
  }
}
