#!/usr/bin/env node
// Verifies a Headwater export without Headwater: node verify.mjs BUNDLE.zip [--fingerprint HEX]   (or the unpacked folder)
// 脱离平台验证导出文件包：node verify.mjs 文件包.zip [--fingerprint 指纹]（也可指定解压后的文件夹）
// One file, no packages, no network. Node 20 or later.
import { createHash, createPublicKey, verify } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const FORMATS = { manifest: 'headwater-export/1', signature: 'headwater-export-signature/1', proof: 'headwater-export-proof/1' };
const LEAF = 'headwater-audit-leaf/1';
const CHECKPOINT = 'headwater-audit-checkpoint/1';
const OWN = ['manifest.json', 'manifest.sig', 'audit-proof.json'];
const WIDE = 0xffffffff;
const CHUNK = 1 << 20;

/** A fault, in both languages, with the file it is in. */
class Fault extends Error {
  constructor(where, en, zh) {
    super(`${where}: ${en}`);
    this.said = { where, en, zh };
  }
}

/** `{ good: true, manifest, checkpoint, key }` or `{ good: false, where, en, zh }`. The fingerprint must have come by another way than the file. */
export function verifyBundle(place, fingerprint) {
  try {
    const source = fs.statSync(place).isDirectory() ? folder(place) : archive(place);
    try {
      return { good: true, ...check(source, fingerprint) };
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof Fault) return { good: false, ...error.said };
    return { good: false, where: path.basename(place), en: `cannot be read: ${error.message}`, zh: `无法读取：${error.message}` };
  }
}

function check(source, fingerprint) {
  const manifestText = whole(source, 'manifest.json');
  const digest = sha256(manifestText);
  const key = within('manifest.sig', () => checkSignature(source, digest, fingerprint));
  const manifest = within('manifest.json', () => checkManifest(source, manifestText));
  for (const file of manifest.content.files) within(file.name, () => checkFile(source, file));
  const checkpoint = within('audit-proof.json', () => checkProof(source, digest, manifest, key.fingerprint));
  source.checkFrame?.();
  return { manifest, checkpoint, key };
}

/** What cannot even be read is a fault of the file it is in. */
function within(where, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(where, `was changed: it cannot be read (${error.message})`, `已被改动：无法读取（${error.message}）`);
  }
}

/** The signature stands for itself first; only then does what it says of the manifest count. */
function checkSignature(source, digest, fingerprint) {
  const signature = document(whole(source, 'manifest.sig'), 'manifest.sig', FORMATS.signature);
  const { signature: signed, ...content } = signature;
  checkSigned('manifest.sig', FORMATS.signature, content, signed);
  const { key } = signature;
  if (fingerprint !== undefined && fingerprint.toLowerCase() !== key.fingerprint)
    throw new Fault('manifest.sig', `is signed by another key: ${key.fingerprint}`, `由另一密钥签名：${key.fingerprint}`);
  if (signature.manifest !== digest) throw new Fault('manifest.json', 'is not the manifest that was signed', '不是经签名的清单');
  return key;
}

function checkManifest(source, text) {
  const manifest = document(text, 'manifest.json', FORMATS.manifest);
  const { files, rows, question } = manifest.content;
  for (const name of source.names)
    if (!OWN.includes(name) && !files.some((file) => file.name === name))
      throw new Fault(name, 'is not part of the bundle', '不属于本文件包');
  if (rows.promised !== rows.delivered)
    throw new Fault(
      'manifest.json',
      `${rows.promised} rows were promised and ${rows.delivered} delivered`,
      `承诺 ${rows.promised} 行，实际 ${rows.delivered} 行`,
    );
  const { approved, requested } = manifest.release;
  if (approved && approved.login === requested.login)
    throw new Fault('manifest.json', 'one person both asked and approved', '申请人与复核人为同一人');
  if (question.masking === 'open' && !approved)
    throw new Fault('manifest.json', 'full account numbers without approval', '含完整账号却未经复核');
  return manifest;
}

