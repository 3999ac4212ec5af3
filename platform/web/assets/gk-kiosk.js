// What script adds at a self-service machine: the end of a session by itself, a keyboard on the screen,
// reading aloud, printing with a count, what is shown offline. Every page works without it.
(function () {
  "use strict";
  var body = document.body, data = body.dataset, main = document.getElementById("main");
  var still = document.getElementById("k-still"), off = document.getElementById("k-off");
  function all(query) { return Array.prototype.slice.call(document.querySelectorAll(query)); }
  all("[data-script]").forEach(function (element) { element.hidden = false; });

  // 1 the end of a session
  var idle = Number(data.idle) * 1000, ask = Number(data.ask), timer, counting, left, touched = false;
  var framed = window.top !== window;
  function forget() {
    try { window.sessionStorage.clear(); window.localStorage.clear(); } catch (error) { /* none is kept */ }
    all("form").forEach(function (form) { form.reset(); });
  }
  function wipe() {
    forget();
    if (window.speechSynthesis) window.speechSynthesis.cancel();
    main.textContent = "";
    window.location.replace(data.wipe);
  }
  function beside(inert) {
    Array.prototype.forEach.call(body.children, function (child) { if (child !== still) child.inert = inert; });
  }
  function ends() {
    if (body.classList.contains("k-home")) { if (touched) wipe(); return; }
    var shown = still.querySelector("[data-left]"), before = document.activeElement;
    left = ask;
    still.hidden = false; beside(true);
    shown.textContent = left;
    still.querySelector("[data-stay]").focus();
    still.before = before;
    counting = window.setInterval(function () {
      left -= 1; shown.textContent = left;
      if (left <= 0) { window.clearInterval(counting); wipe(); }
    }, 1000);
  }
  function goOn(event) {
    touched = true;
    if (!still.hidden) {
      // A touch ends where it began: the question goes with its end, or what lies under it would be touched.
      if (/down$|start$/.test(event.type) && event.type !== "keydown") { left = ask; return; }
      if (event.type === "keydown") event.preventDefault();
      window.clearInterval(counting); still.hidden = true; beside(false);
      if (still.before && still.before.focus) still.before.focus();
    }
    window.clearTimeout(timer); timer = window.setTimeout(ends, idle);
  }
  if (data.to) {
    window.setTimeout(function () { forget(); window.location.replace(data.to); }, Number(data.leads) * 1000);
  } else if (!framed) {
    ["pointerdown", "click", "keydown", "input", "wheel", "touchstart"].forEach(function (kind) {
      window.addEventListener(kind, goOn, { passive: kind !== "keydown", capture: true });
    });
    timer = window.setTimeout(ends, idle);
  }
  if (body.classList.contains("k-home")) forget();
  window.addEventListener("pageshow", function (event) { if (event.persisted) window.location.reload(); });
  all("[data-back]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (document.referrer.indexOf(window.location.origin + data.start) !== 0) return;
      event.preventDefault(); window.history.back();
    });
  });

  // 2 there and not there
  var gone = false;
  function reach() {
    window.fetch(data.start + "/pinyin?z=a", { cache: "no-store" }).then(function (answer) {
      if (answer.ok) { gone = false; off.hidden = true; }
    }).catch(lost);
  }
  function lost() { gone = true; off.hidden = false; }
  window.addEventListener("offline", lost);
  window.addEventListener("online", reach);
  window.setInterval(function () { if (gone) reach(); }, Number(data.retry) * 1000);
  function beat() {
    if (!data.beat || framed) return;
    var form = new URLSearchParams();
    form.set("kuan", window.innerWidth); form.set("gao", window.innerHeight);
    window.fetch(data.beat, { method: "POST", body: form, headers: { "gk-kiosk": "1" } }).catch(lost);
  }
  window.setInterval(beat, 60000); beat();
  if (navigator.serviceWorker && window.isSecureContext && !framed) {
    navigator.serviceWorker.register(data.start + "/sw.js", { scope: data.start }).catch(function () { /* works without */ });
  }

  // 3 behind five taps
  var taps = [], brand = document.querySelector(".k-brand");
  if (data.corner) brand.addEventListener("click", function () {
    var now = Date.now();
    taps = taps.filter(function (at) { return now - at < 3000; }).concat(now);
    if (taps.length >= 5) window.location.assign(data.corner);
  });

  // 4 reading aloud
  var read = document.querySelector("[data-read]"), words = read.querySelector("[data-words]");
  read.addEventListener("click", function (event) {
    var voice = window.speechSynthesis;
    if (!voice || !voice.getVoices().length) return;
    event.preventDefault();
    if (voice.speaking) { voice.cancel(); words.textContent = "读给我听"; return; }
    var text = main.innerText.replace(/\s*\n\s*/g, "。").match(/[^。！？；]{1,120}[。！？；]?/g) || [];
    text.forEach(function (part, at) {
      var said = new SpeechSynthesisUtterance(part);
      said.lang = "zh-CN"; said.rate = 0.9;
      said.onstart = goOn;
      if (at === text.length - 1) said.onend = function () { words.textContent = "读给我听"; };
      voice.speak(said);
    });
    words.textContent = "停下来";
  });

  // 5 printing, so many pages and no more
  var printing = document.querySelector("[data-printing]");
  if (printing) {
    var said = printing.querySelector("[data-said]"), button = printing.querySelector("[data-do]");
    var form = printing.querySelector("form"), sheet = document.createElement("iframe");
    sheet.className = "k-sheet"; sheet.title = "要打印的内容"; sheet.tabIndex = -1;
    sheet.src = printing.querySelector("[data-source]").href;
    sheet.addEventListener("load", function () {
      var inner = sheet.contentDocument;
      inner.documentElement.classList.add("k-measure");
      var pages = Math.max(1, Math.ceil(inner.getElementById("main").scrollHeight / 971));
      inner.documentElement.classList.remove("k-measure");
      form.elements.yeshu.value = pages;
      said.textContent = "这份约 " + pages + " 页。";
      if (pages <= Number(printing.dataset.left)) { button.hidden = false; return; }
      said.textContent += "超过这次还能打印的页数，请扫码带走，或者请工作人员帮忙。";
    });
    body.appendChild(sheet);
    form.addEventListener("submit", function (event) {
      event.preventDefault(); button.disabled = true;
      window.fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "gk-kiosk": "1" } })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) { said.textContent = answer.words; if (answer.ok) sheet.contentWindow.print(); })
        .catch(lost);
    });
  }

  // 6 the keyboard
  var keys = document.getElementById("k-keys"), field = null, mode = "pinyin", typed = "", asked = 0;
  var LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"], DIGITS = ["123", "456", "789", "X0-", ".@/"];
  function wants(element) {
    if (element.matches("textarea")) return "pinyin";
    if (!element.matches("input")) return "";
    var kind = element.type, hint = element.dataset.kind || element.getAttribute("inputmode") || "";
    if (/^(checkbox|radio|file|submit|button|hidden|date|range|color)$/.test(kind)) return "";
    if (kind === "tel" || kind === "number" || /numeric|decimal|tel/.test(hint)) return "digits";
    if (kind === "email" || kind === "url" || kind === "password" || element.autocomplete === "off" && element.name === "code") return "letters";
    return "pinyin";
  }
  function key(label, act, name, wide) {
    var one = document.createElement("button");
    one.type = "button"; one.textContent = label; one.tabIndex = -1;
    if (name) one.setAttribute("aria-label", name);
    if (wide) one.className = "k-wide";
    one.addEventListener("click", act);
    return one;
  }
  function row(parts) {
    var line = document.createElement("div");
    line.className = "k-row";
    parts.forEach(function (part) { line.appendChild(part); });
    return line;
  }
  function put(text) {
    if (!field) return;
    var plain = field.selectionStart !== null && field.selectionStart !== undefined;
    if (plain) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end"); else field.value += text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function erase() {
    if (typed) { typed = typed.slice(0, -1); look(); return; }
    if (!field) return;
    var from = field.selectionStart, to = field.selectionEnd;
    if (from === null || from === undefined) { field.value = field.value.slice(0, -1); return; }
    if (from === to && from > 0) field.setRangeText("", from - 1, from, "end"); else field.setRangeText("", from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function letter(one) {
    if (mode !== "pinyin") { put(one); return; }
    typed += one; look();
  }
  function choose(found) { put(found.z); typed = typed.slice(found.n); look(); }
  var first = null;
  function look() {
    var bar = keys.querySelector(".k-found"), mine = asked += 1;
    if (!bar) return;
    first = null;
    bar.textContent = "";
    if (!typed) return;
    var own = document.createElement("span");
    own.className = "k-typed"; own.textContent = typed;
    bar.appendChild(own);
    window.fetch(data.letters + "?z=" + typed, { cache: "no-store" }).then(function (answer) { return answer.json(); }).then(function (found) {
      if (mine !== asked) return;
      first = found[0] || null;
      found.forEach(function (one) { bar.appendChild(key(one.z, function () { choose(one); })); });
    }).catch(lost);
  }
  function space() {
    if (mode === "pinyin" && typed) { if (first) choose(first); else { put(typed); typed = ""; look(); } return; }
    put(" ");
  }
  function done() {
    if (typed) { put(typed); typed = ""; }
    var form = field && field.form, fields = form ? Array.prototype.filter.call(form.elements, wants) : [];
    var next = fields[fields.indexOf(field) + 1];
    if (next) { next.focus(); return; }
    close();
    if (form && fields.length === 1 && form.requestSubmit) form.requestSubmit();
  }
  function draw() {
    keys.textContent = ""; keys.hidden = false; body.classList.add("k-typing");
    var bar = document.createElement("div");
    bar.className = "k-found"; bar.setAttribute("aria-label", "候选字"); bar.setAttribute("role", "group");
    if (mode === "pinyin") keys.appendChild(bar);
    (mode === "digits" ? DIGITS : LETTERS).forEach(function (line, at) {
      var parts = line.split("").map(function (one) { return key(one, function () { letter(one); }); });
      if (mode !== "digits" && at === 2) parts.push(key("⌫", erase, "删一个字", true));
      keys.appendChild(row(parts));
    });
    var last = [];
    if (mode !== "pinyin") last.push(key("拼音", function () { become("pinyin"); }, "", true));
    if (mode !== "letters") last.push(key("英文", function () { become("letters"); }, "", true));
    if (mode !== "digits") last.push(key("数字", function () { become("digits"); }, "", true)); else last.push(key("⌫", erase, "删一个字", true));
    last.push(key("空格", space, "", true), key("完成", done, "", true), key("收起", close, "收起键盘", true));
    keys.appendChild(row(last));
  }
  function become(other) { mode = other; typed = ""; draw(); }
  function close() { keys.hidden = true; typed = ""; body.classList.remove("k-typing"); if (field) field.blur(); field = null; }
  var leaving = 0;
  document.addEventListener("focusin", function (event) {
    if (framed || keys.contains(event.target) || still.contains(event.target)) return;
    var kind = wants(event.target);
    window.clearTimeout(leaving);
    // The keyboard goes only when the tap that led away from the field is over: if the page moved under the
    // finger, the button would not be pressed.
    if (!kind) {
      if (event.target !== main && !keys.hidden) {
        leaving = window.setTimeout(function () { keys.hidden = true; body.classList.remove("k-typing"); field = null; }, 400);
      }
      return;
    }
    if (field === event.target) return;
    field = event.target;
    if (!field.dataset.kind) field.dataset.kind = field.getAttribute("inputmode") || "text";
    field.setAttribute("inputmode", "none");
    become(kind);
    field.scrollIntoView({ block: "center" });
  });
  keys.addEventListener("pointerdown", function (event) { event.preventDefault(); });

  // what a form was refused for is said first
  var summary = document.querySelector(".errsum");
  if (summary) summary.focus();
})();
