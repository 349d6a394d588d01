// The search of symptoms with the site's data. Refuses to know how a text is compared.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const KINDS = ["message", "title", "also"];
  let loading;

  const load = async () => {
    const [about, packed] = await Promise.all([search.about(), faqc.data("search/symptoms")]);
    const [pages, ids, titles, keysOf] = search.unpack(packed);
    const keys = (written, title) => written.map(key => {
      const [kind, text, folded] = key === KINDS.indexOf("title") ? [key, title] : key;
      return { kind: KINDS[kind], text, folded: folded ?? [faqc.fold(text)] };
    });
    const symptoms = pages.map((page, at) => ({ page, id: ids[at] ?? page, title: titles[at], keys: keys(keysOf[at], titles[at]) }));
    return { symptoms, find: search.finder({ title: about.title, symptoms, terms: about.terms }) };
  };

  /** The symptoms that a text leads to: `hits`, the best first, each with `page`, `id`, `title`, the `key` (`kind`, `text`) that
   * matched, and `matched`, `score`, `margin`, `rival` as in docs/table.md; and whether that `isAmbiguous`. */
  faqc.findSymptoms = async text => {
    loading ??= load();
    loading.catch(() => loading = undefined);
    const { symptoms, find } = await loading;
    const hits = find(text).map(hit => {
      const { page, id, title, keys } = symptoms[hit.symptom];
      const { kind, text: written } = keys[hit.key];
      return { ...hit, page, id, title, key: { kind, text: written } };
    });
    return { hits, isAmbiguous: hits.some(hit => hit.rival) };
  };
})(globalThis.faqc ??= {});
