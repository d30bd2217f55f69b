import { epochMs, type Instant } from "../../domain/time.ts";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/**
 * The archive with one date on every entry, in place of the moment it was packed (PKZIP application note 4.3.7,
 * 4.3.12, 4.4.6), so that two packings are the same bytes. Civil time of Asia/Tokyo, seconds cut to two.
 * @throws Error for bytes that are no zip archive without a comment
 */
export const withFixedTimes = (archive: Uint8Array, at: Instant): Uint8Array => {
  const bytes = archive.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== END) throw new Error("not a zip archive");
  const stamp = dosTime(at);
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const local = view.getUint32(entry + 42, true);
    if (view.getUint32(entry, true) !== CENTRAL || view.getUint32(local, true) !== LOCAL)
      throw new Error("the zip archive's directory is broken");
    view.setUint32(entry + 12, stamp, true);
    view.setUint32(local + 10, stamp, true);
    entry +=
      46 +
      view.getUint16(entry + 28, true) +
      view.getUint16(entry + 30, true) +
      view.getUint16(entry + 32, true);
  }
  return bytes;
};

const dosTime = (at: Instant): number => {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = at
    .slice(0, 19)
    .split(/\D/)
    .map(Number);
  const date = ((year - 1980) << 9) | (month << 5) | day;
  const time = (hour << 11) | (minute << 5) | (second >> 1);
  return ((date << 16) | time) >>> 0;
};

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (one) => (one === "&" ? "&amp;" : one === "<" ? "&lt;" : "&gt;"));

/** Office Open XML core properties: no person's name, and the given date instead of the packer's clock. */
export const coreProperties = (title: string, at: Instant): string => {
  const utc = `${new Date(epochMs(at)).toISOString().slice(0, 19)}Z`;
  const date = (name: string): string =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${utc}</dcterms:${name}>`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:language>ja-JP</dc:language>${date("created")}${date("modified")}` +
    "</cp:coreProperties>"
  );
};
