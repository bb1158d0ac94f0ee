// A table of people, however many: the rows that are wanted are drawn, a hundred at a time.
const DRAWN = 100;
const unhurried = (act) => {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, 80);
  };
};
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class People {
  constructor(id, decorate) {
    this.table = document.getElementById(id);
    this.decorate = decorate;
    this.entries = [];
    if (!this.table) return;
    this.body = this.table.tBodies[0];
    this.columns = [...this.table.tHead.rows[0].cells].map((cell) => cell.textContent);
    for (const row of this.body.rows) this.take([...row.cells].map((cell) => cell.textContent));
    const others = document.querySelector(`.others[data-of="${id}"]`);
    if (others) {
      for (const line of others.querySelector("pre").textContent.split("\n")) this.take(line.split("\t"));
      others.remove();
    }
    this.further = document.querySelector(`.further button[data-of="${id}"]`);
    this.further.addEventListener("click", () => this.draw(this.drawn + DRAWN));
    this.show("");
  }

  take(cells) {
    this.entries.push({ cells, words: folded(cells.join(" ")) });
  }

  find(wanted) {
    const words = folded(wanted).split(/\s+/).filter(Boolean);
    const places = [];
    this.entries.forEach((entry, place) => words.every((word) => entry.words.includes(word)) && places.push(place));
    return places;
  }

  show(wanted) {
    if (!this.table) return 0;
    this.places = this.find(wanted);
    this.body.replaceChildren();
    this.drawn = 0;
    this.draw(DRAWN);
    return this.places.length;
  }

  draw(until) {
    const next = this.places.slice(this.drawn, until);
    this.body.append(...next.map((place) => this.row(place)));
    this.drawn += next.length;
    const all = this.places.length;
    this.table.querySelector(".shown").textContent = this.drawn < all ? `: the first ${this.drawn.toLocaleString("en")} of ${all.toLocaleString("en")}` : `: ${all.toLocaleString("en")}`;
    this.further.parentElement.hidden = this.drawn >= all;
  }

  row(place) {
    const row = document.createElement("tr");
    row.role = "row";
    this.entries[place].cells.forEach((text, column) => {
      const cell = row.insertCell();
      cell.role = "cell";
      cell.dataset.is = this.columns[column];
      cell.textContent = text;
    });
    this.decorate?.(row, place);
    return row;
  }
}
