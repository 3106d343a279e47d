// One message as a list item: quote, picture or file, text, time, buttons.
import { element, icon, ticks } from "./elements.js";
import { fileAddress } from "./server.js";
import { hour, marked, size } from "./words.js";

// `acts`: say(text), tap(button, message, key), edit(message), look(address, caption)
export function bubble(message, { mine, read, turn }, acts) {
  const body = content(message, acts);
  const editable = mine && message.text && !message.forward_origin;
  const classes = ["message", mine ? "mine" : "theirs", turn && "turn", message.edit_date && "edited"];
  if (message.photo) classes.push("pictured");
  if (message.caption) classes.push("captioned");
  const keys = message.reply_markup?.inline_keyboard;
  if (keys) classes.push("keyed");
  if (!message.text && !message.photo && !message.caption && !message.document) classes.push("bare");
  const box = element("div", { class: "bubble" }, ...body, meta(message, mine, read), editable ? pencil(message, acts) : null);
  if (editable) onLongPress(box, () => acts.edit(message));
  return element("li", { class: classes.filter(Boolean).join(" "), "data-id": message.message_id },
    box, keys ? keyboard(keys, message, acts) : null);
}

function content(message, acts) {
  const parts = [quoteOf(message), originOf(message), ...attachment(message, acts)];
  const text = message.text ?? message.caption;
  if (text) {
    const nodes = marked(text, message.entities ?? message.caption_entities, acts.say);
    parts.push(element("div", { class: "text" }, ...nodes));
  }
  return parts;
}

function quoteOf({ reply_to_message: original }) {
  if (!original) return null;
  const text = original.text ?? original.caption ?? "Tệp đính kèm";
  return element("div", { class: "quote" }, element("b", {}, original.from.first_name), element("span", {}, text));
}

function originOf({ forward_origin: origin }) {
  if (!origin) return null;
  return element("span", { class: "origin" }, `Chuyển tiếp từ ${origin.sender_user_name ?? origin.sender_user?.first_name}`);
}

function attachment(message, acts) {
  if (message.photo) return [photo(message, acts)];
  if (message.document) return [file(message.document)];
  if (message.sticker) return [element("div", { class: "sticker", role: "img", "aria-label": "Nhãn dán" }, message.sticker.emoji ?? "🙂")];
  if (message.dice) return [element("div", { class: "large" }, `${message.dice.emoji} ${message.dice.value}`)];
  if (message.voice) return [card("play", "Tin nhắn thoại", `0:${String(message.voice.duration).padStart(2, "0")}`)];
  if (message.video_note) return [card("play", "Video tròn", `0:${String(message.video_note.duration).padStart(2, "0")}`)];
  if (message.location) return [card("pin", "Vị trí", `${message.location.latitude}, ${message.location.longitude}`)];
  if (message.contact) return [card("person", message.contact.first_name, message.contact.phone_number)];
  if (message.poll) return [card("person", message.poll.question, "Bình chọn")];
  return [];
}

function photo(message, acts) {
  const largest = message.photo.at(-1);
  const address = fileAddress(largest.file_id);
  const image = element("img", { src: address, width: largest.width, height: largest.height, alt: message.caption ?? "Ảnh" });
  const look = () => acts.look(address, message.caption ?? "");
  return element("button", { type: "button", class: "photo", "aria-label": "Mở ảnh lớn", onclick: look }, image);
}

function file(document) {
  const about = { class: "file", href: fileAddress(document.file_id), download: document.file_name ?? "tệp" };
  return element("a", about,
    element("span", { class: "disc" }, icon("down")),
    element("span", {}, element("b", {}, document.file_name ?? "Tệp"), element("span", { class: "hint" }, size(document.file_size))));
}

function card(shape, title, hint) {
  return element("div", { class: "file" }, element("span", { class: "disc" }, icon(shape)),
    element("span", {}, element("b", {}, title), element("span", { class: "hint" }, hint)));
}

function meta(message, mine, read) {
  const edited = message.edit_date ? "đã sửa " : "";
  const label = mine ? (read ? "Bot đã trả lời" : "Đã gửi") : undefined;
  return element("span", { class: "meta" },
    element("span", {}, edited + hour(message.date)),
    mine ? element("span", { title: label }, ticks(read)) : null);
}

function pencil(message, acts) {
  const about = { type: "button", class: "change", "aria-label": "Sửa tin nhắn này", title: "Sửa", onclick: () => acts.edit(message) };
  return element("button", about, icon("pencil"));
}

function keyboard(rows, message, acts) {
  return element("div", { class: "keys" }, ...rows.map((row) => element("div", { class: "row" }, ...row.map((button) => {
    if (button.url) return element("a", { href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
    const key = element("button", { type: "button" }, button.text);
    key.addEventListener("click", () => acts.tap(button, message, key));
    return key;
  }))));
}

function onLongPress(box, then) {
  let timer;
  const stop = () => clearTimeout(timer);
  box.addEventListener("dblclick", then);
  box.addEventListener("touchstart", () => { timer = setTimeout(then, 550); }, { passive: true });
  for (const event of ["touchend", "touchmove", "touchcancel"]) box.addEventListener(event, stop, { passive: true });
}
