/** Marks of what happened in a chart: those too near to each other to be told apart become one. Pure. */

/** From what outshines the others to what is drawn only where nothing worse is. */
export const markWeights = { critical: 3, warning: 2, info: 1, change: 0 } as const;
export type MarkState = keyof typeof markWeights;

export interface ChartMark {
  readonly at: number;
  readonly label: string;
  readonly state: MarkState;
}

export interface MarkGroup {
  /** Of the first of them. */
  readonly at: number;
  /** Of the worst of them. */
  readonly state: MarkState;
  /** In the order of time. */
  readonly marks: readonly ChartMark[];
}

/** Of a chart's width: about twelve pixels on the smallest screen. */
const nearShare = 1 / 30;

export function groupMarks(marks: readonly ChartMark[], from: number, until: number): readonly MarkGroup[] {
  const near = (until - from) * nearShare;
  const groups: { at: number; state: MarkState; marks: ChartMark[] }[] = [];
  for (const mark of marks.filter(({ at }) => at >= from && at < until).toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last === undefined || mark.at - last.at >= near) groups.push({ at: mark.at, state: mark.state, marks: [mark] });
    else {
      last.marks.push(mark);
      if (markWeights[mark.state] > markWeights[last.state]) last.state = mark.state;
    }
  }
  return groups;
}

/** What to say of a place in the chart: the group whose mark is nearest, if it is near. */
export function groupAt(groups: readonly MarkGroup[], at: number, from: number, until: number): MarkGroup | undefined {
  const near = ((until - from) * nearShare) / 2;
  return groups
    .filter((group) => Math.abs(group.at - at) <= near)
    .toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
}
