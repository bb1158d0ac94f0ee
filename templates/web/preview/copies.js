// Anybody's copy, filled as the program fills it: HTML escaped, text and headers as they are.
const store = document.getElementById("copies");
const copies = store ? JSON.parse(store.textContent) : null;
const REFERENCES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => REFERENCES[sign]);
const fill = (pieces, value) => pieces.map((piece, place) => (place % 2 ? value(piece) : piece)).join("");
const withPictures = (html) => html.replace(/cid:[^"'\s)]+/g, (address) => copies.pictures[address] || address);
const mailbox = (name, address) => {
  if (!name) return address;
  const quoted = name.replace(/[\\"]/g, "\\$&");
  return /[\][\\()<>@,:;".]/.test(name) ? `"${quoted}" <${address}>` : `${name} <${address}>`;
};
const ownWord = (slot, place) => (copies.words[slot] || [""])[copies.of[slot] ? copies.of[slot][place] : 0];
const keys = copies ? atob(copies.keys) : "";
const hex = (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0");
const keyOf = (place) => [...keys.slice(place * 16, place * 16 + 16)].map(hex).join("");
const variantOf = (place) => ownWord(":variant", place);
const valueOf = (slot, place) => {
  if (slot === ":to") return mailbox(...recipients.entries[place].cells);
  return slot === ":key" ? keyOf(place) : ownWord(slot, place);
};

const articles = new Map([...document.querySelectorAll(".letter")].map((it) => [it.dataset.variant, it]));
const groups = new Map();

function showCopy(place) {
  const variant = variantOf(place);
  const letter = copies.letters[variant];
  const article = articles.get(variant);
  const own = (slot) => valueOf(slot, place);
  const html = fill(letter.html, (slot) => escaped(own(slot)));
  article.dataset.place = place;
  const put = (selector, text) => {
    const element = article.querySelector(selector);
    if (element) element.textContent = text;
  };
  setFrame(article.querySelector(".is-filled"), withPictures(html));
  if (letter.bare) setFrame(article.querySelector(".is-bare"), fill(letter.bare, (slot) => escaped(own(slot))));
  put(".is-text", fill(letter.text, own));
  put(".is-source", html);
  put("summary", `HTML source, ${new Blob([html]).size.toLocaleString("en")} bytes`);
  put(".reader", own(":to"));
  const cells = article.querySelectorAll(".headers td");
  letter.headers.forEach(([, pieces], row) => (cells[row].textContent = fill(pieces, own)));
  const peers = peersOf(variant);
  put(".rank", `${(peers.indexOf(place) + 1).toLocaleString("en")} of ${peers.length.toLocaleString("en")}`);
  const tab = document.getElementById(article.id.replace("letter", "variant"));
  if (tab) tab.checked = true;
}

// A frame whose document stays the same keeps its place.
function setFrame(frame, html) {
  if (frame.srcdoc !== html) frame.srcdoc = html;
}

function peersOf(variant) {
  if (!groups.has(variant)) {
    const places = recipients.entries.map((_, place) => place);
    groups.set(variant, places.filter((place) => variantOf(place) === variant));
  }
  return groups.get(variant);
}

function step(article, by) {
  const peers = peersOf(article.dataset.variant);
  const at = peers.indexOf(Number(article.dataset.place));
  showCopy(peers[(at + by + peers.length) % peers.length]);
}

function offerCopies() {
  for (const [variant, article] of articles) {
    const peers = peersOf(variant);
    article.dataset.place = peers[0];
    article.querySelector(".rank").textContent = `1 of ${peers.length.toLocaleString("en")}`;
    article.querySelector(".steps").hidden = peers.length < 2;
    article.querySelectorAll(".step").forEach((it) => it.addEventListener("click", () => step(article, Number(it.dataset.by))));
  }
  const finder = document.querySelector(".finder");
  const input = finder.querySelector("input");
  const list = finder.querySelector(".readers");
  const offer = () => {
    const places = input.value.trim() ? recipients.find(input.value) : [];
    list.replaceChildren(...places.slice(0, MOST_OFFERED).map((place) => offered(place, input, list)));
    const more = places.length - list.children.length;
    finder.querySelector("output").textContent = !input.value.trim() ? "" : !places.length ? "Nobody here is called that" : more ? `${MOST_OFFERED} of ${places.length.toLocaleString("en")} shown` : `${places.length} found`;
  };
  input.addEventListener("input", unhurried(offer));
  finder.addEventListener("submit", (event) => {
    event.preventDefault();
    offer();
    list.querySelector("button")?.click();
  });
  finder.hidden = false;
  document.querySelector(".without-script").hidden = true;
  document.querySelector(".with-script").hidden = false;
}

const MOST_OFFERED = 8;

function offered(place, input, list) {
  const [name, address, outlet, label] = recipients.entries[place].cells;
  const button = document.createElement("button");
  const detail = document.createElement("span");
  button.type = "button";
  button.textContent = name || address;
  detail.className = "number";
  detail.textContent = [name && address, outlet, label].filter(Boolean).join(" · ");
  button.append(" ", detail);
  button.addEventListener("click", () => {
    showCopy(place);
    list.replaceChildren();
    input.value = "";
    document.getElementById("readers-found").textContent = `This is the copy of ${name || address}`;
    const heading = articles.get(variantOf(place)).querySelector("h3");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
  const item = document.createElement("li");
  item.append(button);
  return item;
}
