/** Another program that has a database open: node hold-file.ts FILE [write]. Says "open", ends when its input ends. */
import Database from 'better-sqlite3';

const [file, how] = process.argv.slice(2) as [string, string | undefined];
const database = new Database(file);
database.prepare('SELECT count(*) FROM sqlite_schema').get();
if (how === 'write') database.exec('BEGIN IMMEDIATE');
process.stdout.write('open\n');
process.stdin.resume();
process.stdin.on('end', () => {
  database.close();
  process.exit(0);
});
