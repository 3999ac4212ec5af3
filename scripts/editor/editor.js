// 正文编辑: stands in the place of the plain text field, which works without it. The server cleans
// whatever is pasted and checks whatever is sent; nothing here decides what may be written.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment, Node, Slice } from "prosemirror-model";
import { EditorState, Plugin } from "prosemirror-state";
import {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, mergeCells, splitCell,
  tableEditing, toggleHeaderRow,
} from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { deeper, itemAround, newTable, nextItem, toLines, toList } from "./commands.js";
import { schemaOf } from "./schema.js";

const AUTOSAVE = 10_000;

function start(form) {
  const place = form.querySelector("[data-editor]");
  const field = form.querySelector("textarea[name=zhengwen]");
  if (!place || !field || field.disabled) return;
  const schema = schemaOf(JSON.parse(place.dataset.pictures || "{}"));
  const doc = Node.fromJSON(schema, JSON.parse(place.dataset.editor));
  const status = document.querySelector("[data-status]");
  const say = (words) => { if (status) status.textContent = words; };

  const sent = document.createElement("input");
  sent.type = "hidden";
  sent.name = "wendang";
  form.append(sent);

  const { heading, paragraph } = schema.nodes;
  const { strong, link } = schema.marks;
  const onHeading = (level) => toLines(heading, { level });
  const keys = {
    "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo, "Mod-b": toggleMark(strong),
    "Mod-k": (state, dispatch, view) => askLink(state, dispatch, view),
    "Mod-Alt-0": toLines(paragraph), "Mod-Alt-1": onHeading(2), "Mod-Alt-2": onHeading(3), "Mod-Alt-3": onHeading(4),
    "Enter": nextItem, "Mod-Enter": exitCode,
    "Mod-]": deeper(1), "Mod-[": deeper(-1),
    "Tab": (state, dispatch) => isInTable(state) && goToNextCell(1)(state, dispatch),
    "Shift-Tab": (state, dispatch) => isInTable(state) && goToNextCell(-1)(state, dispatch),
    "Backspace": chainCommands((state, dispatch) => {
      const at = itemAround(state);
      return at && state.selection.empty && at.parentOffset === 0 && at.index(-1) === 0 && toLines(paragraph)(state, dispatch);
    }),
    "Mod-s": () => { form.requestSubmit(form.querySelector("button[value=save]")); return true; },
  };

  function askLink(state, dispatch, view) {
    if (state.selection.empty) { say("先选中要加链接的文字。"); return true; }
    const had = link.isInSet(state.doc.resolve(state.selection.from + 1).marks());
    ask("链接地址", [["dizhi", "地址（网址，或者本站以 / 开头的地址）", had ? had.attrs.href : ""]], (given) => {
      const { from, to } = view.state.selection;
      let tr = view.state.tr.removeMark(from, to, link);
      if (given.dizhi.trim()) tr = tr.addMark(from, to, link.create({ href: given.dizhi.trim() }));
      view.dispatch(tr);
      view.focus();
    });
    return true;
  }

  function askPicture(state, dispatch, view) {
    const names = Object.keys(JSON.parse(place.dataset.pictures || "{}"));
    if (!names.length) { say("先在“附件”中上传图片，再插入。"); return true; }
    ask("插入图片", [["file", "附件中的图片", names[0], names], ["alt", "图片说明（给看不到图的人）", ""]], (given) => {
      if (!given.alt.trim()) { say("图片没有说明，没有插入。"); return; }
      view.dispatch(view.state.tr.replaceSelectionWith(schema.nodes.figure.create({ alt: given.alt.trim(), file: given.file })));
      view.focus();
    });
    return true;
  }

  const buttons = [
    ["撤销", undo], ["重做", redo], null,
    ["正文", toLines(paragraph), (s) => is(s, paragraph)],
    ["一、", onHeading(2), (s) => is(s, heading, 2), "一级标题"],
    ["（一）", onHeading(3), (s) => is(s, heading, 3), "二级标题"],
    ["1.", onHeading(4), (s) => is(s, heading, 4), "三级标题"], null,
    ["加粗", toggleMark(strong), (s) => has(s, strong)],
    ["链接", askLink, (s) => has(s, link)],
    ["列表", toList(false), (s) => isList(s, false)],
    ["编号", toList(true), (s) => isList(s, true)],
    ["图片", askPicture],
    ["表格", newTable], null,
    ["加行", addRowAfter, null, "下方加一行", true], ["加列", addColumnAfter, null, "右侧加一列", true],
    ["删行", deleteRow, null, "删去这一行", true], ["删列", deleteColumn, null, "删去这一列", true],
    ["合并", mergeCells, null, "合并选中的单元格", true], ["拆分", splitCell, null, "拆分单元格", true],
    ["表头", toggleHeaderRow, null, "第一行作为表头", true], ["删表", deleteTable, null, "删去整个表", true],
  ];
  const is = (state, type, level) => {
    const { parent } = state.selection.$from;
    return parent.type === type && (level === undefined || parent.attrs.level === level);
  };
  const has = (state, mark) => {
    const { from, $from, to, empty } = state.selection;
    return empty ? !!mark.isInSet(state.storedMarks || $from.marks()) : state.doc.rangeHasMark(from, to, mark);
  };
  const isList = (state, ordered) => { const at = itemAround(state); return !!at && at.node(-1).attrs.ordered === ordered; };

  const bar = document.createElement("div");
  bar.className = "tb";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "格式");
  const shown = [];
  for (const one of buttons) {
    if (!one) { const gap = document.createElement("span"); gap.className = "gap"; bar.append(gap); continue; }
    const [words, command, active, name, inTable] = one;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    if (name) { button.title = name; button.setAttribute("aria-label", `${words}，${name}`); }
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => { command(view.state, view.dispatch, view); view.focus(); });
    bar.append(button);
    shown.push({ button, active, inTable });
  }
  // One stop for the tab key; arrows go on.
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = shown.map((one) => one.button).filter((button) => !button.hidden);
    const at = all.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length].focus();
  });

  function draw(state) {
    const table = isInTable(state);
    for (const { button, active, inTable } of shown) {
      if (active) button.setAttribute("aria-pressed", String(active(state)));
      if (inTable) button.hidden = !table;
      button.tabIndex = button === shown[0].button ? 0 : -1;
    }
  }

  const view = new EditorView(place, {
    state: EditorState.create({
      doc,
      plugins: [
        history(), keymap(keys), keymap(baseKeymap), tableEditing(),
        new Plugin({ view: () => ({ update: (now) => draw(now.state) }) }),
      ],
    }),
    attributes: { class: "pg", role: "textbox", "aria-multiline": "true", "aria-label": "正文" },
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) changed();
    },
    handlePaste(_, event) {
      const html = event.clipboardData.getData("text/html");
      const text = event.clipboardData.getData("text/plain");
      // One line of plain words, or what was copied here, needs no cleaning.
      if (html.includes("data-pm-slice") || (!html && !/\n/.test(text.trim()))) return false;
      clean(html, text);
      return true;
    },
  });
  place.prepend(bar);
  place.hidden = false;
  field.closest("[data-plain]").hidden = true;
  field.disabled = true;
  draw(view.state);

  async function clean(html, text) {
    say("正在清理粘贴的内容…");
    try {
      const answer = await send(place.dataset.clean, { html, text });
      const cleaned = await answer.json();
      const slice = Node.fromJSON(schema, cleaned.document).content;
      const inline = slice.childCount === 1 && slice.firstChild.type === paragraph;
      view.dispatch(inline
        ? view.state.tr.replaceSelection(new Slice(slice.firstChild.content, 0, 0))
        : view.state.tr.replaceSelection(new Slice(Fragment.from(slice), 0, 0)));
      say(cleaned.changes.join(" "));
    } catch {
      say("没有清理成功，内容没有粘贴。请再试一次，或者存成文件后导入。");
    }
  }

  function send(to, fields) {
    const body = new URLSearchParams({ _mark: form.querySelector("[name=_mark]").value, ...fields });
    return fetch(to, { method: "POST", body, headers: { Accept: "application/json" } }).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer;
    });
  }

  let dirty = false;
  let saving = false;
  let stopped = false;
  let timer = 0;
  function changed() {
    dirty = true;
    if (!timer && !stopped) timer = window.setTimeout(save, AUTOSAVE);
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    sent.value = JSON.stringify(view.state.doc.toJSON());
    dirty = false;
    stopped = true;
  });
  // What is asked of the form without sending it away says what stands in the editor.
  form.addEventListener("htmx:confirm", () => { sent.value = JSON.stringify(view.state.doc.toJSON()); });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  form.addEventListener("focusout", (event) => { if (dirty && !form.contains(event.relatedTarget)) save(); });

  async function save() {
    window.clearTimeout(timer);
    timer = 0;
    if (!dirty || saving || stopped || !form.dataset.auto) return;
    saving = true;
    dirty = false;
    sent.value = JSON.stringify(view.state.doc.toJSON());
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.set("do", "auto");
    try {
      const answer = await fetch(form.dataset.auto, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      say(told.words);
      if (answer.ok) form.querySelector("[name=kan]").value = told.revision;
      // Somebody else has changed it: whoever presses 保存 sees both texts.
      else stopped = true;
    } catch {
      say("没有自动保存成功，内容还在这一页上。请按“保存”。");
      dirty = true;
    }
    saving = false;
    if (dirty) changed();
  }

  // A small form over the page.
  function ask(title, fields, done) {
    const box = document.createElement("dialog");
    const inner = document.createElement("form");
    inner.method = "dialog";
    inner.className = "stack";
    const head = document.createElement("h2");
    head.textContent = title;
    inner.append(head);
    for (const [name, words, value, choices] of fields) {
      const label = document.createElement("label");
      label.textContent = words;
      const input = document.createElement(choices ? "select" : "input");
      input.name = name;
      for (const choice of choices || []) input.append(new Option(choice, choice));
      input.value = value;
      label.append(input);
      inner.append(label);
    }
    const acts = document.createElement("div");
    acts.className = "acts";
    for (const [words, value, kind] of [["确定", "ok", "btn"], ["取消", "", "btn alt"]]) {
      const button = document.createElement("button");
      button.textContent = words;
      button.value = value;
      button.className = kind;
      acts.append(button);
    }
    inner.append(acts);
    box.append(inner);
    box.className = "ask";
    box.addEventListener("close", () => {
      const given = Object.fromEntries(new FormData(inner));
      box.remove();
      if (box.returnValue === "ok") done(given);
    });
    document.body.append(box);
    box.showModal();
  }
}

document.querySelectorAll("form[data-draft]").forEach(start);
