// Searches without a hit, told to those who keep the FAQ, if they want it. Refuses to know how a search finds anything.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  /** A reader who still types is given so many milliseconds. */
  const PATIENCE = 2000;
  let waiting;

  const tell = (query, to) => {
    if (to === "console") {
      console.info(`no hit: ${query}`);
      return;
    }
    const page = location.protocol === "file:" ? null : location.pathname;
    const body = JSON.stringify({ query, page });
    // Text, so that no browser asks the address first whether it may.
    fetch(to, { method: "POST", mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer", keepalive: true, body })
      .catch(() => {});
  };

  /** Told of each search; tells of the last one when nothing follows and it found nothing. */
  search.noteMiss = (query, isMiss, to) => {
    if (!to) return;
    clearTimeout(waiting);
    if (isMiss) waiting = setTimeout(tell, PATIENCE, query, to);
  };
})(globalThis.faqc ??= {});
