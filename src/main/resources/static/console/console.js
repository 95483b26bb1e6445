// What pages need beside htmx: nothing here decides anything.
(function () {
  "use strict";
  var refresh = document.getElementById("refresh");
  var stale = document.getElementById("stale");

  // Whoever reads in peace, or is filling in a form of it, stops the picture; a page in the background does not ask.
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    var filling = event.target.contains(document.activeElement) && document.activeElement.closest("form");
    if (event.target.matches("#live, .live") && (document.hidden || filling || (refresh && !refresh.checked))) {
      event.preventDefault();
    }
  });
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (failure) {
    document.body.addEventListener(failure, function () { stale.hidden = false; });
  });
  document.body.addEventListener("htmx:afterOnLoad", function () { stale.hidden = true; });

  // A form that was sent is not sent twice by a second click.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "get") {
      event.target.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
    }
  });
  // Enter in a field that has a button of its own beside it sends that, and not the first of the form; not while a word is composed.
  document.addEventListener("keydown", function (event) {
    var beside = document.getElementById(event.target.dataset.enter);
    if (beside && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      beside.click();
    }
  });
  // Whoever is not typing gets to the search box by one key.
  document.addEventListener("keydown", function (event) {
    var box = document.querySelector(".top .box input");
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("button:disabled").forEach(function (button) { button.disabled = false; });
  });
})();
