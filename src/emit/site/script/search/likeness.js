// Characters that are easily taken for each other, made one, and the pieces of a text by which it is found. Refuses to know how
// much each of them counts. The same as src/runtime/search/likeness.rs and grams.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};

  const LOOK_ALIKES = [
    ["ぁ", "あ"], ["ぃ", "い"], ["ぅ", "う"], ["ぇ工", "え"], ["ぉ才", "お"], ["ゕ力", "か"], ["ゖ", "け"], ["っ", "つ"], ["ゃ", "や"],
    ["ゅ", "ゆ"], ["ょ", "よ"], ["ゎ", "わ"], ["ぱ", "ば"], ["ぴ", "び"], ["ぷ", "ぶ"], ["ぺ", "べ"], ["ぽ", "ぼ"], ["そ", "ん"],
    ["口", "ろ"], ["二", "に"], ["夕", "た"], ["卜", "と"], ["八", "は"], ["千", "ち"], ["三", "み"], ["又", "ぬ"], ["匕", "ひ"],
    ["曰", "日"], ["末", "未"], ["土", "士"], ["巳已", "己"], ["入", "人"], ["li", "1"], ["o", "0"], ["z", "2"], ["s", "5"], ["b", "8"],
    ["gq", "9"],
  ];
  const ONE = new Map(LOOK_ALIKES.flatMap(([others, one]) => Array.from(others, other => [other, one])));
  const isKana = c => c >= "ぁ" && c <= "ゖ" || c === "ー";

  /** The characters of a folded text as they are compared, in a list. */
  search.alike = folded => {
    const all = [];
    let before = " ";
    for (const c of folded) {
      if (c !== "ー" && !(c === "一" && isKana(before))) all.push(ONE.get(c) ?? c);
      before = c;
    }
    return all;
  };

  const isNarrow = c => c !== undefined && c.codePointAt(0) < 0x2E80;

  /** Visits the grams of a list of characters: pairs; letters and digits in threes, two that stand alone as one. */
  const visitGrams = (text, visit) => {
    for (let at = 0; at + 1 < text.length; at += 1) {
      const [first, second, third] = [text[at], text[at + 1], text[at + 2]];
      if (!isNarrow(first) || !isNarrow(second)) visit(first + second);
      else if (isNarrow(third)) visit(first + second + third);
      else if (!isNarrow(text[at - 1])) visit(first + second);
    }
  };

  /** Visits the grams of folded texts, some of them again and again. */
  search.eachGram = (texts, visit) => {
    for (const text of texts) visitGrams(search.alike(text), visit);
  };

  /** The distinct grams of folded texts. */
  search.gramsOf = texts => {
    const grams = new Set();
    search.eachGram(texts, gram => grams.add(gram));
    return grams;
  };
})(globalThis.faqc ??= {});
