// One phone: its messages, kept by id so that hearing a thing twice shows it once.
import { bubble } from "./bubbles.js";
import { Composer } from "./composer.js";
import { element } from "./elements.js";
import { does, screenOf } from "./server.js";
import { day } from "./words.js";

export class Phone {
  constructor(person, bot, { look, stirred }) {
    Object.assign(this, { id: person.id, kind: person.kind, name: person.first_name, bot, stirred });
    this.messages = new Map();
    this.waiting = [];
    this.acts = {
      say: (text) => this.does("say", { text }),
      tap: (button, message, key) => this.tap(button, message, key),
      edit: (message) => this.composer.edits(message),
      look,
    };
    this.composer = new Composer(this);
    this.build(person);
  }

  build(person) {
    const initials = this.bot.name.split(/\s+/).slice(0, 2).map((word) => word[0]).join("").toUpperCase();
    this.status = element("span", {}, "bot");
    this.list = element("ol", { class: "chat", role: "log", "aria-label": `Trò chuyện của ${this.name}`, tabindex: "0" });
    this.followsEnd();
    this.answers = element("div", { class: "answers", hidden: true });
    this.device = element("div", { class: "device" },
      element("div", { class: "bar" },
        element("span", { class: "avatar", "aria-hidden": "true" }, initials),
        element("div", { class: "who" }, element("b", {}, this.bot.name), this.status)),
      this.list, this.answers, this.composer.form, this.composer.start);
    this.root = element("article", {
      class: `phone ${this.kind}`, id: `phone-${this.kind}-${this.id}`, "aria-label": `Điện thoại của ${this.name}`,
    }, element("div", { class: "caption" }, element("b", {}, this.name), element("span", {}, person.role_label || " ")), this.device);
  }

  async does(doing, content) {
    try {
      return await does(this, doing, content);
    } catch (error) {
      return this.toast(`Chưa làm được: ${error.message}`);
    }
  }

  async load() {
    const heardBefore = new Set(this.messages.keys());
    const { messages } = await screenOf(this);
    const since = [...this.messages].filter(([id]) => !heardBefore.has(id));
    this.messages = new Map([...messages.map(({ message, keys }) => [message.message_id, { message, keys }]), ...since]);
    this.draw();
  }

  hear({ event, message, keys, text, alert }) {
    if (event === "toast") return this.answered(text, alert);
    if (event === "action") return this.busy();
    if (message.chat.id !== this.id) return undefined; // a group: not shown here yet
    if (event === "deleted") this.messages.delete(message.message_id);
    else this.messages.set(message.message_id, { message, keys });
    if (event === "message" && message.from.is_bot) {
      this.status.replaceChildren("bot");
      this.status.className = "";
      this.stirred(this);
    }
    return this.draw();
  }

  // Drawn whole: a phone holds few messages, and an edit may change any of them.
  draw() {
    const shown = [...this.messages.values()];
    const lastAnswer = shown.findLastIndex(({ message }) => message.from.is_bot);
    const grew = shown.length > (this.drawn ?? 0);
    const items = [];
    shown.forEach(({ message }, index) => {
      const before = shown[index - 1]?.message;
      const mine = !message.from.is_bot;
      if (!before || day(before.date) !== day(message.date)) items.push(element("li", { class: "day" }, day(message.date)));
      items.push(bubble(message, { mine, read: index < lastAnswer, turn: before && before.from.is_bot === mine }, this.acts));
    });
    this.list.replaceChildren(...(items.length ? items : [this.intro()]));
    this.drawn = shown.length;
    this.drawAnswers(shown);
    this.composer.started(shown.length > 0);
    this.atEnd ||= grew;
    this.toEnd();
  }

  // Stays with the newest message, whatever grows above or shrinks below, until the reader scrolls up.
  followsEnd() {
    this.atEnd = true;
    this.list.addEventListener("scroll", () => {
      this.atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
    }, { passive: true });
    this.list.addEventListener("load", () => this.toEnd(), { capture: true });
    new ResizeObserver(() => this.toEnd()).observe(this.list);
  }

  toEnd() {
    if (this.atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  intro() {
    return element("li", { class: "intro" }, element("b", {}, this.bot.name),
      element("p", {}, "Bấm BẮT ĐẦU để trò chuyện với bot."));
  }

  drawAnswers(shown) {
    const keyed = shown.findLast(({ keys }) => keys?.keyboard || keys?.remove_keyboard)?.keys;
    this.answers.hidden = !keyed?.keyboard;
    this.answers.replaceChildren(...(keyed?.keyboard ?? []).map((row) => element("div", { class: "row" },
      ...row.map(({ text }) => element("button", { type: "button", onclick: () => this.acts.say(text) }, text)))));
  }

  tap(button, message, key) {
    key.classList.add("waiting");
    this.waiting.push(key);
    setTimeout(() => key.classList.remove("waiting"), 8000);
    return this.does("tap_data", { data: button.callback_data, message_id: message.message_id });
  }

  answered(text, alert) {
    this.waiting.splice(0).forEach((key) => key.classList.remove("waiting"));
    if (text && alert) this.alert(text);
    else if (text) this.toast(text);
  }

  toast(text) {
    this.device.querySelector(".toast")?.remove();
    const shown = element("div", { class: "toast", role: "status" }, text);
    this.device.append(shown);
    setTimeout(() => shown.remove(), 3500);
  }

  alert(text) {
    const ok = element("button", { type: "button", onclick: () => box.remove() }, "OK");
    const box = element("div", { class: "alert", role: "alertdialog", "aria-label": text }, element("div", {}, element("p", {}, text), ok));
    this.device.append(box);
    ok.focus();
  }

  busy() {
    this.status.replaceChildren("đang nhập…");
    this.status.className = "busy";
    clearTimeout(this.calm);
    this.calm = setTimeout(() => { this.status.replaceChildren("bot"); this.status.className = ""; }, 5000);
  }
}
