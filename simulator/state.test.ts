import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { State } from './state';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-simulator-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const NOW = 1_795_000_000;

describe('what the simulator remembers', () => {
  it('begins at now with all history to be sent', () => {
    const { kept } = State.open({ folder, seed: 1, meanRate: 0.4, nowSecond: NOW });
    expect(kept).toMatchObject({ liveFrom: NOW, historyFrom: NOW, liveAckedMs: NOW * 1000 - 1 });
  });

  it('goes on where the last run stopped, however late', () => {
    State.open({ folder, seed: 1, meanRate: 0.4, nowSecond: NOW }).save({ liveAckedMs: NOW * 1000 + 5_000, historyFrom: NOW - 900 });
    const { kept } = State.open({ folder, seed: 1, meanRate: 0.4, nowSecond: NOW + 80_000 });
    expect(kept).toMatchObject({ liveFrom: NOW, historyFrom: NOW - 900, liveAckedMs: NOW * 1000 + 5_000 });
  });

  it('puts another law in force from a whole minute that nothing was sent of', () => {
    State.open({ folder, seed: 1, meanRate: 0.4, nowSecond: NOW }).save({ liveAckedMs: NOW * 1000 + 5_000 });
    const { kept } = State.open({ folder, seed: 1, meanRate: 50, nowSecond: NOW + 6 });
    expect(kept.liveFrom % 60).toBe(0);
    expect(kept.liveFrom).toBeGreaterThan(NOW + 5);
    expect(kept).toMatchObject({ meanRate: 50, historyFrom: 0, historyStart: kept.liveFrom });
  });

  it('refuses a file that is not its own rather than sending twice', () => {
    writeFileSync(path.join(folder, 'simulator.json'), '{"version":9}');
    expect(() => State.open({ folder, seed: 1, meanRate: 0.4, nowSecond: NOW })).toThrow(/not the simulator's/);
  });
});
