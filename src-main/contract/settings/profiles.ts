import { z } from 'zod';

const name = z.string().min(1).max(200);

/** Databases of a known kind that the user describes; the knowledge base's own profile is built in. */
export const profilesSettingsSchema = z
  .object({
    own: z
      .array(
        z.object({
          id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and hyphens'),
          title: name,
          fileNames: z.array(name).max(50).default([]),
          countedTable: name.optional(),
          tables: z
            .array(
              z.object({
                name,
                columns: z
                  .array(z.object({ name, declaration: z.string().max(500).default('') }))
                  .min(1)
                  .max(2000),
              }),
            )
            .min(1)
            .max(500),
        }),
      )
      .max(100)
      .default([])
      .meta({ hidden: true }),
  })
  .meta({ label: { en: 'Database profiles', de: 'Datenbankprofile' } });
export type ProfilesSettings = z.infer<typeof profilesSettingsSchema>;
