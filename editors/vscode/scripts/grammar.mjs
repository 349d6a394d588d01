// Writes the highlighting grammar from the keywords of grammar/faq.pest, the only list of them; with --check it only
// compares, and fails when the two have drifted apart.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = readFileSync(here("../../../grammar/faq.pest"), "utf8");
const target = here("../syntaxes/faq.tmLanguage.json");

// Every spelling of every keyword: the quoted strings of the rules named kw_….
const spellings = new Map();
for (const [, rule, body] of source.matchAll(/^(kw_\w+)\s*=\s*\{(.*)\}\s*$/gm)) {
  const words = [...body.matchAll(/"([^"]+)"(?:\s*~\s*space\+\s*~\s*"([^"]+)")?/g)];
  spellings.set(rule, words.map(([, first, second]) => (second ? `${first}\\s+${second}` : first)));
}
const list = source.match(/^keyword\s*=\s*\$\{([\s\S]*?)EOI\s*\}/m)[1];
const statements = [...list.matchAll(/kw_\w+/g)].map(([rule]) => rule);
const missing = statements.filter((rule) => !spellings.has(rule));
if (missing.length > 0 || statements.length === 0) throw new Error(`no spellings of ${missing}`);

// Longer words first, so that one is not cut short by another.
const words = (rules) =>
  [...new Set(rules.flatMap((rule) => spellings.get(rule)))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|");
const declarations = ["kw_entry", "kw_symptom", "kw_fact", "kw_define", "kw_derive", "kw_table", "kw_assume", "kw_document", "kw_link",
  "kw_contact", "kw_term", "kw_text", "kw_test"];
const prose = ["kw_note", "kw_cause", "kw_owner", "kw_solved", "kw_message", "kw_during", "kw_also", "kw_ask", "kw_where", "kw_tel",
  "kw_mail", "kw_hours", "kw_tell", "kw_avoid", "kw_meaning", "kw_reading", "kw_category"];
const plain = statements.filter((rule) => !prose.includes(rule));
const within = [...spellings.keys()].filter((rule) => !prose.includes(rule) && rule !== "kw_yes_no");
// What ends a word, for letters of any script.
const stop = "(?![\\p{L}\\p{N}_\\-－])";

const grammar = {
  $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
  name: "FAQ rules",
  scopeName: "source.faq",
  comment: "Made by scripts/grammar.mjs from grammar/faq.pest; run npm run grammar instead of editing.",
  patterns: [
    { include: "#comment" }, { include: "#fence" }, { include: "#close" }, { include: "#mark" }, { include: "#declaration" },
    { include: "#sentence" }, { include: "#statement" }, { include: "#argument" },
  ],
  repository: {
    comment: { match: "^\\s*([#＃].*)$", captures: { 1: { name: "comment.line.number-sign.faq" } } },
    fence: {
      begin: "^\\s*(```|｀｀｀)(.*)$", end: "^\\s*(```|｀｀｀)\\s*$", name: "markup.fenced_code.block.faq",
      beginCaptures: { 1: { name: "punctuation.definition.fence.faq" }, 2: { name: "entity.name.tag.faq" } },
      endCaptures: { 1: { name: "punctuation.definition.fence.faq" } },
    },
    close: {
      match: `^\\s*([}｝])\\s*(?:(${words(["kw_else"])})${stop})?`,
      captures: { 1: { name: "punctuation.section.block.end.faq" }, 2: { name: "keyword.control.faq" } },
    },
    mark: {
      begin: "^\\s*([>＞・･※!！|｜①-⑳]|[-*](?=\\s)|[0-9０-９]+[.．)）](?![0-9０-９]))", end: "$",
      beginCaptures: { 1: { name: "keyword.operator.mark.faq" } },
      contentName: "string.unquoted.faq", patterns: [{ include: "#reference" }],
    },
    declaration: {
      match: `^\\s*(${words(declarations)})[\\s:：]+(?:([\\p{L}\\p{N}_\\-－]+)|(?=["“「]))`,
      captures: { 1: { name: "keyword.declaration.faq" }, 2: { name: "entity.name.type.faq" } },
    },
    sentence: {
      begin: `^\\s*(${words(prose)})${stop}`, end: "$",
      beginCaptures: { 1: { name: "keyword.other.faq" } },
      contentName: "string.unquoted.faq", patterns: [{ include: "#reference" }],
    },
    statement: { match: `^\\s*(${words(plain)})${stop}`, captures: { 1: { name: "keyword.control.faq" } } },
    argument: {
      patterns: [
        { include: "#reference" },
        { match: "\"[^\"\\n]*\"|[“”][^”\\n]*”|「[^「」\\n]*(?:「[^「」\\n]*」[^「」\\n]*)*」", name: "string.quoted.faq" },
        { match: "https?://[!-~]+", name: "markup.underline.link.faq" },
        { match: "[{｛]", name: "punctuation.section.block.begin.faq" },
        { match: "[}｝]", name: "punctuation.section.block.end.faq" },
        { match: "(?<=\\s)[#＃].*$", name: "comment.line.number-sign.faq" },
        { match: "(?:yes\\s*[/／]\\s*no|はい\\s*[/／]\\s*いいえ)", name: "storage.type.faq" },
        { match: `(?<![\\p{L}\\p{N}_\\-－])(?:${words(within)}|and|or|not|in|is|has|includes|implies|かつ|または|もしくは|ならば|ではない|でない|含む)${stop}`,
          name: "keyword.operator.word.faq" },
        { match: "(?<![\\p{L}\\p{N}_])[-−－]?[0-9０-９]+(?:[.．][0-9０-９x]+)*", name: "constant.numeric.faq" },
        { match: "[=＝≠<>＜＞≦≧≤≥!！]+|\\.\\.<?|[〜～]|以上|以下|以降|以前|未満|超", name: "keyword.operator.comparison.faq" },
      ],
    },
    reference: {
      patterns: [
        { match: "[\\[［](?:→|⇒|->|=>|@|＠)[^\\]］]*[\\]］]", name: "markup.underline.link.reference.faq" },
        { match: "(?<![\\\\A-Za-z0-9])(?:No|Ｎｏ|NO|№)[.．]?\\s?[0-9０-９]+(?:[-－−‐–〜～ー](?:No[.．]?)?[0-9０-９]+)?(?![A-Za-z])",
          name: "markup.underline.link.reference.faq" },
      ],
    },
  },
};

const made = `${JSON.stringify(grammar, null, 2)}\n`;
if (!process.argv.includes("--check")) {
  writeFileSync(target, made);
} else if (readFileSync(target, "utf8") !== made) {
  console.error("syntaxes/faq.tmLanguage.json is not what grammar/faq.pest says: run npm run grammar");
  process.exit(1);
}
