/** Alerts and their outbox over real SQL in memory, a fake clock and a channel that writes down what it was told. */
import Database from 'better-sqlite3';
import { z } from 'zod';
import { type AlertStage, createAlertStage } from '../../src-main/alerts/alert-stage.ts';
import { createRecordWriter, type RecordWriter } from '../../src-main/alerts/record-writer.ts';
import { createRuleBook } from '../../src-main/alerts/rule-book/rule-book.ts';
import type { Batch, Gap } from '../../src-main/contract/batch.ts';
import type { ProcessTable } from '../../src-main/contract/live.ts';
import { type NotifySettings, notifySettingsSchema } from '../../src-main/contract/settings/notify.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import type { Channel, Delivery, Notification } from '../../src-main/notify/channel.ts';
import { Outbox } from '../../src-main/notify/outbox.ts';
import { silentLogger } from '../../src-main/platform/logger.ts';
import { migrate } from '../../src-main/store/migrations/migrations.ts';
import {
  loadRecords,
  pruneRecords,
  readFigures,
  readHistory,
  writeRecords,
} from '../../src-main/store/records/alerts.ts';
import { readAnnotations } from '../../src-main/store/records/annotations.ts';
import { readDeliveryLog } from '../../src-main/store/records/outbox.ts';
import type { AlertRecords } from '../../src-main/store/records/record-types.ts';
import { FakeClock } from './fake-clock.ts';
import { speakerIn } from './speak.ts';

export interface Told {
  readonly channel: string;
  readonly at: number;
  readonly notification: Notification;
}

export interface DeskOptions {
  readonly rules: readonly unknown[];
  readonly disabledRules?: readonly string[];
  readonly notify?: z.input<typeof notifySettingsSchema>;
  readonly processes?: () => ProcessTable | undefined;
  /** Makes the channel one that keeps a state on the other side. */
  readonly resendMs?: number;
  /** Wall clock at the start. */
  readonly start?: number;
}

/** Records whose SQL runs here and now; `fail` makes every write throw. */
export class TestRecords implements AlertRecords {
  readonly database = new Database(':memory:');
  fail: string | undefined;
  hang = false;
  constructor() {
    migrate(this.database);
  }
  async write(operations: Parameters<AlertRecords['write']>[0]): Promise<void> {
    if (this.hang) await new Promise(() => {});
    if (this.fail !== undefined) throw new Error(this.fail);
    // As over a thread's port: nothing is shared.
    writeRecords(this.database, structuredClone([...operations]));
  }
  load = async () => loadRecords(this.database);
  history = async (query: Parameters<AlertRecords['history']>[0]) => readHistory(this.database, query);
  figures = async (range: Parameters<AlertRecords['figures']>[0]) => readFigures(this.database, range);
  deliveryLog = async (query: Parameters<AlertRecords['deliveryLog']>[0]) => readDeliveryLog(this.database, query);
  annotations = async (range: Parameters<AlertRecords['annotations']>[0]) => readAnnotations(this.database, range);
  prune = async (before: number) => pruneRecords(this.database, before);
}

export class AlertDesk {
  readonly clock: FakeClock;
  readonly records = new TestRecords();
  readonly told: Told[] = [];
  /** What the channel answers; delivered where it says nothing. */
  answer: (notification: Notification, channel: string) => Delivery | Promise<Delivery> | undefined = () => undefined;
  stage!: AlertStage;
  outbox!: Outbox;
  writer!: RecordWriter;
  settings: NotifySettings;
  lastAt: number | undefined;
  readonly #options: DeskOptions;

  private constructor(options: DeskOptions) {
    this.#options = options;
    this.clock = new FakeClock(options.start);
    this.settings = notifySettingsSchema.parse({
      channels: [{ id: 'test', kind: 'test', title: 'Test', maxPerMinute: 60 }],
      routes: { info: ['test'], warning: ['test'], critical: ['test'] },
      repeatMinutes: { info: 0, warning: 0, critical: 0 },
      ...options.notify,
    });
  }

  static async open(options: DeskOptions): Promise<AlertDesk> {
    const desk = new AlertDesk(options);
    await desk.#start();
    return desk;
  }

  async #start(): Promise<void> {
    const { rules, disabledRules = [], processes, resendMs } = this.#options;
    const channel: Channel<object> = {
      kind: 'test',
      title: sameInEvery('Test'),
      help: sameInEvery(''),
      options: z.object({}),
      ...(resendMs !== undefined && { resendMs }),
      send: async (notification, { id }) => {
        const delivery = (await this.answer(notification, id)) ?? { kind: 'delivered' };
        if (delivery.kind === 'delivered') this.told.push({ channel: id, at: this.clock.now(), notification });
        return delivery;
      },
    };
    const writer = createRecordWriter(this.records, this.clock);
    const book = createRuleBook({ rules, disabledRules }, silentLogger);
    this.writer = writer;
    this.outbox = new Outbox({
      clock: this.clock,
      logger: silentLogger,
      channels: [channel] as readonly Channel[],
      secret: async () => undefined,
      speaker: () => speakerIn('en'),
      machine: 'machine',
      dashboard: () => undefined,
      settings: () => this.settings,
      rule: book.rule,
      write: (operations) => writer.write(operations),
      random: () => 1,
    });
    const loaded = await this.records.load();
    this.stage = createAlertStage({
      clock: this.clock,
      logger: silentLogger,
      rules: book,
      writer,
      notifier: this.outbox,
      loaded,
      lastAt: this.lastAt,
      repeatMs: (severity) => this.settings.repeatMinutes[severity] * 60_000 || undefined,
      ...(processes !== undefined && { processes }),
    });
    this.outbox.start(() => this.stage.active);
  }

  /** The process dies without a word and starts again `downMs` later. */
  async restart(downMs: number): Promise<void> {
    this.outbox.stop();
    await this.clock.advance(0);
    this.clock.sleepMachine(downMs);
    await this.#start();
  }

  /** One tick: a second passes, then the batch comes. */
  async tick(samples: Batch['samples'], gaps: readonly Gap[] = []): Promise<void> {
    await this.clock.advance(1000);
    const wall = this.clock.now();
    // As the tick does it: a clock that was set back is met at half speed.
    const at = this.lastAt !== undefined && wall <= this.lastAt ? this.lastAt + 500 : wall;
    this.lastAt = at;
    this.stage.evaluate({ at, samples, gaps });
    await this.clock.advance(0);
  }

  /** `fired high_cpu`, in the order in which the channel was told. */
  get words(): string[] {
    return this.told.flatMap(({ notification }) =>
      notification.items.map(({ kind, alert }) => `${kind} ${alert.rule}`),
    );
  }
}
