/**
 * A long list, a page at a time. Pure.
 * @param {number} count of all
 * @param {number} size of a page
 * @param {number} at a place that is to be on the page
 * @returns {{from: number, to: number, before: number | null, after: number | null}} [from, to), and a place on the pages beside it
 */
export function pageOf(count, size, at) {
  const last = Math.max(0, count - 1);
  const from = Math.floor(Math.max(0, Math.min(last, at)) / size) * size;
  const to = Math.min(count, from + size);
  return { from, to, before: from > 0 ? from - size : null, after: to < count ? to : null };
}
