/** The hash of what the reviewer had before him stands in the box he ticks. */
export const reviewedIn = (box: string): { readonly item: string; readonly hash: string } => {
  const cut = box.lastIndexOf(" ");
  return { item: box.slice(0, cut), hash: box.slice(cut + 1) };
};
