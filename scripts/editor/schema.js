// The closed schema of rich text. records::tree says the same on the server: a node or mark
// that is not there is refused, so what is not here cannot be written.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const tables = tableNodes({ tableGroup: "block", cellContent: "paragraph+", cellAttributes: {} });

export function schemaOf(pictures) {
  return new Schema({
    nodes: {
      doc: { content: "block+" },
      paragraph: { group: "block", content: "text*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
      heading: {
        group: "block",
        content: "text*",
        marks: "",
        defining: true,
        attrs: { level: { default: 2 } },
        parseDOM: [2, 3, 4].map((level) => ({ tag: "h" + level, attrs: { level } })),
        toDOM: (node) => ["h" + node.attrs.level, 0],
      },
      list: {
        group: "block",
        content: "item+",
        attrs: { ordered: { default: false } },
        parseDOM: [
          { tag: "ol", attrs: { ordered: true } },
          { tag: "ul", attrs: { ordered: false } },
        ],
        toDOM: (node) => [node.attrs.ordered ? "ol" : "ul", 0],
      },
      item: {
        content: "text*",
        defining: true,
        attrs: { depth: { default: 0 } },
        parseDOM: [{ tag: "li", getAttrs: (dom) => ({ depth: Number(dom.dataset.depth) || 0 }) }],
        toDOM: (node) => ["li", { "data-depth": String(node.attrs.depth) }, 0],
      },
      figure: {
        group: "block",
        atom: true,
        draggable: true,
        attrs: { alt: { default: "" }, file: { default: "" } },
        parseDOM: [
          { tag: "figure[data-file]", getAttrs: (dom) => ({ file: dom.dataset.file, alt: dom.dataset.alt || "" }) },
        ],
        toDOM: (node) => {
          const { alt, file } = node.attrs;
          const shown = pictures[file] ? ["img", { src: pictures[file], alt }] : ["span", "（没有这个附件）"];
          return ["figure", { "data-file": file, "data-alt": alt }, shown, ["figcaption", alt || "没有说明文字：" + file]];
        },
      },
      ...tables,
      text: {},
    },
    marks: {
      link: {
        attrs: { href: {} },
        inclusive: false,
        parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href") }) }],
        toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener" }, 0],
      },
      strong: { parseDOM: [{ tag: "b" }, { tag: "strong" }], toDOM: () => ["b", 0] },
    },
  });
}
