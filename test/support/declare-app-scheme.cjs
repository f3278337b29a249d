// The Electron for tests loads an app after it is ready, when a scheme can't be declared any more; so this is required first.
const { protocol } = require('electron');

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
