// Required before the app in Electron tests. What it notes lies in globalThis.hakgalTest for `app.evaluate`.
const { Notification, protocol, Tray } = require('electron');

// The Electron for tests loads an app after it is ready, when a scheme can't be declared any more.
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

const seen = { tray: undefined, tooltip: '', image: '', menu: undefined, notifications: [] };
globalThis.hakgalTest = seen;

const note = (method, remember) => {
  const real = Tray.prototype[method];
  Tray.prototype[method] = function (...args) {
    seen.tray = this;
    remember(...args);
    return real.apply(this, args);
  };
};
note('setToolTip', (tooltip) => {
  seen.tooltip = tooltip;
});
note('setImage', (image) => {
  seen.image = image;
});
note('setContextMenu', (menu) => {
  seen.menu = menu;
});

// No notification service runs under the tests' display: it is shown by saying so.
Notification.isSupported = () => true;
Notification.prototype.show = function () {
  seen.notifications.push(this);
  this.emit('show', {});
};
