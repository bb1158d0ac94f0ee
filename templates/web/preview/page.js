// Comfort only: without this script everything on the page can be read, and nothing is filtered.
const search = document.querySelector(".search");
if (search) {
  const input = search.querySelector("input");
  const found = search.querySelector("output");
  const rows = [...document.querySelectorAll(".people tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
  const sheets = [...document.querySelectorAll(".others pre")].map((sheet) => [sheet, sheet.textContent.split("\n")]);
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => words.every((word) => text.includes(word));
    let number = 0;
    for (const [row, text] of rows) {
      row.hidden = !fits(text);
      number += row.hidden ? 0 : 1;
    }
    for (const [sheet, lines] of sheets) {
      const left = words.length ? lines.filter((line) => fits(line.toLowerCase())) : lines;
      sheet.textContent = left.join("\n");
      sheet.parentElement.open = words.length > 0 && left.length > 0;
      number += left.length;
    }
    found.textContent = words.length ? `${number.toLocaleString("en")} found` : "";
  };
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  search.addEventListener("submit", (event) => event.preventDefault());
  search.hidden = false;
}
