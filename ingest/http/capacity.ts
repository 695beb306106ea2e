import { statfs } from 'node:fs/promises';
import { notNow } from '../pipeline/request-refused';

/** Whether this machine can take more: free disk where the database is local, and memory. Asked anew every second. */
export class Capacity {
  readonly #limits: { readonly diskPath: string | undefined; readonly diskFloorBytes: number; readonly memoryMaxBytes: number };
  readonly #timer: NodeJS.Timeout;
  #diskFreeBytes = Number.POSITIVE_INFINITY;
  #memoryBytes = 0;

  constructor(limits: { readonly diskPath: string | undefined; readonly diskFloorBytes: number; readonly memoryMaxBytes: number }) {
    this.#limits = limits;
    this.#timer = setInterval(() => void this.measure(), 1_000).unref();
  }

  async measure(): Promise<void> {
    this.#memoryBytes = process.memoryUsage.rss();
    if (this.#limits.diskPath === undefined) return;
    // A folder that cannot be asked about is not a full disk: the database itself will say when it cannot write.
    const disk = await statfs(this.#limits.diskPath).catch(() => undefined);
    this.#diskFreeBytes = disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY;
  }

  get diskIsLow(): boolean {
    return this.#diskFreeBytes < this.#limits.diskFloorBytes;
  }

  get diskFreeBytes(): number {
    return this.#diskFreeBytes;
  }

  /**
   * Throws what to answer instead of taking a request beside `working` others. A full disk would stop the database for readers too.
   * Short of memory, requests are taken one at a time: memory that is free again need not have gone back to the system.
   */
  mustSuffice(working: number): void {
    if (this.diskIsLow) throw notNow('disk-low', 'The database’s disk is nearly full: nothing is taken until there is room.', 30);
    if (working > 0 && this.#memoryBytes > this.#limits.memoryMaxBytes) throw notNow('too-busy', 'The gateway is short of memory.', 1);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
