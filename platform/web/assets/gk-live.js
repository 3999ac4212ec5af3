// Follows a live text: what is released appears at its place by itself. Without script the page is reloaded by a link.
// What a screen reader hears is one short line now and then, never the whole list; whoever wants quiet stops it.
(function () {
  "use strict";
  var list = document.querySelector("[data-live]");
  var state = document.getElementById("live-state"), button = document.getElementById("live-pause");
  if (!list || !state || !window.EventSource) return;
  var last = list.getAttribute("data-last") || "0", source = null, fresh = 0, told = 0;

  function say(words) {
    if (state.textContent !== words) state.textContent = words;
  }
  // At most every twenty seconds.
  function tell() {
    if (!fresh || Date.now() - told < 20000) return;
    told = Date.now();
    say("新增 " + fresh + " 条，在最后。");
    fresh = 0;
  }
  function take(event) {
    var box = document.createElement("ol"), item, old, next = null;
    box.innerHTML = event.data;
    item = box.firstElementChild;
    last = event.lastEventId || last;
    if (!item) return;
    old = document.getElementById(item.id);
    if (old) {
      list.replaceChild(item, old);
    } else {
      var number = Number(item.getAttribute("data-n"));
      Array.prototype.forEach.call(list.children, function (other) {
        if (!next && Number(other.getAttribute("data-n")) > number) next = other;
      });
      list.insertBefore(item, next);
      fresh += 1;
    }
    tell();
  }
  function stop(words) {
    if (source) source.close();
    source = null;
    fresh = 0;
    if (words) say(words);
  }
  function start() {
    source = new EventSource(list.getAttribute("data-live") + "?hou=" + encodeURIComponent(last));
    source.onmessage = take;
    source.onopen = function () { say(list.getAttribute("data-fresh") || ""); };
    source.onerror = function () {
      if (source && source.readyState === 2) stop("现在不能自动更新。请过一会儿点“刷新”。");
      else say("断开了，正在重新连接。");
    };
    source.addEventListener("jieshu", function () {
      stop(list.getAttribute("data-over"));
      if (button) button.hidden = true;
    });
  }
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      if (source) { stop("已经暂停自动更新。"); button.textContent = "继续自动更新"; }
      else { start(); button.textContent = "暂停自动更新"; }
    });
  }
  window.setInterval(tell, 5000);
  start();
})();
