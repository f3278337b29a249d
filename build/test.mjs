/** `npm test`: installs what is missing, then hands over to the project's own Node. */
import { join } from 'node:path';
import { ensureInstalled, projectNode, root, runToEnd } from './bootstrap.mjs';

ensureInstalled();
const { code } = await runToEnd(projectNode(), [join(root, 'build', 'run-tests.ts'), ...process.argv.slice(2)]);
process.exit(code ?? 1);
