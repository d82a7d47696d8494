import { joined } from "./both.js";

/**
 * Keeps a working note. Where another wrote over the same text, both stand there, the other's first.
 * @param {(fields: Record<string, unknown>) => Promise<{status: number, body?: any}>} put
 * @param {Record<string, unknown>} fields {text, was}
 * @returns {Promise<{status: number, mine: string, both?: string}>} `both` where there were two
 */
export async function keepNote(put, fields) {
  const mine = String(fields.text ?? "");
  const { status, body } = await put(fields);
  if (status !== 409) return { status, mine };
  const was = String(body.current.text);
  const both = joined({ fields: { words: mine }, theirs: { words: was } })?.words ?? null;
  const text = both ?? (was.includes(mine) ? was : mine);
  const again = await put({ text, was });
  if (again.status === 409) return { status: 503, mine };
  return { status: again.status, mine, ...(both && again.status < 400 ? { both } : {}) };
}
