// Labelling by keys: one a class, Enter saves, u goes back, s skips. The page works without this file.
"use strict";

const KEYS = "123456789abcdefghijklmnopqrtvwxyz";
const asked = document.querySelector("[data-labelling]");
const form = asked && asked.querySelector("form");
const pieces = form && form.querySelector("textarea[name=pieces]");
const classes = form ? [...form.querySelectorAll("input[name=classes]")] : [];

const isWritten = (place) => place.matches("textarea, input:not([type=radio]):not([type=checkbox]), select");

// A piece of the item that is marked with the mouse gets a line with the class of the key.
const mark = (place) => {
  const code = asked.dataset.codes.trim().split(/\s+/)[place];
  const chosen = document.getSelection();
  const piece = String(chosen).trim();
  const item = document.querySelector("[data-item]");
  if (!code || !piece || !item.contains(chosen.anchorNode)) return false;
  const before = pieces.value.trim();
  pieces.value = `${before ? `${before}\n` : ""}${code}: ${piece}`;
  return true;
};

const choose = (place) => {
  if (pieces) return mark(place);
  const input = classes[place];
  if (!input) return false;
  input.checked = input.type === "radio" ? true : !input.checked;
  input.focus();
  return true;
};

// Who answers in words begins to write at once.
const written = form && !pieces && !classes.length && form.querySelector("textarea");
if (written) written.focus();

if (form) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isWritten(event.target)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isWritten(event.target)) return;
    const isLink = event.target.matches("a, button, summary");
    if (event.key === "Enter" && !isLink) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "u") {
      document.querySelector("[data-undo]")?.click();
    } else if (event.key === "s") {
      const reason = form.querySelector("input[name=skipped]");
      if (reason) {
        event.preventDefault();
        reason.focus();
      }
    } else if (event.key.length === 1 && choose(KEYS.indexOf(event.key))) {
      event.preventDefault();
    }
  });
}
