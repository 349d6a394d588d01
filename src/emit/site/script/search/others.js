// From words to what entries refer to: contacts, documents, links, terms. Refuses to know how a page shows them.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  /** So many hits at most; what is shorter leads only to what is called so. */
  const [MOST_HITS, SHORTEST] = [10, 2];
  let items;

  const readItem = ([href, ...texts]) => ({ href, texts, folded: texts.map(faqc.fold) });

  /** How well the texts of an item fit what is asked, the least best; -1 when they do not. */
  const rank = (folded, asked, words) => {
    const has = part => folded.some(text => search.stands(part, text));
    if (folded.includes(asked)) return folded[0] === asked ? 0 : 1;
    if (asked.length < SHORTEST) return -1;
    if (has(asked)) return search.stands(asked, folded[0]) ? 2 : 3;
    return words.length > 1 && words.every(has) ? 4 : -1;
  };

  /** What a text leads to, the best first: each with `href`, relative to the site, its `title`, and another of its texts, `beside`,
   * which is the one that was found, if the title was not. */
  faqc.findOthers = async query => {
    const { others, spellings } = await search.about();
    items ??= search.unpack(others).map(readItem);
    const words = search.wordsOf(search.level(query)).map(faqc.fold).filter(word => word !== "");
    const asked = faqc.fold(query);
    if (asked === "") return [];
    const ways = [[asked, words], [spellings.settle(asked), words.map(spellings.settle)]];
    const hits = items.flatMap(({ href, texts, folded }) => {
      const ranks = ways.map(way => rank(folded, ...way)).filter(it => it >= 0);
      if (ranks.length === 0) return [];
      const found = texts.slice(1).find((_, at) => search.stands(asked, folded[at + 1]));
      return [{ href, title: texts[0], beside: found ?? texts[1], rank: Math.min(...ranks) }];
    });
    return hits.sort((one, other) => one.rank - other.rank).slice(0, MOST_HITS);
  };
})(globalThis.faqc ??= {});
