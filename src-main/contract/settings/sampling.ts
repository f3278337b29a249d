import { z } from 'zod';

/** How often the machine is asked. */
export const samplingSettingsSchema = z.object({
  /** Every 2 s instead of every second, and slow subjects less often, while the machine runs on battery. */
  slowerOnBattery: z.boolean().default(true),
  /** What only screens need comes half as often while no window and no browser looks. */
  slowerWhenHidden: z.boolean().default(true),
});
