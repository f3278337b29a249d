/** Annotations of what happened in a chart: those too near to each other to be told apart become one. Pure. */

/** From what outshines the others to what is drawn only where nothing worse is. */
const annotationWeights = { critical: 3, warning: 2, info: 1, change: 0 } as const;
export type AnnotationState = keyof typeof annotationWeights;

export interface ChartAnnotation {
  readonly at: number;
  readonly label: string;
  readonly state: AnnotationState;
}

export interface AnnotationGroup {
  /** Of the first of them. */
  readonly at: number;
  /** Of the worst of them. */
  readonly state: AnnotationState;
  /** In the order of time. */
  readonly annotations: readonly ChartAnnotation[];
}

/** Of a chart's width: about twelve pixels on the smallest screen. */
const nearShare = 1 / 30;

export function groupAnnotations(
  annotations: readonly ChartAnnotation[],
  from: number,
  until: number,
): readonly AnnotationGroup[] {
  const near = (until - from) * nearShare;
  const groups: { at: number; state: AnnotationState; annotations: ChartAnnotation[] }[] = [];
  for (const annotation of annotations.filter(({ at }) => at >= from && at < until).toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last === undefined || annotation.at - last.at >= near)
      groups.push({ at: annotation.at, state: annotation.state, annotations: [annotation] });
    else {
      last.annotations.push(annotation);
      if (annotationWeights[annotation.state] > annotationWeights[last.state]) last.state = annotation.state;
    }
  }
  return groups;
}

/** What to say of a place in the chart: the group whose annotation is nearest, if it is near. */
export function groupAt(
  groups: readonly AnnotationGroup[],
  at: number,
  from: number,
  until: number,
): AnnotationGroup | undefined {
  const near = ((until - from) * nearShare) / 2;
  return groups
    .filter((group) => Math.abs(group.at - at) <= near)
    .toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
}
