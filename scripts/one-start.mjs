// One start at a time from one data folder: two would build into one another and stop each other's database.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './say.mjs';

/** Takes the folder for this process, or refuses while another process has it. Returns the way to let go of it. */
export function holdFolder(home, { url, isStart = isStartScript }) {
  const file = path.join(home, 'start.lock');
  fs.mkdirSync(home, { recursive: true, mode: 0o755 });
  for (;;) {
    try {
      makeWhole(file, JSON.stringify({ pid: process.pid, url }));
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(file);
    if (holder && isStart(holder.pid))
      throw new Refusal(
        `Headwater already runs, or starts, from this folder (process ${holder.pid}): ${holder.url}\nIf that process is another program, delete ${file}.`,
      );
    fs.rmSync(file, { force: true });
  }
}

/** Makes the file with its contents in one step, so that nobody reads half of it. Throws EEXIST where there is one. */
function makeWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text);
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if (error.code === 'EEXIST') throw error;
    // A file system without links.
    fs.writeFileSync(file, text, { flag: 'wx' });
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function holderOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // Gone in the meantime, or left half-written by a full disk.
    return null;
  }
}

/** Whether the process lives and is a start: its number may have been given to another program since. */
function isStartScript(pid) {
  if (!Number.isInteger(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const command = commandOf(pid);
  return command === null || command.includes('start.mjs');
}

/** The command line of a process; null where the system does not tell. */
function commandOf(pid) {
  if (process.platform === 'win32') return null;
  if (fs.existsSync(`/proc/${pid}/cmdline`)) return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const ps = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  return ps.status === 0 ? ps.stdout : null;
}
