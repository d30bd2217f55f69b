/** What an answer says of its item: 確定値, 暫定値, 該当なし, 所管外, 把握困難. Silence is none of them. */
export type Says = "value" | "provisional" | "nil" | "not-applicable" | "unmeasurable";
