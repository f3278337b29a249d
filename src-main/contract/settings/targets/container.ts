import { z } from 'zod';
import { isEnabled, kindOf, shared, timeoutSeconds } from './shared.ts';

export const containerTargetSchema = z
  .object({
    kind: kindOf('container'),
    ...shared,
    /** Name of a container, or a part of it followed by `*`; all that there are when empty. */
    name: z
      .string()
      .max(200)
      .default('')
      .meta({
        label: { en: 'Container', de: 'Container' },
        help: {
          en: 'Its name, or the beginning of several followed by *.',
          de: 'Sein Name, oder der Anfang mehrerer und ein *.',
        },
        empty: { en: 'all of them', de: 'alle' },
        placeholder: 'web-1',
      }),
    /** Of Docker's or Podman's engine; where they usually are when empty. */
    socket: z
      .string()
      .max(1_000)
      .default('')
      .meta({
        label: { en: 'Socket of the engine', de: 'Socket der Engine' },
        empty: { en: "Docker's or Podman's usual one", de: 'der übliche von Docker oder Podman' },
        placeholder: '/var/run/docker.sock',
        advanced: true,
      }),
    timeoutSeconds,
    isEnabled,
  })
  .meta({ label: { en: 'Container (Docker, Podman)', de: 'Container (Docker, Podman)' } });
