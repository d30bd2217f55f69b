/**
 * A path of ours: nothing that leads to another site. Two slashes would, and browsers take `\\` for one and leave out
 * tabs and newlines (URL Standard, basic URL parser); so it is one slash, then printable ASCII without `\\`.
 */
export const LOCAL_PATH = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;
