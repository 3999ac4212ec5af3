// What script adds to the workbench's pages, which work without it: a table whose cells are links
// (data-cell) is edited without leaving the page. Every step asks the server for the same page that a
// link or a form would give and puts its main part in place. Nothing is stored or sent elsewhere.
(function () {
  "use strict";
  if (!window.fetch || !window.DOMParser || !window.URLSearchParams) return;
  var busy = false;
  var voice = document.createElement("p");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  document.body.appendChild(voice);

  function rowOf(element) { return element && element.closest ? element.closest("tr[id]") : null; }

  // Puts the main part of an answer in place; what stood at `row` stays where the eye is.
  function put(text, address, row, focus) {
    var next = new DOMParser().parseFromString(text, "text/html");
    var fresh = next.getElementById("main");
    var old = document.getElementById("main");
    if (!fresh || !old || !next.body.classList.contains("wb")) return false;
    var top = row ? row.getBoundingClientRect().top : null;
    var frame = row ? row.closest(".frame") : null;
    var left = frame ? frame.scrollLeft : 0;
    old.replaceWith(document.importNode(fresh, true));
    document.title = next.title;
    window.history.replaceState(null, "", address);
    var target = document.querySelector("[data-editing] [autofocus]");
    if (!target || document.querySelector("[data-editing] [aria-invalid]") === null) {
      target = document.getElementById(focus) || target;
    }
    var same = row ? document.getElementById(row.id) : null;
    frame = same ? same.closest(".frame") : null;
    if (frame) frame.scrollLeft = left;
    if (same && top !== null) window.scrollBy(0, same.getBoundingClientRect().top - top);
    if (target) {
      target.focus({ preventScroll: !!same });
      if (target.matches("input:not([type=checkbox])")) target.setSelectionRange(target.value.length, target.value.length);
      var box = target.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) target.scrollIntoView({ block: "center" });
    }
    var said = document.querySelector("#main .said") || document.querySelector("#main .msg");
    voice.textContent = said ? said.textContent : "";
    return true;
  }

  function ask(address, options, row, focus, otherwise) {
    if (busy) return;
    busy = true;
    window.fetch(address, options).then(function (answer) {
      return answer.text().then(function (text) {
        var path = new URL(address, window.location.href).pathname;
        var led = new URL(answer.url).pathname !== path;
        if (led || !put(text, answer.url, row, focus)) window.location.assign(answer.url);
      });
    }).catch(otherwise).then(function () { busy = false; });
  }

  function follow(link) {
    var address = link.href.split("#");
    var row = rowOf(link);
    ask(address[0], { credentials: "same-origin" }, row, address[1] || "", function () { window.location.assign(link.href); });
  }

  function send(form, button) {
    var fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.append(button.name, button.value);
    ask(form.action, { method: "POST", body: fields, credentials: "same-origin" }, rowOf(form), form.getAttribute("data-back") || "", function () {
      if (button && button.name) {
        var hidden = document.createElement("input");
        hidden.type = "hidden"; hidden.name = button.name; hidden.value = button.value;
        form.appendChild(hidden);
      }
      HTMLFormElement.prototype.submit.call(form);
    });
  }

  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    var link = event.target.closest ? event.target.closest("a[data-cell],a[data-cancel]") : null;
    if (!link) return;
    event.preventDefault();
    follow(link);
  });
  // A second press on a cell opens it, as in a spreadsheet.
  document.addEventListener("dblclick", function (event) {
    var cell = event.target.closest ? event.target.closest("td") : null;
    var link = cell ? cell.querySelector("a[data-cell]") : null;
    if (!link || event.target.closest("a,button,summary,input,textarea")) return;
    event.preventDefault();
    follow(link);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-back],form[data-undo]")) return;
    event.preventDefault();
    send(form, event.submitter || form.querySelector("button[name]"));
  });
  // Esc leaves the row; in fields of several lines Ctrl+Enter keeps it, as Enter does in the others.
  // While characters are being composed both keys belong to the input method.
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) return;
    var row = event.target.closest ? event.target.closest("[data-editing]") : null;
    if (!row) return;
    if (event.key === "Escape") {
      event.preventDefault();
      follow(row.querySelector("a[data-cancel]"));
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(row.querySelector("form"), row.querySelector("form button[name]"));
    }
  });
})();
