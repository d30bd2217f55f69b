const NUMBER = /第\s*([0-9０-９]+)\s*回/;
const WIDE = 0xfee0;

/** 第２回会合 → 2; null for a meeting whose name tells no number. */
export const meetingNumber = (meeting: string): number | null => {
  const [, digits] = NUMBER.exec(meeting) ?? [];
  if (digits === undefined) return null;
  const narrow = digits.replaceAll(/[０-９]/g, (wide) =>
    String.fromCodePoint((wide.codePointAt(0) ?? 0) - WIDE),
  );
  return Number(narrow);
};
