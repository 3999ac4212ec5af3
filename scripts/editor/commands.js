// What the buttons and keys of the editor do.
import { setBlockType } from "prosemirror-commands";
import { Fragment } from "prosemirror-model";
import { Selection, TextSelection } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";

const MOST_DEPTH = 2;

export function itemAround(state) {
  const { $from } = state.selection;
  return $from.parent.type.name === "item" ? $from : null;
}

// The lines of a list become paragraphs or headings, or the other way round.
export function toLines(type, attrs) {
  return (state, dispatch) => {
    const at = itemAround(state);
    if (!at) return setBlockType(type, attrs)(state, dispatch);
    if (dispatch) {
      const list = at.node(-1);
      const lines = [];
      list.forEach((item) => {
        const plain = type.allowsMarkType(state.schema.marks.strong) ? item.content : Fragment.from(textOf(state, item));
        lines.push(type.create(attrs, plain));
      });
      const start = at.before(-1);
      const tr = state.tr.replaceWith(start, start + list.nodeSize, lines);
      dispatch(tr.setSelection(Selection.near(tr.doc.resolve(start + 1))).scrollIntoView());
    }
    return true;
  };
}

function textOf(state, node) {
  return node.textContent ? state.schema.text(node.textContent) : null;
}

export function toList(ordered) {
  return (state, dispatch) => {
    const { list, item } = state.schema.nodes;
    const at = itemAround(state);
    if (at) {
      const own = at.node(-1);
      if (own.attrs.ordered === ordered) return toLines(state.schema.nodes.paragraph)(state, dispatch);
      if (dispatch) dispatch(state.tr.setNodeMarkup(at.before(-1), null, { ordered }));
      return true;
    }
    if (isInTable(state)) return false;
    const { $from, $to } = state.selection;
    const range = $from.blockRange($to);
    if (!range || range.depth !== 0) return false;
    const items = [];
    for (let i = range.startIndex; i < range.endIndex; i++) {
      const node = range.parent.child(i);
      if (!node.isTextblock) return false;
      items.push(item.create(null, node.content));
    }
    if (dispatch) {
      const tr = state.tr.replaceWith(range.start, range.end, list.create({ ordered }, items));
      dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(range.start + 2))).scrollIntoView());
    }
    return true;
  };
}

export function deeper(by) {
  return (state, dispatch) => {
    const at = itemAround(state);
    if (!at) return false;
    const depth = Math.max(0, Math.min(MOST_DEPTH, at.parent.attrs.depth + by));
    if (dispatch) dispatch(state.tr.setNodeMarkup(at.before(), null, { depth }));
    return true;
  };
}

// Enter in an item makes the next; in an empty one it leaves the list.
export function nextItem(state, dispatch) {
  const at = itemAround(state);
  if (!at || !state.selection.empty) return false;
  if (at.parent.content.size > 0) {
    if (dispatch) dispatch(state.tr.split(state.selection.from).scrollIntoView());
    return true;
  }
  const list = at.node(-1);
  const index = at.index(-1);
  if (dispatch) {
    const { paragraph } = state.schema.nodes;
    const before = [];
    const after = [];
    list.forEach((item, _, i) => { if (i < index) before.push(item); if (i > index) after.push(item); });
    const parts = [];
    if (before.length) parts.push(list.copy(Fragment.from(before)));
    parts.push(paragraph.create());
    if (after.length) parts.push(list.copy(Fragment.from(after)));
    const start = at.before(-1);
    const tr = state.tr.replaceWith(start, start + list.nodeSize, parts);
    const to = start + (before.length ? parts[0].nodeSize : 0) + 1;
    dispatch(tr.setSelection(TextSelection.create(tr.doc, to)).scrollIntoView());
  }
  return true;
}

export function newTable(state, dispatch) {
  if (isInTable(state) || itemAround(state)) return false;
  if (dispatch) {
    const { table, table_row, table_header, table_cell } = state.schema.nodes;
    const row = (cell) => table_row.create(null, [0, 1, 2].map(() => cell.createAndFill()));
    const made = table.create(null, [row(table_header), row(table_cell), row(table_cell)]);
    const tr = state.tr.replaceSelectionWith(made);
    dispatch(tr.scrollIntoView());
  }
  return true;
}
