/**
 * What is packed, and how: `npm run package` makes installers of the system it runs on. Tried as far as machines
 * without the official runtime allow: the Linux folder (`-- --linux dir`, fuses included), packed around Electron 33,
 * starts, stores and runs the demo from inside the archive. Not run: AppImage, and everything of macOS and Windows,
 * signing above all.
 */

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'dev.hakgal.monitor',
  productName: 'HAKGAL Monitor',
  copyright: 'MIT licence',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  files: [
    'out/**',
    'resources/**',
    'package.json',
    // The Node that comes along is for scripts and headless; Electron has its own.
    '!node_modules/node-{linux,win,darwin,bin}*/**',
    // Sources of SQLite, and binaries of the other systems.
    '!node_modules/better-sqlite3/{deps,src,binding.gyp}/**',
    '!node_modules/better-sqlite3/prebuilds/*',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a macro of electron-builder
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    '!**/*.{md,map,ts,mts,cts}',
  ],
  // Programs that node-notifier starts; they can't be started inside the archive.
  asarUnpack: ['node_modules/node-notifier/vendor/**'],
  // Every dependency with native code ships its binaries for Node-API, which hold for Electron as they are.
  npmRebuild: false,
  // No feed: such a build asks nobody for updates (desktop/updates.ts). A publisher's own config names one.
  publish: null,
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  mac: {
    category: 'public.app-category.utilities',
    icon: 'resources/icons/icon.png',
    target: ['dmg', 'zip'],
    hardenedRuntime: true,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    // Lives in the menu bar; the dock shows it only while its window is open.
    extendInfo: { LSUIElement: true },
  },
  win: { icon: 'resources/icons/icon.ico', target: 'nsis' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  linux: {
    icon: 'resources/icons/icon.png',
    category: 'System;Monitor;',
    synopsis: 'Watches this machine, its SQLite databases and local services',
    target: 'AppImage',
    executableName: 'hakgal-monitor-desktop',
  },
};
