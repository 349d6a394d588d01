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
  /** By code; 0 where a character stands for itself. */
  const ONE = new Uint16Array(0x10000);
  for (const [others, one] of LOOK_ALIKES) for (const other of others) ONE[other.charCodeAt(0)] = one.charCodeAt(0);

  const code = c => c.charCodeAt(0);
  const [LONG, DASH, FIRST_KANA, LAST_KANA] = [code("ー"), code("一"), code("ぁ"), code("ゖ")];
  const isKana = c => c >= FIRST_KANA && c <= LAST_KANA || c === LONG;

  /** The characters of a folded text as they are compared: their codes, in a list. */
  search.alike = folded => {
    const all = [];
    let before = 0;
    for (let at = 0; at < folded.length; at += 1) {
      const c = folded.codePointAt(at);
      if (c > 0xFFFF) at += 1;
      if (c !== LONG && !(c === DASH && isKana(before))) all.push(ONE[c] || c);
      before = c;
    }
    return all;
  };

  const [NARROW, BITS_OF_NARROW, BITS, BASIC] = [0x2E80, 14, 21, 0x10000];
  /** Characters numbered as they are met, so that hardly a pair needs more than the 31 bits that an engine holds in place. */
  const numbers = new Uint16Array(BASIC);
  let count = 0;
  const numberOf = c => {
    if (numbers[c] === 0) {
      count += 1;
      numbers[c] = count;
    }
    return numbers[c];
  };
  const pair = (first, second) => first < BASIC && second < BASIC
    ? numberOf(first) * BASIC + numberOf(second)
    : 2 ** (2 * BITS + 2) + first * 2 ** BITS + second;
  /** No pair is the same number. */
  const three = (first, second, third) => 2 ** (2 * BITS) + (first * 2 ** BITS_OF_NARROW + second) * 2 ** BITS_OF_NARROW + third;

  /** Stands for what the FAQ is about, which is no part of any gram; for private use, so that no other text has it. */
  search.SUBJECT = "\u{E000}";
  const ABOUT = search.SUBJECT.codePointAt(0);

  /** Visits the grams of a list of characters, each a number: pairs; letters and digits in threes, two that stand alone as one. */
  const visitGrams = (text, visit) => {
    for (let at = 0; at + 1 < text.length; at += 1) {
      const [first, second] = [text[at], text[at + 1]];
      if (first === ABOUT || second === ABOUT) continue;
      if (first >= NARROW || second >= NARROW) visit(pair(first, second));
      else if (text[at + 2] < NARROW) visit(three(first, second, text[at + 2]));
      else if (at === 0 || text[at - 1] >= NARROW) visit(pair(first, second));
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
