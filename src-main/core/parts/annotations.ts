/** What was changed while the monitor ran, for the charts. */
import type { Doctor } from '../../doctor/doctor-types.ts';
import type { Store } from '../../store/open-store.ts';
import { type Annotations, createAnnotations } from '../annotations.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';

export interface AnnotationsPartDeps extends Foundation {
  readonly store: Pick<Store, 'records'>;
  readonly doctor: Pick<Doctor, 'jobs' | 'undoList'>;
}

export function createAnnotationsPart(deps: AnnotationsPartDeps): Module<Annotations> {
  const { hub, options, store, doctor } = deps;
  const annotations = createAnnotations({
    clock: deps.clock,
    logger: deps.logger,
    settings: deps.settings,
    version: options.version,
    records: store.records,
    jobs: doctor.jobs,
    undoList: doctor.undoList,
  });
  const subscriptions = [
    hub.on('fileReplaced', (file) => void annotations.fileReplaced(file)),
    hub.on('pauseChanged', (until) => {
      if (until !== null) annotations.annotate('paused');
    }),
  ];
  return {
    api: annotations,
    part: {
      name: 'annotations',
      start: annotations.start,
      async stop() {
        for (const subscription of subscriptions) subscription[Symbol.dispose]();
        await annotations.stop();
      },
    },
  };
}
