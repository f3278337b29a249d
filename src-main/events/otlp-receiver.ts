/** Takes metrics that any OpenTelemetry SDK exports over HTTP, as JSON or protobuf; the decoders load at first use. */
import type { UsageSink } from '../contract/cost/usage.ts';
import type { MetricDescription } from '../contract/metric.ts';
import type { Clock } from '../platform/clock.ts';
import { ExternalSeries } from '../sampling/external-series.ts';
import type { Source } from '../sampling/source.ts';
import type { OtlpUsage } from './cost/otlp-usage.ts';

/** The HTTP answer, in the encoding of the request. */
export interface OtlpAnswer {
  readonly status: 200 | 400 | 415;
  readonly contentType: string;
  readonly body: Buffer;
}

const pointsRefused: MetricDescription = {
  name: 'otlp_points_refused_total',
  title: { en: 'OpenTelemetry points refused', de: 'Abgewiesene OpenTelemetry-Werte' },
  help: {
    en: 'Data points of OpenTelemetry that found no room or made no sense.',
    de: 'Werte von OpenTelemetry, für die kein Platz war oder die keinen Sinn ergaben.',
  },
  unit: 'count',
  kind: 'counter',
  labels: [],
};
const exports: MetricDescription = {
  name: 'otlp_exports_total',
  title: { en: 'OpenTelemetry exports', de: 'OpenTelemetry-Lieferungen' },
  help: { en: 'Exports of OpenTelemetry that were taken.', de: 'Angenommene Lieferungen von OpenTelemetry.' },
  unit: 'count',
  kind: 'counter',
  labels: [],
};

export class OtlpReceiver {
  readonly source: Source;
  readonly #series: ExternalSeries;
  readonly #clock: Clock;
  readonly #maxSeries: number;
  #exports = 0;
  #refused = 0;
  #states: ReadonlyMap<string, unknown> = new Map();
  #otlpUsage: OtlpUsage | undefined;
  readonly #sink: UsageSink | undefined;

  /** @param sink where usage of models is counted */
  constructor(clock: Clock, maxSeries: number, sink?: UsageSink) {
    this.#sink = sink;
    this.#clock = clock;
    this.#maxSeries = maxSeries;
    const series = new ExternalSeries(maxSeries);
    this.#series = series;
    const counts = (): readonly [number, number] => [this.#exports, this.#refused];
    this.source = {
      id: 'otlp',
      title: { en: 'OpenTelemetry', de: 'OpenTelemetry' },
      interval: 'fast',
      timeoutMs: 5_000,
      get metrics() {
        return [exports, pointsRefused, ...series.metrics];
      },
      collect(sink, { monotonic }) {
        const [taken, refused] = counts();
        if (taken === 0 && refused === 0) return;
        sink.sample(exports, taken);
        sink.sample(pointsRefused, refused);
        series.emit(sink);
        series.forgetSilent(monotonic);
      },
    };
  }

  /** What a run before has left. */
  restore(states: ReadonlyMap<string, unknown>): void {
    this.#states = states;
  }

  accept(contentType: string, body: Buffer): Promise<OtlpAnswer> {
    return this.#take(contentType, 'data points', async (isJson) => {
      const { readOtlpJson } = await import('./otlp-json.ts');
      const { readOtlpProtobuf } = await import('./otlp-protobuf.ts');
      const { putOtlp } = await import('./otlp-series.ts');
      const metrics = isJson ? readOtlpJson(body.toString('utf8')) : readOtlpProtobuf(body);
      const usage = await this.#usage();
      if (usage === undefined) return putOtlp(metrics, this.#series, this.#clock.monotonic());
      const { withoutUsage } = await import('./cost/without-usage.ts');
      const refused = usage.takeMetrics(metrics);
      return refused + putOtlp(withoutUsage(metrics), this.#series, this.#clock.monotonic());
    });
  }

  acceptTraces(contentType: string, body: Buffer): Promise<OtlpAnswer> {
    return this.#take(contentType, 'spans', async (isJson) => {
      const { readTracesJson, readTracesProtobuf } = await import('./cost/otlp-traces.ts');
      const spans = isJson ? readTracesJson(body.toString('utf8')) : readTracesProtobuf(body);
      return (await this.#usage())?.takeSpans(spans) ?? 0;
    });
  }

  async #usage(): Promise<OtlpUsage | undefined> {
    const sink = this.#sink;
    if (sink === undefined) return undefined;
    const { OtlpUsage } = await import('./cost/otlp-usage.ts');
    if (this.#otlpUsage === undefined) {
      this.#otlpUsage = new OtlpUsage(sink, () => this.#clock.now());
      this.#otlpUsage.restore(this.#states);
      this.#states = new Map();
    }
    return this.#otlpUsage;
  }

  async #take(
    contentType: string,
    what: 'data points' | 'spans',
    take: (isJson: boolean) => Promise<number>,
  ): Promise<OtlpAnswer> {
    const type = contentType.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json' && type !== 'application/x-protobuf')
      return {
        status: 415,
        contentType: 'text/plain',
        body: Buffer.from('Send application/json or application/x-protobuf'),
      };
    const isJson = type === 'application/json';
    let refused: number;
    try {
      refused = await take(isJson);
    } catch (error) {
      const asked = what === 'spans' ? 'traces' : 'metrics';
      return answer(400, isJson, {
        code: 3,
        message: `This is not an OTLP export of ${asked}: ${(error as Error).message}`.slice(0, 500),
      });
    }
    await this.#sink?.flush().catch(() => {});
    this.#exports += 1;
    this.#refused += refused;
    if (refused === 0) return answer(200, isJson, undefined);
    const message =
      what === 'spans'
        ? `${refused} spans found no room among the models`
        : `${refused} data points found no room among ${this.#maxSeries} series or made no sense`;
    return answer(200, isJson, { refused, what, message });
  }
}

type Trouble =
  | { readonly code: number; readonly message: string }
  | { readonly refused: number; readonly what: 'data points' | 'spans'; readonly message: string };

/** The service's response with its partial_success, or google.rpc.Status. */
function answer(status: 200 | 400, isJson: boolean, trouble: Trouble | undefined): OtlpAnswer {
  const contentType = isJson ? 'application/json' : 'application/x-protobuf';
  if (isJson) {
    const body =
      trouble === undefined
        ? {}
        : 'code' in trouble
          ? trouble
          : {
              partialSuccess: {
                [trouble.what === 'spans' ? 'rejectedSpans' : 'rejectedDataPoints']: String(trouble.refused),
                errorMessage: trouble.message,
              },
            };
    return { status, contentType, body: Buffer.from(JSON.stringify(body)) };
  }
  if (trouble === undefined) return { status, contentType, body: Buffer.alloc(0) };
  const number = 'code' in trouble ? trouble.code : trouble.refused;
  const text = Buffer.from(trouble.message);
  const inner = Buffer.concat([Buffer.from([0x08, ...varint(number), 0x12, ...varint(text.length)]), text]);
  const body = 'code' in trouble ? inner : Buffer.concat([Buffer.from([0x0a, ...varint(inner.length)]), inner]);
  return { status, contentType, body };
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
