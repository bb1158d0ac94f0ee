// Comfort only: without this script everything on the page can be read.
"use strict";
{% include "web/preview/people.js" %}
{% include "web/preview/copies.js" %}
const recipients = new People("recipients", (row, place) => {
  const cell = row.cells[0];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "see";
  button.textContent = cell.textContent || row.cells[1].textContent;
  button.title = "Show this copy";
  button.addEventListener("click", () => {
    showCopy(place);
    const heading = document.getElementById("letters-heading");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    document.getElementById("letters").scrollIntoView();
  });
  cell.replaceChildren(button);
});
const skips = new People("skips");
if (copies) offerCopies();

const search = document.querySelector(".search");
if (search) {
  const input = search.querySelector("input");
  const said = (number, words) => (number ? [`${number.toLocaleString("en")} ${words}`] : []);
  const filter = () => {
    const found = [...said(recipients.show(input.value), "who get a letter"), ...said(skips.show(input.value), "left out")];
    search.querySelector("output").textContent = input.value.trim() ? found.join(", ") || "Nobody" : "";
  };
  input.addEventListener("input", unhurried(filter));
  search.addEventListener("submit", (event) => event.preventDefault());
  search.hidden = false;
}

for (const button of document.querySelectorAll(".copy")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.getElementById(button.dataset.of);
    const isCopied = await copyText(said);
    button.parentElement.querySelector("output").textContent = isCopied ? "Copied" : "Press Ctrl+C to copy";
  });
}

// Where the clipboard is not to be had, the text is selected at least.
async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}
