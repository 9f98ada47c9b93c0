/**
 * Runs an action over items, a few at a time, and hands the results on in the items' order as soon as that is possible. The first
 * failure in that order is thrown.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  action: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const result = action(item);
    // It is thrown when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    running.push(result);
    const [oldest] = running;
    if (running.length < width || !oldest) continue;
    running.shift();
    yield await oldest;
  }
  for (const result of running) yield await result;
}
