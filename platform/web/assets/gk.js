// What script adds to pages that already work without it: open side trees on wide screens,
// copy a link, print, read aloud, titles offered while one types. Nothing here stores or tracks.
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width:64em)");
  function openOnWide() {
    if (!wide.matches) return;
    document.querySelectorAll("details[data-open]").forEach(function (details) { details.open = true; });
  }
  openOnWide();
  if (wide.addEventListener) wide.addEventListener("change", openOnWide);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([data-keep])").forEach(function (details) { details.open = true; });
  });

  // Buttons that need script stay hidden until script is there.
  document.querySelectorAll("[data-script]").forEach(function (element) { element.hidden = false; });

  function say(button, words) {
    var label = button.querySelector("[data-label]") || button;
    var before = label.textContent;
    label.textContent = words;
    window.setTimeout(function () { label.textContent = before; }, 2500);
  }
  // Plain HTTP has no clipboard interface, so a field is selected and copied the old way.
  function copyOldWay(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "vh";
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    field.remove();
    return done;
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-copy],[data-print]") : null;
    if (!button) return;
    if (button.hasAttribute("data-print")) { window.print(); return; }
    var text = button.getAttribute("data-copy") || "";
    if (!button.hasAttribute("data-exact")) text = (text ? text + " " : "") + window.location.href.split("#")[0];
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(
        function () { say(button, "已复制"); },
        function () { say(button, copyOldWay(text) ? "已复制" : "请按 Ctrl+C"); });
    } else {
      say(button, copyOldWay(text) ? "已复制" : "请从地址栏复制");
    }
  });

  // Titles from the index under the search box; the browser shows and reads them out as it does any list.
  document.querySelectorAll("input[data-suggest]").forEach(function (field, index) {
    if (!window.fetch) return;
    var list = document.createElement("datalist");
    list.id = "tishi-" + index;
    field.parentNode.appendChild(list);
    field.setAttribute("list", list.id);
    var waiting = 0, asked = "";
    field.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        var words = field.value.trim();
        if (words.length < 2 || words === asked) return;
        asked = words;
        fetch(field.getAttribute("data-suggest") + "?q=" + encodeURIComponent(words), { credentials: "omit" })
          .then(function (answer) { return answer.ok ? answer.json() : []; })
          .then(function (titles) {
            if (words !== asked) return;
            list.textContent = "";
            titles.forEach(function (title) { list.appendChild(document.createElement("option")).value = title; });
          })
          .catch(function () { asked = ""; });
      }, 180);
    });
  });

  // Reading aloud, where the browser can: a sentence at a time, for some fall silent in long ones.
  var voice = window.speechSynthesis;
  document.querySelectorAll("[data-read]").forEach(function (button) {
    var source = document.getElementById(button.getAttribute("data-read"));
    if (!voice || !window.SpeechSynthesisUtterance || !source) return;
    var label = button.querySelector("[data-label]"), words = label.textContent, left = null;
    button.parentNode.hidden = false;
    function stop(said) {
      left = null;
      voice.cancel();
      label.textContent = said || words;
    }
    function next() {
      if (!left) return;
      if (!left.length) { stop(); return; }
      var piece = new SpeechSynthesisUtterance(left.shift());
      piece.lang = "zh-CN";
      piece.onend = next;
      piece.onerror = function () { if (left) stop("这台设备不能朗读"); };
      voice.speak(piece);
    }
    button.addEventListener("click", function () {
      if (left) { stop(); return; }
      left = source.innerText.match(/[^。！？；\n]{1,120}[。！？；]?/g) || [];
      label.textContent = "停止朗读";
      voice.cancel();
      next();
    });
    window.addEventListener("pagehide", function () { if (left) stop(); });
  });

  // An error summary takes the focus, so that a screen reader says it first.
  var summary = document.querySelector(".errsum");
  if (summary) summary.focus();
})();
