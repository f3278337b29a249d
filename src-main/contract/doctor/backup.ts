/** A backup of a watched database, verified when it was made. */

export interface Backup {
  readonly id: string;
  readonly file: string;
  readonly path: string;
  readonly at: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Passed integrity_check after it was made; others are never kept. */
  readonly isVerified: true;
  readonly rows: Readonly<Record<string, number>>;
}
