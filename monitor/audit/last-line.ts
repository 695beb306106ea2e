import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 65_536;
const NEWLINE = 10;

/** The last whole line of a file, read from its end; `end` is the byte after it, and what follows there was cut short. */
export async function lastLine(handle: FileHandle): Promise<{ text: string | null; end: number; size: number }> {
  const { size } = await handle.stat();
  let tail = Buffer.alloc(0);
  for (let at = size; at > 0; ) {
    const from = Math.max(0, at - CHUNK_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(at - from), 0, at - from, from);
    tail = Buffer.concat([buffer.subarray(0, bytesRead), tail]);
    at = from;
    const end = tail.lastIndexOf(NEWLINE);
    if (end < 0) continue;
    const before = end === 0 ? -1 : tail.lastIndexOf(NEWLINE, end - 1);
    if (before >= 0 || at === 0) return { text: tail.toString('utf8', before + 1, end), end: from + end + 1, size };
  }
  return { text: null, end: 0, size };
}
