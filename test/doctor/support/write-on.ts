/** Another program that writes without pause: node write-on.ts FILE. Ends with 1 when it was refused. */
import Database from 'better-sqlite3';

const database = new Database(process.argv[2] as string, { timeout: 5_000 });
const insert = database.prepare("INSERT INTO facts (statement) VALUES ('written meanwhile')");
const both = database.transaction(() => {
  insert.run();
  insert.run();
});
let isOver = false;
process.stdin.resume();
process.stdin.on('end', () => {
  isOver = true;
});
function writeOn(): void {
  if (isOver) {
    database.close();
    process.exit(0);
  }
  try {
    both();
  } catch {
    process.exit(1);
  }
  setImmediate(writeOn);
}
writeOn();
process.stdout.write('writing\n');
