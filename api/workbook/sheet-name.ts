/** The sheet people write on: the first. */
export const DATA_SHEET = "データ";
