// The arithmetic of expected costs: weights, seconds, and the best prefix. Refuses to know tables and sessions.
//
// Everything is an integer, so that every reader decides alike. Weights, seconds and scores of one step are all numbers or, where a
// score could pass 2^53, all BigInts; the operators here are the same for both.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** The whole of an entry's cases, and a percentage of them. */
  const CERTAIN = 1_000_000;
  const PERCENT = CERTAIN / 100;
  /** An entry's weight counts as no more than this. */
  const MOST_WEIGHT = 1_000_000;
  /** A time counts as no more than this, about three years, and as a second at least. */
  const MOST_SECONDS = 100_000_000;
  /** Times where none is declared. */
  const SECONDS = { question: 60, action: 300, contact: 86_400 };

  /** A declared time within its bounds. */
  const seconds = (declared, otherwise) => Math.min(Math.max(declared ?? otherwise, 1), MOST_SECONDS);

  /** Whether something of weight and seconds comes before another: more weight per second first. Negative when it does. */
  const byWeightPerSecond = (weight, time, otherWeight, otherTime) => {
    const [mine, others] = [weight * otherTime, otherWeight * time];
    return mine > others ? -1 : mine < others ? 1 : 0;
  };

  /**
   * The score of trying things in this order, stopping after as many as is best, and then turning to somebody who takes `last` seconds.
   * `total` is the weight of all cases, of which each trial takes its own away.
   */
  const bestPrefix = (total, trials, last) => {
    const nothing = total - total;
    let best = total * last;
    let [left, spent] = [total, nothing];
    for (const { weight, seconds } of trials) {
      spent += left * seconds;
      // What follows takes longer still.
      if (spent >= best) break;
      left = left > weight ? left - weight : nothing;
      if (left * last < best - spent) best = left * last + spent;
    }
    return best;
  };

  /** What the `at`-th of so many gets of a weight that is divided evenly; the parts add up to it. All three are of one type. */
  const part = (weight, count, at) => {
    const share = product => (product - product % count) / count;
    return share(weight * at + weight) - share(weight * at);
  };

  Object.assign(inner, { CERTAIN, PERCENT, MOST_WEIGHT, SECONDS, seconds, byWeightPerSecond, bestPrefix, part });
})(globalThis.faqc ??= {});
