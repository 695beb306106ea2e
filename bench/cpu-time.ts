import fs from 'node:fs';

const TICKS_PER_SECOND = 100;

/**
 * Processor time in ms that a process and, where asked, everything it started has used so far: unlike the clock's time it hardly depends on
 * what else the machine does. Zero where /proc is not there.
 */
export function cpuMs(pid: number, { withChildren = false }: { withChildren?: boolean } = {}): number {
  const own = ticks(pid);
  if (!own) return 0;
  if (!withChildren) return toMs(own.used);
  const children = childrenOf(pid).map((child) => ticks(child)?.used ?? 0);
  return toMs(own.used + own.ended + children.reduce((sum, one) => sum + one, 0));
}

const toMs = (count: number) => (count * 1000) / TICKS_PER_SECOND;

function ticks(pid: number): { used: number; ended: number } | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces; the fields after it are plain.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15) as [number, number, number, number];
    return { used: user + system, ended: endedUser + endedSystem };
  } catch {
    return null;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
