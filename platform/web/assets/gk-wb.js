// What script adds to the workbench's pages, which work without it. A table whose cells are links
// (data-cell) is edited without leaving the page: every step asks the server for the same page that a
// link or a form would give and puts its main part in place. What htmx shows in place (hx-) is said
// aloud, and falls back to the whole page where that fails. Nothing is stored or sent elsewhere.
(function () {
  "use strict";
  if (!window.fetch || !window.DOMParser || !window.URLSearchParams) return;
  var busy = false;
  // The last press on a link while something was being asked.
  var waiting = null;
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
    if (window.htmx) window.htmx.process(document.getElementById("main"));
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

  // The row that is open, if any.
  function opened() { return document.querySelector("[data-editing]"); }

  // Whether something in the row says otherwise than the server last gave it.
  function typed(row) {
    return Array.prototype.some.call(row.querySelector("form").elements, function (field) {
      if (field.type === "checkbox") return field.checked !== field.defaultChecked;
      return /^(INPUT|TEXTAREA)$/.test(field.tagName) && field.type !== "hidden" && field.value !== field.defaultValue;
    });
  }

  // Whether the server refused what is in the row: it holds what was typed, and keeping it is for the clerk to say.
  function refused(row) { return row.querySelector("[aria-invalid],.msg:not([data-told])") !== null; }

  // Says in the form, where it is seen and heard, why nothing was done.
  function tell(form, words) {
    var place = form.closest(".stack") || form;
    var line = place.querySelector("[data-told]");
    if (!line) {
      line = document.createElement("p");
      line.className = "msg";
      line.setAttribute("data-told", "");
      place.insertBefore(line, form === place ? null : form);
      place.classList.add("err");
    }
    line.textContent = words;
    voice.textContent = words;
  }

  // Asks the server and hands over what it answers; a press meanwhile waits for its turn.
  function ask(address, options, done, failed) {
    busy = true;
    window.fetch(address, options).then(function (answer) {
      return answer.text().then(function (text) { return { answer: answer, text: text }; });
    }).then(function (got) {
      busy = false;
      var path = new URL(address, window.location.href).pathname;
      got.led = new URL(got.answer.url).pathname !== path;
      done(got);
    }, function () {
      busy = false;
      failed();
    }).then(function () {
      if (busy || !waiting) return;
      var next = waiting;
      waiting = null;
      next();
    });
  }

  // What was answered is shown: in place, or where that fails at its own address. Nothing is asked twice.
  function show(got, row, focus) {
    var shown = false;
    try { shown = put(got.text, got.answer.url, row, focus); } catch { shown = false; }
    if (!shown) window.location.assign(got.answer.url);
    return shown;
  }

  // Opens a cell or leaves the row. What was typed in another row is kept first.
  function follow(link) {
    var leaves = link.hasAttribute("data-cancel");
    if (busy) { waiting = function () { again(link, leaves); }; return; }
    var row = opened();
    if (row && !leaves && refused(row)) {
      tell(row.querySelector("form"), "这一行还没有保存。先按保存或者取消，再改别的行。");
      return;
    }
    if (row && !leaves && typed(row)) {
      send(row.querySelector("form"), row.querySelector("form button[name]"), function () { again(link, leaves); });
      return;
    }
    var address = link.href.split("#");
    var away = function () { window.location.assign(link.href); };
    ask(address[0], { credentials: "same-origin" }, function (got) {
      var still = opened();
      if (still && !leaves && typed(still)) {
        tell(still.querySelector("form"), "这一行还没有保存。先按保存或者取消，再改别的行。");
      } else if (got.led || !got.answer.ok) away();
      else show(got, rowOf(link), address[1] || "");
    }, away);
  }

  // Follows a link of a page that has been replaced since; a row that was refused stays open.
  function again(link, leaves) {
    var same = link.isConnected ? link : document.getElementById(link.id);
    if (same && (leaves || !opened() || !refused(opened()))) follow(same);
  }

  // Why the server did not do it, in its own words.
  function refusal(got) {
    if (got.led) return "没有保存：登录已经过期。请在另一个窗口重新登录，填写的内容先留在这里。";
    var page = new DOMParser().parseFromString(got.text, "text/html");
    var said = page.querySelector("#main .msg") || page.querySelector("#main p") || page.querySelector("h1");
    return "没有保存：" + (said ? said.textContent.trim() : "服务器答 " + got.answer.status);
  }

  function send(form, button, then) {
    var row = opened();
    if (busy) { tell(form, "上一步还在办理，请稍候再按。"); return; }
    if (form.hasAttribute("data-undo") && row && (typed(row) || refused(row))) {
      tell(row.querySelector("form"), "这一行还没有保存。先按保存或者取消，再撤销上一步。");
      tell(form, "有一行还没有保存。先保存或者取消那一行，再撤销上一步。");
      return;
    }
    var fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.append(button.name, button.value);
    hold(form, true);
    ask(form.action, { method: "POST", body: fields, credentials: "same-origin" }, function (got) {
      if (got.led || !got.answer.ok) {
        hold(form, false);
        waiting = null;
        tell(form, refusal(got));
      } else if (show(got, rowOf(form), form.getAttribute("data-back") || "") && then && !opened()) then();
    }, function () {
      hold(form, false);
      waiting = null;
      tell(form, "没有连上服务器，不知道是否已经保存。填写的内容还在这里，请稍后再按一次。");
    });
  }

  // What is being sent is not typed in.
  function hold(form, on) {
    Array.prototype.forEach.call(form.elements, function (field) { field.readOnly = on; });
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

  // Parts shown in place. A pause in typing asks, but not while an input method still composes.
  function heard(event) {
    var field = event.target;
    if (event.isComposing || !field.matches || !field.matches("input,select") || !field.closest("form[data-hx-get]")) return;
    field.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
  }
  ["input", "compositionend"].forEach(function (name) { document.addEventListener(name, heard); });

  function asksItself(detail) {
    var headers = detail.requestConfig && detail.requestConfig.headers;
    return !!headers && "gk-by-itself" in headers;
  }

  // The whole page instead of its part; what was filled in and sent is not sent again.
  function whole(detail, words) {
    var config = detail.requestConfig || {};
    var form = config.elt && config.elt.closest("form");
    if (config.verb === "get") window.location.assign((detail.pathInfo && detail.pathInfo.finalRequestPath) || config.path);
    else if (form) tell(form, words);
  }

  // An answer without the part that was asked for (who is no longer signed in is led elsewhere) takes
  // nothing away; what is asked by itself leaves alone whom it would disturb.
  document.addEventListener("htmx:beforeSwap", function (event) {
    var detail = event.detail;
    var part = detail.requestConfig.elt.getAttribute("data-hx-select") || "";
    if (!detail.shouldSwap) return;
    if (part.charAt(0) === "#" && detail.xhr.responseText.indexOf('id="' + part.slice(1).split(" ")[0] + '"') < 0) {
      detail.shouldSwap = false;
      whole(detail, "没有查成：登录已经过期，或者这一页已经不在。填写的内容还在这里，请在另一个窗口重新登录。");
    } else if (asksItself(detail) && (document.hidden || detail.target.contains(document.activeElement))) {
      detail.shouldSwap = false;
    }
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (asksItself(event.detail)) return;
    var page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    var said = page.querySelector("#main p") || page.querySelector("h1");
    whole(event.detail, "没有查成：" + (said ? said.textContent.trim() : "服务器答 " + event.detail.xhr.status));
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!asksItself(event.detail)) whole(event.detail, "没有连上服务器。填写的内容还在这里，请稍后再试。");
    });
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    var place = event.target;
    if (place.hasAttribute("data-voice") && !asksItself(event.detail)) voice.textContent = place.getAttribute("data-voice");
    // A field says itself whether something is wrong with it.
    var field = document.getElementById(place.getAttribute("data-of") || "");
    if (field && place.textContent.trim()) field.setAttribute("aria-invalid", "true");
    else if (field) field.removeAttribute("aria-invalid");
    var drawer = place.closest("dialog");
    if (drawer && !drawer.open) drawer.showModal();
  });
  // What was looked at beside the page does not stay in it.
  document.addEventListener("close", function (event) {
    var looked = event.target.querySelector("[data-looked]");
    if (looked) looked.textContent = "";
  }, true);
})();