function checkFile(source, { name, bytes, rows, sha256: expected }) {
  if (!source.names.includes(name)) throw new Fault(name, 'is missing', '缺失');
  if (String(source.size(name)) !== bytes)
    throw new Fault(name, `has ${source.size(name)} bytes instead of ${bytes}`, `为 ${source.size(name)} 字节，应为 ${bytes} 字节`);
  const hash = createHash('sha256');
  let lines = 0;
  for (const chunk of source.read(name)) {
    hash.update(chunk);
    if (name.endsWith('.ndjson')) for (const byte of chunk) if (byte === 10) lines++;
  }
  if (hash.digest('hex') !== expected)
    throw new Fault(name, 'was changed: its SHA-256 is not the one that was signed', '已被改动：SHA-256 与签名清单不符');
  if (name.endsWith('.ndjson') && String(lines) !== rows)
    throw new Fault(name, `has ${lines} rows instead of ${rows}`, `为 ${lines} 行，应为 ${rows} 行`);
}

/** The audit log's row states the manifest's digest, and stands where the checkpoint's signed root says. */
function checkProof(source, manifestSha256, manifest, fingerprint) {
  const where = 'audit-proof.json';
  const { detail, salt, inclusion } = document(whole(source, where), where, FORMATS.proof);
  const { leaf, index, path: steps, checkpoint } = inclusion;
  const bad = (en, zh) => new Fault(where, en, zh);
  if (leaf.format !== LEAF || checkpoint.format !== CHECKPOINT) throw bad('is of an unknown format', '格式未知');
  if (sha256(`${salt}\n${detail}`) !== leaf.detail) throw bad('the detail is not the one in the log', '明细与日志不符');
  if (JSON.parse(detail).manifestSha256 !== manifestSha256 || leaf.action !== 'export.sealed' || leaf.subjectId !== manifest.release.id)
    throw bad('the row of the audit log is of another export', '审计记录属于另一项导出');
  const { signature, ...signed } = checkpoint;
  checkSigned(where, CHECKPOINT, signed, signature);
  if (checkpoint.key.fingerprint !== fingerprint) throw bad('the checkpoint is signed by another key', '检查点由另一密钥签名');
  let value = hashOf(0, Buffer.from(canonical(leaf)));
  let [at, last] = [index, checkpoint.size - 1];
  if (!(Number.isSafeInteger(at) && at >= 0 && at <= last)) throw bad('the row is not in the log', '记录不在日志之中');
  for (const step of steps) {
    const other = Buffer.from(step, 'hex');
    if (last === 0) throw bad('the proof is too long', '证明路径过长');
    if (at % 2 === 1 || at === last) {
      value = hashOf(1, other, value);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else value = hashOf(1, value, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || value.toString('hex') !== checkpoint.root)
    throw bad('the row does not lead to the signed root', '记录不能推导出已签名的根');
  return checkpoint;
}

function hashOf(kind, ...parts) {
  const hash = createHash('sha256').update(Uint8Array.of(kind));
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function checkSigned(where, format, content, signature) {
  const der = Buffer.from(content.key.publicKey, 'base64');
  if (sha256(der) !== content.key.fingerprint)
    throw new Fault(where, 'the key is not the one whose fingerprint is stated', '密钥与所载指纹不符');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const given = Buffer.from(signature, 'base64');
  const isGood =
    key.asymmetricKeyType === 'ed25519' &&
    given.toString('base64') === signature &&
    verify(null, Buffer.from(`${format}\n${canonical(content)}`), key, given);
  if (!isGood) throw new Fault(where, 'the signature does not fit', '签名不符');
}

/** A document of the bundle's own: canonical JSON and one line end, so that there is one way only to write it. */
function document(bytes, where, format) {
  let json;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Fault(where, 'was changed: it is not JSON', '已被改动：不是 JSON');
  }
  if (json?.format !== format) throw new Fault(where, 'is of an unknown format', '格式未知');
  if (!Buffer.from(`${canonical(json)}\n`).equals(bytes))
    throw new Fault(where, 'was changed: it is not written as the platform writes it', '已被改动：写法与平台不一致');
  return json;
}

/** RFC 8785: keys in order, no spaces. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function whole(source, name) {
  if (!source.names.includes(name)) throw new Fault(name, 'is missing', '缺失');
  return Buffer.concat([...source.read(name)]);
}

function* readSpan(file, from, bytes) {
  for (let at = 0; at < bytes; ) {
    const chunk = Buffer.alloc(Math.min(CHUNK, bytes - at));
    const got = fs.readSync(file, chunk, 0, chunk.length, from + at);
    if (got === 0) throw new Error('the file ends too early');
    yield chunk.subarray(0, got);
    at += got;
  }
}

function folder(place) {
  const names = fs.readdirSync(place);
  const size = (name) => fs.statSync(path.join(place, name)).size;
  return {
    names,
    size,
    *read(name) {
      const file = fs.openSync(path.join(place, name));
      try {
        yield* readSpan(file, 0, size(name));
      } finally {
        fs.closeSync(file);
      }
    },
    close() {},
  };
}

/** A stored-only ZIP archive, read from its front; every bit of its frame follows from names, sizes and checksums. */
function archive(place) {
  const file = fs.openSync(place);
  const bytes = fs.fstatSync(file).size;
  const base = path.basename(place);
  const frame = () => new Fault(base, 'the archive itself was changed', '压缩包结构已被改动');
  const entries = [];
  let at = 0;
  const span = (from, length) => (from + length <= bytes ? Buffer.concat([...readSpan(file, from, length)]) : Buffer.alloc(0));
  for (;;) {
    const head = span(at, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) break;
    const [named, more] = [head.readUInt16LE(26), head.readUInt16LE(28)];
    const rest = span(at + 30, named + more);
    if (rest.length < named + more) throw frame();
    const isWide = head.readUInt32LE(18) === WIDE && more === 20;
    const size = isWide ? Number(rest.readBigUInt64LE(named + 4)) : head.readUInt32LE(18);
    const from = at + 30 + named + more;
    if (from + size > bytes) throw frame();
    entries.push({ name: rest.toString('utf8', 0, named), crc: head.readUInt32LE(14), size, from, at, isWide });
    at = from + size;
  }
  if (entries.length === 0) throw new Fault(base, 'is no bundle', '不是导出文件包');
  const find = (name) => entries.find((entry) => entry.name === name);
  return {
    names: entries.map(({ name }) => name),
    size: (name) => find(name).size,
    read: (name) => readSpan(file, find(name).from, find(name).size),
    checkFrame() {
      const wide = entries[0].isWide;
      for (const entry of entries) {
        const expected = record(...[[4, 0x04034b50]], ...common(entry, wide), [2, Buffer.byteLength(entry.name)], [2, wide ? 20 : 0]);
        const extra = wide ? record([2, 1], [2, 16], [8, entry.size], [8, entry.size]) : Buffer.alloc(0);
        const head = Buffer.concat([expected, Buffer.from(entry.name), extra]);
        if (
          !span(entry.at, head.length).equals(head) ||
          entry.from !== entry.at + head.length ||
          crcOf(readSpan(file, entry.from, entry.size)) !== entry.crc
        )
          throw new Fault(entry.name, 'its place in the archive was changed', '其在压缩包中的条目已被改动');
      }
      if (new Set(entries.map(({ name }) => name)).size !== entries.length) throw frame();
      const tail = tailOf(entries, at, wide);
      if (at + tail.length !== bytes || !span(at, tail.length).equals(tail)) throw frame();
    },
    close: () => fs.closeSync(file),
  };
}

function tailOf(entries, at, wide) {
  const records = entries.map((entry) => {
    const extra = wide ? record([2, 1], [2, 24], [8, entry.size], [8, entry.size], [8, entry.at]) : Buffer.alloc(0);
    const place = [
      [2, Buffer.byteLength(entry.name)],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, wide ? WIDE : entry.at],
    ];
    return Buffer.concat([record([4, 0x02014b50], [2, wide ? 45 : 20], ...common(entry, wide), ...place), Buffer.from(entry.name), extra]);
  });
  const directory = records.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const plain = (value, most) => (wide ? most : value);
  const end = record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, plain(count, 0xffff)],
    [2, plain(count, 0xffff)],
    [4, plain(directory, WIDE)],
    [4, plain(at, WIDE)],
    [2, 0],
  );
  if (!wide) return Buffer.concat([...records, end]);
  const large = record([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, directory], [8, at]);
  return Buffer.concat([...records, large, record([4, 0x07064b50], [4, 0], [8, at + directory], [4, 1]), end]);
}

