import type { DatabaseProfile } from '../contract/profile.ts';
import type { ProfilesSettings } from '../contract/settings/profiles.ts';

/** The user's own profiles as profiles: absent where the schema says undefined. */
export const ownProfiles = ({ own }: ProfilesSettings): DatabaseProfile[] =>
  own.map(({ countedTable, ...profile }) => ({ ...profile, ...(countedTable !== undefined && { countedTable }) }));
