// What sits under the messages: commands, the text box, attachments, and editing what was sent.
import { element, icon } from "./elements.js";

const PICKED = "chosen-on-this-machine";
const ATTACHMENTS = [
  ["Ảnh từ máy…", "photo", PICKED, "image/*"],
  ["Ảnh mẫu", "photo", {}],
  ["Tệp từ máy…", "document", PICKED, ""],
  ["Nhãn dán", "sticker", {}],
  ["Tin nhắn thoại", "voice", {}],
  ["Vị trí", "location", {}],
  ["Danh thiếp", "contact", {}],
];

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.edited = null;
    this.text = element("textarea", {
      rows: 1, placeholder: "Tin nhắn", "aria-label": `Tin nhắn của ${phone.name}`, maxlength: 4096,
      oninput: () => this.typed(), onkeydown: (event) => this.pressed(event),
    });
    this.commands = element("ul", { class: "sheet", "aria-label": "Các lệnh", hidden: true });
    this.attach = element("ul", { class: "sheet", "aria-label": "Đính kèm", hidden: true }, ...ATTACHMENTS.map((kind) => this.choice(kind)));
    this.strip = element("div", { class: "editing", hidden: true });
    this.slash = element("button", { type: "button", class: "slash", "aria-label": "Các lệnh", onclick: () => this.toggle(this.commands) }, element("span", {}, "/"));
    this.form = element("form", { class: "composer", hidden: true, onsubmit: (event) => this.sent(event) },
      this.strip, this.commands, this.attach, this.slash, this.text,
      element("button", { type: "button", "aria-label": "Đính kèm", onclick: () => this.toggle(this.attach) }, icon("clip")),
      element("button", { type: "submit", class: "send", "aria-label": "Gửi" }, icon("send")));
    this.start = element("button", { type: "button", class: "start", onclick: () => phone.acts.say("/start") }, "BẮT ĐẦU");
    this.closesByItself();
    this.knows(phone.bot.commands);
  }

  // Safari gives a clicked button no focus, so only a known new place counts as leaving.
  closesByItself() {
    const left = (place) => { if (place && !this.form.contains(place)) this.close(); };
    document.addEventListener("pointerdown", (event) => left(event.target));
    this.form.addEventListener("focusout", (event) => left(event.relatedTarget));
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.target === this.text) return;
      this.close();
      this.text.focus();
    });
  }

  started(yes) {
    this.form.hidden = !yes;
    this.start.hidden = yes;
  }

  knows(commands) {
    this.known = commands;
    this.slash.hidden = !commands.length;
    this.list("");
  }

  list(beginning) {
    const fitting = this.known.filter(({ command }) => `/${command}`.startsWith(beginning));
    this.commands.replaceChildren(...fitting.map(({ command, description }) => element("li", {},
      element("button", { type: "button", onclick: () => this.say(`/${command}`) },
        element("span", { class: "name" }, `/${command}`), element("span", { class: "hint" }, description)))));
    return fitting.length;
  }

  typed() {
    this.text.rows = Math.min(this.text.value.split("\n").length, 5);
    const value = this.text.value;
    this.commands.hidden = !(value.startsWith("/") && this.list(value));
  }

  pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "Escape") {
      this.close();
      this.edits(null);
    } else if (event.key === "ArrowUp" && !this.text.value) {
      const own = [...this.phone.messages.values()].findLast(({ message }) => !message.from.is_bot && message.text);
      if (own) this.edits(own.message);
    }
  }

  sent(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    if (this.edited) this.phone.does("edit", { message_id: this.edited.message_id, text });
    else this.phone.acts.say(text);
    this.edits(null);
  }

  say(text) {
    this.close();
    this.phone.acts.say(text);
    this.edits(null);
    this.text.focus();
  }

  // Begins editing a message of one's own; null leaves it.
  edits(message) {
    this.edited = message;
    this.text.value = message?.text ?? "";
    this.strip.hidden = !message;
    this.strip.replaceChildren(element("div", { class: "what" }, element("b", {}, "Sửa tin nhắn"), element("span", { class: "old" }, message?.text ?? "")),
      element("button", { type: "button", "aria-label": "Thôi, không sửa", onclick: () => this.edits(null) }, "✕"));
    this.typed();
    this.commands.hidden = true;
    if (message) this.text.focus();
  }

  toggle(sheet) {
    const open = sheet.hidden;
    this.close();
    if (sheet === this.commands) this.list("");
    sheet.hidden = !open;
    if (open) sheet.querySelector("button")?.focus();
  }

  close() {
    this.commands.hidden = true;
    this.attach.hidden = true;
  }

  choice([label, kind, details, accept]) {
    const chosen = () => (details === PICKED ? this.pick(kind, accept) : this.phone.does("attach", { kind, ...details }));
    return element("li", {}, element("button", { type: "button", onclick: () => { this.close(); chosen(); } }, label));
  }

  pick(kind, accept) {
    const input = element("input", { type: "file", accept });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      const content = await base64(file);
      this.phone.does("attach", kind === "photo" ? { kind, content } : { kind, content, name: file.name });
    });
    input.click();
  }
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",", 2)[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