function common({ crc, size }, wide) {
  return [
    [2, wide ? 45 : 20],
    [2, 0x0800],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, crc],
    [4, wide ? WIDE : size],
    [4, wide ? WIDE : size],
  ];
}

function record(...fields) {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(width);
      if (width === 2) bytes.writeUInt16LE(value);
      else if (width === 4) bytes.writeUInt32LE(value);
      else bytes.writeBigUInt64LE(BigInt(value));
      return bytes;
    }),
  );
}

const CRC = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crcOf(chunks) {
  let crc = -1;
  for (const chunk of chunks) for (const byte of chunk) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 0xff];
  return (crc ^ -1) >>> 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const words = process.argv.slice(2);
  const option = words.indexOf('--fingerprint');
  const fingerprint = option >= 0 ? words[option + 1] : undefined;
  const place = words.find((word, n) => !word.startsWith('--') && (option < 0 || n !== option + 1));
  if (!place || (option >= 0 && !fingerprint)) {
    process.stderr.write('usage: node verify.mjs BUNDLE.zip|FOLDER [--fingerprint HEX]\n');
    process.exit(2);
  }
  const outcome = verifyBundle(place, fingerprint);
  if (!outcome.good) {
    process.stderr.write(`NOT VALID: ${outcome.where} ${outcome.en}\n`);
    process.stderr.write(`无效：${outcome.where} ${outcome.zh}\n`);
    process.exit(1);
  }
  const { manifest, checkpoint, key } = outcome;
  const { rows, question, files } = manifest.content;
  const { requested, approved, purpose, id } = manifest.release;
  const say = (en, zh) => process.stdout.write(`${en}\n${zh}\n`);
  say(
    `VALID: export ${id}, ${rows.delivered} rows of ${question.kind}, ${files.length} files, nothing changed.`,
    `有效：导出 ${id}，${rows.delivered} 行，${files.length} 个文件，未被改动。`,
  );
  say(
    `Snapshot: batches up to ${question.snapshot.batch}; ${question.filter.from} to ${question.filter.to}; accounts ${question.masking}.`,
    `快照：截至批次 ${question.snapshot.batch}；${question.filter.from} 至 ${question.filter.to}；账号${question.masking === 'open' ? '完整' : '已脱敏'}。`,
  );
  say(`Asked for by ${requested.login} at ${requested.at}: ${purpose}`, `申请人 ${requested.login}，${requested.at}：${purpose}`);
  if (approved)
    say(`Approved by ${approved.login} at ${approved.at}: ${approved.note}`, `复核人 ${approved.login}，${approved.at}：${approved.note}`);
  say(
    `In the audit log: checkpoint of ${checkpoint.size} rows at ${checkpoint.at}.`,
    `已登记于审计日志：${checkpoint.size} 条记录的检查点，${checkpoint.at}。`,
  );
  say(`Signed by ${key.fingerprint}`, `签名密钥指纹 ${key.fingerprint}`);
  if (fingerprint === undefined)
    say(
      'Whose key that is was not checked: compare the fingerprint, or give it with --fingerprint.',
      '未核对密钥归属：请比对指纹，或用 --fingerprint 指定。',
    );
}
