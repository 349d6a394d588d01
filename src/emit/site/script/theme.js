// Light or dark: as the device says, unless the reader chose. Runs before the page is drawn, so that it does not flash.
(() => {
  "use strict";
  const KEY = "faqc-theme";
  const CHOICES = ["auto", "light", "dark"];

  // A browser may refuse to keep anything, above all for pages opened from a folder.
  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const keep = choice => {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // The choice holds for this page.
    }
  };

  const show = choice => {
    const root = document.documentElement;
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  };

  const option = (field, choice, chosen) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "theme", value: choice, checked: choice === chosen });
    input.addEventListener("change", () => {
      keep(choice);
      show(choice);
    });
    const text = document.createElement("span");
    text.textContent = field.dataset[choice];
    label.append(input, text);
    return label;
  };

  show(kept());
  document.addEventListener("DOMContentLoaded", () => {
    const field = document.getElementById("theme");
    const chosen = CHOICES.includes(kept()) ? kept() : "auto";
    field.append(...CHOICES.map(choice => option(field, choice, chosen)));
    field.hidden = false;
  });
})();
