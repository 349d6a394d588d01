// Texts folded so that width, case, kana and punctuation do not matter. Refuses to know what they are compared with.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const ENCLOSED = /[\u2460-\u24FF\u2776-\u2793\u3251-\u325F\u32B1-\u32BF]/g;
  const DROPPED = /[^\p{Alphabetic}\p{N}]/gu;
  const CAPITAL = /\p{Changes_When_Lowercased}/gu;
  const KATAKANA = /[\u30A1-\u30F6]/g;

  inner.hiragana = text => text.replace(KATAKANA, c => String.fromCharCode(c.charCodeAt(0) - 0x60));

  /** NFKC and lower case, character by character: at the end of a word, too, a capital sigma becomes σ. */
  inner.lower = text => {
    const normal = text.normalize("NFKC");
    // Most texts have no capitals, and looking each character up takes longer.
    return normal.toLowerCase() === normal ? normal : normal.replace(CAPITAL, c => c.toLowerCase()).normalize("NFKC");
  };

  inner.lowered = text => inner.lower(text.replace(ENCLOSED, ""));

  /** The letters and digits of a text. */
  inner.letters = text => text.replace(DROPPED, "");

  inner.kept = lowered => inner.hiragana(inner.letters(lowered));

  /** As "Search keys" of docs/table.md says, step by step. */
  faqc.fold = text => inner.kept(inner.lowered(text));
})(globalThis.faqc ??= {});
