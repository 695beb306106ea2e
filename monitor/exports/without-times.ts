/** 1980-01-01 00:00, the beginning of time in ZIP archives: date in the high half. */
const BEGINNING = 0x0021_0000;
const END_RECORD_BYTES = 22;

/** A workbook is a ZIP archive whose entries carry the time they were made; without it the same rows are the same bytes. Changes `bytes`. */
export function withoutTimes(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_RECORD_BYTES;
  if (view.getUint32(end, true) !== 0x06054b50) throw new Error('the workbook is no ZIP archive that ends with its directory');
  let at = view.getUint32(end + 16, true);
  for (let entries = view.getUint16(end + 10, true); entries > 0; entries--) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("the workbook's directory cannot be read");
    view.setUint32(at + 12, BEGINNING, true);
    view.setUint32(view.getUint32(at + 42, true) + 10, BEGINNING, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}
