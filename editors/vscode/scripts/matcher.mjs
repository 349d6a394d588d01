// The problem matcher reads the lines of `faqc check --format short`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const { contributes } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const { regexp } = contributes.problemMatchers[0].pattern;
const read = (line) => line.match(new RegExp(regexp))?.slice(1);
assert.deepEqual(read("kb/a.faq:32:14: error[F0201]: there is no contact `helpdesc`"),
  ["kb/a.faq", "32", "14", "error", "F0201", "there is no contact `helpdesc`"]);
assert.deepEqual(read("知識/a b.faq:1:1: warning[F0501]: 「x」は使われていません"), ["知識/a b.faq", "1", "1", "warning", "F0501", "「x」は使われていません"]);
assert.equal(read("entries checked: 3; nothing is wrong"), undefined);
