/** Works a value out once for each key: two thousand requests have few dates between them. */
export const remembering = <Value extends object | string>() => {
  const known = new Map<string, Value>();
  return (key: string, workOut: () => Value): Value => {
    const found = known.get(key) ?? workOut();
    known.set(key, found);
    return found;
  };
};
