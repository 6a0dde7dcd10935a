// Comfort only: every page works without this file.
(function () {
  "use strict";

  // A button on each piece of code that copies it.
  document.querySelectorAll("[data-copy]").forEach(function (code) {
    if (!navigator.clipboard) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(code.textContent).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 2000);
      });
    });
    code.parentElement.prepend(button);
  });

  // A list is narrowed as soon as something is chosen, but not by keys: the arrows choose at every step on the way. Empty fields stay out of the address.
  var byKeys = false;
  addEventListener("keydown", function () { byKeys = true; }, true);
  addEventListener("pointerdown", function () { byKeys = false; }, true);
  document.querySelectorAll("form.filters").forEach(function (form) {
    form.addEventListener("change", function (event) {
      if (event.target.matches("select") && !byKeys) form.requestSubmit();
    });
    form.addEventListener("submit", function () {
      form.querySelectorAll("input, select").forEach(function (field) {
        if (!field.value || (field.name === "order" && field.value === "worst-first")) field.disabled = true;
      });
    });
  });
  addEventListener("pageshow", function () {
    document.querySelectorAll("form.filters :disabled").forEach(function (field) { field.disabled = false; });
  });

  // Slash goes to the search, j and k along a list, as in many programs; not while somebody types.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
    var search = document.querySelector("[data-search]");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "k") {
      var links = Array.from(document.querySelectorAll("main .what > a, main .items a"));
      if (links.length === 0) return;
      var at = links.indexOf(document.activeElement);
      links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))].focus();
    }
  });
})();
