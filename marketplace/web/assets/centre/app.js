// Small comforts. Every page works without this file.
"use strict";

const rail = document.querySelector(".rail details");
if (rail) {
  // The list of places stands open where there is room beside the page and is folded where there is not.
  const wide = matchMedia("(min-width: 48rem)");
  const fold = () => { rail.open = wide.matches; };
  fold();
  wide.addEventListener("change", fold);
}

// An open menu or sheet closes when the reader goes elsewhere, and gives the focus back on Escape.
const OPEN = ".menu[open], .act[open]";
document.addEventListener("click", (event) => {
  for (const opened of document.querySelectorAll(OPEN)) {
    if (!opened.contains(event.target)) opened.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && document.querySelector(`${OPEN}, .term[open]`);
  if (opened) {
    opened.open = false;
    opened.querySelector("summary").focus();
  }
});

// A form that was refused is gone on with where it is wrong, also in a sheet and in fields drawn by hand.
const wrong = document.querySelector("main [autofocus], main .is-invalid, main [aria-invalid='true']");
if (wrong) {
  const sheet = wrong.closest("details");
  if (sheet) sheet.open = true;
  wrong.focus();
}

// When the centre cannot answer, say so where messages are read.
const sayLost = () => {
  const sentence = document.getElementById("lost");
  document.getElementById("messages").replaceChildren(sentence.content.cloneNode(true));
};
document.addEventListener("htmx:sendError", sayLost);
document.addEventListener("htmx:responseError", sayLost);

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  // A field named "method" hides the form's own.
  if (event.defaultPrevented || event.target.getAttribute("method") !== "post") return;
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A long form asks before what was typed into it is lost.
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) typed = true;
});
document.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});

// A page that is kept on paper prints from its own button.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
